"""Which runtimes a node accepts."""

import pytest

from hypernode.errors import UnsafeRuntime
from hypernode_sandbox.versions import Versions, require_safe, runc_is_safe


@pytest.mark.parametrize(
    ("runc", "safe"),
    [
        ("1.2.8", True),
        ("1.2.7", False),
        ("1.3.3", True),
        ("1.3.2", False),
        ("1.4.0", True),
        ("1.4.0-rc.2", False),
        ("1.5.1", True),
        ("2.0.0", True),
        ("1.1.15", False),
        ("1.1.5+ds1-1+deb12u1", False),
        ("1.0.0", False),
        ("", False),
        ("unknown", False),
        ("v1.3.3", True),
    ],
)
def test_runc_is_judged_by_its_branch(runc: str, safe: bool) -> None:
    assert runc_is_safe(runc) is safe


def test_an_unsafe_runc_is_refused_with_its_fix() -> None:
    with pytest.raises(UnsafeRuntime) as refused:
        require_safe(Versions("28.2.2", "1.1.5"))
    assert refused.value.fix is not None
    assert "1.3.3" in refused.value.fix


def test_only_the_exact_version_is_waived() -> None:
    require_safe(Versions("20.10.24", "1.1.5+ds1-1+deb12u1"), frozenset({"1.1.5+ds1-1+deb12u1"}))
    with pytest.raises(UnsafeRuntime):
        require_safe(Versions("20.10.24", "1.1.5"), frozenset({"1.1.5+ds1-1+deb12u1"}))


def test_an_old_engine_is_refused_whatever_its_runc() -> None:
    with pytest.raises(UnsafeRuntime):
        require_safe(Versions("19.03.15", "1.3.3"), frozenset({"1.3.3"}))
