"""Reasons and states of a report to the slashing program."""

from hypernode.domain.status import Named


class FaultReason(Named):
    """Why a stake is reported."""

    JOB_TIMEOUT = 0
    INVALID_RESULT = 1
    OFFLINE = 2
    REPEATED_FAILURES = 3
    MALICIOUS = 4

    @property
    def is_of_job(self) -> bool:
        """True if the end of a job is the verdict. Nobody may claim such a reason by bond."""
        return self <= FaultReason.INVALID_RESULT


class ReportStatus(Named):
    """Where a report stands; the last two are ends."""

    VOTING = 0
    CONFIRMED = 1
    APPEALED = 2
    UPHELD = 3
    DISMISSED = 4
    EXECUTED = 5

    @property
    def is_end(self) -> bool:
        return self >= ReportStatus.DISMISSED
