"""Identity of one attempt of one job."""

from dataclasses import dataclass

from hypernode.domain.types import Address


@dataclass(frozen=True, order=True)
class AttemptKey:
    """One attempt of one job. It never recurs: `sequence` counts the jobs of a buyer."""

    job: Address
    sequence: int
    attempt: int

    @property
    def run_name(self) -> str:
        """Return the name of its container: the same after a restart, so it is never started twice."""
        return f"hypernode-{self.job[:12].lower()}-{self.sequence}-{self.attempt}"
