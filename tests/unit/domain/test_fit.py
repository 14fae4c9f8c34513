"""Fit of a machine to a spec: the first resource it lacks, or none."""

import pytest

from hypernode.domain.fit import Capabilities, Resource, shortage
from hypernode.domain.spec import GpuRequest, Resources
from hypernode.domain.types import GpuVendor
from tests.support.documents import a_spec, an_input

MACHINE = Capabilities(2_000, 1_024, 300, GpuVendor.NVIDIA, 2, 24_576)


@pytest.mark.parametrize(
    ("gpu", "lacks"),
    [
        (GpuRequest(), None),
        (GpuRequest(GpuVendor.NVIDIA, 2, 24_000), None),
        (GpuRequest(GpuVendor.NVIDIA, 3, 0), Resource.GPU_COUNT),
        (GpuRequest(GpuVendor.NVIDIA, 1, 24_577), Resource.VRAM),
        (GpuRequest(GpuVendor.AMD, 1, 0), Resource.GPU_VENDOR),
    ],
)
def test_gpu_fit_is_the_rule_of_assign_job(gpu: GpuRequest, lacks: Resource | None) -> None:
    found = shortage(a_spec(resources=Resources(gpu=gpu)), MACHINE)
    assert (found and found.resource) == lacks


def test_machine_that_does_not_state_its_disk_takes_any_job() -> None:
    spec = a_spec(inputs=(an_input(size=1_000 << 20),))
    found = shortage(spec, MACHINE)
    assert (found and found.resource) == Resource.DISK
    assert str(found) == "needs 1256 MiB of disk, has 300"
    assert shortage(spec, Capabilities(2_000, 1_024, None)) is None
