"""The limits of execution: once a day for a reason, half of the stake a day, and every report ends."""

from dataclasses import replace

from hypernode.chain import instructions
from hypernode.chain.generated.slashing.errors import BadParams, CoolingDown, DailyCapReached
from hypernode.domain.fault import FaultReason
from tests.programs.slashing.slashing_world import (
    PARAMS,
    ReportCookie,
    SlashingWorld,
    confirmed,
    executable,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest

STAKE = 1_000 * HYPER


def test_a_reason_is_punished_once_a_day(world: SlashingWorld, report: ReportCookie) -> None:
    second = confirmed(report, evidence=digest("second"))
    report.decided(uphold=3).executed()
    executable(second)
    crank = world.funded("crank")
    last = report.state.ended_at
    world.at(max(world.now, last + DAY - 1))
    world.refuse(CoolingDown, [second.execute_ix()], [crank])
    assert second.accused.stake.holds == 1
    world.advance(1)
    second.execute()


def test_another_reason_has_its_own_cooldown(world: SlashingWorld, report: ReportCookie) -> None:
    second = confirmed(report, evidence=digest("second"), reason=FaultReason.REPEATED_FAILURES)
    report.decided(uphold=3).executed()
    executable(second).execute()
    assert second.state.slashed == 50 * HYPER


def test_the_cooldown_starves_nobody(world: SlashingWorld, report: ReportCookie) -> None:
    """A sender who always comes first with another report can delay one for a week and no longer."""
    waiting = confirmed(report, evidence=digest("waiting"))
    report.decided(uphold=3)
    world.at(waiting.state.executable_at + 7 * DAY - 1)
    report.execute()
    world.refuse(CoolingDown, [waiting.execute_ix()], [world.funded("crank")])
    world.advance(1)
    waiting.execute()


def test_a_day_takes_half_the_stake_at_most(world: SlashingWorld, report: ReportCookie) -> None:
    second = confirmed(report, reason=FaultReason.MALICIOUS, evidence=digest("malice"))
    third = confirmed(report, reason=FaultReason.REPEATED_FAILURES, evidence=digest("failures"))
    report.decided(uphold=3)
    for each in (report, second, third):
        executable(each)
    report.execute()
    crank = world.funded("crank")
    # 50 of 1,000 are gone, and the day has room for 450 more: 500 wait for another day, whole; 25 do not.
    world.refuse(DailyCapReached, [second.execute_ix()], [crank])
    third.execute()
    assert (report.state.slashed, third.state.slashed) == (50 * HYPER, 25 * HYPER)
    world.advance(DAY - 1)
    world.refuse(DailyCapReached, [second.execute_ix()], [crank])
    world.advance(1)
    # The first of a day passes, though it is more than half of the 925 that are left.
    second.execute()
    assert second.state.slashed == 500 * HYPER
    assert second.accused.stake.amount == 425 * HYPER


def test_small_faults_keep_no_large_one_waiting(world: SlashingWorld, report: ReportCookie) -> None:
    """An accomplice has a small fault executed first: after a week the large one takes its whole."""
    large = confirmed(report, reason=FaultReason.MALICIOUS, evidence=digest("malice"))
    report.decided(uphold=3)
    executable(report)
    world.at(large.state.executable_at + 7 * DAY - 1)
    report.execute()
    world.refuse(DailyCapReached, [large.execute_ix()], [world.funded("crank")])
    world.advance(1)
    large.execute()
    assert large.state.slashed == 500 * HYPER


def test_a_slash_is_not_executed_for_dust(world: SlashingWorld) -> None:
    """The authority can set no cap below the largest fault, so a day always has room for one."""
    params = replace(PARAMS, daily_cap_bps=PARAMS.reason_bps[2] - 1)
    instruction = instructions.set_slashing_params(authority=world.authority.address, params=params)
    world.refuse(BadParams, [instruction], [world.authority])
