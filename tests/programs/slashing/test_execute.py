"""execute: the accused pays once, and every token is booked."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions, tokens
from hypernode.chain.generated.slashing import ReportExecuted
from hypernode.chain.generated.slashing.errors import (
    AppealNotOver,
    NotExecutable,
    WrongMint,
)
from hypernode.chain.generated.staking import StakeSlashed
from hypernode.domain.fault import FaultReason, ReportStatus
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
from tests.support.documents import digest

STAKE = 1_000 * HYPER
FEE = BOND // 10
CU_GOAL = 11_000


def supply(world: SlashingWorld) -> int:
    raw = world.raw(world.mint)
    assert raw is not None
    return tokens.Mint.decode(raw.data).supply


@pytest.mark.parametrize(
    ("reason", "bps"),
    [
        (FaultReason.OFFLINE, 500),
        (FaultReason.REPEATED_FAILURES, 500),
        (FaultReason.MALICIOUS, 5_000),
    ],
)
def test_each_reason_has_its_price(world: SlashingWorld, reason: FaultReason, bps: int) -> None:
    report = a_report(world, reason=reason).decided(uphold=3).executed()
    assert report.state.slashed == STAKE * bps // 10_000
    assert report.accused.stake.amount == STAKE - report.state.slashed


def test_a_slash_is_burned_and_nobody_gains_by_it(world: SlashingWorld, report: ReportCookie) -> None:
    """Who judged gets a tenth of the bond, which an opposite verdict would have paid too."""
    before = supply(world)
    report.decided(uphold=3).executed()
    state, slashed = report.state, 50 * HYPER
    assert (state.status, state.slashed, state.burned) == (ReportStatus.EXECUTED, slashed, slashed - FEE)
    assert (state.reporter_due, state.accused_due, state.validators_due) == (BOND, 0, FEE)
    assert supply(world) == before - state.burned
    stake = report.accused.stake
    assert (stake.holds, stake.held_amount, report.record.open_reports) == (0, 0, 0)
    assert stake.amount == STAKE - slashed
    (event,) = [event for event in report.events if isinstance(event, ReportExecuted)]
    assert (event.slashed, event.burned, event.reporter_due) == (slashed, slashed - FEE, BOND)
    assert [event.slashed for event in report.events if isinstance(event, StakeSlashed)] == [slashed]


def test_a_lost_appeal_pays_both_rounds_and_burns_the_rest(
    world: SlashingWorld, report: ReportCookie
) -> None:
    report.decided(uphold=3)
    report.appeal().decided(uphold=5).execute()
    state = report.state
    assert (state.reporter_due, state.validators_due) == (BOND, FEE + APPEAL_BOND // 10)
    assert state.winning_weight == state.first_uphold_weight + state.uphold_weight
    assert (state.burned, state.appeal_bond) == (50 * HYPER + APPEAL_BOND - 2 * FEE, 0)


@pytest.mark.parametrize("amount", [2, 3, 7, 9_999, 10_001, 123_456_789])
def test_a_small_slash_takes_the_fee_from_the_bond(world: SlashingWorld, amount: int) -> None:
    """What is slashed and the bond together pay the validators; nothing is lost to rounding."""
    accused = a_node(world, "accused", amount)
    report = a_report(world, accused=accused, reason=FaultReason.MALICIOUS).decided(uphold=3).executed()
    state = report.state
    assert state.slashed == amount // 2
    assert state.validators_due == FEE
    assert state.burned + state.validators_due + state.reporter_due == state.slashed + BOND
    assert state.burned == max(0, state.slashed - FEE)


def test_a_confirmed_report_holds_its_amount(world: SlashingWorld, report: ReportCookie) -> None:
    """Before, only the stake as a whole is held: an accusation alone takes no jobs away."""
    assert (report.accused.stake.holds, report.accused.stake.held_amount) == (1, 0)
    report.decided(uphold=3)
    assert (report.accused.stake.holds, report.accused.stake.held_amount) == (1, 50 * HYPER)
    report.appeal().decided(overturn=5)
    assert (report.accused.stake.holds, report.accused.stake.held_amount) == (0, 0)


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
    world.refuse(NotExecutable, [report.execute_ix()], [world.funded("crank")])


def test_what_is_held_for_others_is_not_taken_twice(world: SlashingWorld, report: ReportCookie) -> None:
    """Three reports of half the stake, opened together, take at most what is left as each is confirmed."""
    half = {"reason": FaultReason.MALICIOUS}
    reports = [confirmed(report, evidence=digest(str(number)), **half) for number in range(3)]
    report.decided()
    assert [one.state.amount for one in reports] == [500 * HYPER, 250 * HYPER, 125 * HYPER]
    for one in reports:
        world.advance(20 * DAY)
        one.execute()
    assert (report.accused.stake.amount, report.accused.stake.held_amount) == (125 * HYPER, 0)


def test_who_left_for_the_cooldown_is_slashed(world: SlashingWorld, report: ReportCookie) -> None:
    owner = report.accused.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    report.decided(uphold=3)
    world.advance(30 * DAY)
    report.execute()
    assert report.accused.stake.amount == 950 * HYPER
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
