"""report_attested: what oracles can measure needs no vote, and their word means this fault and no other."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.slashing import FaultAttested
from hypernode.chain.generated.slashing.errors import (
    AlreadyPunished,
    BadExpiry,
    BadJob,
    BelowThreshold,
    DuplicateOracle,
    ForeignPrecompileData,
    NoPrecompile,
    NotObjective,
    UnknownOracle,
    WrongMessage,
)
from hypernode.chain.transactions import PACKET_BYTES, Draft
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import ZERO_ADDRESS, address_bytes
from tests.programs.cookies import BuyerCookie, a_node, a_wallet
from tests.programs.jobs import proof
from tests.programs.slashing.attested import Attested
from tests.programs.slashing.slashing_world import APPEAL, APPEAL_BOND, SlashingWorld, an_unopened_report
from tests.programs.world import DAY, HYPER, named_key
from tests.support.documents import digest

# The compute budget program's address, and two instructions of it.
PRIORITY_FEE_BYTES = 32 + 8 + 12


@pytest.fixture
def attested(world: SlashingWorld, buyer: BuyerCookie) -> Attested:
    return Attested(world, an_unopened_report(world, buyer=buyer, attested=True))


@pytest.mark.parametrize("reason", [FaultReason.JOB_TIMEOUT, FaultReason.INVALID_RESULT])
def test_the_oracles_word_confirms_at_once(
    world: SlashingWorld, attested: Attested, reason: FaultReason
) -> None:
    attested.report.reason = reason
    before = world.tokens(attested.report.reporter.wallet)
    state = attested.open().state
    assert (state.status, state.attested, state.bond) == (ReportStatus.CONFIRMED, True, 0)
    assert (state.confirmed_at, state.executable_at) == (world.now, world.now + APPEAL)
    assert world.tokens(attested.report.reporter.wallet) == before
    assert attested.report.accused.stake.holds == 1
    (event,) = [event for event in attested.report.events if isinstance(event, FaultAttested)]
    assert (event.signers, event.attempt, event.reason) == (2, 1, reason)


def test_the_reporter_gets_his_half_and_the_validators_half_burns(
    world: SlashingWorld, attested: Attested
) -> None:
    report = attested.open().executed()
    state = report.state
    assert (state.slashed, state.buyer_due) == (200 * HYPER, 60 * HYPER)
    assert (state.reporter_due, state.validators_due, state.burned) == (20 * HYPER, 0, 120 * HYPER)
    report.claim(report.reporter.wallet)
    assert report.buyer is not None
    report.claim(report.buyer.wallet)
    world.run([report.close_ix()], [world.funded("crank")])


def test_oracles_can_be_appealed_against(world: SlashingWorld, attested: Attested) -> None:
    report = attested.open().appeal().decided(uphold=1, overturn=5)
    assert report.state.status is ReportStatus.DISMISSED
    assert report.claim(report.accused.wallet) == APPEAL_BOND


def test_a_lost_appeal_against_oracles_rewards_its_voters(world: SlashingWorld, attested: Attested) -> None:
    report = attested.open().appeal().decided(uphold=5).execute()
    half = 20 * HYPER + APPEAL_BOND // 2
    assert (report.state.reporter_due, report.state.validators_due) == (half, half)
    assert report.claim_bounty(report.panel[0], 2) == half // 5


def test_only_what_oracles_can_measure_is_attested(world: SlashingWorld, attested: Attested) -> None:
    fault = attested.fault()
    for reason in (FaultReason.OFFLINE, FaultReason.REPEATED_FAILURES, FaultReason.MALICIOUS):
        batch = attested.ixs(fault)
        data = bytearray(batch[1].data)
        data[40] = reason
        attested.refuse(NotObjective, [batch[0], replace(batch[1], data=bytes(data))])


def test_a_fault_concerns_a_job(attested: Attested) -> None:
    attested.report.job, attested.report.sequence = ZERO_ADDRESS, 0
    attested.refuse(BadJob, attested.ixs())


@pytest.mark.parametrize(
    "signed",
    [
        {"accused": digest("another node")},
        {"job": digest("another job")},
        {"sequence": 8},
        {"attempt": 2},
        {"reason": FaultReason.JOB_TIMEOUT},
        {"evidence": digest("other evidence")},
        {"buyer": digest("another buyer")},
        {"reporter": digest("another reporter")},
        {"cluster": digest("another cluster")},
        {"program": digest("another deployment")},
        {"epoch": 2},
        {"expires_at": 1_900_000_000},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_oracles_signed_means_nothing_else(attested: Attested, signed: dict[str, Any]) -> None:
    """They signed one fault; the instruction claims another."""
    other = attested.fault(**signed)
    signatures = proof(other.digest(), attested.world.oracles[:2])
    attested.refuse(WrongMessage, [signatures, attested.ixs()[1]])
    attested.open()


def test_a_copied_transaction_earns_nothing(world: SlashingWorld, attested: Attested) -> None:
    """Who sees the signatures first cannot put himself in the reporter's place."""
    rival = a_wallet(world, "rival")
    seen = attested.ixs()
    own = attested.ixs(attested.fault(reporter=address_bytes(rival.owner.address)))
    world.refuse(WrongMessage, [seen[0], own[1]], [rival.owner])


