"""settle_job: the oracles' word pays the node or refunds the buyer, once, no matter who brings it."""

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets import JobRejected, JobSettled
from hypernode.chain.generated.markets.errors import (
    BadVerdict,
    BelowThreshold,
    NoPrecompile,
    UnknownOracle,
    VerdictTooLate,
    WrongPayer,
    WrongPayout,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.keys import Key
from hypernode.domain.status import JobStatus, Outcome, RejectReason, Verdict
from tests.programs.cookies import NodeCookie
from tests.programs.jobs import CAP, RATE, JobCookie, a_job
from tests.programs.world import HYPER, World, named_key

# Where the verdict stands in the data: after the discriminator and the draw id.
VERDICT = 16


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def test_an_accepted_job_pays_what_was_used_and_frees_the_rest(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    price = 60 * RATE
    rent, payer = world.lamports(submitted.address), submitted.buyer.owner.address
    before = world.lamports(payer)
    submitted.settle()
    account = submitted.buyer.state
    assert node.earned == price - price // 10 - price // 20 == 510
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (54, 6, 30)
    assert (account.available, account.locked) == (10 * HYPER - price, 0)
    assert world.tokens(submitted.buyer.vault) == 10 * HYPER - 510
    assert not submitted.exists
    assert world.lamports(payer) == before + rent
    (event,) = submitted.events
    assert isinstance(event, JobSettled)
    assert event.price == event.node_share + event.treasury + event.stakers + event.operations == price
    assert event.price + event.unlocked == CAP
    assert (event.node, event.payout, event.signers) == (node.address, node.payout, 2)
    assert (event.old_status, event.outcome) == (JobStatus.SUBMITTED, Outcome.SETTLED)


def test_a_job_that_runs_to_its_timeout_costs_its_cap(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    posted.assign(node).submit(100).settle()
    assert node.earned == CAP - CAP // 10 - CAP // 20
    assert posted.buyer.state.available == 10 * HYPER - CAP


@pytest.mark.parametrize("verdict", Verdict)
def test_a_node_cannot_dodge_a_verdict_by_a_new_payout_account(
    world: World, submitted: JobCookie, crank: Key, node: NodeCookie, verdict: Verdict
) -> None:
    """Pay goes where it went at the assignment, whatever the node's account says now."""
    batch = submitted.settle_ixs(submitted.attestation(verdict))
    state = node.state
    elsewhere = world.a_token_account("elsewhere", owner=node.operator.address)
    change = instructions.update_node(
        operator=node.operator.address,
        payout=elsewhere,
        gpu_vendor=state.gpu_vendor,
        gpu_count=state.gpu_count,
        vram_mib=state.vram_mib,
        hardware_hash=state.hardware_hash,
    )
    world.run([change], [node.operator])
    world.run(batch, [crank])
    assert not submitted.exists
    assert (node.earned, world.tokens(elsewhere)) == ((510, 0) if verdict is Verdict.ACCEPT else (0, 0))


def test_a_rejected_job_is_refunded_in_full(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    submitted.settle(Verdict.REJECT)
    account = submitted.buyer.state
    assert (account.available, account.locked, node.earned) == (10 * HYPER, 0, 0)
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (0, 0, 0)
    (event,) = submitted.events
    assert isinstance(event, JobRejected)
    assert (event.reject_reason, event.refund) == (RejectReason.OUTPUT_MISMATCH, CAP)
    assert event.outcome is Outcome.REJECTED


@pytest.mark.parametrize("gate", [gate for gate in RejectReason if gate is not RejectReason.NONE])
def test_every_gate_can_be_the_reason(
    world: World, submitted: JobCookie, crank: Key, gate: RejectReason
) -> None:
    (event,) = world.run(submitted.settle_ixs(submitted.attestation(Verdict.REJECT, gate)), [crank])
    assert isinstance(event, JobRejected)
    assert event.reject_reason is gate


def test_a_good_job_raises_the_name_and_a_bad_one_lowers_it(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    newcomer = node.state.reputation.score
    submitted.settle()
    good = node.state.reputation
    assert (good.ok, good.rejected) == (1, 0)
    assert good.score > newcomer
    again = a_job(world, nonce=2, buyer=submitted.buyer, market=submitted.market)
    again.assign(node).submit().settle(Verdict.REJECT)
    bad = node.state.reputation
    assert (bad.ok, bad.rejected) == (1, 1)
    assert bad.score < newcomer


def test_anybody_brings_the_verdict(world: World, submitted: JobCookie) -> None:
    world.run(submitted.settle_ixs(), [world.funded("a passer-by")])
    assert not submitted.exists


def test_a_job_is_settled_once(world: World, submitted: JobCookie, node: NodeCookie, crank: Key) -> None:
    batch = submitted.settle_ixs()
    world.run(batch, [crank])
    earned = node.earned
    world.refuse("AccountDataTooSmall", batch, [crank], "a second settlement")
    assert node.earned == earned


def test_fewer_than_the_threshold_settle_nothing(world: World, submitted: JobCookie, crank: Key) -> None:
    world.refuse(BelowThreshold, submitted.settle_ixs(oracles=world.oracles[:1]), [crank])


def test_all_oracles_together_settle_too(world: World, submitted: JobCookie, crank: Key) -> None:
    (event,) = world.run(submitted.settle_ixs(oracles=world.oracles), [crank])
    assert isinstance(event, JobSettled)
    assert event.signers == 3


def test_a_key_that_is_no_oracle_spoils_the_proof(world: World, submitted: JobCookie, crank: Key) -> None:
    batch = submitted.settle_ixs(oracles=[*world.oracles[:2], named_key("nobody")])
    world.refuse(UnknownOracle, batch, [crank])


def test_without_a_proof_nothing_is_settled(world: World, submitted: JobCookie, crank: Key) -> None:
    world.refuse(NoPrecompile, [submitted.settle_ixs()[1]], [crank])


@pytest.mark.parametrize(
    ("verdict", "reason"), [(0, 0), (3, 0), (255, 1), (1, 1), (2, 0), (2, 10), (2, 13), (2, 255)]
)
def test_a_verdict_outside_the_list_is_refused(
    world: World, submitted: JobCookie, crank: Key, verdict: int, reason: int
) -> None:
    evidence, settlement = submitted.settle_ixs()
    bent = settlement.with_data(
        settlement.data[:VERDICT] + bytes([verdict, reason]) + settlement.data[VERDICT + 2 :]
    )
    world.refuse(BadVerdict, [evidence, bent], [crank])


def test_a_verdict_after_its_time_is_refused(world: World, submitted: JobCookie, crank: Key) -> None:
    batch = submitted.settle_ixs()
    world.at(submitted.state.late_until + 1)
    world.refuse(VerdictTooLate, batch, [crank])
    batch = submitted.settle_ixs(submitted.attestation(Verdict.REJECT))
    world.refuse(VerdictTooLate, batch, [crank])


@pytest.mark.parametrize("verdict", Verdict)
def test_a_late_verdict_counts(world: World, submitted: JobCookie, verdict: Verdict) -> None:
    """Oracles that were down for a day still pay the honest and reject the cheat."""
    world.at(submitted.state.late_until)
    submitted.settle(verdict)
    assert not submitted.exists


def test_pay_goes_to_the_nodes_payout_account_only(
    world: World, submitted: JobCookie, crank: Key, node: NodeCookie
) -> None:
    evidence, settlement = submitted.settle_ixs()
    index = [meta.address for meta in settlement.accounts].index(node.payout)
    for thief in (world.a_token_account("thief"), node.wallet, submitted.buyer.wallet):
        bent = settlement.with_account(index, AccountMeta(thief, writable=True))
        world.refuse(WrongPayout, [evidence, bent], [crank])


def test_rent_goes_to_who_paid_it_only(world: World, submitted: JobCookie, crank: Key) -> None:
    evidence, settlement = submitted.settle_ixs()
    index = [meta.address for meta in settlement.accounts].index(submitted.state.payer)
    bent = settlement.with_account(index, AccountMeta(crank.address, writable=True))
    world.refuse(WrongPayer, [evidence, bent], [crank])


def test_the_brokers_own_fee_is_all_it_costs_him(world: World, submitted: JobCookie, crank: Key) -> None:
    before = world.lamports(crank.address)
    world.run(submitted.settle_ixs(), [crank])
    # One signature of his own and two that the precompile verified.
    assert before - world.lamports(crank.address) == 3 * 5_000
