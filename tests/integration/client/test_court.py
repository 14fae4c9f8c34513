"""The court through the SDK, on the real programs with a clock of our own."""

from __future__ import annotations

import pytest

from hypernode.chain import addresses
from hypernode.chain.attesting import fault_for
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
    with pytest.raises(NotNow, match="the accused may appeal, for 100 HYPER, now until"):
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
    assert stage.held(panel[0]) - before == plan.transfers[0].amount == 500 * HYPER // 3
    with pytest.raises(NothingToClaim):
        await voter.claim(report)
    plan = await reporter.claim(report)
    assert plan.transfers[0].amount == (100 + 500) * HYPER
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
    assert plan.transfers[0].amount == 200 * HYPER
    await defence.send(plan)
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


async def test_oracles_open_a_report_without_a_bond(stage: Stage):
    accused, key = stage.staker("accused"), stage.wallet("reporter")
    oracle_set = await stage.chain.oracle_set()
    assert oracle_set is not None
    fault = fault_for(
        oracle_set=oracle_set,
        accused=accused.address,
        reporter=key.address,
        job=stage.world.mint,
        sequence=1,
        attempt=1,
        reason=FaultReason.INVALID_RESULT,
        evidence=EVIDENCE,
        expires_at=stage.world.now + 3_600,
    )
    signed = [(oracle.address, oracle.sign(fault.digest())) for oracle in stage.world.oracles[:2]]
    with pytest.raises(NotYours):
        await stage.slasher(accused).report_attested(fault, signed)
    client, before = stage.slasher(key), stage.held(key)
    await client.send(await client.report_attested(fault, signed))
    report = await client.report_at(addresses.attested_report(accused.address, EVIDENCE))
    assert report.status is ReportStatus.CONFIRMED
    assert stage.held(key) == before


async def test_a_vote_changes_what_a_report_costs(stage: Stage):
    change = await change_slashing(stage.chain, bond=7 * HYPER)
    assert change.differences == ("bond: 100000000 -> 7000000",)
    number = await carried(stage, stage.staker("voter"), *change.calls, kind=change.kind)
    stage.world.advance(LOCAL_SETTINGS.params.timelock_critical)
    client = stage.governance(named_key("voter"))
    await client.send(await client.execute(number))
    assert stage.world.read(SlashingConfig, addresses.slashing_config()).bond == 7 * HYPER
