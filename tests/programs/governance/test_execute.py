"""queue, execute, expire: what was voted for, after its wait, within its window, and nothing else."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.governance import ProposalExecuted, ProposalExpired, ProposalQueued
from hypernode.chain.generated.governance.errors import (
    NotExpirable,
    NotQueued,
    NotSucceeded,
    TimelockNotOver,
    WindowNotOver,
    WindowOver,
    WrongIndex,
    WrongInstruction,
)
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.chain.generated.markets import FeesSet
from hypernode.chain.generated.markets.errors import BadFees
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from tests.programs.cookies import a_buyer, a_market
from tests.programs.governance.dao import (
    TIMELOCK_CRITICAL,
    TIMELOCK_PARAMETERS,
    WINDOW,
    DaoWorld,
    ProposalCookie,
    Voter,
    a_proposal,
    a_voter,
)
from tests.programs.jobs import a_job

DAO = addresses.dao_authority()


def pause(flags: int) -> Instruction:
    return instructions.set_pause(authority=DAO, flags=flags)


def new_fees(dao: DaoWorld, protocol_bps: int = 800) -> Instruction:
    return instructions.set_fees(
        authority=DAO,
        treasury=addresses.dao_treasury(),
        stakers=dao.stakers,
        operations=dao.operations,
        protocol_bps=protocol_bps,
        stakers_bps=80,
        operations_bps=200,
    )


@pytest.fixture
def governed(dao: DaoWorld) -> DaoWorld:
    dao.hand_over()
    return dao


def pauses(voter: Voter, *flags: int) -> ProposalCookie:
    return a_proposal(voter, *map(pause, flags), kind=ProposalKind.PARAMETERS)


def test_a_vote_changes_the_fees_end_to_end(governed: DaoWorld) -> None:
    market, buyer = a_market(governed), a_buyer(governed)
    before = a_job(governed, buyer=buyer, market=market)
    voter = a_voter(governed)
    proposal = a_proposal(voter, new_fees(governed), kind=ProposalKind.GENERIC).carry().ripen()
    executed, fees = proposal.execute()
    assert isinstance(executed, ProposalExecuted)
    assert isinstance(fees, FeesSet)
    assert (executed.index, executed.count, executed.hash) == (0, 1, proposal.state.instructions[0])
    assert (executed.old_status, executed.new_status) == (ProposalStatus.QUEUED, ProposalStatus.EXECUTED)
    config = governed.read(MarketsConfig, addresses.config())
    assert (config.protocol_bps, config.stakers_bps, config.operations_bps) == (800, 80, 200)
    assert config.treasury == addresses.dao_treasury()
    after = a_job(governed, nonce=2, buyer=buyer, market=market)
    assert (before.state.protocol_bps, after.state.protocol_bps) == (1_000, 800)


def test_it_executes_once(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = pauses(voter, 1).carry().ripen()
    proposal.execute()
    assert governed.read(MarketsConfig, addresses.config()).paused == 1
    governed.refuse_crank(NotQueued, proposal.execute_ix())
    governed.refuse_crank(NotSucceeded, dao_instructions.queue_proposal(number=proposal.number))


def test_several_run_in_their_order_each_once(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = pauses(voter, 1, 3, 2).carry().ripen()
    for index in (1, 2):
        governed.refuse_crank(WrongIndex, proposal.execute_ix(index))
    proposal.execute(0)
    governed.refuse_crank(WrongIndex, proposal.execute_ix(0))
    governed.refuse_crank(WrongIndex, proposal.execute_ix(2))
    (event, _) = proposal.execute(1)
    assert isinstance(event, ProposalExecuted)
    assert (event.old_status, event.new_status) == (ProposalStatus.QUEUED, ProposalStatus.QUEUED)
    assert proposal.state.executed == 2
    proposal.execute(2)
    assert proposal.status == ProposalStatus.EXECUTED
    assert governed.read(MarketsConfig, addresses.config()).paused == 2


def test_several_run_in_one_transaction(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = pauses(voter, 1, 2).carry().ripen()
    governed.crank(proposal.execute_ix(0), proposal.execute_ix(1))
    assert proposal.status == ProposalStatus.EXECUTED


def test_a_call_that_fails_leaves_everything_as_it_was(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter, new_fees(governed, 10_001), kind=ProposalKind.GENERIC).carry().ripen()
    governed.refuse_crank(BadFees, proposal.execute_ix())
    assert proposal.status == ProposalStatus.QUEUED


def test_nothing_but_what_was_voted_for_is_executed(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter, new_fees(governed), pause(1), kind=ProposalKind.GENERIC).carry().ripen()
    good = proposal.calls[0]
    stranger = governed.funded("stranger")
    swapped = (*good.accounts[:2], good.accounts[3], good.accounts[2], good.accounts[4])
    bent = {
        "other data": good.with_data(good.data[:-1] + b"\x01"),
        "longer data": good.with_data(good.data + b"\0"),
        "another account": good.with_account(2, AccountMeta(governed.treasury)),
        "accounts swapped": replace(good, accounts=swapped),
        "an account more": replace(good, accounts=(*good.accounts, AccountMeta(stranger.address))),
        "an account less": replace(good, accounts=good.accounts[:-1]),
        "another flag": good.with_account(2, AccountMeta(addresses.dao_treasury(), writable=True)),
        "the next one": proposal.calls[1],
    }
    for call in bent.values():
        governed.refuse_crank(WrongInstruction, proposal.execute_ix(0, call))
    other_program = replace(good, program=addresses.SYSTEM_PROGRAM)
    governed.refuse_crank(WrongInstruction, proposal.execute_ix(0, other_program))
    nothing = dao_instructions.execute_proposal(number=proposal.number)
    governed.refuse_crank(WrongInstruction, nothing)
    few_flags = proposal.execute_ix()
    short = few_flags.data[:9] + b"\x04" + few_flags.data[10:13] + few_flags.data[14:]
    governed.refuse_crank(WrongInstruction, few_flags.with_data(short))
    proposal.execute()


def test_another_proposals_instruction_is_not_this_ones(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    one, other = pauses(voter, 1), pauses(voter, 2)
    for proposal in (one, other):
        proposal.activate()
        proposal.vote(voter)
    one.finalize().queue()
    other.finalize().queue()
    one.ripen()
    governed.refuse_crank(WrongInstruction, one.execute_ix(0, pause(2)))


def test_an_instruction_cannot_name_its_own_proposal(governed: DaoWorld) -> None:
    """Else it could be entered again while it runs."""
    voter = a_voter(governed)
    number = governed.config.proposal_count
    itself = replace(pause(1), accounts=(*pause(1).accounts, AccountMeta(addresses.proposal(number))))
    proposal = a_proposal(voter, itself).carry().ripen()
    governed.refuse_crank("ConstraintDuplicateMutableAccount", proposal.execute_ix())


@pytest.mark.parametrize(
    ("kind", "timelock"),
    [(ProposalKind.PARAMETERS, TIMELOCK_PARAMETERS), (ProposalKind.GENERIC, TIMELOCK_CRITICAL)],
)
def test_the_timelock_holds_to_the_second(governed: DaoWorld, kind: ProposalKind, timelock: int) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter, pause(1), kind=kind).carry()
    assert proposal.state.eta == governed.now + timelock
    for early in (governed.now, proposal.state.eta - 1):
        governed.at(early)
        governed.refuse_crank(TimelockNotOver, proposal.execute_ix())
    governed.at(proposal.state.eta)
    proposal.execute()


def test_the_window_closes_to_the_second(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    in_time, late = pauses(voter, 1), pauses(voter, 2)
    for proposal in (in_time, late):
        proposal.activate()
        proposal.vote(voter)
    in_time.finalize().queue()
    late.finalize().queue()
    governed.at(late.state.eta + WINDOW - 1)
    governed.refuse_crank(WindowNotOver, dao_instructions.expire_proposal(number=late.number))
    in_time.execute()
    governed.advance(1)
    governed.refuse_crank(WindowOver, late.execute_ix())
    (event,) = governed.crank(dao_instructions.expire_proposal(number=late.number))
    assert isinstance(event, ProposalExpired)
    assert (event.old_status, event.new_status) == (ProposalStatus.QUEUED, ProposalStatus.EXPIRED)
    governed.refuse_crank(NotQueued, late.execute_ix())
    governed.refuse_crank(NotExpirable, dao_instructions.expire_proposal(number=late.number))


def test_what_succeeded_is_queued_in_time_or_expires(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    in_time, late = pauses(voter, 1), pauses(voter, 2)
    for proposal in (in_time, late):
        proposal.activate()
        proposal.vote(voter)
    in_time.finalize()
    late.finalize()
    governed.at(late.state.voting_ends_at + WINDOW - 1)
    governed.refuse_crank(WindowNotOver, dao_instructions.expire_proposal(number=late.number))
    (event,) = governed.crank(dao_instructions.queue_proposal(number=in_time.number))
    assert isinstance(event, ProposalQueued)
    assert event.executable_until == event.eta + WINDOW
    governed.advance(1)
    governed.refuse_crank(WindowOver, dao_instructions.queue_proposal(number=late.number))
    governed.crank(dao_instructions.expire_proposal(number=late.number))
    assert late.status == ProposalStatus.EXPIRED


def test_what_was_defeated_goes_no_further(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = pauses(voter, 1).activate()
    proposal.vote(voter, VoteChoice.AGAINST)
    proposal.finalize()
    governed.refuse_crank(NotSucceeded, dao_instructions.queue_proposal(number=proposal.number))
    governed.refuse_crank(NotQueued, proposal.execute_ix())
    governed.refuse_crank(NotExpirable, dao_instructions.expire_proposal(number=proposal.number))


def test_no_status_is_skipped(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = pauses(voter, 1)
    number = proposal.number
    governed.refuse_crank("NotActive", dao_instructions.finalize_proposal(number=number))
    for _ in range(2):
        governed.refuse_crank(NotSucceeded, dao_instructions.queue_proposal(number=number))
        governed.refuse_crank(NotQueued, proposal.execute_ix())
        governed.refuse_crank(NotExpirable, dao_instructions.expire_proposal(number=number))
        if proposal.status == ProposalStatus.DRAFT:
            proposal.activate()
    proposal.vote(voter)
    proposal.finalize()
    governed.refuse_crank(NotQueued, proposal.execute_ix())


def test_a_text_is_executed_without_a_call(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter).carry()
    assert proposal.state.eta == dao.now + TIMELOCK_PARAMETERS
    proposal.ripen()
    (event,) = proposal.execute()
    assert isinstance(event, ProposalExecuted)
    assert (event.count, event.hash, event.new_status) == (0, bytes(32), ProposalStatus.EXECUTED)


def test_a_text_calls_nothing_even_when_given_something(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).carry().ripen()
    governed.crank(proposal.execute_ix(0, pause(3)))
    assert governed.read(MarketsConfig, addresses.config()).paused == 0
