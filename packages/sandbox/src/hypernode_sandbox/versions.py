"""Check of the container runtime: releases without known escapes, and the operator's waivers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypernode.errors import UnsafeRuntime

# First runc releases with the fixes of CVE-2025-31133, -52565 and -52881, per maintained branch.
_FIXED_RUNC = ((1, 2, 8), (1, 3, 3), (1, 4, 0))
# The oldest engine that the profile was tested with.
_OLDEST_ENGINE = (20, 10)


@dataclass(frozen=True)
class Versions:
    """Versions as the engine reports them; runc's includes a distribution's package revision."""

    engine: str
    runc: str


def require_safe(versions: Versions, waived: frozenset[str] = frozenset()) -> None:
    """Raise `UnsafeRuntime` for an engine or a runc with a known escape, or one that cannot be read.

    A distribution may fix an old release without changing its number. An operator who knows such a package
    waives that exact version; the receipt shows it to buyers.
    """
    if _numbers(versions.engine)[:2] < _OLDEST_ENGINE:
        raise UnsafeRuntime(
            f"the engine {versions.engine} is older than 20.10", fix="upgrade Docker to 20.10 or later"
        )
    if not runc_is_safe(versions.runc) and versions.runc not in waived:
        raise UnsafeRuntime(
            f"runc {versions.runc} has known container escapes (CVE-2025-31133, -52565, -52881)",
            fix="upgrade runc to 1.2.8, 1.3.3, 1.4.0 or later; if only your own jobs run here, set "
            f"HYPERNODE_WAIVED_RUNC={versions.runc}",
        )


def runc_is_safe(text: str) -> bool:
    """Return whether a release has the fixes; pre-releases and builds of older releases do not."""
    numbers = _numbers(text)[:3]
    if len(numbers) < 3 or "-rc" in text:
        return False
    for fixed in _FIXED_RUNC:
        if numbers[:2] == fixed[:2]:
            return numbers >= fixed
    return numbers > _FIXED_RUNC[-1]


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"v?(\d+(?:\.\d+)*)", text)
    return tuple(int(part) for part in found.group(1).split(".")) if found else ()
