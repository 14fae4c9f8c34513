"""Next actions of a proposal: they open and close at the same seconds as in the program."""

from dataclasses import replace

from hypernode.domain.governance import ProposalKind, ProposalStatus
from hypernode.domain.proposals import DRAFT_LIFE, RETENTION, Standing, actions
from hypernode.domain.staking import DAY
from tests.support.accounts import START_TIME
from tests.support.documents import an_address

PROPOSER, GUARDIAN = an_address("proposer"), an_address("guardian")
VOTED, ETA, WINDOW = START_TIME + 3 * DAY, START_TIME + 5 * DAY, 7 * DAY
DRAFT = Standing(
    status=ProposalStatus.DRAFT,
    kind=ProposalKind.PARAMETERS,
    proposer=PROPOSER,
    count=1,
    created_at=START_TIME,
    execution_window=WINDOW,
    voting_ends_at=0,
    eta=0,
    ended_at=0,
    guardian=GUARDIAN,
    guardian_until=START_TIME + 300 * DAY,
)
ACTIVE = replace(DRAFT, status=ProposalStatus.ACTIVE, voting_ends_at=VOTED)
QUEUED = replace(ACTIVE, status=ProposalStatus.QUEUED, eta=ETA)


def open_at(standing: Standing, now: int) -> set[tuple[str, str]]:
    return {(one.instruction, one.by) for one in actions(standing, now) if one.opens_at <= now}


def test_a_draft_is_its_proposer_s_until_it_is_stale() -> None:
    assert open_at(DRAFT, START_TIME) == {
        ("add_instruction", "proposer"),
        ("activate", "proposer"),
        ("cancel", "proposer"),
    }
    stale = START_TIME + DRAFT_LIFE
    assert ("activate", "proposer") in open_at(DRAFT, stale)
    assert ("cancel", "anyone") not in open_at(DRAFT, stale)
    assert ("activate", "proposer") not in open_at(DRAFT, stale + 1)
    assert ("cancel", "anyone") in open_at(DRAFT, stale + 1)


def test_an_empty_draft_cannot_be_activated_unless_it_is_a_text() -> None:
    assert ("activate", "proposer") not in open_at(replace(DRAFT, count=0), START_TIME)
    text = replace(DRAFT, kind=ProposalKind.TEXT, count=0)
    assert open_at(text, START_TIME) == {("activate", "proposer"), ("cancel", "proposer")}
    assert ("add_instruction", "proposer") not in open_at(replace(DRAFT, count=8), START_TIME)


def test_the_last_second_of_a_vote_belongs_to_what_comes_after_it() -> None:
    assert ("vote", "stakers") in open_at(ACTIVE, VOTED - 1)
    assert ("finalize", "anyone") not in open_at(ACTIVE, VOTED - 1)
    assert open_at(ACTIVE, VOTED) == {("finalize", "anyone"), ("veto", "guardian")}


def test_what_succeeded_is_queued_in_time_or_expires() -> None:
    succeeded = replace(ACTIVE, status=ProposalStatus.SUCCEEDED)
    assert open_at(succeeded, VOTED + WINDOW - 1) == {("queue", "anyone"), ("veto", "guardian")}
    assert open_at(succeeded, VOTED + WINDOW) == {("expire", "anyone"), ("veto", "guardian")}


def test_what_is_queued_waits_then_may_be_executed_then_expires() -> None:
    assert open_at(QUEUED, ETA - 1) == {("veto", "guardian")}
    assert open_at(QUEUED, ETA) == {("execute", "anyone"), ("veto", "guardian")}
    assert open_at(QUEUED, ETA + WINDOW) == {("expire", "anyone"), ("veto", "guardian")}
    waiting = next(one for one in actions(QUEUED, ETA - 1) if one.instruction == "execute")
    assert (waiting.opens_at, waiting.closes_at) == (ETA, ETA + WINDOW)


def test_a_guardian_without_a_mandate_vetoes_nothing() -> None:
    assert ("veto", "guardian") not in open_at(replace(QUEUED, guardian=None), ETA)
    assert ("veto", "guardian") not in open_at(replace(QUEUED, guardian_until=ETA), ETA)


def test_an_ended_proposal_is_closed_a_month_later() -> None:
    ended = replace(QUEUED, status=ProposalStatus.DEFEATED, ended_at=VOTED)
    assert open_at(ended, VOTED) == {("close_vote", "stakers")}
    assert ("close_proposal", "anyone") in open_at(ended, VOTED + RETENTION)
    assert open_at(replace(ended, closed=True), VOTED + RETENTION) == {("close_vote", "stakers")}
