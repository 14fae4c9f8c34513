"""report: an accusation costs a bond, holds the stake, and says what it is about."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.slashing import FaultReported
from hypernode.chain.generated.slashing.errors import (
    BadBuyer,
    BadJob,
    BadReason,
    EmptyEvidence,
    NothingAtStake,
    SelfReport,
    WrongFault,
)
from hypernode.chain.generated.staking import Pool
from hypernode.chain.generated.staking.errors import CooldownOver, StakeHeld
from hypernode.chain.reading import RawAccount
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import ZERO_ADDRESS
from tests.fixtures.documents import an_address, digest
from tests.programs.cookies import BuyerCookie, a_wallet
from tests.programs.slashing.court import BOND, VOTING, Court, ReportCookie, a_report
from tests.programs.world import DAY


def test_reporting_takes_the_bond_and_holds_the_stake(court: Court, case: ReportCookie) -> None:
    wallet = court.tokens(case.reporter.wallet)
    case.open()
    state = case.state
    assert (state.status, state.round, state.reason) == (ReportStatus.VOTING, 1, FaultReason.INVALID_RESULT)
    assert (state.opened_at, state.voting_ends_at) == (court.now, court.now + VOTING)
    assert court.tokens(case.reporter.wallet) == wallet - BOND
    assert court.tokens(addresses.slashing_vault()) == BOND
    assert (case.accused.stake.holds, case.record.open_reports) == (1, 1)
    pool = court.read(Pool, addresses.pool())
    assert state.total_weight == pool.total_weight - case.accused.stake.weight
    (event,) = [event for event in case.events if isinstance(event, FaultReported)]
    assert (event.report, event.bond, event.accused) == (case.address, BOND, state.accused)


def test_a_stake_cannot_leave_while_a_report_is_open(court: Court, report: ReportCookie) -> None:
    owner = report.accused.operator
    court.run([instructions.unstake(owner=owner.address)], [owner])
    court.advance(15 * DAY)
    withdraw = [instructions.withdraw_stake(owner=owner.address, destination=report.accused.wallet)]
    court.refuse(StakeHeld, withdraw, [owner])
    report.resolve()
    assert report.state.status is ReportStatus.DISMISSED
    court.run(withdraw, [owner])


def test_who_is_cooling_down_can_be_reported_until_he_could_leave(court: Court, case: ReportCookie) -> None:
    owner = case.accused.operator
    court.run([instructions.unstake(owner=owner.address)], [owner])
    court.advance(14 * DAY)
    court.refuse(CooldownOver, [case.open_ix()], [case.reporter.owner])
    court.advance(-1)
    case.open()
    pool = court.read(Pool, addresses.pool())
    assert case.state.total_weight == pool.total_weight


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"evidence": bytes(32)}, EmptyEvidence),
        ({"job": ZERO_ADDRESS, "sequence": 0}, BadJob),
        ({"job": ZERO_ADDRESS, "sequence": 1, "reason": FaultReason.MALICIOUS}, BadJob),
        ({"job": ZERO_ADDRESS, "sequence": 0, "reason": FaultReason.JOB_TIMEOUT}, BadJob),
        ({"reason": 5}, BadReason),
        ({"reason": 255}, BadReason),
    ],
    ids=str,
)
def test_an_accusation_must_make_sense(
    court: Court, case: ReportCookie, change: dict[str, Any], refusal: Any
) -> None:
    court.refuse(refusal, [case.open_ix(**change)], [case.reporter.owner])


@pytest.mark.parametrize(
    "reason", [FaultReason.OFFLINE, FaultReason.REPEATED_FAILURES, FaultReason.MALICIOUS]
)
def test_some_reasons_need_no_job(court: Court, reason: FaultReason) -> None:
    state = a_report(court, reason=reason, job=ZERO_ADDRESS, sequence=0).state
    assert (state.reason, state.job) == (reason, ZERO_ADDRESS)


def test_the_accused_neither_reports_nor_is_compensated(court: Court, case: ReportCookie) -> None:
    accused = case.accused
    own = case.open_ix(reporter=accused.operator.address, source=accused.wallet)
    court.refuse(SelfReport, [own], [accused.operator])
    paid = case.open_ix(buyer=accused.operator.address)
    court.refuse(BadBuyer, [paid], [case.reporter.owner])


def test_the_same_evidence_is_reported_once(court: Court, report: ReportCookie) -> None:
    rival = a_wallet(court, "rival", BOND)
    again = report.open_ix(reporter=rival.owner.address, source=rival.wallet)
    court.refuse("AccountAlreadyInUse", [again], [rival.owner], "the same evidence by a competitor")
    court.refuse("AccountAlreadyInUse", [report.open_ix()], [report.reporter.owner], "the same report again")


def test_without_the_bond_nobody_reports(court: Court, case: ReportCookie) -> None:
    poor = a_wallet(court, "poor", BOND - 1)
    instruction = case.open_ix(reporter=poor.owner.address, source=poor.wallet)
    court.refuse("InsufficientFunds", [instruction], [poor.owner])


def test_a_bond_of_another_token_is_refused(court: Court, case: ReportCookie) -> None:
    mint = court.a_mint("worthless")
    source = court.a_token_account("reporter", BOND, mint=mint)
    court.refuse("MintMismatch", [case.open_ix(source=source)], [case.reporter.owner])


def test_nobody_pays_the_bond_for_another(court: Court, case: ReportCookie, buyer: BuyerCookie) -> None:
    rich = a_wallet(court, "rich", BOND)
    court.refuse("OwnerMismatch", [case.open_ix(source=rich.wallet)], [case.reporter.owner])


def test_the_place_of_punishment_is_checked(court: Court, case: ReportCookie) -> None:
    instruction = case.open_ix()
    at = [meta.address for meta in instruction.accounts].index(
        addresses.fault(case.accused.operator.address, case.job, case.sequence, case.evidence)
    )
    other = replace(instruction.accounts[at], address=an_address("elsewhere"))
    court.refuse(WrongFault, [instruction.with_account(at, other)], [case.reporter.owner])


def test_who_has_nothing_left_is_not_reported(court: Court, case: ReportCookie) -> None:
    stake = case.accused.stake
    court.write(case.accused.stake_address, replace(stake, amount=0, weight=0, base_weight=0))
    court.refuse(NothingAtStake, [case.open_ix()], [case.reporter.owner])


def test_a_wave_of_reports_leaves_room_for_the_oracles(court: Court, case: ReportCookie) -> None:
    """Staking counts holds in a byte: whoever fills it with reports of friends would be safe from others."""
    case.open()
    record = replace(case.record, open_reports=200)
    court.write(addresses.slashing_record(case.accused.operator.address), record)
    another = replace(case, evidence=digest("another"))
    court.refuse("TooManyReports", [another.open_ix()], [case.reporter.owner])


def test_a_sponsor_may_pay_the_rent(court: Court, case: ReportCookie) -> None:
    sponsor = court.funded("sponsor")
    court.run([case.open_ix(payer=sponsor.address)], [case.reporter.owner, sponsor])
    assert case.state.payer == case.record.payer == sponsor.address
    assert case.state.reporter == case.reporter.owner.address


def test_lamports_sent_ahead_stop_neither_report_nor_execution(court: Court, case: ReportCookie) -> None:
    fault = addresses.fault(case.accused.operator.address, case.job, case.sequence, case.evidence)
    for address in (case.address, fault, addresses.slashing_record(case.accused.operator.address)):
        court.lite.set_raw_account(address, RawAccount(addresses.SYSTEM_PROGRAM, 1_000_000, b""))
    case.open().judged(uphold=3).executed()


def test_the_reporter_signs(court: Court, case: ReportCookie) -> None:
    instruction = case.open_ix()
    unsigned = instruction.with_account(0, replace(instruction.accounts[0], signer=False))
    payer = court.funded("payer")
    sponsored = unsigned.with_account(1, replace(unsigned.accounts[1], address=payer.address))
    court.refuse("MissingRequiredSignature", [sponsored], [payer], "a report in another's name")


def test_a_stake_of_another_program_is_refused(court: Court, case: ReportCookie) -> None:
    raw = court.raw(case.accused.stake_address)
    assert raw is not None
    fake = an_address("fake stake")
    court.lite.set_raw_account(fake, replace(raw, owner=addresses.SYSTEM_PROGRAM))
    instruction = case.open_ix()
    at = [meta.address for meta in instruction.accounts].index(case.accused.stake_address)
    swapped = instruction.with_account(at, replace(instruction.accounts[at], address=fake))
    court.refuse("IllegalOwner", [swapped], [case.reporter.owner], "a copied stake")
