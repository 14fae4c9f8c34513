"""Proposals and the treasury through the SDK, on the real programs with a clock of our own."""

from __future__ import annotations

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.client import (
    AlreadyVoted,
    InsufficientFunds,
    NotGuardian,
    NothingStaked,
    NothingToRelease,
    NotNow,
    TooLittleWeight,
    UnknownProposal,
)
from hypernode.client.handover import LOCAL_SETTINGS
from hypernode.client.plan import TooLate, VotingOver
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from tests.integration.client.stage import TEXT, Stage, carried, proposed
from tests.programs.world import HYPER, named_key


async def test_a_vote_changes_the_fees(stage: Stage):
    voter, crank = stage.staker("voter"), stage.wallet("crank")
    number = await carried(stage, voter, stage.new_fees())
    client = stage.governance(crank)
    with pytest.raises(NotNow, match="anyone may execute it from"):
        await client.execute(number)
    stage.world.advance(LOCAL_SETTINGS.params.timelock_critical)
    plan = await client.execute(number)
    assert "markets set_fees" in plan.notes[0]
    await client.send(plan)
    config = stage.world.read(MarketsConfig, addresses.config())
    assert (config.protocol_bps, config.stakers_bps, config.operations_bps) == (800, 80, 200)
    assert (await client.proposal(number)).status is ProposalStatus.EXECUTED


async def test_what_a_proposal_holds_is_read_from_the_history(stage: Stage):
    voter = stage.staker("voter")
    calls = (stage.new_fees(), instructions.set_pause(authority=addresses.dao_authority(), flags=1))
    number = await proposed(stage, voter, *calls)
    read = await stage.governance(voter).contents(number)
    assert read == calls
    call = decode_call(read[0])
    assert (call.program, call.name) == ("markets", "set_fees")
    assert call.values == {"protocol_bps": 800, "stakers_bps": 80, "operations_bps": 200}
    assert dict(call.accounts)["treasury"] == addresses.dao_treasury()


async def test_several_instructions_are_executed_in_their_order(stage: Stage):
    voter = stage.staker("voter")
    pauses = [instructions.set_pause(authority=addresses.dao_authority(), flags=flags) for flags in (1, 3, 2)]
    number = await carried(stage, voter, *pauses)
    stage.world.advance(LOCAL_SETTINGS.params.timelock_critical)
    client = stage.governance(voter)
    await client.send(await client.execute(number))
    assert stage.world.read(MarketsConfig, addresses.config()).paused == 2


async def test_a_draft_is_completed_and_opened_later(stage: Stage):
    client = stage.governance(stage.staker("voter"))
    number = (await client.config()).proposal_count
    await client.send(await client.propose(ProposalKind.GENERIC, TEXT, activate=False))
    assert (await client.proposal(number)).status is ProposalStatus.DRAFT
    await client.send(await client.add(number, stage.new_fees()))
    await client.send(await client.activate(number))
    assert (await client.proposal(number)).status is ProposalStatus.ACTIVE
    await client.send(await client.cancel(number))
    assert (await client.proposal(number)).status is ProposalStatus.CANCELLED
    with pytest.raises(NotNow, match="anyone may close it"):
        await client.activate(number)


async def test_a_defeated_proposal_goes_no_further(stage: Stage):
    client = stage.governance(stage.staker("voter"))
    number = await proposed(stage, named_key("voter"), stage.new_fees())
    await client.send(await client.vote(number, VoteChoice.AGAINST))
    with pytest.raises(AlreadyVoted, match="Against"):
        await client.vote(number, VoteChoice.FOR)
    with pytest.raises(NotNow, match="votes counted from"):
        await client.finalize(number)
    stage.world.advance(LOCAL_SETTINGS.params.voting_period)
    with pytest.raises(NotNow) as late:
        await client.vote(number, VoteChoice.FOR)
    assert (type(late.value), late.value.about) == (VotingOver, number)
    await client.send(await client.finalize(number))
    with pytest.raises(NotNow, match="is Defeated"):
        await client.queue(number)


async def test_what_is_not_queued_in_time_expires(stage: Stage):
    client = stage.governance(stage.staker("voter"))
    number = await proposed(stage, named_key("voter"), stage.new_fees())
    await client.send(await client.vote(number, VoteChoice.FOR))
    stage.world.advance(LOCAL_SETTINGS.params.voting_period)
    await client.send(await client.finalize(number))
    stage.world.advance(LOCAL_SETTINGS.params.execution_window)
    with pytest.raises(NotNow) as late:
        await client.queue(number)
    assert (type(late.value), late.value.about) == (TooLate, number)
    await client.send(await client.expire(number))
    assert (await client.proposal(number)).status is ProposalStatus.EXPIRED


async def test_who_has_no_old_weight_neither_proposes_nor_votes(stage: Stage):
    voter = stage.staker("voter")
    number = await proposed(stage, voter, stage.new_fees())
    with pytest.raises(NothingStaked):
        await stage.governance(stage.wallet("poor")).vote(number, VoteChoice.FOR)
    with pytest.raises(TooLittleWeight):
        await stage.governance(stage.staker("late")).vote(number, VoteChoice.FOR)
    with pytest.raises(TooLittleWeight, match="100"):
        await stage.governance(stage.staker("small", HYPER)).propose(ProposalKind.TEXT, TEXT)
    with pytest.raises(NotNow, match="alone may cancel"):
        await stage.governance(named_key("late")).cancel(number)
    with pytest.raises(UnknownProposal):
        await stage.governance(voter).vote(number + 1, VoteChoice.FOR)
    for guarded in (stage.governance(voter).veto(number), stage.governance(voter).pause(1)):
        with pytest.raises(NotGuardian):
            await guarded


async def test_what_is_unlocked_is_split_in_three(stage: Stage):
    key = stage.wallet("giver")
    client = stage.treasury(key)
    with pytest.raises(NothingToRelease):
        await client.release()
    with pytest.raises(InsufficientFunds):
        await client.deposit_unlock(10**15)
    await client.send(await client.deposit_unlock(1_000 * HYPER))
    plan = await client.release()
    assert [transfer.amount for transfer in plan.transfers] == [300 * HYPER, 200 * HYPER, 500 * HYPER]
    await client.send(plan)
    (release,) = await client.releases()
    assert (release.number, release.amount, release.operations) == (0, 1_000 * HYPER, 500 * HYPER)
    held = await client.holdings()
    assert (held.unlocks, held.community, held.operations) == (0, 300 * HYPER, 500 * HYPER)
