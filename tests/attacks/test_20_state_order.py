"""Class 20: an arrow that does not leave the state a job is in; and money that could be stuck.

`tests/model` walks random paths against a model. Here every pair of state and instruction is tried once.
"""

from collections.abc import Callable
from typing import Any

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import accept_job, decline_job, settle_job
from hypernode.chain.keys import Key
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import DeclineReason, JobStatus, Verdict
from hypernode.domain.types import address_bytes
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie
from tests.programs.decisions import a_decision
from tests.programs.jobs import CAP, DRAW_ID, JobCookie, a_job
from tests.programs.world import HYPER, World

STATES = ["posted", "assigned", "submitted", "gone"]
LEGAL = {
    "posted": {"assign", "cancel"},
    "assigned": {"submit", "decline"},
    "submitted": {"accept", "reject"},
    "gone": set(),
}

NEEDED = {
    "assign": "JobNotPosted",
    "cancel": "JobNotPosted",
    "submit": "JobNotAssigned",
    "decline": "JobNotAssigned",
    "pay": "JobNotSubmitted",
    "accept": "JobNotSubmitted",
    "reject": "JobNotSubmitted",
}
Bring = Callable[[str], JobCookie]
Attempts = dict[str, tuple[list[Instruction], list[Key]]]


@pytest.fixture
def bring(
    world: World, buyer: BuyerCookie, market: MarketCookie, node: NodeCookie
) -> Callable[[str], JobCookie]:
    def to(state: str) -> JobCookie:
        job = a_job(world, buyer=buyer, market=market)
        job.node = node
        if state == "gone":
            return job.cancel()
        if state != "posted":
            job.assign(node)
        if state == "submitted":
            job.submit()
        world.advance(1)
        return job

    return to


def attempts(world: World, job: JobCookie, node: NodeCookie) -> Attempts:
    """Every instruction on a job, as its rightful actor would send it in the state where it is legal."""
    crank = world.funded("crank")
    return {
        "assign": ([job.assign_ix(node)], [node.worker_key, job.market.matcher]),
        "cancel": ([job.cancel_ix()], [job.buyer.owner]),
        "submit": ([job.submit_ix(1)], [node.worker_key]),
        "decline": ([_decline(job, node)], [node.worker_key]),
        "pay": ([_pay(job, node)], [job.buyer.owner]),
        "accept": (verdict_ixs(world, job, node, Verdict.ACCEPT), [crank]),
        "reject": (verdict_ixs(world, job, node, Verdict.REJECT), [crank]),
    }


def verdict_ixs(world: World, job: JobCookie, node: NodeCookie, verdict: Verdict) -> list[Instruction]:
    """Settle with an attestation of the fields as they stand, whatever the state."""
    state = job.state if job.exists else None
    oracle_set = world.read(markets.OracleSet, addresses.oracle_set())
    attestation = Attestation(
        cluster=oracle_set.cluster,
        program=address_bytes(markets.PROGRAM_ID),
        job=address_bytes(job.address),
        sequence=state.sequence if state else 0,
        attempt=state.attempt if state else 0,
        node=address_bytes(node.address),
        receipt_hash=state.receipt_hash if state else bytes(32),
        submitted_slot=state.submitted_slot if state else 0,
        seconds=state.seconds_used if state else 0,
        epoch=state.epoch if state else oracle_set.epoch,
        draw_id=DRAW_ID,
        decision=a_decision(verdict, 0),
    )
    digest = attestation.digest()
    signatures = [(oracle.address, oracle.sign(digest)) for oracle in world.oracles[:2]]
    account: Any = _Shadow(job, node)
    return list(
        settle_job(
            job=job.address,
            account=account,
            vault=job.buyer.vault,
            attestation=attestation,
            signatures=signatures,
        )
    )


def _decline(job: JobCookie, node: NodeCookie) -> Instruction:
    account: Any = _Shadow(job, node)
    return decline_job(job=job.address, account=account, reason=DeclineReason.NODE_FAULT)


def _pay(job: JobCookie, node: NodeCookie) -> Instruction:
    account: Any = _Shadow(job, node)
    owner = job.buyer.owner.address
    return accept_job(owner=owner, job=job.address, account=account, vault=job.buyer.vault)


class _Shadow:
    """What a settlement needs to know of a job, even of one that is gone."""

    def __init__(self, job: JobCookie, node: NodeCookie) -> None:
        self.payer = self.buyer = job.buyer.owner.address
        self.node, self.payout = node.address, node.payout
        self.worker_key = node.worker_key.address


@pytest.mark.parametrize("action", list(NEEDED))
@pytest.mark.parametrize("state", STATES)
def test_only_the_arrows_of_the_diagram_exist(
    world: World, node: NodeCookie, bring: Bring, state: str, action: str
) -> None:
    job = bring(state)
    batch, signers = attempts(world, job, node)[action]
    if action in LEGAL[state]:
        world.run(batch, signers)
    else:
        error = "AccountDataTooSmall" if state == "gone" else NEEDED[action]
        if (state, action) == ("submitted", "pay"):
            error = "TooEarlyToAccept"
        if state == "posted":  # no node is written into the job yet
            error = "NotWorkerKey" if action in ("submit", "decline") else "WrongAccountForJob"
        world.refuse(error, batch, signers, f"{action} of a job that is {state}")


@pytest.mark.parametrize("state", ["posted", "assigned", "submitted"])
def test_from_every_state_the_clock_alone_frees_the_money(world: World, bring: Bring, state: str) -> None:
    """No buyer, no node, no oracle, no authority acts any more: a stranger and time are enough."""
    job = bring(state)
    for _ in range(8):
        if not job.exists:
            break
        world.at(ends_at(job.state) + 1)
        job.expire()
    assert not job.exists
    account = job.buyer.state
    assert (account.available, account.locked) == (10 * HYPER, 0)


def test_the_clock_ends_every_job_within_its_markets_bounds(
    world: World, bring: Bring, node: NodeCookie
) -> None:
    """The slowest path there is: every attempt taken at the last second and dropped."""
    job, began = bring("posted"), world.now
    terms = job.market.terms
    for attempt in range(terms.max_attempts):
        world.at(job.state.expires_at - 191 * (terms.max_attempts - 1 - attempt))
        job.assign(node)
        world.at(ends_at(job.state) + 1)
        job.expire()
    assert not job.exists
    longest = terms.job_ttl + terms.max_attempts * (terms.start_allowance + 100 + terms.grace)
    assert world.now - began <= longest + 1


def ends_at(job: markets.Job) -> int:
    """Return the last second in which the job's present state holds."""
    if job.status is JobStatus.POSTED:
        return job.expires_at
    if job.status is JobStatus.ASSIGNED:
        return job.deadline
    return job.late_until


@pytest.mark.parametrize("end", ["cancel", "expire", "time out", "reject", "unverified"])
def test_every_refund_gives_back_the_whole_cap(
    world: World, bring: Bring, node: NodeCookie, end: str
) -> None:
    states = {"cancel": "posted", "expire": "posted", "time out": "assigned"}
    job = bring(states.get(end, "submitted"))
    assert job.buyer.state.locked == CAP
    if end == "cancel":
        job.cancel()
    elif end == "reject":
        job.settle(Verdict.REJECT)
    else:
        while job.exists:
            world.at(ends_at(job.state) + 1)
            job.expire()
    account = job.buyer.state
    assert (account.available, account.locked, node.earned) == (10 * HYPER, 0, 0)
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (0, 0, 0)
    assert node.state.active_jobs == 0
    assert node.state.exposure == 0
