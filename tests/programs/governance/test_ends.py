"""cancel, close_vote, close_proposal: how a proposal ends without a result, and who gets the rent back."""

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated.governance import ProposalCancelled, ProposalClosed, VoteClosed
from hypernode.chain.generated.governance.errors import (
    NotCancellable,
    NotEnded,
    NotProposer,
    NotVoter,
    RetentionNotOver,
    WrongPayer,
    WrongProposal,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalStatus, VoteChoice
from tests.programs.governance.dao import DaoWorld, Voter, a_proposal, a_voter, create_ix, without_signer
from tests.programs.world import DAY


def cancel(voter: Voter, number: int):
    return dao_instructions.cancel_proposal(canceller=voter.address, number=number)


@pytest.mark.parametrize("status", [ProposalStatus.DRAFT, ProposalStatus.ACTIVE])
def test_the_proposer_takes_it_back(dao: DaoWorld, voter: Voter, status: ProposalStatus) -> None:
    proposal = a_proposal(voter)
    if status == ProposalStatus.ACTIVE:
        proposal.activate().vote(voter)
    (event,) = dao.run([cancel(voter, proposal.number)], [voter.key])
    assert isinstance(event, ProposalCancelled)
    assert (event.old_status, event.new_status, event.by) == (status, ProposalStatus.CANCELLED, voter.address)
    dao.refuse(NotCancellable, [cancel(voter, proposal.number)], [voter.key])
    dao.refuse("NotDraft", [proposal.activate_ix()], [voter.key], "after its end")
    dao.refuse("NotActive", [voter.vote_ix(proposal.number)], [voter.key], "after its end")


def test_nobody_else_cancels_but_a_stale_draft(dao: DaoWorld, voter: Voter) -> None:
    other = a_voter(dao, "other")
    draft, active = a_proposal(voter), a_proposal(voter).activate()
    for proposal in (draft, active):
        dao.refuse(NotProposer, [cancel(other, proposal.number)], [other.key])
        dao.refuse(
            "MissingRequiredSignature",
            [without_signer(cancel(voter, proposal.number))],
            [other.key],
            "unsigned",
        )
    dao.at(draft.state.created_at + 7 * DAY)
    dao.refuse(NotProposer, [cancel(other, draft.number)], [other.key])
    dao.advance(1)
    dao.run([cancel(other, draft.number)], [other.key])
    dao.refuse(NotCancellable, [cancel(other, active.number)], [other.key])


def test_once_the_vote_is_over_it_is_too_late_to_cancel(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter).activate()
    proposal.vote(voter)
    dao.at(proposal.state.voting_ends_at)
    dao.refuse(NotCancellable, [cancel(voter, proposal.number)], [voter.key])
    proposal.finalize()
    dao.refuse(NotCancellable, [cancel(voter, proposal.number)], [voter.key])
    proposal.queue()
    dao.refuse(NotCancellable, [cancel(voter, proposal.number)], [voter.key])


# --- votes


def close_vote(voter: Voter, number: int):
    return dao_instructions.close_vote(voter=voter.address, number=number)


def test_a_vote_stays_until_the_proposal_has_ended(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter).activate()
    record = addresses.vote_record(proposal.number, voter.address)
    proposal.vote(voter)
    dao.refuse(NotEnded, [close_vote(voter, proposal.number)], [voter.key])
    proposal.finalize()
    dao.refuse(NotEnded, [close_vote(voter, proposal.number)], [voter.key])
    proposal.queue().ripen().execute()
    before, rent = dao.lamports(voter.address), dao.lamports(record)
    crank = dao.funded("crank")
    (event,) = dao.run([close_vote(voter, proposal.number)], [crank, voter.key])
    assert isinstance(event, VoteClosed)
    assert dao.lamports(voter.address) == before + rent
    assert not dao.exists(record)
    dao.refuse("NotActive", [voter.vote_ix(proposal.number)], [voter.key], "a vote after the end")


def test_a_vote_is_closed_by_its_voter_for_its_payer(dao: DaoWorld, voter: Voter) -> None:
    other = a_voter(dao, "other")
    proposal = a_proposal(voter).activate()
    for each in (voter, other):
        proposal.vote(each, VoteChoice.AGAINST)
    proposal.finalize()
    good = close_vote(voter, proposal.number)
    theirs = good.with_account(0, AccountMeta(other.address, signer=True))
    dao.refuse(NotVoter, [theirs], [other.key])
    dao.refuse(WrongPayer, [good.with_account(3, AccountMeta(other.address, writable=True))], [voter.key])
    dao.refuse("MissingRequiredSignature", [without_signer(good)], [other.key], "unsigned")
    ended = AccountMeta(a_proposal(voter).address)
    dao.refuse(WrongProposal, [good.with_account(1, ended)], [voter.key])
    dao.run([good], [voter.key])


# --- proposals


def test_a_proposal_stays_for_thirty_days(dao: DaoWorld, voter: Voter) -> None:
    payer = dao.funded("payer")
    number = dao.config.proposal_count
    dao.run([create_ix(voter, payer=payer.address)], [payer, voter.key])
    close = dao_instructions.close_proposal(number=number, payer=payer.address)
    dao.refuse_crank(NotEnded, close)
    dao.run([cancel(voter, number)], [voter.key])
    dao.advance(30 * DAY - 1)
    dao.refuse_crank(RetentionNotOver, close)
    dao.advance(1)
    dao.refuse_crank(WrongPayer, dao_instructions.close_proposal(number=number, payer=voter.address))
    before, rent = dao.lamports(payer.address), dao.lamports(addresses.proposal(number))
    (event,) = dao.crank(close)
    assert isinstance(event, ProposalClosed)
    assert dao.lamports(payer.address) == before + rent
    assert dao.config.proposal_count == number + 1


def test_a_vote_is_closed_even_when_its_proposal_is_gone(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter).activate()
    proposal.vote(voter)
    dao.run([cancel(voter, proposal.number)], [voter.key])
    dao.advance(30 * DAY)
    dao.crank(dao_instructions.close_proposal(number=proposal.number, payer=voter.address))
    dao.run([close_vote(voter, proposal.number)], [voter.key])


def test_an_open_proposal_is_never_closed(dao: DaoWorld, voter: Voter) -> None:
    proposal = a_proposal(voter)
    close = dao_instructions.close_proposal(number=proposal.number, payer=voter.address)
    dao.advance(40 * DAY)
    dao.refuse_crank(NotEnded, close)
    active = a_proposal(voter).activate()
    dao.advance(40 * DAY)
    close = dao_instructions.close_proposal(number=active.number, payer=voter.address)
    dao.refuse_crank(NotEnded, close)
