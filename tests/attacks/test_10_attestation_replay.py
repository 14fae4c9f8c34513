"""Class 10: an attestation that was honest once, for something else."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.keys import Key
from hypernode.domain.attestation import Attestation, Audit, Blame
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import RejectReason, Verdict
from hypernode.domain.types import address_bytes
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie
from tests.programs.decisions import OTHER_RESULT, RESULT
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import World, named_key

OTHER = address_bytes(named_key("other").address)

# Each field of the table in docs, changed: none of these is the attestation of the job at hand.
CHANGES: dict[str, Any] = {
    "cluster": OTHER,
    "program": OTHER,
    "job": OTHER,
    "sequence": 1,
    "attempt": 2,
    "node": OTHER,
    "receipt_hash": OTHER,
    "submitted_slot": 1,
    "seconds": 59,
    "epoch": 9,
}


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def test_the_table_above_leaves_no_field_out() -> None:
    assert CHANGES.keys() | {"decision", "draw_id"} == set(Attestation.__dataclass_fields__)


@pytest.mark.parametrize("field", CHANGES)
def test_an_attestation_with_one_other_field_settles_nothing(
    world: World, submitted: JobCookie, crank: Key, field: str
) -> None:
    other = replace(submitted.attestation(), **{field: CHANGES[field]})
    world.refuse("WrongMessage", submitted.settle_ixs(other), [crank])
    submitted.settle()


def test_a_verdict_cannot_be_turned_round(world: World, submitted: JobCookie, crank: Key) -> None:
    rejecting = submitted.settle_ixs(submitted.attestation(Verdict.REJECT))
    accepting = submitted.settle_ixs(submitted.attestation(Verdict.ACCEPT))
    world.refuse("WrongMessage", [rejecting[0], accepting[1]], [crank])
    world.refuse("WrongMessage", [accepting[0], rejecting[1]], [crank])


@pytest.mark.parametrize(
    "changes",
    [
        {"own": 61},
        {"result": OTHER_RESULT},
        {"result": replace(RESULT, exit_code=1)},
        {"result": Result(Ending.TIME)},
        {"audit": Audit.REPLICATED},
        {"blame": Blame.METERING},
    ],
    ids=str,
)
def test_nothing_of_a_decision_can_be_exchanged(
    world: World, submitted: JobCookie, crank: Key, changes: dict[str, Any]
) -> None:
    signed = submitted.attestation()
    other = replace(signed, decision=replace(signed.decision, **changes))
    proof, brought = submitted.settle_ixs(signed)[0], submitted.settle_ixs(other)[1]
    world.refuse("WrongMessage", [proof, brought], [crank])


def test_the_blocks_of_the_draw_cannot_be_exchanged(world: World, submitted: JobCookie, crank: Key) -> None:
    signed = submitted.attestation()
    other = replace(signed, draw_id=bytes(8))
    world.refuse("WrongMessage", [submitted.settle_ixs(signed)[0], submitted.settle_ixs(other)[1]], [crank])


def test_a_reason_cannot_be_exchanged(world: World, submitted: JobCookie, crank: Key) -> None:
    late = submitted.settle_ixs(submitted.attestation(Verdict.REJECT, RejectReason.LATE))
    missing = submitted.settle_ixs(submitted.attestation(Verdict.REJECT, RejectReason.MISSING_BLOB))
    world.refuse("WrongMessage", [late[0], missing[1]], [crank])


def test_an_attestation_of_one_job_does_not_settle_another(
    world: World, buyer: BuyerCookie, market: MarketCookie, node: NodeCookie, crank: Key
) -> None:
    jobs = [a_job(world, nonce=nonce, buyer=buyer, market=market) for nonce in (1, 2)]
    for job in jobs:
        job.assign(node)
    world.advance(60)
    for job in jobs:
        world.run([job.submit_ix()], [node.worker_key])
    proofs, settlements = zip(*(job.settle_ixs() for job in jobs), strict=True)
    world.refuse("WrongMessage", [proofs[0], settlements[1]], [crank])
    world.refuse("WrongMessage", [proofs[1], settlements[0]], [crank])


def test_an_attestation_dies_with_its_attempt(
    world: World, assigned: JobCookie, node: NodeCookie, crank: Key
) -> None:
    """The first attempt's receipt was attested, too late: the second attempt hands in the very same one."""
    state = assigned.state
    world.at(state.deadline + 1)
    assigned.expire()
    assigned.assign(node)
    assigned.submit()
    second = assigned.attestation()
    assert second.attempt == 2
    old = replace(second, attempt=1)
    world.refuse("WrongMessage", assigned.settle_ixs(old), [crank])


