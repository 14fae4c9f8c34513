"""One check of a document: its name, what it found, and the member at fault."""

from dataclasses import dataclass
from enum import Enum


class CheckResult(Enum):
    """What one check found."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `member` is the path of the member that it read, `detail` what was found there."""

    name: str
    result: CheckResult
    member: str
    detail: str = ""


def found(name: str, member: str, is_right: bool, detail: str) -> Check:
    """Return a check that holds, or one that fails with this detail."""
    if is_right:
        return Check(name, CheckResult.HOLDS, member)
    return Check(name, CheckResult.FAILS, member, detail)
