"""Handing every program to the DAO, on the real programs with a clock of our own."""

from __future__ import annotations

import pytest

from hypernode.chain import addresses
from hypernode.client import (
    NoGovernance,
    NoSlashing,
    NotInCharge,
)
from hypernode.client.handover import controls
from hypernode.domain.fault import FaultReason
from hypernode.domain.governance import ProposalKind
from tests.integration.client.stage import EVIDENCE, TEXT, Stage


async def test_bootstrap_hands_everything_to_the_dao_and_then_finds_it_done():
    stage = Stage()
    before = await stage.handover().steps()
    assert [step.state for step in before] == ["done"] + ["to do"] * (len(before) - 1)
    await stage.bootstrap()
    after = await stage.handover().steps()
    assert all(step.done for step in after)
    assert await stage.handover().carry_out(after) == []
    dao = addresses.dao_authority()
    assert {(row.config_authority, row.upgrade_authority) for row in await controls(stage.chain)} == {
        (dao, dao)
    }
    config = await stage.chain.config()
    assert config is not None
    assert (config.treasury, config.operations) == (addresses.dao_treasury(), stage.operations)
    assert config.stakers == stage.world.stakers


async def test_a_bootstrap_that_was_cut_off_is_finished_by_the_next():
    stage = Stage()
    for count in range(1, 6):
        handover = stage.handover()
        await handover.carry_out((await handover.steps())[: count * 2])
    await stage.bootstrap()
    assert all(step.done for step in await stage.handover().steps())


async def test_a_stranger_hands_nothing_over_and_nothing_moves():
    stage = Stage()
    handover = stage.handover(stage.world.funded("stranger"))
    before = stage.world.everything()
    with pytest.raises(NotInCharge) as refusal:
        await handover.carry_out(await handover.steps())
    assert stage.world.authority.address in refusal.value.detail
    assert stage.world.everything() == before


async def test_without_a_bootstrap_there_is_nothing_to_ask():
    stage = Stage()
    key = stage.wallet("early")
    with pytest.raises(NoGovernance):
        await stage.governance(key).propose(ProposalKind.TEXT, TEXT)
    with pytest.raises(NoSlashing):
        await stage.slasher(key).report(stage.world.authority.address, FaultReason.OFFLINE, EVIDENCE)
    with pytest.raises(NoGovernance):
        await stage.treasury(key).release()
