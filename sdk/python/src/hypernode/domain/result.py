"""The result of one run: how it ended, its exit code, and the root of its outputs."""

from dataclasses import dataclass

from hypernode.domain.status import Named
from hypernode.errors import DomainError

NO_ROOT = bytes(32)


class Ending(Named):
    """How a run ended. Only an exited run has outputs that a repetition can confirm."""

    EXITED = 0
    TIME = 1
    MEMORY = 2
    OUTPUTS = 3
    STOPPED = 4


# Limits that an honest run may hit on one machine and not on another.
MACHINE_LIMITS = (Ending.TIME, Ending.MEMORY)


@dataclass(frozen=True, slots=True)
class Result:
    """For every ending but `EXITED` the ending alone is the result: partial outputs are never compared."""

    ending: Ending
    exit_code: int = 0
    root: bytes = NO_ROOT

    def __post_init__(self) -> None:
        if not 0 <= self.exit_code <= 255 or len(self.root) != 32:
            raise DomainError("a result has an exit code of one byte and a root of 32 bytes")
        if self.ending is not Ending.EXITED and (self.exit_code or self.root != NO_ROOT):
            raise DomainError(
                f"the ending {self.ending.label} alone is the result; expected no exit code or root"
            )


# What an attestation carries where no single result stands behind the verdict.
NO_RESULT = Result(Ending.EXITED)
