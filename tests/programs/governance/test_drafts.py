"""create_proposal, add_instruction, activate: what a draft freezes, and who may begin one."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hypernode.chain import addresses
from hypernode.chain.generated.governance import InstructionAdded, ProposalActivated, ProposalCreated
from hypernode.chain.generated.governance.errors import (
    BadInstruction,
    BadKind,
    BelowThreshold,
    DraftTooOld,
    EmptyDescription,
    NotDraft,
    NothingStaked,
    NotProposer,
    TooManyInstructions,
    WrongInstructionCount,
    WrongStake,
)
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.instructions.governance import governed_instruction
from hypernode.domain.governance import GovernedInstruction, ProposalKind, ProposalStatus
from hypernode.domain.types import address_of
from tests.programs.governance.dao import (
    DESCRIPTION,
    PARAMS,
    THRESHOLD,
    DaoWorld,
    Voter,
    a_proposal,
    a_voter,
    create_ix,
    without_signer,
)
from tests.programs.world import DAY, HYPER, named_key

MEMO = Instruction(named_key("program").address, (AccountMeta(named_key("a").address, writable=True),), b"hi")


def test_a_draft_freezes_what_counts_for_it(dao: DaoWorld, voter: Voter) -> None:
    (event,) = dao.run([create_ix(voter, kind=ProposalKind.PARAMETERS)], [voter.key])
    proposal = a_proposal(voter)
    assert isinstance(event, ProposalCreated)
    assert (event.id, proposal.state.id, dao.config.proposal_count) == (0, 1, 2)
    assert (event.kind, event.new_status) == (ProposalKind.PARAMETERS, ProposalStatus.DRAFT)
    assert event.total_weight == dao.pool.total_weight == 40_000 * HYPER
    assert event.quorum_weight == 4_000 * HYPER
    assert (event.threshold, event.voting_period) == (THRESHOLD, PARAMS.voting_period)
    assert (event.timelock, event.execution_window) == (PARAMS.timelock_parameters, PARAMS.execution_window)
    assert (event.created_at, event.description_hash) == (dao.now, DESCRIPTION)


@pytest.mark.parametrize("kind", [ProposalKind.TREASURY, ProposalKind.UPGRADE, ProposalKind.GENERIC])
def test_all_other_kinds_wait_longer(dao: DaoWorld, voter: Voter, kind: ProposalKind) -> None:
    (event,) = dao.run([create_ix(voter, kind=kind)], [voter.key])
    assert isinstance(event, ProposalCreated)
    assert event.timelock == PARAMS.timelock_critical


def test_the_threshold_is_met_exactly_or_not_at_all(dao: DaoWorld) -> None:
    below = a_voter(dao, "below", 250 * HYPER - 1)
    dao.refuse(BelowThreshold, [create_ix(below)], [below.key])
    enough = a_voter(dao, "enough", 250 * HYPER)
    dao.run([create_ix(enough)], [enough.key])


def test_a_stake_of_this_second_proposes_nothing(dao: DaoWorld, voter: Voter) -> None:
    late = a_voter(dao, "late", 0)
    late.put(10_000 * HYPER)
    dao.refuse(BelowThreshold, [create_ix(late)], [late.key])
    dao.advance(1)
    dao.run([create_ix(late)], [late.key])


def test_a_cooling_stake_proposes_nothing(dao: DaoWorld, voter: Voter) -> None:
    a_voter(dao, "other")
    voter.unstake()
    dao.refuse(BelowThreshold, [create_ix(voter)], [voter.key])


def test_without_any_weight_there_is_no_proposal(dao: DaoWorld, voter: Voter) -> None:
    voter.unstake()
    dao.refuse(NothingStaked, [create_ix(voter)], [voter.key])


def test_nobody_proposes_with_another_ones_stake(dao: DaoWorld, voter: Voter) -> None:
    thief = dao.funded("thief")
    bent = create_ix(voter).with_account(0, AccountMeta(thief.address, signer=True))
    bent = bent.with_account(1, AccountMeta(thief.address, signer=True, writable=True))
    dao.refuse(WrongStake, [bent], [thief])


def test_the_proposer_signs(dao: DaoWorld, voter: Voter) -> None:
    payer = dao.funded("payer")
    sponsored = create_ix(voter, payer=payer.address)
    dao.refuse("MissingRequiredSignature", [without_signer(sponsored)], [payer], "unsigned")
    dao.run([sponsored], [payer, voter.key])
    assert a_proposal(voter).number == 1


def test_a_kind_that_is_none_and_an_empty_description_are_refused(dao: DaoWorld, voter: Voter) -> None:
    good = create_ix(voter)
    dao.refuse(BadKind, [good.with_data(good.data[:8] + b"\x05" + good.data[9:])], [voter.key])
    dao.refuse(EmptyDescription, [create_ix(voter, description_hash=bytes(32))], [voter.key])


def test_a_number_cannot_be_chosen(dao: DaoWorld, voter: Voter) -> None:
    for number in (1, 2**64 - 1):
        dao.refuse("InvalidSeeds", [create_ix(voter, number=number)], [voter.key], "another number")


# --- instructions


def test_an_instruction_is_announced_whole_and_stored_as_its_hash(dao: DaoWorld, voter: Voter) -> None:
    draft = a_proposal(voter, MEMO)
    (event,) = dao.run([draft.add_ix(MEMO)], [voter.key])
    assert isinstance(event, InstructionAdded)
    assert GovernedInstruction.decode(event.content) == governed_instruction(MEMO)
    assert event.hash == hashlib.sha256(event.content).digest() == governed_instruction(MEMO).digest()
    assert (event.id, event.index) == (0, 1)
    assert draft.state.instructions == (event.hash, event.hash, *[bytes(32)] * 6)
    assert draft.state.count == 2


METAS = st.lists(
    st.builds(AccountMeta, st.binary(min_size=32, max_size=32).map(address_of), st.booleans(), st.booleans()),
    max_size=20,
)


@given(st.binary(min_size=32, max_size=32).map(address_of), METAS, st.binary(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_program_hashes_as_python_does(dao, program, metas, data) -> None:
    proposer = getattr(dao, "proposer", None) or a_voter(dao, "hasher")
    dao.proposer = proposer
    draft = a_proposal(proposer, Instruction(program, tuple(metas), data))
    assert draft.state.instructions[0] == governed_instruction(draft.calls[0]).digest()


def test_it_holds_eight(dao: DaoWorld, voter: Voter) -> None:
    draft = a_proposal(voter, *[MEMO] * 8)
    assert draft.state.count == 8
    dao.refuse(TooManyInstructions, [draft.add_ix(MEMO)], [voter.key])


def test_only_the_proposer_adds_and_activates(dao: DaoWorld, voter: Voter) -> None:
    draft, other = a_proposal(voter, MEMO), a_voter(dao, "other")
    for instruction in (draft.add_ix(MEMO), draft.activate_ix()):
        bent = instruction.with_account(0, AccountMeta(other.address, signer=True))
        dao.refuse(NotProposer, [bent], [other.key])
        dao.refuse("MissingRequiredSignature", [without_signer(instruction)], [other.key], "unsigned")


def test_flags_that_do_not_exist_and_too_many_accounts_are_refused(dao: DaoWorld, voter: Voter) -> None:
    draft = a_proposal(voter, MEMO)
    good = draft.add_ix(MEMO)
    flags_at = 8 + 32 + 4 + 32
    odd = good.data[:flags_at] + b"\x04" + good.data[flags_at + 1 :]
    dao.refuse(BadInstruction, [good.with_data(odd)], [voter.key])
    metas = tuple(AccountMeta(named_key("a").address) for _ in range(24))
    within = draft.add_ix(Instruction(MEMO.program, metas, b""))
    more = within.data[:40] + b"\x19" + within.data[41:44] + bytes(33) + within.data[44:]
    dao.refuse(BadInstruction, [within.with_data(more)], [voter.key])


def test_nothing_is_added_once_the_vote_is_open(dao: DaoWorld, voter: Voter) -> None:
    draft = a_proposal(voter, MEMO).activate()
    dao.refuse(NotDraft, [draft.add_ix(MEMO)], [voter.key])
    dao.refuse(NotDraft, [draft.activate_ix()], [voter.key])


# --- activation


def test_activation_opens_the_vote_for_its_period(dao: DaoWorld, voter: Voter) -> None:
    draft = a_proposal(voter, MEMO)
    dao.advance(5)
    (event,) = dao.run([draft.activate_ix()], [voter.key])
    assert isinstance(event, ProposalActivated)
    assert (event.voting_starts_at, event.voting_ends_at) == (dao.now, dao.now + PARAMS.voting_period)
    assert (event.old_status, event.new_status) == (ProposalStatus.DRAFT, ProposalStatus.ACTIVE)


def test_a_text_has_no_instruction_and_all_else_has_one(dao: DaoWorld, voter: Voter) -> None:
    for kind in list(ProposalKind)[1:]:
        number = dao.config.proposal_count
        dao.run([create_ix(voter, kind=kind)], [voter.key])
        empty = dao_instructions.activate_proposal(proposer=voter.address, number=number)
        dao.refuse(WrongInstructionCount, [empty], [voter.key])
    a_proposal(voter).activate()


def test_a_draft_is_activated_within_seven_days(dao: DaoWorld, voter: Voter) -> None:
    early, late = a_proposal(voter), a_proposal(voter)
    dao.advance(7 * DAY)
    early.activate()
    dao.advance(1)
    dao.refuse(DraftTooOld, [late.activate_ix()], [voter.key])


def test_the_address_of_a_proposal_is_its_number(dao: DaoWorld, voter: Voter) -> None:
    assert a_proposal(voter).state.id == 0
    assert dao.exists(addresses.proposal(0))
    assert not dao.exists(addresses.proposal(1))
