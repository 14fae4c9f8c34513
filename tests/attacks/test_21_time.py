"""Class 21: one second before, at, and after every deadline; clocks that stand still or jump."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.keys import Key
from hypernode.domain.status import JobStatus
from tests.programs.cookies import MarketCookie, NodeCookie
from tests.programs.jobs import TIMEOUT, JobCookie
from tests.programs.world import DAY, World


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def test_assignment_is_possible_until_the_posting_expires(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    expires_at = posted.state.expires_at
    assert expires_at == posted.state.created_at + posted.market.terms.job_ttl + 60 + TIMEOUT + 30
    world.at(expires_at + 1)
    world.refuse("JobExpired", [posted.assign_ix(node)], [node.worker_key, posted.market.matcher])
    world.at(expires_at)
    posted.assign(node)


def test_a_posting_expires_only_after_its_last_second(world: World, posted: JobCookie, crank: Key) -> None:
    for second in (posted.state.expires_at - 1, posted.state.expires_at):
        world.at(second)
        world.refuse("NotExpired", [posted.expire_ix()], [crank])
    world.at(posted.state.expires_at + 1)
    posted.expire()
    assert not posted.exists


def test_a_receipt_is_taken_until_deadline_and_grace(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    state = assigned.state
    assert state.deadline == state.assigned_at + 60 + state.timeout_seconds + 30
    world.at(state.deadline + 1)
    world.refuse("ReceiptTooLate", [assigned.submit_ix(60)], [node.worker_key])
    world.at(state.deadline)
    world.run([assigned.submit_ix(60)], [node.worker_key])
    assert assigned.state.status is JobStatus.SUBMITTED


def test_an_assignment_ends_only_after_deadline_and_grace(
    world: World, assigned: JobCookie, crank: Key
) -> None:
    last = assigned.state.deadline
    for second in (last - 1, last):
        world.at(second)
        world.refuse("NotExpired", [assigned.expire_ix()], [crank])
    world.at(last + 1)
    assigned.expire()
    assert assigned.state.status is JobStatus.POSTED


def test_a_repost_lengthens_nothing(world: World, assigned: JobCookie) -> None:
    """Every attempt was counted when the job was posted, so no node can keep a buyer's tokens longer."""
    expires_at = assigned.state.expires_at
    world.at(assigned.state.deadline + 1)
    assigned.expire()
    assert assigned.state.expires_at == expires_at


def test_an_attempt_after_the_last_second_of_the_job_is_its_last(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    world.at(posted.state.expires_at)
    posted.assign(node)
    world.at(posted.state.deadline + 1)
    posted.expire()
    assert not posted.exists


def test_a_verdict_counts_until_the_end_of_the_late_window(
    world: World, submitted: JobCookie, crank: Key
) -> None:
    state = submitted.state
    assert state.verdict_deadline == state.submitted_at + 900 + 8 * TIMEOUT
    assert state.late_until == state.verdict_deadline + DAY
    deadline = state.late_until
    batch = submitted.settle_ixs()
    world.at(deadline + 1)
    world.refuse("VerdictTooLate", batch, [crank])
    world.at(deadline)
    world.run(batch, [crank])


def test_a_job_is_unverified_only_after_the_verdicts_deadline(
    world: World, submitted: JobCookie, crank: Key
) -> None:
    deadline = submitted.state.late_until
    for second in (deadline - 1, deadline):
        world.at(second)
        world.refuse("NotExpired", [submitted.expire_ix()], [crank])
    world.at(deadline + 1)
    submitted.expire()
    assert not submitted.exists


def test_settlement_and_expiry_never_both_hold(world: World, submitted: JobCookie, crank: Key) -> None:
    """At each second around the deadline exactly one of the two is possible."""
    deadline = submitted.state.late_until
    settle, expire = submitted.settle_ixs(), submitted.expire_ix()
    world.at(deadline)
    world.refuse("NotExpired", [expire], [crank])
    world.at(deadline + 1)
    world.refuse("VerdictTooLate", settle, [crank])
    world.run([expire], [crank])


def test_a_stake_is_withdrawn_from_the_last_second_of_its_cooldown(world: World, node: NodeCookie) -> None:
    authority = node.operator
    world.run([instructions.unstake(owner=authority.address)], [authority])
    begun = node.stake.unstake_at
    batch = [instructions.withdraw_stake(owner=authority.address, destination=node.wallet)]
    world.at(begun + 14 * DAY - 1)
    world.refuse("CooldownNotOver", batch, [authority])
    world.at(begun + 14 * DAY)
    world.run(batch, [authority])


def test_a_node_is_closed_two_weeks_after_it_retired(world: World, node: NodeCookie) -> None:
    authority = node.operator
    world.run([instructions.retire_node(operator=authority.address)], [authority])
    retired_at = node.state.retired_at
    batch = [instructions.close_node(operator=authority.address)]
    world.at(retired_at + 14 * DAY - 1)
    world.refuse("NotRetiredLongEnough", batch, [authority])
    world.at(retired_at + 14 * DAY)
    world.run(batch, [authority])


def test_a_clock_that_runs_backwards_pays_for_no_time(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    """A cluster's clock may step back a little; at most the one that rounding allows is paid."""
    world.at(assigned.state.assigned_at - 10)
    world.refuse(
        "TooManySeconds", [assigned.submit_ix(2)], [node.worker_key], "a second before the assignment"
    )
    world.run([assigned.submit_ix(0)], [node.worker_key])


def test_a_clock_that_runs_backwards_frees_nothing_early(
    world: World, assigned: JobCookie, crank: Key
) -> None:
    world.at(assigned.state.assigned_at - DAY)
    world.refuse("NotExpired", [assigned.expire_ix()], [crank])


def test_a_jump_over_all_deadlines_leaves_the_refund(world: World, submitted: JobCookie) -> None:
    world.advance(10 * 365 * DAY)
    submitted.expire()
    assert submitted.buyer.state.locked == 0


def test_a_market_changed_afterwards_moves_no_deadline_of_a_posted_job(
    world: World, posted: JobCookie, market: MarketCookie
) -> None:
    before = posted.state
    terms = replace(market.terms, job_ttl=60, start_allowance=10, grace=30, verdict_floor=600, max_attempts=1)
    world.run([market.update_ix(terms)], [market.creator, market.matcher])
    assert posted.state == before
