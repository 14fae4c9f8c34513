"""The DAO, the court and the treasury through the SDK, on the real programs with a clock of our own."""

from __future__ import annotations

import hashlib

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.attesting import fault_for
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.chain.generated.slashing import Config as SlashingConfig
from hypernode.chain.keys import Key
from hypernode.chain.lite import LiteChain
from hypernode.client import (
    AlreadyVoted,
    CannotJudge,
    GovernorClient,
    Handover,
    InsufficientFunds,
    NoCourt,
    NoGovernance,
    NotGuardian,
    NothingStaked,
    NothingToClaim,
    NothingToRelease,
    NotInCharge,
    NotNow,
    NotYours,
    SlasherClient,
    TooLittleWeight,
    TreasuryClient,
    UnknownProposal,
    UnknownReport,
)
from hypernode.client.changes import change_slashing
from hypernode.client.handover import LOCAL_TERMS, controls
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.staking import DAY
from hypernode.domain.types import Address
from tests.programs.world import HYPER, World, named_key

TEXT = hashlib.sha256(b"what people read").digest()
STAKE = 10_000 * HYPER
YEAR = 365 * DAY
EVIDENCE = hashlib.sha256(b"what happened").digest()


class Stage:
    """A cluster as genesis leaves it, and wallets with tokens."""

    def __init__(self) -> None:
        self.world = World.ready()
        self.chain = LiteChain(self.world.lite)
        self.operations = self.world.a_token_account("operations")

    def handover(self, key: Key | None = None) -> Handover:
        return Handover(
            self.chain,
            key or self.world.authority,
            mint=self.world.mint,
            operations=self.operations,
            terms=LOCAL_TERMS,
        )

    async def bootstrap(self) -> None:
        handover = self.handover()
        await handover.carry_out(await handover.steps())

    def wallet(self, name: str, amount: int = 100_000 * HYPER) -> Key:
        key, mint = self.world.funded(name), self.world.mint
        make = tokens.create_ata(payer=key.address, owner=key.address, mint=mint)
        self.world.run([make], [key])
        self.world.give(addresses.ata(key.address, mint), amount)
        return key

    def staker(self, name: str, amount: int = STAKE) -> Key:
        """A wallet whose stake is older than what comes next."""
        key = self.wallet(name)
        source = addresses.ata(key.address, self.world.mint)
        stake = instructions.stake(owner=key.address, source=source, amount=amount, duration=YEAR)
        self.world.run([instructions.distribute(), stake], [key])
        self.world.advance(1)
        return key

    def governor(self, key: Key) -> GovernorClient:
        return GovernorClient(self.chain, key)

    def slasher(self, key: Key) -> SlasherClient:
        return SlasherClient(self.chain, key, mint=self.world.mint)

    def treasury(self, key: Key) -> TreasuryClient:
        return TreasuryClient(self.chain, key, mint=self.world.mint)

    def held(self, key: Key) -> int:
        return self.world.tokens(addresses.ata(key.address, self.world.mint))

    def new_fees(self, protocol_bps: int = 800):
        return instructions.set_fees(
            authority=addresses.dao_authority(),
            treasury=addresses.dao_treasury(),
            stakers=self.world.stakers,
            platform=self.operations,
            protocol_bps=protocol_bps,
            stakers_bps=80,
            platform_bps=200,
        )


@pytest.fixture
async def stage() -> Stage:
    made = Stage()
    await made.bootstrap()
    return made


async def proposed(stage: Stage, voter: Key, *calls, kind=ProposalKind.PARAMETERS) -> int:
    client = stage.governor(voter)
    number = (await client.config()).proposal_count
    await client.send(await client.propose(kind, TEXT, calls))
    return number


async def carried(stage: Stage, voter: Key, *calls, kind=ProposalKind.PARAMETERS) -> int:
    """Return a proposal that waits to be executed."""
    client, number = stage.governor(voter), await proposed(stage, voter, *calls, kind=kind)
    await client.send(await client.vote(number, VoteChoice.FOR))
    stage.world.advance(LOCAL_TERMS.params.voting_period)
    await client.send(await client.finalize(number))
    await client.send(await client.queue(number))
    return number