def test_an_attestation_dies_with_its_job_even_if_the_address_lives_again(
    world: World, submitted: JobCookie, node: NodeCookie, crank: Key
) -> None:
    """The same buyer, nonce, node and hashes, one settlement later: only the sequence tells them apart."""
    old = submitted.attestation()
    evidence, _ = submitted.settle_ixs(old)
    submitted.settle()
    again = submitted.create().assign(node).submit()
    new = again.attestation()
    assert (new.job, new.node, new.receipt_hash) == (old.job, old.node, old.receipt_hash)
    assert new.sequence > old.sequence
    world.refuse("WrongMessage", [evidence, again.settle_ixs(new)[1]], [crank])
    assert node.state.reputation.ok == 1


def test_a_sequence_never_recurs_even_if_the_buyer_account_lives_again(
    world: World, submitted: JobCookie, crank: Key
) -> None:
    buyer = submitted.buyer
    old = submitted.attestation().sequence
    submitted.settle()
    world.run([buyer.collect_ix()], [crank])
    buyer.withdraw(buyer.state.available)
    world.run([buyer.close_ix()], [buyer.owner])
    world.run([buyer.open_ix()], [buyer.owner])
    buyer.deposit(1_000_000)
    again = submitted.create()
    assert again.state.sequence > old


def rotated(world: World, oracles: list[Key]) -> None:
    rotate = instructions.rotate_oracles(
        authority=world.authority.address, threshold=2, oracles=[oracle.address for oracle in oracles]
    )
    world.run([rotate], [world.authority])


def test_a_rotation_in_mid_job_changes_no_judge(world: World, submitted: JobCookie, crank: Key) -> None:
    """An authority that rotates the oracles must not choose the judges of a job that is assigned."""
    old = world.oracles[:2]
    new = [named_key(f"new oracle {number}") for number in range(3)]
    batch = submitted.settle_ixs(oracles=old)
    rotated(world, new)
    world.refuse("UnknownOracle", submitted.settle_ixs(oracles=new[:2]), [crank])
    world.run(batch, [crank])


def test_a_revoked_oracle_judges_no_later_job(
    world: World, posted: JobCookie, node: NodeCookie, crank: Key
) -> None:
    keep, add = world.oracles[1:], named_key("new oracle")
    rotated(world, [*keep, add])
    posted.assign(node).submit()
    world.refuse("UnknownOracle", posted.settle_ixs(oracles=world.oracles[:2]), [crank])
    world.run(posted.settle_ixs(oracles=[keep[0], add]), [crank])


def test_after_two_rotations_nobody_judges_the_job(world: World, submitted: JobCookie, crank: Key) -> None:
    """The two lie 14 days apart: only a job that is late already loses its judges. It is refunded."""
    address = addresses.oracle_set()
    for generation in range(2):
        rotated(world, [named_key(f"oracle {generation} {number}") for number in range(3)])
        long_ago = replace(world.read(OracleSet, address), rotated_at=0)
        world.write(address, long_ago)
    world.refuse("EpochOver", submitted.settle_ixs(), [crank])
    world.at(submitted.state.late_until + 1)
    submitted.expire()
    assert submitted.buyer.state.locked == 0
