"""veto, pause: what the guardian may do, until when, and that nothing it signed outlives its mandate."""

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.governance import Paused, ProposalVetoed
from hypernode.chain.generated.governance.errors import (
    BadPauseFlags,
    GuardianExpired,
    NotGuardian,
    NotVetoable,
    WrongVersion,
)
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.domain.governance import ProposalKind, ProposalStatus
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.governance.dao import DaoWorld, Voter, a_proposal, a_voter, without_signer
from tests.programs.world import DAY

DAO = addresses.dao_authority()


def veto(dao: DaoWorld, number: int, guardian: Key | None = None, version: int | None = None) -> Instruction:
    return dao_instructions.veto_proposal(
        guardian=(guardian or dao.guardian).address,
        number=number,
        version=dao.config.version if version is None else version,
    )


def pause(dao: DaoWorld, flags: int, guardian: Key | None = None, version: int | None = None) -> Instruction:
    return dao_instructions.guardian_pause(
        guardian=(guardian or dao.guardian).address,
        flags=flags,
        version=dao.config.version if version is None else version,
    )


def flags(dao: DaoWorld) -> int:
    return dao.read(MarketsConfig, addresses.config()).paused


@pytest.fixture
def governed(dao: DaoWorld) -> DaoWorld:
    dao.hand_over()
    return dao


@pytest.mark.parametrize("status", [ProposalStatus.ACTIVE, ProposalStatus.SUCCEEDED, ProposalStatus.QUEUED])
def test_a_veto_is_the_last_word(governed: DaoWorld, status: ProposalStatus) -> None:
    voter = a_voter(governed)
    call = instructions.set_pause(authority=DAO, flags=1)
    proposal = a_proposal(voter, call, kind=ProposalKind.PARAMETERS).activate()
    proposal.vote(voter)
    if status != ProposalStatus.ACTIVE:
        proposal.finalize()
    if status == ProposalStatus.QUEUED:
        proposal.queue().ripen()
    (event,) = governed.run([veto(governed, proposal.number)], [governed.guardian])
    assert isinstance(event, ProposalVetoed)
    assert (event.old_status, event.new_status) == (status, ProposalStatus.VETOED)
    governed.advance(3 * DAY)
    number = proposal.number
    for error, late in (
        ("NotActive", dao_instructions.finalize_proposal(number=number)),
        ("NotSucceeded", dao_instructions.queue_proposal(number=number)),
        ("NotExpirable", dao_instructions.expire_proposal(number=number)),
        ("NotQueued", proposal.execute_ix()),
    ):
        governed.refuse(error, [late], [governed.funded("crank")], "after a veto")
    governed.refuse(NotVetoable, [veto(governed, number)], [governed.guardian])
    assert flags(governed) == 0


def test_a_half_executed_proposal_is_still_stopped(governed: DaoWorld) -> None:
    calls = [instructions.set_pause(authority=DAO, flags=flag) for flag in (1, 2)]
    proposal = a_proposal(a_voter(governed), *calls, kind=ProposalKind.PARAMETERS).carry().ripen()
    proposal.execute(0)
    governed.run([veto(governed, proposal.number)], [governed.guardian])
    governed.refuse_crank("NotQueued", proposal.execute_ix(1))


def test_a_draft_and_what_has_ended_are_not_vetoed(dao: DaoWorld, voter: Voter) -> None:
    draft, done = a_proposal(voter), a_proposal(voter)
    dao.refuse(NotVetoable, [veto(dao, draft.number)], [dao.guardian])
    done.carry().ripen().execute()
    dao.refuse(NotVetoable, [veto(dao, done.number)], [dao.guardian])


def test_only_the_guardian_acts_and_signs(governed: DaoWorld) -> None:
    proposal = a_proposal(a_voter(governed)).activate()
    stranger = governed.funded("stranger")
    number = proposal.number
    governed.refuse(NotGuardian, [veto(governed, number, stranger)], [stranger])
    governed.refuse(NotGuardian, [pause(governed, 1, stranger)], [stranger])
    for instruction in (veto(governed, number), pause(governed, 1)):
        governed.refuse("MissingRequiredSignature", [without_signer(instruction)], [stranger], "unsigned")


