"""vote, finalize: weight that was there before, once each, and the arithmetic of the result."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hypernode.chain import addresses, instructions
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance import ProposalFinalized, Voted, VoteRecord
from hypernode.chain.generated.governance.errors import (
    BadChoice,
    NotActive,
    NoWeight,
    StakeLeavesTooSoon,
    VotingNotOver,
    VotingOver,
    WrongStake,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalStatus, VoteChoice, passes
from hypernode.domain.types import address_bytes
from tests.programs.governance.dao import PARAMS, DaoWorld, Voter, a_proposal, a_voter, without_signer
from tests.programs.world import DAY, HYPER, SOL, named_key

AGAINST, FOR, ABSTAIN = VoteChoice.AGAINST, VoteChoice.FOR, VoteChoice.ABSTAIN


@pytest.mark.parametrize("choice", list(VoteChoice))
def test_a_vote_counts_with_the_weight_of_the_stake(dao: DaoWorld, voter: Voter, choice: VoteChoice) -> None:
    proposal = a_proposal(voter).activate()
    (event,) = proposal.vote(voter, choice)
    weights = {AGAINST: 0, FOR: 0, ABSTAIN: 0} | {choice: 40_000 * HYPER}
    assert isinstance(event, Voted)
    assert (event.for_weight, event.against_weight, event.abstain_weight) == (
        weights[FOR],
        weights[AGAINST],
        weights[ABSTAIN],
    )
    record = proposal.record(voter)
    assert (record.choice, record.weight, record.voted_at) == (choice, 40_000 * HYPER, dao.now)
    assert (record.voter, record.proposal) == (voter.address, proposal.address)


def test_nobody_votes_twice(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter).activate()
    proposal.vote(voter)
    for choice in VoteChoice:
        dao.refuse(
            "AccountAlreadyInUse", [voter.vote_ix(proposal.number, choice)], [voter.key], "a second vote"
        )


def test_another_address_of_the_record_is_refused(dao: DaoWorld, voter: Voter) -> None:
    """A second address is a second record, and gives a second vote."""
    proposal = a_proposal(voter).activate()
    elsewhere = named_key("elsewhere")
    seeds = (b"vote", address_bytes(proposal.address), address_bytes(voter.address))
    for other, signers in (
        (addresses.vote_record(9, voter.address), [voter.key]),
        (addresses.derive(governance.PROGRAM_ID, *seeds)[0], [voter.key]),
        (elsewhere.address, [voter.key]),
        (elsewhere.address, [voter.key, elsewhere]),
    ):
        meta = AccountMeta(other, writable=True, signer=elsewhere in signers)
        bent = voter.vote_ix(proposal.number).with_account(4, meta)
        dao.refuse("AddressWithSeedMismatch", [bent], signers)


@pytest.mark.parametrize("lamports", [1, SOL])
def test_lamports_sent_to_the_record_beforehand_stop_no_vote(
    dao: DaoWorld, voter: Voter, lamports: int
) -> None:
    proposal = a_proposal(voter).activate()
    record = addresses.vote_record(proposal.number, voter.address)
    dao.lite.set_raw_account(record, RawAccount(addresses.SYSTEM_PROGRAM, lamports, b""))
    proposal.vote(voter)
    assert proposal.record(voter).weight == proposal.state.for_weight
    assert dao.lamports(record) == max(lamports, dao.rent(VoteRecord.SIZE))
    dao.refuse("AccountAlreadyInUse", [voter.vote_ix(proposal.number)], [voter.key], "a second vote")


def test_a_late_stake_has_no_vote(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter)
    same_second, later = a_voter(dao, "same", 0), a_voter(dao, "later", 0)
    dao.at(proposal.state.created_at)
    same_second.put(100_000 * HYPER)
    dao.advance(1)
    later.put(100_000 * HYPER)
    proposal.activate()
    dao.advance(DAY)
    for late in (same_second, later):
        dao.refuse(NoWeight, [late.vote_ix(proposal.number)], [late.key])


def test_a_top_up_after_creation_does_not_count(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter)
    voter.top_up(500_000 * HYPER)
    dao.advance(1)
    proposal.activate().vote(voter)
    assert proposal.state.for_weight == 40_000 * HYPER


def test_an_extension_after_creation_does_not_count(dao: DaoWorld) -> None:
    short = a_voter(dao, "short", 10_000 * HYPER, 14 * DAY)
    weight = short.stake.weight
    proposal = a_proposal(short)
    dao.run([instructions.extend_stake(owner=short.address, duration=365 * DAY)], [short.key])
    proposal.activate().vote(short)
    assert proposal.state.for_weight == weight < short.stake.weight


def test_tokens_cannot_vote_move_and_vote_again(dao: DaoWorld, voter: Voter) -> None:
    """The shortest cooldown outlasts the longest vote, and what is staked again comes too late."""
    dao_mover = a_voter(dao, "mover", 10_000 * HYPER, 14 * DAY)
    accomplice = a_voter(dao, "accomplice", 0)
    proposal = a_proposal(voter).activate()
    proposal.vote(dao_mover)
    dao_mover.unstake()
    dao.refuse("NoWeight", [dao_mover.vote_ix(proposal.number)], [dao_mover.key], "again")
    dao.run([instructions.restake(owner=dao_mover.address)], [dao_mover.key])
    dao.refuse("NoWeight", [dao_mover.vote_ix(proposal.number)], [dao_mover.key], "after a restake")
    dao_mover.unstake()
    withdraw = instructions.withdraw_stake(owner=dao_mover.address, destination=accomplice.wallet)
    dao.at(proposal.state.voting_ends_at - 1)
    dao.refuse("CooldownNotOver", [withdraw], [dao_mover.key])
    dao.advance(14 * DAY)
    dao.run([withdraw], [dao_mover.key])
    accomplice.put(10_000 * HYPER)
    dao.refuse("VotingOver", [accomplice.vote_ix(proposal.number)], [accomplice.key], "moved tokens")


def test_a_cooling_stake_has_no_vote(dao: DaoWorld, voter: Voter) -> None:
    leaver = a_voter(dao, "leaver")
    proposal = a_proposal(voter).activate()
    leaver.unstake()
    dao.refuse(NoWeight, [leaver.vote_ix(proposal.number)], [leaver.key])


def test_a_stake_that_can_leave_before_the_end_has_no_vote(dao: DaoWorld, voter: Voter) -> None:
    leaver = a_voter(dao, "leaver", duration=14 * DAY)
    leaver.unstake()
    dao.advance(12 * DAY)
    proposal = a_proposal(voter).activate()
    dao.refuse(StakeLeavesTooSoon, [leaver.vote_ix(proposal.number)], [leaver.key])


def test_nobody_votes_with_another_ones_stake(dao: DaoWorld, voter: Voter) -> None:
    proposal, thief = a_proposal(voter).activate(), a_voter(dao, "thief")
    bent = thief.vote_ix(proposal.number).with_account(3, AccountMeta(addresses.stake(voter.address)))
    dao.refuse(WrongStake, [bent], [thief.key])


def test_the_voter_signs_and_another_may_pay(dao: DaoWorld, voter: Voter) -> None:
    proposal, payer = a_proposal(voter).activate(), dao.funded("payer")
    sponsored = dao_instructions.vote(voter=voter.address, number=0, choice=FOR, payer=payer.address)
    dao.refuse("MissingRequiredSignature", [without_signer(sponsored)], [payer], "unsigned")
    dao.run([sponsored], [payer, voter.key])
    assert proposal.record(voter).payer == payer.address


def test_a_choice_that_is_none_is_refused(dao: DaoWorld, voter: Voter) -> None:
    good = voter.vote_ix(a_proposal(voter).activate().number)
    dao.refuse(BadChoice, [good.with_data(good.data[:8] + b"\x03")], [voter.key])


def test_a_vote_is_open_from_activation_to_its_last_second(dao: DaoWorld, voter: Voter) -> None:
    proposal, other = a_proposal(voter), a_voter(dao, "other", 1)
    dao.refuse(NotActive, [voter.vote_ix(proposal.number)], [voter.key])
    end = proposal.activate().state.voting_ends_at
    dao.at(end)
    dao.refuse(VotingOver, [voter.vote_ix(proposal.number)], [voter.key])
    dao.at(end - 1)
    proposal.vote(voter)
    dao.refuse_crank(VotingNotOver, dao_instructions.finalize_proposal(number=proposal.number))
    dao.at(end)
    dao.crank(dao_instructions.finalize_proposal(number=proposal.number))
    dao.refuse(NotActive, [other.vote_ix(proposal.number)], [other.key])
    dao.refuse_crank(NotActive, dao_instructions.finalize_proposal(number=proposal.number))


# --- the result


def result(dao: DaoWorld, votes: list[tuple[Voter, VoteChoice]]) -> ProposalFinalized:
    proposal = a_proposal(votes[0][0]).activate()
    for voter, choice in votes:
        proposal.vote(voter, choice)
    dao.at(proposal.state.voting_ends_at)
    (event,) = dao.crank(dao_instructions.finalize_proposal(number=proposal.number))
    assert isinstance(event, ProposalFinalized)
    assert event.new_status == proposal.status
    return event


def test_a_quorum_in_favour_carries(dao: DaoWorld, voter: Voter) -> None:
    assert result(dao, [(voter, FOR)]).new_status == ProposalStatus.SUCCEEDED


def test_a_tie_defeats(dao: DaoWorld, voter: Voter) -> None:
    event = result(dao, [(voter, FOR), (a_voter(dao, "equal"), AGAINST)])
    assert event.for_weight == event.against_weight
    assert event.new_status == ProposalStatus.DEFEATED


def test_abstaining_alone_makes_a_quorum_but_carries_nothing(dao: DaoWorld, voter: Voter) -> None:
    event = result(dao, [(voter, ABSTAIN)])
    assert event.abstain_weight >= event.quorum_weight
    assert event.new_status == ProposalStatus.DEFEATED


def test_abstaining_helps_a_few_in_favour_over_the_quorum(dao: DaoWorld, voter: Voter) -> None:
    few = a_voter(dao, "few", 300 * HYPER)
    assert result(dao, [(few, FOR)]).new_status == ProposalStatus.DEFEATED
    assert result(dao, [(few, FOR), (voter, ABSTAIN)]).new_status == ProposalStatus.SUCCEEDED


def test_the_quorum_is_met_exactly_or_not_at_all(dao: DaoWorld) -> None:
    """1,000 of 10,000 and 999 of 9,999 stakes of equal duration: ten and a little less than ten per cent."""
    small, large = a_voter(dao, "small", 1_000 * HYPER), a_voter(dao, "large", 9_000 * HYPER)
    event = result(dao, [(small, FOR)])
    assert event.for_weight == event.quorum_weight
    assert event.new_status == ProposalStatus.SUCCEEDED
    large.top_up(1)
    dao.advance(1)
    event = result(dao, [(small, FOR)])
    assert event.for_weight == event.quorum_weight - 1
    assert event.new_status == ProposalStatus.DEFEATED


def test_weight_that_comes_or_goes_later_does_not_move_the_quorum(dao: DaoWorld, voter: Voter) -> None:
    whale = a_voter(dao, "whale", 200_000 * HYPER)
    proposal = a_proposal(voter).activate()
    whale.unstake()
    proposal.vote(voter)
    assert proposal.finalize().status == ProposalStatus.DEFEATED


def test_new_parameters_do_not_reach_an_open_vote(dao: DaoWorld, voter: Voter) -> None:
    stricter = replace(PARAMS, quorum_bps=10_000, voting_period=3_600, execution_window=2 * DAY)
    change = a_proposal(voter, dao_instructions.set_params(params=stricter)).carry()
    whale = a_voter(dao, "whale", 50_000 * HYPER)
    change.ripen()
    open_one = a_proposal(voter).activate()
    before = open_one.state
    change.execute()
    assert dao.config.quorum_bps == 10_000
    assert open_one.state == before
    open_one.vote(voter)
    assert open_one.finalize().status == ProposalStatus.SUCCEEDED
    assert open_one.state.execution_window == PARAMS.execution_window
    assert a_proposal(whale).state.quorum_weight == dao.pool.total_weight


@given(st.lists(st.tuples(st.integers(1, 1_000), st.sampled_from(VoteChoice)), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_result_is_the_one_of_the_model(votes: list[tuple[int, VoteChoice]]) -> None:
    dao = DaoWorld.ready()
    a_voter(dao, "silent", 4_000 * HYPER)
    cast = [(a_voter(dao, f"v{i}", n * HYPER), choice) for i, (n, choice) in enumerate(votes)]
    proposal = a_proposal(a_voter(dao, "proposer", 1_000 * HYPER)).activate()
    for voter, choice in cast:
        proposal.vote(voter, choice)
    state = proposal.finalize().state
    weights = [state.for_weight, state.against_weight, state.abstain_weight]
    assert sum(weights) == sum(4 * n * HYPER for n, _ in votes)
    carried = passes(weights, state.quorum_weight)
    assert state.status == (ProposalStatus.SUCCEEDED if carried else ProposalStatus.DEFEATED)
