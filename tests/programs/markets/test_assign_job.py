"""assign_job: only a node with enough at stake, room, hardware and name takes a job."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets import JobAssigned
from hypernode.chain.generated.markets.errors import (
    CapacityReached,
    ExposureTooHigh,
    HardwareMismatch,
    JobNotPosted,
    NotMatcher,
    NotWorkerKey,
    ReputationTooLow,
    SelfDealing,
    StakeInactive,
    StakeTooLow,
    StakeTooShort,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.status import JobStatus, Verdict
from hypernode.domain.types import GpuVendor
from tests.programs.cookies import (
    BuyerCookie,
    MarketCookie,
    NodeCookie,
    a_buyer,
    a_market,
    a_node,
    an_operator,
)
from tests.programs.jobs import CAP, TIMEOUT, JobCookie, a_job
from tests.programs.world import DAY, HYPER, World


def test_a_node_takes_a_posted_job(world: World, posted: JobCookie, node: NodeCookie) -> None:
    posted.assign(node)
    state = posted.state
    assert (state.status, state.attempt, state.node) == (JobStatus.ASSIGNED, 1, node.address)
    assert (state.assigned_at, state.deadline) == (world.now, world.now + 60 + TIMEOUT + 30)
    assert (node.state.active_jobs, node.state.exposure) == (1, 7 * CAP)
    (event,) = posted.events
    assert isinstance(event, JobAssigned)
    assert (event.node, event.attempt) == (node.address, 1)
    assert (event.old_status, event.new_status) == (JobStatus.POSTED, JobStatus.ASSIGNED)


def test_an_assigned_job_is_not_assigned_again(world: World, assigned: JobCookie) -> None:
    other = a_node(world, "other")
    matcher = assigned.market.matcher
    world.refuse(JobNotPosted, [assigned.assign_ix(other)], [other.worker_key, matcher])


def test_neither_agent_nor_matcher_can_do_without_the_other(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    stranger = world.funded("stranger")
    assign = posted.assign_ix(node)
    fake_agent = assign.with_account(0, AccountMeta(stranger.address, signer=True))
    world.refuse(NotWorkerKey, [fake_agent], [stranger, posted.market.matcher])
    fake_matcher = assign.with_account(1, AccountMeta(stranger.address, signer=True))
    world.refuse(NotMatcher, [fake_matcher], [node.worker_key, stranger])


def test_the_operators_own_key_is_not_its_agents(world: World, posted: JobCookie, node: NodeCookie) -> None:
    assign = posted.assign_ix(node).with_account(0, AccountMeta(node.operator.address, signer=True))
    world.refuse(NotWorkerKey, [assign], [node.operator, posted.market.matcher])


@pytest.mark.parametrize("role", ["authority", "worker_key"])
def test_nobody_takes_his_own_job(world: World, market: MarketCookie, role: str) -> None:
    """A buyer who is also the node could buy himself a reputation."""
    node = a_node(world)
    owner = node.operator if role == "authority" else node.worker_key
    wallet = world.a_token_account("own wallet", HYPER, owner=owner.address)
    buyer = BuyerCookie(world, owner, wallet)
    world.run([buyer.open_ix()], [owner])
    buyer.deposit(HYPER)
    job = a_job(world, buyer=buyer, market=market)
    world.refuse(SelfDealing, [job.assign_ix(node)], [node.worker_key, market.matcher])


@pytest.mark.parametrize("stake", [1, 100 * HYPER - 1])
def test_a_stake_below_the_least_is_not_enough(world: World, posted: JobCookie, stake: int) -> None:
    poor = a_node(world, "poor", stake=stake)
    world.refuse(StakeTooLow, [posted.assign_ix(poor)], [poor.worker_key, posted.market.matcher])
    top_up = instructions.top_up_stake(
        owner=poor.operator.address, source=poor.wallet, amount=100 * HYPER - stake
    )
    world.run([top_up], [poor.operator])
    posted.assign(poor)


def test_a_market_may_ask_for_more_stake(world: World, buyer: BuyerCookie, node: NodeCookie) -> None:
    market = a_market(world, "safe", min_stake=1_000 * HYPER + 1)
    job = a_job(world, buyer=buyer, market=market)
    world.refuse(StakeTooLow, [job.assign_ix(node)], [node.worker_key, market.matcher])
    top_up = instructions.top_up_stake(owner=node.operator.address, source=node.wallet, amount=1)
    world.run([top_up], [node.operator])
    job.assign(node)


def test_a_node_without_a_stake_takes_nothing(world: World, posted: JobCookie) -> None:
    bare = a_node(world, "bare", stake=0)
    batch = [posted.assign_ix(bare)]
    world.refuse(
        "UninitializedAccount", batch, [bare.worker_key, posted.market.matcher], "a node without a stake"
    )


def test_anothers_stake_is_not_the_nodes(world: World, posted: JobCookie, node: NodeCookie) -> None:
    bare = a_node(world, "bare", stake=0)
    assign = posted.assign_ix(bare)
    index = [meta.address for meta in assign.accounts].index(bare.stake_address)
    bent = assign.with_account(index, AccountMeta(node.stake_address))
    world.refuse("InvalidSeeds", [bent], [bare.worker_key, posted.market.matcher], "a borrowed stake")


def test_a_stakes_cooldown_covers_the_job_and_any_report(world: World, buyer: BuyerCookie) -> None:
    """Or an operator could withdraw before a report can say that it cheated."""
    market = a_market(world, "long", max_timeout_seconds=7 * DAY)
    node = a_node(world)
    signers = [node.worker_key, market.matcher]
    # 60 + T + 30, then 900 + 8 T, then max(1 day, 4 T), then 2 days, within 14 days.
    longest = (12 * DAY - 990) // 13
    job = a_job(world, buyer=buyer, market=market, rate=1, timeout_seconds=longest + 1)
    world.refuse(StakeTooShort, [job.assign_ix(node)], signers)
    a_job(world, nonce=2, buyer=buyer, market=market, rate=1, timeout_seconds=longest).assign(node)


def test_a_stake_that_cools_down_does_not_count(world: World, posted: JobCookie, node: NodeCookie) -> None:
    owner = node.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    world.refuse(StakeInactive, [posted.assign_ix(node)], [node.worker_key, posted.market.matcher])
    world.run([instructions.restake(owner=owner.address)], [owner])
    posted.assign(node)


@pytest.mark.parametrize(("stake", "jobs"), [(100, 1), (999, 1), (1_000, 3), (9_999, 3), (10_000, 10)])
def test_a_stake_allows_so_many_jobs_at_once(
    world: World, buyer: BuyerCookie, market: MarketCookie, stake: int, jobs: int
) -> None:
    node = a_node(world, stake=stake * HYPER)
    for nonce in range(jobs):
        a_job(world, nonce=nonce, buyer=buyer, market=market).assign(node)
    more = a_job(world, nonce=jobs, buyer=buyer, market=market)
    world.refuse(CapacityReached, [more.assign_ix(node)], [node.worker_key, market.matcher])


def test_the_largest_stake_has_no_such_limit(world: World, buyer: BuyerCookie, market: MarketCookie) -> None:
    node = a_node(world, stake=100_000 * HYPER)
    world.write(node.address, replace(node.state, active_jobs=2**16 - 2, exposure=1))
    a_job(world, buyer=buyer, market=market).assign(node)
    last = a_job(world, nonce=2, buyer=buyer, market=market)
    world.refuse(CapacityReached, [last.assign_ix(node)], [node.worker_key, market.matcher])


def test_a_finished_job_makes_room(world: World, posted: JobCookie) -> None:
    node = a_node(world, "small", stake=100 * HYPER)
    posted.assign(node).submit().settle()
    again = a_job(world, nonce=2, buyer=posted.buyer, market=posted.market)
    again.assign(node)


def test_the_stake_covers_the_sentences_of_all_open_jobs(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    """At an audit rate of 5 % a second found wrong costs 80: 1,000 HYPER stand for caps of 12.5, not more."""
    node = a_node(world, stake=1_000 * HYPER)
    world.write(node.address, replace(node.state, probation=0))
    world.give(buyer.wallet, 5 * HYPER)
    buyer.deposit(5 * HYPER)
    a_job(world, buyer=buyer, market=market, rate=6 * HYPER // TIMEOUT).assign(node)
    assert node.state.exposure == 80 * 6 * HYPER
    at_limit = a_job(world, nonce=2, buyer=buyer, market=market, rate=4 * HYPER // TIMEOUT)
    signers = [node.worker_key, market.matcher]
    world.write(node.address, replace(node.state, exposure=680 * HYPER + 1))
    world.refuse(ExposureTooHigh, [at_limit.assign_ix(node)], signers)
    world.write(node.address, replace(node.state, exposure=680 * HYPER))
    at_limit.assign(node)


def test_a_market_that_audits_more_lets_a_stake_stand_for_more(world: World, buyer: BuyerCookie) -> None:
    node = a_node(world, stake=500 * HYPER)
    world.write(node.address, replace(node.state, probation=0))
    rate = HYPER // 10
    rare, often = a_market(world, "rare"), a_market(world, "often", audit_bps=1_000)
    job = a_job(world, buyer=buyer, market=rare, rate=rate)
    world.refuse(ExposureTooHigh, [job.assign_ix(node)], [node.worker_key, rare.matcher])
    job.cancel()
    a_job(world, buyer=buyer, market=often, rate=rate).assign(node)


def test_on_probation_a_stake_stands_for_the_runs_that_convict(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    """Every job is repeated, so a wrong one is found; its sentence pays at least seven runs."""
    node = a_node(world, stake=100 * HYPER)
    job = a_job(world, buyer=buyer, market=market).assign(node)
    assert (job.state.factor, job.state.epoch, job.state.audit_bps) == (7, 1, 10_000)
    assert node.state.exposure == 7 * job.state.cap


def test_a_market_may_ask_for_a_name(world: World, buyer: BuyerCookie, node: NodeCookie) -> None:
    proud = a_market(world, "proud", min_reputation=501)
    job = a_job(world, buyer=buyer, market=proud)
    world.refuse(ReputationTooLow, [job.assign_ix(node)], [node.worker_key, proud.matcher])
    state = node.state
    world.write(node.address, replace(state, reputation=replace(state.reputation, score=501)))
    job.assign(node)


@pytest.mark.parametrize(
    ("request_", "fits"),
    [
        ({"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 2, "min_vram_mib": 24_000}, True),
        ({"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 1, "min_vram_mib": 0}, True),
        ({}, True),
        ({"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 3, "min_vram_mib": 0}, False),
        ({"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 1, "min_vram_mib": 24_001}, False),
        ({"gpu_vendor": GpuVendor.AMD, "gpu_count": 1, "min_vram_mib": 0}, False),
    ],
    ids=str,
)
def test_the_hardware_must_fit(
    world: World,
    buyer: BuyerCookie,
    market: MarketCookie,
    node: NodeCookie,
    request_: dict[str, int],
    fits: bool,
) -> None:
    job = a_job(world, buyer=buyer, market=market, **request_)
    if fits:
        job.assign(node)
    else:
        world.refuse(HardwareMismatch, [job.assign_ix(node)], [node.worker_key, market.matcher])


def test_the_matcher_and_the_agent_may_be_one_key(world: World, buyer: BuyerCookie) -> None:
    """Someone who runs a market for his own machines."""
    node = a_node(world)
    market = a_market(world, "own", matcher=node.worker_key)
    a_job(world, buyer=buyer, market=market).assign(node)


def test_a_rejected_node_loses_room_for_nothing(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    submitted.settle(Verdict.REJECT)
    assert (node.state.active_jobs, node.state.exposure) == (0, 0)


def test_an_operator_who_never_registered_takes_nothing(world: World, posted: JobCookie) -> None:
    operator = an_operator(world, "unregistered")
    operator.put_stake(1_000 * HYPER)
    batch = [posted.assign_ix(operator)]
    world.refuse(
        "AccountDataTooSmall", batch, [operator.worker_key, posted.market.matcher], "an unregistered node"
    )


def test_two_buyers_jobs_are_taken_by_one_node(world: World, market: MarketCookie, node: NodeCookie) -> None:
    for name in ("first", "second"):
        a_job(world, buyer=a_buyer(world, name), market=market).assign(node)
    assert (node.state.active_jobs, node.state.exposure) == (2, 14 * CAP)
