import pytest

from hypernode.domain.status import Arrow, DeclineReason, JobStatus, Outcome, RejectReason, Verdict
from hypernode.errors import InvalidTransition

ARROWS: dict[JobStatus, dict[Arrow, JobStatus | Outcome]] = {
    JobStatus.POSTED: {
        Arrow.ASSIGN: JobStatus.ASSIGNED,
        Arrow.CANCEL: Outcome.CANCELLED,
        Arrow.EXPIRE: Outcome.EXPIRED,
    },
    JobStatus.ASSIGNED: {
        Arrow.SUBMIT: JobStatus.SUBMITTED,
        Arrow.REPOST: JobStatus.POSTED,
        Arrow.TIME_OUT: Outcome.TIMED_OUT,
        Arrow.DECLINE: JobStatus.POSTED,
        Arrow.FAIL: Outcome.DECLINED,
    },
    JobStatus.SUBMITTED: {
        Arrow.ACCEPT: Outcome.SETTLED,
        Arrow.REJECT: Outcome.REJECTED,
        Arrow.GIVE_UP: Outcome.UNVERIFIED,
        Arrow.PAY: Outcome.ACCEPTED,
    },
    # They have ended: only the report of their sentence follows.
    JobStatus.REJECTED: {},
    JobStatus.TIMED_OUT: {},
}


@pytest.mark.parametrize("status", JobStatus)
@pytest.mark.parametrize("arrow", Arrow)
def test_every_arrow_leads_where_the_diagram_says_or_is_refused(status, arrow):
    if arrow in ARROWS[status]:
        assert status.after(arrow) is ARROWS[status][arrow]
    else:
        with pytest.raises(InvalidTransition, match=status.label):
            status.after(arrow)


@pytest.mark.parametrize("status", [status for status in JobStatus if not status.is_end])
def test_time_alone_ends_every_status(status):
    by_deadline = {Arrow.EXPIRE, Arrow.TIME_OUT, Arrow.GIVE_UP}
    assert any(arrow in by_deadline for arrow in ARROWS[status])


def test_only_a_payment_does_not_refund():
    assert [reason for reason in Outcome if not reason.refunds] == [Outcome.SETTLED, Outcome.ACCEPTED]


@pytest.mark.parametrize(
    ("named", "number", "label"),
    [
        (JobStatus.SUBMITTED, 2, "Submitted"),
        (Outcome.TIMED_OUT, 5, "TimedOut"),
        (Outcome.UNVERIFIED, 6, "Unverified"),
        (Outcome.ACCEPTED, 8, "Accepted"),
        (DeclineReason.NODE_FAULT, 8, "NodeFault"),
        (Verdict.REJECT, 2, "Reject"),
        (RejectReason.OUTPUT_MISMATCH, 8, "OutputMismatch"),
        (RejectReason.IMPOSSIBLE, 12, "Impossible"),
    ],
)
def test_numbers_and_names_are_those_of_the_program(named, number, label):
    assert (int(named), named.label) == (number, label)
