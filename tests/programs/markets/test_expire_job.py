"""expire_job: what the clock does when someone did not; nobody needs permission to say so."""

import pytest

from hypernode.chain.generated.markets import JobExpired, JobReposted, JobTimedOut, JobUnverified
from hypernode.chain.generated.markets.errors import NodeMissing, NotExpired, WrongPayer
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.keys import Key
from hypernode.domain.status import JobStatus, Outcome
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.cookies import MarketCookie, NodeCookie, a_buyer, a_market, a_node
from tests.programs.jobs import CAP, JobCookie, a_job
from tests.programs.world import HYPER, World


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def overdue(job: JobCookie) -> int:
    """Return the first second in which no receipt is taken any more."""
    return job.state.deadline + 1


def assert_refunded(job: JobCookie) -> None:
    assert not job.exists
    assert (job.buyer.state.available, job.buyer.state.locked) == (10 * HYPER, 0)
    assert job.world.tokens(job.buyer.vault) == 10 * HYPER


def test_a_job_nobody_took_is_refunded(world: World, posted: JobCookie) -> None:
    world.at(posted.state.expires_at + 1)
    posted.expire()
    assert_refunded(posted)
    (event,) = posted.events
    assert isinstance(event, JobExpired)
    assert (event.refund, event.outcome) == (CAP, Outcome.EXPIRED)


def test_a_job_without_a_receipt_is_posted_again(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    sequence, expires_at = assigned.state.sequence, assigned.state.expires_at
    world.at(overdue(assigned))
    assigned.expire()
    state = assigned.state
    assert (state.status, state.attempt, state.node) == (JobStatus.POSTED, 1, ZERO_ADDRESS)
    assert (state.sequence, state.expires_at) == (sequence, expires_at)
    assert assigned.buyer.state.locked == CAP
    assert (node.state.active_jobs, node.state.exposure) == (0, 0)
    (event,) = assigned.events
    assert isinstance(event, JobReposted)
    assert (event.node, event.new_status) == (node.address, JobStatus.POSTED)


def test_a_job_out_of_attempts_times_out(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.at(overdue(assigned))
    assigned.expire().assign(node)
    assert assigned.state.attempt == 2
    world.at(overdue(assigned))
    assigned.expire()
    assert_refunded(assigned)
    assert node.state.reputation.timed_out == 2
    (event,) = assigned.events
    assert isinstance(event, JobTimedOut)
    assert (event.attempt, event.refund, event.outcome) == (2, CAP, Outcome.TIMED_OUT)


@pytest.mark.parametrize("attempts", [1, 5])
def test_a_market_decides_how_often_a_job_is_tried(world: World, node: NodeCookie, attempts: int) -> None:
    market = a_market(world, "patient", max_attempts=attempts)
    job = a_job(world, buyer=a_buyer(world), market=market)
    for number in range(1, attempts + 1):
        job.assign(node)
        assert job.state.attempt == number
        world.at(overdue(job))
        job.expire()
    assert_refunded(job)


def test_a_timeout_lowers_the_nodes_name(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    before = node.state.reputation
    world.at(overdue(assigned))
    assigned.expire()
    after = node.state.reputation
    assert (after.timed_out, after.down_seconds > before.down_seconds) == (1, True)
    assert after.score < before.score


def test_a_job_without_a_verdict_is_refunded_and_nobody_blamed(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    before = node.state.reputation
    world.at(submitted.state.late_until + 1)
    submitted.expire()
    assert_refunded(submitted)
    assert node.state.reputation == before
    assert (node.state.active_jobs, node.state.exposure, node.earned) == (0, 0, 0)
    (event,) = submitted.events
    assert isinstance(event, JobUnverified)
    assert (event.refund, event.outcome) == (CAP, Outcome.UNVERIFIED)


@pytest.mark.parametrize("state", ["posted", "assigned", "submitted"])
def test_nothing_expires_before_its_time(
    world: World, posted: JobCookie, node: NodeCookie, crank: Key, state: str
) -> None:
    if state != "posted":
        posted.assign(node)
    if state == "submitted":
        posted.submit()
    world.refuse(NotExpired, [posted.expire_ix()], [crank])


def test_the_node_cannot_be_left_out(world: World, assigned: JobCookie, crank: Key) -> None:
    """Or a node would bring its own delay and keep its name."""
    world.at(overdue(assigned))
    expire = assigned.expire_ix()
    bent = expire.with_account(3, AccountMeta(expire.program))
    world.refuse(NodeMissing, [bent], [crank])


def test_a_posted_job_takes_no_node_with_it(
    world: World, posted: JobCookie, crank: Key, node: NodeCookie
) -> None:
    world.at(posted.state.expires_at + 1)
    bent = posted.expire_ix().with_account(3, AccountMeta(node.address, writable=True))
    world.refuse("WrongAccountForJob", [bent], [crank])
    posted.expire()


def test_the_refund_goes_to_the_buyer_only(world: World, posted: JobCookie, crank: Key) -> None:
    stranger = a_buyer(world, "stranger")
    world.at(posted.state.expires_at + 1)
    bent = posted.expire_ix().with_account(2, AccountMeta(stranger.address, writable=True))
    world.refuse("WrongAccountForJob", [bent], [crank])


def test_the_rent_goes_to_who_paid_it_only(world: World, posted: JobCookie, crank: Key) -> None:
    world.at(posted.state.expires_at + 1)
    bent = posted.expire_ix().with_account(1, AccountMeta(crank.address, writable=True))
    world.refuse(WrongPayer, [bent], [crank])


def test_a_repost_keeps_the_rent_and_the_lock(world: World, assigned: JobCookie, crank: Key) -> None:
    rent = world.lamports(assigned.address)
    world.at(overdue(assigned))
    assigned.expire()
    assert world.lamports(assigned.address) == rent
    world.refuse(NotExpired, [assigned.expire_ix()], [crank])


def test_another_node_takes_a_job_that_was_posted_again(
    world: World, assigned: JobCookie, market: MarketCookie
) -> None:
    world.at(overdue(assigned))
    assigned.expire()
    other = a_node(world, "other")
    assigned.assign(other).submit().settle()
    assert other.earned > 0
    assert market.address == assigned.market.address
