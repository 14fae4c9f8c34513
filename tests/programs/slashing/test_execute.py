"""execute and dismiss_moot: the accused pays once for a job, and every token is booked."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.slashing import Fault, ReportExecuted, ReportMooted
from hypernode.chain.generated.slashing.errors import (
    AlreadyPunished,
    AppealNotOver,
    NotExecutable,
    ReportEnded,
    WrongFault,
    WrongMint,
)
from hypernode.chain.generated.staking import StakeSlashed
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.cookies import a_node
from tests.programs.slashing.slashing_world import (
    APPEAL_BOND,
    BOND,
    ReportCookie,
    SlashingWorld,
    a_report,
    confirmed,
    executable,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import an_address, digest

STAKE = 1_000 * HYPER
CU_GOAL = 11_000


def supply(world: SlashingWorld) -> int:
    raw = world.raw(world.mint)
    assert raw is not None
    return tokens.Mint.decode(raw.data).supply


@pytest.mark.parametrize(
    ("reason", "bps"),
    [
        (FaultReason.JOB_TIMEOUT, 100),
        (FaultReason.OFFLINE, 500),
        (FaultReason.REPEATED_FAILURES, 500),
        (FaultReason.INVALID_RESULT, 2_000),
        (FaultReason.MALICIOUS, 5_000),
    ],
)
def test_each_reason_has_its_price(world: SlashingWorld, reason: FaultReason, bps: int) -> None:
    report = a_report(world, reason=reason).decided(uphold=3).executed()
    assert report.state.slashed == STAKE * bps // 10_000
    assert report.accused.stake.amount == STAKE - report.state.slashed


def test_a_slash_is_burned_compensates_and_rewards(world: SlashingWorld, report: ReportCookie) -> None:
    before = supply(world)
    report.decided(uphold=3).executed()
    state, slashed = report.state, 200 * HYPER
    assert (state.status, state.slashed, state.burned) == (ReportStatus.EXECUTED, slashed, slashed // 2)
    assert state.buyer_due == slashed * 3 // 10
    assert state.reporter_due == BOND + slashed // 10
    assert state.validators_due == slashed // 10
    assert supply(world) == before - slashed // 2
    assert (report.accused.stake.holds, report.record.open_reports) == (0, 0)
    assert report.accused.stake.amount == STAKE - slashed
    (event,) = [event for event in report.events if isinstance(event, ReportExecuted)]
    assert (event.slashed, event.burned, event.buyer_due) == (slashed, slashed // 2, state.buyer_due)
    assert [event.slashed for event in report.events if isinstance(event, StakeSlashed)] == [slashed]


def test_without_a_client_its_share_is_burned(world: SlashingWorld) -> None:
    state = a_report(world).decided(uphold=3).executed().state
    assert (state.buyer_due, state.burned) == (0, 160 * HYPER)


def test_a_lost_appeal_pays_for_itself(world: SlashingWorld, report: ReportCookie) -> None:
    """The bond of the appellant goes to the reporter and to the validators of both rounds."""
    report.decided(uphold=3)
    report.appeal().decided(uphold=5).execute()
    state = report.state
    assert state.reporter_due == BOND + 20 * HYPER + APPEAL_BOND // 2
    assert state.validators_due == 20 * HYPER + APPEAL_BOND // 2
    assert state.winning_weight == state.first_uphold_weight + state.uphold_weight
    assert (state.burned, state.appeal_bond) == (100 * HYPER, 0)


@pytest.mark.parametrize("amount", [1, 2, 3, 7, 9_999, 10_001, 123_456_789])
def test_rounding_burns_the_dust(world: SlashingWorld, amount: int) -> None:
    accused = a_node(world, "accused", amount)
    report = a_report(world, accused=accused, reason=FaultReason.MALICIOUS).decided(uphold=3).executed()
    state = report.state
    assert state.slashed == amount // 2
    paid = state.buyer_due + state.reporter_due - BOND + state.validators_due
    assert state.burned + paid == state.slashed
    assert state.burned >= state.slashed // 2


def test_the_appeal_window_is_waited_for(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    crank = world.funded("crank")
    world.at(report.state.executable_at - 1)
    world.refuse(AppealNotOver, [report.execute_ix()], [crank])
    world.advance(1)
    report.execute()


def test_only_confirmed_reports_are_executed(world: SlashingWorld, report: ReportCookie) -> None:
    crank = world.funded("crank")
    world.refuse(NotExecutable, [report.execute_ix()], [crank])
    report.decided(uphold=3)
    report.appeal().ballot(uphold=0, overturn=5)
    world.advance(60 * DAY)
    world.refuse(NotExecutable, [report.execute_ix()], [crank])
    report.resolve()
    world.refuse(NotExecutable, [report.execute_ix()], [crank])


def test_a_report_is_executed_once(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3).executed()
    world.advance(30 * DAY)
    world.refuse(AlreadyPunished, [report.execute_ix()], [world.funded("crank")])


def test_a_job_is_punished_once(world: SlashingWorld, report: ReportCookie) -> None:
    """A competitor's report of the same job, with other evidence, comes too late; the bond goes back."""
    rival = confirmed(report, evidence=digest("copied and changed"))
    report.decided(uphold=3).executed()
    crank = world.funded("crank")
    executable(rival)
    world.advance(2 * DAY)
    world.refuse(AlreadyPunished, [rival.execute_ix()], [crank])
    before = rival.accused.stake.amount
    events = world.run([rival.moot_ix()], [crank])
    (event,) = [event for event in events if isinstance(event, ReportMooted)]
    assert (event.old_status, event.new_status) == (ReportStatus.CONFIRMED, ReportStatus.MOOT)
    assert (rival.state.reporter_due, rival.state.slashed) == (BOND, 0)
    assert (rival.accused.stake.amount, rival.accused.stake.holds) == (before, 0)
    world.refuse(ReportEnded, [rival.moot_ix()], [crank])
    third = replace(report, evidence=digest("a third"))
    world.refuse(AlreadyPunished, [third.open_ix()], [third.reporter.owner])