def test_the_guardian_adds_flags_and_never_takes_one(governed: DaoWorld) -> None:
    _, event = governed.run([pause(governed, 1)], [governed.guardian])
    assert isinstance(event, Paused)
    assert (event.old_flags, event.new_flags, flags(governed)) == (0, 1, 1)
    governed.run([pause(governed, 2)], [governed.guardian])
    assert flags(governed) == 3
    for nothing_new in (0, 1, 2, 3):
        governed.refuse(BadPauseFlags, [pause(governed, nothing_new)], [governed.guardian])
    assert flags(governed) == 3


def test_a_flag_that_does_not_exist_is_refused_by_the_markets(governed: DaoWorld) -> None:
    governed.refuse("BadPauseFlags", [pause(governed, 4)], [governed.guardian], "flag 4")


def test_a_vote_lifts_the_pause(governed: DaoWorld) -> None:
    governed.run([pause(governed, 3)], [governed.guardian])
    lift = instructions.set_pause(authority=DAO, flags=0)
    a_proposal(a_voter(governed), lift, kind=ProposalKind.PARAMETERS).carry().ripen().execute()
    assert flags(governed) == 0


def test_without_the_markets_authority_there_is_no_pause(dao: DaoWorld) -> None:
    dao.refuse("NotAuthority", [pause(dao, 1)], [dao.guardian])


def test_the_mandate_ends_to_the_second(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    end = governed.config.guardian_expires_at
    governed.at(end - 1)
    one, other = a_proposal(voter).activate(), a_proposal(voter).activate()
    governed.run([veto(governed, one.number)], [governed.guardian])
    governed.run([pause(governed, 1)], [governed.guardian])
    governed.at(end)
    governed.refuse(GuardianExpired, [veto(governed, other.number)], [governed.guardian])
    governed.refuse(GuardianExpired, [pause(governed, 2)], [governed.guardian])


def test_another_version_is_refused(governed: DaoWorld) -> None:
    proposal = a_proposal(a_voter(governed)).activate()
    for version in (0, governed.config.version - 1, governed.config.version + 1, 2**64 - 1):
        number = proposal.number
        governed.refuse(WrongVersion, [veto(governed, number, version=version)], [governed.guardian])
        governed.refuse(WrongVersion, [pause(governed, 1, version=version)], [governed.guardian])


def test_a_new_guardian_kills_what_the_old_one_signed(governed: DaoWorld) -> None:
    voter, successor, old = a_voter(governed), governed.funded("successor"), governed.guardian
    signed_before = pause(governed, 1)
    change = dao_instructions.set_guardian(guardian=successor.address, expires_at=governed.now + 60 * DAY)
    a_proposal(voter, change).carry().ripen().execute()
    proposal = a_proposal(voter).activate()
    governed.refuse(NotGuardian, [signed_before], [old])
    governed.refuse(NotGuardian, [veto(governed, proposal.number)], [old])
    governed.run([veto(governed, proposal.number, successor)], [successor])


def test_even_the_same_guardian_signs_anew_after_a_change(governed: DaoWorld) -> None:
    voter, guardian = a_voter(governed), governed.guardian
    signed_before = pause(governed, 1)
    renewal = dao_instructions.set_guardian(guardian=guardian.address, expires_at=governed.now + 90 * DAY)
    a_proposal(voter, renewal).carry().ripen().execute()
    governed.refuse(WrongVersion, [signed_before], [guardian])
    governed.run([pause(governed, 1)], [guardian])


def test_the_dao_may_do_without_a_guardian(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    a_proposal(
        voter, dao_instructions.set_guardian(guardian=ZERO_ADDRESS, expires_at=0)
    ).carry().ripen().execute()
    governed.refuse(NotGuardian, [pause(governed, 1)], [governed.guardian])


def test_no_mandate_is_longer_than_a_year(dao: DaoWorld, voter: Voter) -> None:
    too_long = dao_instructions.set_guardian(guardian=voter.address, expires_at=dao.now + 400 * DAY)
    proposal = a_proposal(voter, too_long).carry().ripen()
    dao.refuse_crank("BadGuardian", proposal.execute_ix())
