"""decline_job: a node that cannot run a job says so at once, and the next one gets it."""

import pytest

from hypernode.chain.generated.markets import JobDeclined, JobGivenUp
from hypernode.chain.generated.markets.errors import (
    BadDeclineReason,
    DeclinedTooLate,
    JobExpired,
    JobNotAssigned,
    NotWorkerKey,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.status import DeclineReason, JobStatus, Outcome
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.cookies import NodeCookie, a_buyer, a_node
from tests.programs.jobs import CAP, JobCookie
from tests.programs.world import HYPER, World

START_ALLOWANCE = 60


def test_a_job_declined_at_once_is_posted_again_and_costs_no_attempt(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    before, expires_at = node.state.reputation, assigned.state.expires_at
    world.advance(START_ALLOWANCE)
    assigned.decline()
    state = assigned.state
    assert (state.status, state.attempt, state.declines) == (JobStatus.POSTED, 1, 1)
    assert {state.node, state.operator, state.worker_key, state.payout} == {ZERO_ADDRESS}
    assert state.expires_at == expires_at
    assert (node.state.active_jobs, node.state.exposure) == (0, 0)
    assert assigned.buyer.state.locked == CAP
    after = node.state.reputation
    assert (after.ok, after.rejected, after.timed_out) == (before.ok, before.rejected, before.timed_out)
    assert after.down_seconds == before.down_seconds + START_ALLOWANCE
    (event,) = assigned.events
    assert isinstance(event, JobDeclined)
    assert (event.node, event.decline_reason) == (node.address, DeclineReason.IMAGE_UNAVAILABLE)
    assert (event.old_status, event.new_status) == (JobStatus.ASSIGNED, JobStatus.POSTED)


def test_as_many_nodes_as_the_market_allows_still_try_it(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    """Declines before the run are not among the market's two attempts."""
    for _ in range(3):
        assigned.decline().assign(node)
    world.at(assigned.state.deadline + 1)
    assigned.expire().assign(a_node(world, "other")).submit().settle()
    assert not assigned.exists


def test_a_job_declined_later_costs_the_attempt_and_counts_as_a_time_out(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    world.advance(START_ALLOWANCE + 1)
    assigned.decline(DeclineReason.OUTPUTS_TOO_LARGE)
    state = assigned.state
    assert (state.status, state.attempt, state.declines) == (JobStatus.POSTED, 1, 0)
    assert node.state.reputation.timed_out == 1


def test_the_last_attempt_declined_later_refunds_the_buyer(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    world.at(assigned.state.deadline + 1)
    assigned.expire().assign(node)
    world.at(assigned.state.deadline)
    assigned.decline(DeclineReason.NODE_FAULT)
    assert not assigned.exists
    assert (assigned.buyer.state.available, assigned.buyer.state.locked) == (10 * HYPER, 0)
    assert (node.state.active_jobs, node.state.exposure, node.earned) == (0, 0, 0)
    (event,) = assigned.events
    assert isinstance(event, JobGivenUp)
    assert (event.refund, event.outcome) == (CAP, Outcome.DECLINED)


def test_a_job_declined_at_once_after_its_last_second_waits_for_nobody(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    world.at(posted.state.expires_at)
    posted.assign(node)
    world.advance(1)
    posted.decline()
    world.refuse(JobExpired, [posted.assign_ix(node)], [node.worker_key, posted.market.matcher])
    posted.expire()
    assert posted.buyer.state.available == 10 * HYPER


def test_nothing_is_declined_after_the_deadline(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.at(assigned.state.deadline + 1)
    world.refuse(DeclinedTooLate, [assigned.decline_ix()], [node.worker_key])


def test_a_receipt_is_not_taken_back(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    """Or a node would go over to *declined* when its job is drawn."""
    world.refuse(JobNotAssigned, [submitted.decline_ix()], [node.worker_key])


def test_only_the_worker_of_the_assignment_declines(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    for signer in (node.operator, assigned.buyer.owner, assigned.market.matcher):
        bent = assigned.decline_ix().with_account(0, AccountMeta(signer.address, signer=True))
        world.refuse(NotWorkerKey, [bent], [signer])


@pytest.mark.parametrize("number", [0, 9, 255])
def test_a_reason_outside_the_list_is_refused(
    world: World, assigned: JobCookie, node: NodeCookie, number: int
) -> None:
    decline = assigned.decline_ix()
    bent = decline.with_data(decline.data[:-1] + bytes([number]))
    world.refuse(BadDeclineReason, [bent], [node.worker_key])


def test_the_refund_goes_to_the_buyer_only(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    stranger = a_buyer(world, "stranger")
    decline = assigned.decline_ix()
    index = [meta.address for meta in decline.accounts].index(assigned.buyer.address)
    bent = decline.with_account(index, AccountMeta(stranger.address, writable=True))
    world.refuse("WrongAccountForJob", [bent], [node.worker_key])