def test_the_same_address_in_another_life_is_another_job(world: SlashingWorld, report: ReportCookie) -> None:
    again = confirmed(report, evidence=digest("another"), sequence=8)
    report.decided(uphold=3).executed()
    executable(again)
    world.advance(DAY)
    again.execute()
    assert again.state.slashed == 160 * HYPER


@pytest.mark.parametrize("state", ["voting", "appealed", "upheld"])
def test_whatever_is_open_about_a_punished_job_is_moot(
    world: SlashingWorld, report: ReportCookie, state: str
) -> None:
    late = replace(report, evidence=digest("late"))
    report.decided(uphold=3)
    world.at(report.state.executable_at - 3600)
    late.open()
    paid = 0
    if state != "voting":
        late.ballot(uphold=5).resolve()
        late.appeal()
        paid = APPEAL_BOND
    if state == "upheld":
        late.ballot(uphold=5).resolve()
    executable(report).execute()
    assert late.state.status.label.lower() == state
    world.run([late.moot_ix()], [world.funded("crank")])
    assert (late.state.reporter_due, late.state.accused_due) == (BOND, paid)
    assert late.accused.stake.holds == 0


@pytest.mark.parametrize(
    "change", [{"job": an_address("other job")}, {"sequence": 8}], ids=["job", "sequence"]
)
def test_a_report_is_moot_by_the_punishment_of_its_own_job_only(
    world: SlashingWorld, report: ReportCookie, change: dict[str, Any]
) -> None:
    other = confirmed(report, evidence=digest("other"), **change)
    report.decided(uphold=3).executed()
    fault = report.moot_ix().accounts[3]
    crank = world.funded("crank")
    world.refuse(WrongFault, [other.moot_ix().with_account(3, fault)], [crank])
    assert not world.exists(other.moot_ix().accounts[3].address)
    world.refuse("UninitializedAccount", [other.moot_ix()], [crank], "a moot report without a punishment")


def test_without_a_job_the_evidence_is_punished_once(world: SlashingWorld) -> None:
    report = a_report(world, reason=FaultReason.OFFLINE, job=ZERO_ADDRESS, sequence=0)
    report.decided(uphold=3).executed()
    world.advance(2 * DAY)
    at = addresses.fault(report.accused.operator.address, ZERO_ADDRESS, 0, report.evidence)
    assert world.read(Fault, at).report == report.address
    again = replace(report, evidence=digest("the next week"))
    again.open().decided(uphold=3).executed()


def test_who_has_nothing_left_ends_a_report_all_the_same(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    stake = replace(report.accused.stake, amount=0, weight=0, base_weight=0)
    world.write(report.accused.stake_address, stake)
    report.executed()
    assert (report.state.slashed, report.state.reporter_due, report.state.burned) == (0, BOND, 0)
    assert report.accused.stake.holds == 0


def test_who_left_for_the_cooldown_is_slashed(world: SlashingWorld, report: ReportCookie) -> None:
    owner = report.accused.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    report.decided(uphold=3)
    world.advance(30 * DAY)
    report.execute()
    assert report.accused.stake.amount == 800 * HYPER
    withdraw = instructions.withdraw_stake(owner=owner.address, destination=report.accused.wallet)
    world.run([withdraw], [owner])


def test_the_burn_takes_the_configured_mint(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    executable(report)
    instruction = report.execute_ix()
    at = [meta.address for meta in instruction.accounts].index(world.mint)
    other = replace(instruction.accounts[at], address=world.a_mint("other"))
    world.refuse(WrongMint, [instruction.with_account(at, other)], [world.funded("crank")])


def test_an_execution_costs_little(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3).executed()
    units = world.compute_units["last"]
    assert units <= CU_GOAL, units