# --- the handover


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
    assert (config.treasury, config.platform) == (addresses.dao_treasury(), stage.operations)
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
        await stage.governor(key).propose(ProposalKind.TEXT, TEXT)
    with pytest.raises(NoCourt):
        await stage.slasher(key).report(stage.world.authority.address, FaultReason.OFFLINE, EVIDENCE)
    with pytest.raises(NoGovernance):
        await stage.treasury(key).release()


# --- proposals


async def test_a_vote_changes_the_fees(stage: Stage):
    voter, crank = stage.staker("voter"), stage.wallet("crank")
    number = await carried(stage, voter, stage.new_fees())
    client = stage.governor(crank)
    with pytest.raises(NotNow, match="anybody may execute it from"):
        await client.execute(number)
    stage.world.advance(LOCAL_TERMS.params.timelock_parameters)
    plan = await client.execute(number)
    assert "markets set_fees" in plan.notes[0]
    await client.send(plan)
    config = stage.world.read(MarketsConfig, addresses.config())
    assert (config.protocol_bps, config.stakers_bps, config.platform_bps) == (800, 80, 200)
    assert (await client.proposal(number)).status is ProposalStatus.EXECUTED


async def test_what_a_proposal_holds_is_read_from_the_history(stage: Stage):
    voter = stage.staker("voter")
    calls = (stage.new_fees(), instructions.set_pause(authority=addresses.dao_authority(), flags=1))
    number = await proposed(stage, voter, *calls)
    read = await stage.governor(voter).contents(number)
    assert read == calls
    call = decode_call(read[0])
    assert (call.program, call.name) == ("markets", "set_fees")
    assert call.values == {"protocol_bps": 800, "stakers_bps": 80, "platform_bps": 200}
    assert dict(call.accounts)["treasury"] == addresses.dao_treasury()


async def test_several_instructions_are_executed_in_their_order(stage: Stage):
    voter = stage.staker("voter")
    pauses = [instructions.set_pause(authority=addresses.dao_authority(), flags=flags) for flags in (1, 3, 2)]
    number = await carried(stage, voter, *pauses)
    stage.world.advance(LOCAL_TERMS.params.timelock_parameters)
    client = stage.governor(voter)
    await client.send(await client.execute(number))
    assert stage.world.read(MarketsConfig, addresses.config()).paused == 2


async def test_a_draft_is_completed_and_opened_later(stage: Stage):
    client = stage.governor(stage.staker("voter"))
    number = (await client.config()).proposal_count
    await client.send(await client.propose(ProposalKind.PARAMETERS, TEXT, activate=False))
    assert (await client.proposal(number)).status is ProposalStatus.DRAFT
    await client.send(await client.add(number, stage.new_fees()))
    await client.send(await client.activate(number))
    assert (await client.proposal(number)).status is ProposalStatus.ACTIVE
    await client.send(await client.cancel(number))
    assert (await client.proposal(number)).status is ProposalStatus.CANCELLED
    with pytest.raises(NotNow, match="anybody may close it"):
        await client.activate(number)


async def test_a_defeated_proposal_goes_no_further(stage: Stage):
    client = stage.governor(stage.staker("voter"))
    number = await proposed(stage, named_key("voter"), stage.new_fees())
    await client.send(await client.vote(number, VoteChoice.AGAINST))
    with pytest.raises(AlreadyVoted, match="Against"):
        await client.vote(number, VoteChoice.FOR)
    with pytest.raises(NotNow, match="votes counted from"):
        await client.finalize(number)
    stage.world.advance(LOCAL_TERMS.params.voting_period)
    with pytest.raises(NotNow) as late:
        await client.vote(number, VoteChoice.FOR)
    assert late.value.fix == f"hyper gov finalize {number}"
    await client.send(await client.finalize(number))
    with pytest.raises(NotNow, match="is Defeated"):
        await client.queue(number)


