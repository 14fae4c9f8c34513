"""report: an accusation costs a bond, holds the stake, and says what it is about."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated.slashing import FaultReported
from hypernode.chain.generated.slashing.errors import (
    BadReason,
    EmptyEvidence,
    NothingAtStake,
    NotSubjective,
    SelfReport,
    WrongNode,
)
from hypernode.chain.generated.staking import Pool
from hypernode.chain.generated.staking.errors import CooldownOver, StakeHeld
from hypernode.domain.fault import FaultReason, ReportStatus
from tests.programs.cookies import a_node, a_wallet
from tests.programs.slashing.slashing_world import (
    BOND,
    JOB_RATE,
    VOTING,
    ReportCookie,
    SlashingWorld,
    a_report,
    a_sentence,
)
from tests.programs.world import DAY, HYPER, World
from tests.support.documents import an_address, digest


def test_reporting_takes_the_bond_and_holds_the_stake(world: SlashingWorld, unopened: ReportCookie) -> None:
    wallet = world.tokens(unopened.reporter.wallet)
    unopened.open()
    state = unopened.state
    assert (state.status, state.round, state.reason) == (ReportStatus.VOTING, 1, FaultReason.OFFLINE)
    assert (state.opened_at, state.voting_ends_at) == (world.now, world.now + VOTING)
    assert world.tokens(unopened.reporter.wallet) == wallet - BOND
    assert world.tokens(addresses.slashing_vault()) == BOND
    assert (unopened.accused.stake.holds, unopened.record.open_reports) == (1, 1)
    pool = world.read(Pool, addresses.pool())
    assert state.total_weight == pool.total_weight - unopened.accused.stake.weight
    (event,) = [event for event in unopened.events if isinstance(event, FaultReported)]
    assert (event.report, event.bond, event.accused) == (unopened.address, BOND, state.accused)


def test_a_stake_cannot_leave_while_a_report_is_open(world: SlashingWorld, report: ReportCookie) -> None:
    owner = report.accused.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    world.advance(15 * DAY)
    withdraw = [instructions.withdraw_stake(owner=owner.address, destination=report.accused.wallet)]
    world.refuse(StakeHeld, withdraw, [owner])
    report.resolve()
    assert report.state.status is ReportStatus.DISMISSED
    world.run(withdraw, [owner])


def test_who_is_cooling_down_can_be_reported_until_he_could_leave(
    world: SlashingWorld, unopened: ReportCookie
) -> None:
    owner = unopened.accused.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    world.advance(14 * DAY)
    world.refuse(CooldownOver, [unopened.open_ix()], [unopened.reporter.owner])
    world.advance(-1)
    unopened.open()
    pool = world.read(Pool, addresses.pool())
    assert unopened.state.total_weight == pool.total_weight


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"evidence": bytes(32)}, EmptyEvidence),
        ({"reason": FaultReason.JOB_TIMEOUT}, NotSubjective),
        ({"reason": FaultReason.INVALID_RESULT}, NotSubjective),
        ({"reason": 5}, BadReason),
        ({"reason": 255}, BadReason),
    ],
    ids=str,
)
def test_an_accusation_must_make_sense(
    world: SlashingWorld, unopened: ReportCookie, change: dict[str, Any], refusal: Any
) -> None:
    world.refuse(refusal, [unopened.open_ix(**change)], [unopened.reporter.owner])


def test_the_accused_does_not_report(world: SlashingWorld, unopened: ReportCookie) -> None:
    accused = unopened.accused
    own = unopened.open_ix(reporter=accused.operator.address, source=accused.wallet)
    world.refuse(SelfReport, [own], [accused.operator])


def test_what_backs_jobs_or_is_held_is_not_taken(world: SlashingWorld) -> None:
    """A report by bond takes a share of the stake that no job and no confirmed report needs."""
    sentence = a_sentence(world)
    exposure = sentence.accused.state.exposure
    assert exposure == sentence.job.state.factor * 100 * JOB_RATE > 0
    report = ReportCookie(world, sentence.accused, a_wallet(world, "reporter", 1_000 * HYPER), sentence.panel)
    assert report.open().state.amount == (1_000 * HYPER - exposure) * 500 // 10_000
    sentence.open()
    another = replace(report, evidence=digest("another")).open().state
    assert another.amount == (1_000 * HYPER - sentence.state.amount) * 500 // 10_000


@pytest.mark.parametrize(("stake", "bond"), [(1_000, 100), (1_999, 100), (4_000, 200), (1_000_000, 50_000)])
def test_the_bond_is_a_tenth_of_what_can_be_taken(world: SlashingWorld, stake: int, bond: int) -> None:
    accused = a_node(world, "accused", stake * HYPER)
    reporter = a_wallet(world, "reporter", 100_000 * HYPER)
    state = a_report(world, accused=accused, reporter=reporter, reason=FaultReason.MALICIOUS).state
    assert (state.amount, state.bond) == (stake * HYPER // 2, bond * HYPER)
    assert state.appeal_price == bond * HYPER


def test_the_same_evidence_is_reported_once(world: SlashingWorld, report: ReportCookie) -> None:
    rival = a_wallet(world, "rival", BOND)
    again = report.open_ix(reporter=rival.owner.address, source=rival.wallet)
    world.refuse("AccountAlreadyInUse", [again], [rival.owner], "the same evidence by a competitor")
    world.refuse("AccountAlreadyInUse", [report.open_ix()], [report.reporter.owner], "the same report again")


def test_without_the_bond_nobody_reports(world: SlashingWorld, unopened: ReportCookie) -> None:
    poor = a_wallet(world, "poor", BOND - 1)
    instruction = unopened.open_ix(reporter=poor.owner.address, source=poor.wallet)
    world.refuse("InsufficientFunds", [instruction], [poor.owner])


def test_a_bond_of_another_token_is_refused(world: SlashingWorld, unopened: ReportCookie) -> None:
    mint = world.a_mint("worthless")
    source = world.a_token_account("reporter", BOND, mint=mint)
    world.refuse("MintMismatch", [unopened.open_ix(source=source)], [unopened.reporter.owner])


def test_nobody_pays_the_bond_for_another(world: SlashingWorld, unopened: ReportCookie) -> None:
    rich = a_wallet(world, "rich", BOND)
    world.refuse("OwnerMismatch", [unopened.open_ix(source=rich.wallet)], [unopened.reporter.owner])


def test_the_node_of_the_accused_is_named(world: SlashingWorld, unopened: ReportCookie) -> None:
    """Another node, or none, would hide what backs jobs."""
    instruction, node = unopened.open_ix(), unopened.accused.address
    at = [meta.address for meta in instruction.accounts].index(node)
    other = replace(instruction.accounts[at], address=a_node(world, "other").address)
    world.refuse(WrongNode, [instruction.with_account(at, other)], [unopened.reporter.owner])


def test_who_has_nothing_left_is_not_reported(world: SlashingWorld, unopened: ReportCookie) -> None:
    stake = unopened.accused.stake
    world.write(unopened.accused.stake_address, replace(stake, amount=0, weight=0, base_weight=0))
    world.refuse(NothingAtStake, [unopened.open_ix()], [unopened.reporter.owner])


def test_a_wave_of_reports_keeps_nobody_out(world: SlashingWorld, unopened: ReportCookie) -> None:
    """An accused has friends open more reports than a byte counts: another one still opens."""
    unopened.open()
    stake, record = unopened.accused.stake, unopened.record
    world.write(unopened.accused.stake_address, replace(stake, holds=70_000))
    world.write(
        addresses.slashing_record(unopened.accused.operator.address), replace(record, open_reports=70_000)
    )
    another = replace(unopened, evidence=digest("another"))
    World.run(world, [another.open_ix()], [unopened.reporter.owner])
    assert (unopened.accused.stake.holds, unopened.record.open_reports) == (70_001, 70_001)


def test_a_sponsor_may_pay_the_rent(world: SlashingWorld, unopened: ReportCookie) -> None:
    sponsor = world.funded("sponsor")
    world.run([unopened.open_ix(payer=sponsor.address)], [unopened.reporter.owner, sponsor])
    assert unopened.state.payer == unopened.record.payer == sponsor.address
    assert unopened.state.reporter == unopened.reporter.owner.address


def test_lamports_sent_ahead_stop_neither_report_nor_execution(
    world: SlashingWorld, unopened: ReportCookie
) -> None:
    for address in (unopened.address, addresses.slashing_record(unopened.accused.operator.address)):
        world.lite.set_raw_account(address, RawAccount(addresses.SYSTEM_PROGRAM, 1_000_000, b""))
    unopened.open().decided(uphold=3).executed()


def test_the_reporter_signs(world: SlashingWorld, unopened: ReportCookie) -> None:
    instruction = unopened.open_ix()
    unsigned = instruction.with_account(0, replace(instruction.accounts[0], signer=False))
    payer = world.funded("payer")
    sponsored = unsigned.with_account(1, replace(unsigned.accounts[1], address=payer.address))
    world.refuse("MissingRequiredSignature", [sponsored], [payer], "a report in another's name")


def test_a_stake_of_another_program_is_refused(world: SlashingWorld, unopened: ReportCookie) -> None:
    raw = world.raw(unopened.accused.stake_address)
    assert raw is not None
    fake = an_address("fake stake")
    world.lite.set_raw_account(fake, replace(raw, owner=addresses.SYSTEM_PROGRAM))
    instruction = unopened.open_ix()
    at = [meta.address for meta in instruction.accounts].index(unopened.accused.stake_address)
    swapped = instruction.with_account(at, replace(instruction.accounts[at], address=fake))
    world.refuse("IllegalOwner", [swapped], [unopened.reporter.owner], "a copied stake")
