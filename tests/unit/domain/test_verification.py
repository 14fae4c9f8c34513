"""What a buyer is told of verification before it pays."""

import pytest

from hypernode.domain.draw import ALWAYS, AUDIT_RATES, NEVER
from hypernode.domain.spec import GpuRequest, JobSpec, Resources
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import GpuVendor
from hypernode.domain.verification import VerificationLevel, beyond_oracles, verification

IMAGE = "sha256:" + "ab" * 32
GPU = Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 16_000))


def a_spec(**changes: object) -> JobSpec:
    return JobSpec(image=IMAGE, command=("true",), timeout_seconds=60, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", [rate for rate in AUDIT_RATES if rate not in (NEVER, ALWAYS)])
def test_a_share_of_the_market_s_jobs_is_repeated(rate: int) -> None:
    found = verification(a_spec(), rate)
    assert (found.level, found.audit_bps, found.reason) == (VerificationLevel.SAMPLED, rate, None)
    assert f"{rate // 100} %" in found.sentence


def test_a_market_may_repeat_all_or_none() -> None:
    assert verification(a_spec(), ALWAYS).level is VerificationLevel.ALWAYS
    assert verification(a_spec(), NEVER).level is VerificationLevel.NONE


@pytest.mark.parametrize("rate", [500, ALWAYS])
@pytest.mark.parametrize(
    ("spec", "why"),
    [
        (a_spec(resources=GPU), "no GPU"),
        (a_spec(determinism=DeterminismClass.D2), "D2"),
        (a_spec(determinism=DeterminismClass.D3), "D3"),
        (a_spec(determinism=DeterminismClass.D4), "D4 cannot be repeated"),
        (a_spec(resources=GPU, determinism=DeterminismClass.D4), "D4"),
    ],
    ids=["gpu", "D2", "D3", "D4", "gpu and D4"],
)
def test_what_oracles_cannot_repeat_is_not_verified_at_any_rate(spec: JobSpec, why: str, rate: int) -> None:
    found = verification(spec, rate)
    assert (found.level, found.audit_bps) == (VerificationLevel.NONE, 0)
    assert found.reason == beyond_oracles(spec)
    assert why in found.sentence
    assert found.sentence.startswith("not verified")


def test_what_was_never_repeated_the_same_is_not_verified() -> None:
    found = verification(a_spec(), 500, never_repeated=True)
    assert (found.level, found.audit_bps) == (VerificationLevel.NONE, 0)
