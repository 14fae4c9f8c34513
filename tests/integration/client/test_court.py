"""The court through the SDK, on the real programs with a clock of our own."""

from __future__ import annotations

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated.slashing import Config as SlashingConfig
from hypernode.chain.keys import Key
from hypernode.client import (
    CannotJudge,
    InsufficientFunds,
    NothingStaked,
    NothingToClaim,
    NotNow,
    NotYours,
    SlashingClient,
    UnknownReport,
)
from hypernode.client.changes import change_slashing
from hypernode.client.handover import LOCAL_SETTINGS
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.staking import DAY
from hypernode.domain.types import Address
from tests.integration.client.stage import EVIDENCE, STAKE, Stage, carried
from tests.programs.cookies import a_node
from tests.programs.slashing.slashing_world import a_rejected_job
from tests.programs.world import HYPER, named_key


async def a_case(stage: Stage) -> tuple[SlashingClient, Address, list[Key], Key]:
    """Return a reporter's client, an open report, five validators and the accused."""
    accused, panel = stage.staker("accused"), [stage.staker(f"validator {n}") for n in range(5)]
    client = stage.slasher(stage.wallet("reporter"))
    plan = await client.report(accused.address, FaultReason.MALICIOUS, EVIDENCE)
    assert "it costs 5000 of 10000 HYPER staked" in plan.notes[1]
    await client.send(plan)
    return client, addresses.report(accused.address, EVIDENCE), panel, accused


async def test_a_report_is_voted_resolved_executed_and_paid(stage: Stage):
    reporter, report, panel, accused = await a_case(stage)
    for judge in panel[:3]:
        client = stage.slasher(judge)
        await client.send(await client.vote(report, uphold=True))
    with pytest.raises(NotNow, match="counted from"):
        await reporter.resolve(report)
    stage.world.advance(3 * DAY)
    await reporter.send(await reporter.resolve(report))
    with pytest.raises(NotNow, match="the accused may appeal, for 500 HYPER, now until"):
        await reporter.execute(report)
    stage.world.advance(7 * DAY)
    await reporter.send(await reporter.execute(report))
    assert (await reporter.report_at(report)).status is ReportStatus.EXECUTED
    stake = await stage.chain.stake(accused.address)
    assert stake is not None
    assert stake.amount == STAKE // 2
    before = stage.held(panel[0])
    voter = stage.slasher(panel[0])
    plan = await voter.claim(report)
    await voter.send(plan)
    assert stage.held(panel[0]) - before == plan.transfers[0].amount == 50 * HYPER // 3
    with pytest.raises(NothingToClaim):
        await voter.claim(report)
    plan = await reporter.claim(report)
    assert plan.transfers[0].amount == 500 * HYPER
    await reporter.send(plan)


async def test_the_accused_appeals_and_is_acquitted(stage: Stage):
    reporter, report, panel, accused = await a_case(stage)
    for judge in panel[:3]:
        client = stage.slasher(judge)
        await client.send(await client.vote(report, uphold=True))
    stage.world.advance(3 * DAY)
    await reporter.send(await reporter.resolve(report))
    with pytest.raises(NotYours):
        await reporter.appeal(report)
    defence = stage.slasher(accused)
    await defence.send(await defence.appeal(report))
    for judge in panel:
        client = stage.slasher(judge)
        await client.send(await client.vote(report, uphold=False))
    stage.world.advance(3 * DAY)
    await reporter.send(await reporter.resolve(report))
    assert (await reporter.report_at(report)).status is ReportStatus.DISMISSED
    plan = await defence.claim(report)
    # Both bonds are a tenth of what was at stake, and a tenth of them pays the judges.
    assert plan.transfers[0].amount == 900 * HYPER
    await defence.send(plan)
    for judge in panel:
        client = stage.slasher(judge)
        await client.send(await client.claim(report))
    await reporter.send(await reporter.close(report))
    with pytest.raises(UnknownReport):
        await reporter.vote(report, uphold=True)


async def test_a_court_has_no_place_for_the_partial_the_poor_and_the_late(stage: Stage):
    reporter, report, panel, accused = await a_case(stage)
    for key in (named_key("reporter"), accused, stage.wallet("poor"), stage.staker("late")):
        with pytest.raises(CannotJudge):
            await stage.slasher(key).vote(report, uphold=True)
    judge = stage.slasher(panel[0])
    await judge.send(await judge.vote(report, uphold=False))
    with pytest.raises(CannotJudge, match="has voted"):
        await judge.vote(report, uphold=False)
    with pytest.raises(NothingStaked):
        await reporter.report(named_key("nobody").address, FaultReason.OFFLINE, EVIDENCE)
    with pytest.raises(InsufficientFunds):
        await stage.slasher(stage.wallet("broke", 1)).report(
            accused.address, FaultReason.OFFLINE, bytes(31) + b"1"
        )


async def test_a_rejected_job_is_brought_without_a_bond(stage: Stage):
    accused = a_node(stage.world, "accused")
    job = a_rejected_job(stage.world, accused)
    key, sequence = stage.wallet("opener"), job.state.sequence
    client, before = stage.slasher(key), stage.held(key)
    with pytest.raises(NotNow):
        await client.report(accused.operator.address, FaultReason.INVALID_RESULT, EVIDENCE)
    plan = await client.open_from_job(job.address)
    assert plan.notes[1].startswith("if it is executed it costs 4.2 of ")
    await client.send(plan)
    report = await client.report_at(addresses.job_report(job.address, sequence))
    assert report.status is ReportStatus.CONFIRMED
    assert stage.held(key) == before
    with pytest.raises(NotNow):
        await client.open_from_job(job.address)


async def test_a_vote_changes_what_a_report_costs(stage: Stage):
    change = await change_slashing(stage.chain, bond=7 * HYPER)
    assert change.differences == ("bond: 100000000 -> 7000000",)
    number = await carried(stage, stage.staker("voter"), *change.calls, kind=change.kind)
    stage.world.advance(LOCAL_SETTINGS.params.timelock_critical)
    client = stage.governance(named_key("voter"))
    await client.send(await client.execute(number))
    assert stage.world.read(SlashingConfig, addresses.slashing_config()).bond == 7 * HYPER
