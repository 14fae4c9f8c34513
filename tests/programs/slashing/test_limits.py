"""The limits of execution: once a day for a reason, half of the stake a day, and every report ends."""

from dataclasses import replace

from hypernode.chain.generated.slashing.errors import CoolingDown, DailyCapReached
from hypernode.domain.fault import FaultReason
from tests.programs.slashing.slashing_world import (
    PARAMS,
    ReportCookie,
    SlashingWorld,
    a_report,
    confirmed,
    executable,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest

STAKE = 1_000 * HYPER


def test_a_reason_is_punished_once_a_day(world: SlashingWorld, report: ReportCookie) -> None:
    second = confirmed(report, evidence=digest("second"), sequence=8)
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
    second = confirmed(report, evidence=digest("second"), sequence=8, reason=FaultReason.JOB_TIMEOUT)
    report.decided(uphold=3).executed()
    executable(second).execute()
    assert second.state.slashed == 8 * HYPER


def test_the_cooldown_starves_nobody(world: SlashingWorld, report: ReportCookie) -> None:
    """A sender who always comes first with another report can delay one for a week and no longer."""
    waiting = confirmed(report, evidence=digest("waiting"), sequence=8)
    report.decided(uphold=3)
    world.at(waiting.state.executable_at + 7 * DAY - 1)
    report.execute()
    world.refuse(CoolingDown, [waiting.execute_ix()], [world.funded("crank")])
    world.advance(1)
    waiting.execute()


def test_a_day_takes_half_the_stake_at_most(world: SlashingWorld, report: ReportCookie) -> None:
    malicious = {"reason": FaultReason.MALICIOUS, "evidence": digest("malice"), "sequence": 8}
    second = confirmed(report, **malicious)
    offline = {"reason": FaultReason.OFFLINE, "evidence": digest("offline"), "sequence": 9}
    third = confirmed(report, **offline)
    report.decided(uphold=3)
    for each in (report, second, third):
        executable(each)
    report.execute()
    second.execute()
    # 200 of 1,000 are gone; half of the remaining 800 is 400, but the day had only 500 to take.
    assert (report.state.slashed, second.state.slashed) == (200 * HYPER, 300 * HYPER)
    crank = world.funded("crank")
    world.refuse(DailyCapReached, [third.execute_ix()], [crank])
    world.advance(DAY - 1)
    world.refuse(DailyCapReached, [third.execute_ix()], [crank])
    world.advance(1)
    third.execute()
    assert third.state.slashed == 25 * HYPER
    assert third.accused.stake.amount == 475 * HYPER


def test_a_smaller_cap_holds(world: SlashingWorld) -> None:
    world.set_params(replace(PARAMS, daily_cap_bps=100))
    report = a_report(world, reason=FaultReason.MALICIOUS).decided(uphold=3).executed()
    assert report.state.slashed == STAKE // 100