def test_a_report_by_bond_does_not_occupy_the_oracles_place(world: SlashingWorld, attested: Attested) -> None:
    """The accused's friend reports the same evidence first, to have it dismissed."""
    friend = a_wallet(world, "friend", 100 * HYPER)
    decoy = replace(attested.report, attested=False, reporter=friend).open()
    report = attested.open()
    report.executed()
    world.run([decoy.moot_ix()], [world.funded("crank")])


def test_another_wallets_node_is_not_hit(world: SlashingWorld, attested: Attested) -> None:
    overturn = a_node(world, "overturn")
    seen = attested.ixs()
    aimed = attested.ixs(attested.fault(accused=address_bytes(overturn.operator.address)))
    attested.refuse(WrongMessage, [seen[0], aimed[1]])


def test_a_rotation_kills_what_was_attested_before(world: SlashingWorld, attested: Attested) -> None:
    batch = attested.ixs()
    keys = [oracle.address for oracle in world.oracles]
    rotation = instructions.rotate_oracles(authority=world.authority.address, threshold=2, oracles=keys)
    world.run([rotation], [world.authority])
    attested.refuse(WrongMessage, batch)


@pytest.mark.parametrize("left", [-1, DAY + 1, 2**40])
def test_an_attestation_lives_a_day(attested: Attested, left: int) -> None:
    attested.refuse(BadExpiry, attested.ixs(attested.fault(expires_at=attested.world.now + left)))


@pytest.mark.parametrize("left", [0, DAY])
def test_up_to_its_last_second(attested: Attested, left: int) -> None:
    batch = attested.ixs(attested.fault(expires_at=attested.world.now + left))
    attested.world.run(batch, [attested.report.reporter.owner])


def test_enough_different_oracles_must_sign(attested: Attested) -> None:
    first, second, _ = attested.world.oracles
    attested.refuse(BelowThreshold, attested.ixs(oracles=[first]))
    attested.refuse(DuplicateOracle, attested.ixs(oracles=[first, first]))
    attested.refuse(UnknownOracle, attested.ixs(oracles=[first, second, named_key("impostor")]))


def test_the_signatures_stand_right_before(world: SlashingWorld, attested: Attested) -> None:
    signatures, report = attested.ixs()
    attested.refuse(NoPrecompile, [report])
    attested.refuse(NoPrecompile, [report, signatures])


def test_an_entry_into_another_instruction_is_refused(world: SlashingWorld, attested: Attested) -> None:
    signatures, report = attested.ixs()
    data = bytearray(signatures.data)
    data[14:16] = (0).to_bytes(2, "little")
    attested.refuse(ForeignPrecompileData, [replace(signatures, data=bytes(data)), report])


def test_an_attestation_opens_one_report(world: SlashingWorld, attested: Attested) -> None:
    batch = attested.ixs(attested.fault(expires_at=world.now + DAY))
    owner = attested.report.reporter.owner
    world.run(batch, [owner])
    world.refuse("AccountAlreadyInUse", batch, [owner], "the same attestation again")
    # The soonest end there is: an appeal at once, and a round of the shortest length.
    report = attested.report.appeal().decided(overturn=5)
    report.claim(report.accused.wallet)
    world.run([report.close_ix()], [world.funded("crank")])
    world.refuse(BadExpiry, batch, [owner])


def test_a_punished_job_is_not_attested_again(world: SlashingWorld, attested: Attested) -> None:
    attested.open().executed()
    again = Attested(world, replace(attested.report, evidence=digest("again")))
    again.refuse(AlreadyPunished, again.ixs())


def test_a_full_record_still_takes_what_oracles_attest(world: SlashingWorld, attested: Attested) -> None:
    by_vote = replace(attested.report, attested=False, evidence=digest("by vote"))
    record = by_vote.open().record
    full = replace(record, open_reports=200)
    world.write(addresses.slashing_record(record.accused), full)
    world.lite.execute(world.draft(attested.ixs(), [attested.report.reporter.owner]))
    assert attested.report.record.open_reports == 201


def test_the_largest_quorum_fits_into_a_transaction(world: SlashingWorld, attested: Attested) -> None:
    """The set may have no threshold above four (`test_a_set_of_impossible_size_is_refused`)."""
    oracles = [named_key(f"oracle {number}") for number in range(7)]
    rotate = instructions.rotate_oracles(
        authority=world.authority.address, threshold=4, oracles=[oracle.address for oracle in oracles]
    )
    world.run([rotate], [world.authority])
    attested.refuse(BelowThreshold, attested.ixs(oracles=oracles[:3]))
    steps = attested.ixs(oracles=oracles[3:])
    draft: Draft = world.draft(steps, [attested.report.reporter.owner])
    assert draft.size + PRIORITY_FEE_BYTES <= PACKET_BYTES
    world.run(steps, [attested.report.reporter.owner])