async def test_what_is_not_queued_in_time_expires(stage: Stage):
    client = stage.governor(stage.staker("voter"))
    number = await proposed(stage, named_key("voter"), stage.new_fees())
    await client.send(await client.vote(number, VoteChoice.FOR))
    stage.world.advance(LOCAL_TERMS.params.voting_period)
    await client.send(await client.finalize(number))
    stage.world.advance(LOCAL_TERMS.params.execution_window)
    with pytest.raises(NotNow) as late:
        await client.queue(number)
    assert f"hyper gov expire {number}" in (late.value.fix or "")
    await client.send(await client.expire(number))
    assert (await client.proposal(number)).status is ProposalStatus.EXPIRED


async def test_who_has_no_old_weight_neither_proposes_nor_votes(stage: Stage):
    voter = stage.staker("voter")
    number = await proposed(stage, voter, stage.new_fees())
    with pytest.raises(NothingStaked):
        await stage.governor(stage.wallet("poor")).vote(number, VoteChoice.FOR)
    with pytest.raises(TooLittleWeight):
        await stage.governor(stage.staker("late")).vote(number, VoteChoice.FOR)
    with pytest.raises(TooLittleWeight, match="100"):
        await stage.governor(stage.staker("small", HYPER)).propose(ProposalKind.TEXT, TEXT)
    with pytest.raises(NotNow, match="alone may cancel"):
        await stage.governor(named_key("late")).cancel(number)
    with pytest.raises(UnknownProposal):
        await stage.governor(voter).vote(number + 1, VoteChoice.FOR)
    for guarded in (stage.governor(voter).veto(number), stage.governor(voter).pause(1)):
        with pytest.raises(NotGuardian):
            await guarded


# --- the court


async def a_case(stage: Stage) -> tuple[SlasherClient, Address, list[Key], Key]:
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
        await client.send(await client.vote(report, guilty=True))
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
    judge = stage.slasher(panel[0])
    plan = await judge.claim(report)
    await judge.send(plan)
    assert stage.held(panel[0]) - before == plan.transfers[0].amount == 500 * HYPER // 3
    with pytest.raises(NothingToClaim):
        await judge.claim(report)
    plan = await reporter.claim(report)
    assert plan.transfers[0].amount == (100 + 500) * HYPER
    await reporter.send(plan)


async def test_the_accused_appeals_and_is_acquitted(stage: Stage):
    reporter, report, panel, accused = await a_case(stage)
    for judge in panel[:3]:
        client = stage.slasher(judge)
        await client.send(await client.vote(report, guilty=True))
    stage.world.advance(3 * DAY)
    await reporter.send(await reporter.resolve(report))
    with pytest.raises(NotYours):
        await reporter.appeal(report)
    defence = stage.slasher(accused)
    await defence.send(await defence.appeal(report))
    stage.world.advance(3 * DAY)
    await reporter.send(await reporter.resolve(report))
    assert (await reporter.report_at(report)).status is ReportStatus.DISMISSED
    plan = await defence.claim(report)
    assert plan.transfers[0].amount == 200 * HYPER
    await defence.send(plan)
    await reporter.send(await reporter.close(report))
    with pytest.raises(UnknownReport):
        await reporter.vote(report, guilty=True)


async def test_a_court_has_no_place_for_the_partial_the_poor_and_the_late(stage: Stage):
    reporter, report, panel, accused = await a_case(stage)
    for key in (named_key("reporter"), accused, stage.wallet("poor"), stage.staker("late")):
        with pytest.raises(CannotJudge):
            await stage.slasher(key).vote(report, guilty=True)
    judge = stage.slasher(panel[0])
    await judge.send(await judge.vote(report, guilty=False))
    with pytest.raises(CannotJudge, match="has voted"):
        await judge.vote(report, guilty=False)
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
    stage.world.advance(LOCAL_TERMS.params.timelock_parameters)
    client = stage.governor(named_key("voter"))
    await client.send(await client.execute(number))
    assert stage.world.read(SlashingConfig, addresses.slashing_config()).bond == 7 * HYPER


# --- the treasury


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
