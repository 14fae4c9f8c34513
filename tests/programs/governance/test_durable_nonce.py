"""Approvals signed in advance on a durable nonce: refused, no matter who the guardian is by then.

The nonce account is a real one of the system program, and a control transaction lands on it long after its
block hash would have died.
"""

import struct
from collections.abc import Callable

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.governance.errors import DurableNonce
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.chain.transactions import Draft
from hypernode.domain.types import Address, address_bytes, address_of
from hypernode.errors import TransactionFailed
from tests.programs.governance.dao import DaoWorld, ProposalCookie, Voter, a_proposal, a_voter
from tests.programs.world import DAY, named_key

RECENT_BLOCKHASHES = Address("SysvarRecentB1ockHashes11111111111111111111")
NONCE_BYTES = 80


class Nonce:
    """A nonce account, and transactions that stay valid until it advances."""

    def __init__(self, dao: DaoWorld, owner: Key) -> None:
        self.dao, self.owner, self.key = dao, owner, named_key("nonce")
        create = tokens.create_account(
            payer=owner.address,
            account=self.key.address,
            lamports=dao.rent(NONCE_BYTES),
            space=NONCE_BYTES,
            owner=addresses.SYSTEM_PROGRAM,
        )
        metas = (
            AccountMeta(self.key.address, writable=True),
            AccountMeta(RECENT_BLOCKHASHES),
            AccountMeta(addresses.RENT_SYSVAR),
        )
        begin = Instruction(
            addresses.SYSTEM_PROGRAM, metas, struct.pack("<I", 6) + address_bytes(owner.address)
        )
        dao.run([create, begin], [owner, self.key])
        dao.lite.next_slot()

    def advance(self) -> Instruction:
        metas = (
            AccountMeta(self.key.address, writable=True),
            AccountMeta(RECENT_BLOCKHASHES),
            AccountMeta(self.owner.address, signer=True),
        )
        return Instruction(addresses.SYSTEM_PROGRAM, metas, struct.pack("<I", 4))

    @property
    def value(self) -> str:
        raw = self.dao.raw(self.key.address)
        assert raw is not None
        return str(address_of(raw.data[40:72]))

    def sign(self, instruction: Instruction, *signers: Key) -> Draft:
        """Sign now what can be sent at any time."""
        everyone = [self.owner, *(key for key in signers if key != self.owner)]
        return Draft.build([self.advance(), instruction], everyone, self.owner.address, self.value)


@pytest.fixture
def governed(dao: DaoWorld) -> DaoWorld:
    dao.hand_over()
    return dao


@pytest.fixture
def nonce(governed: DaoWorld) -> Nonce:
    return Nonce(governed, governed.funded("nonce owner"))


def veto(dao: DaoWorld, proposal: ProposalCookie, voter: Voter) -> tuple[Instruction, Key]:
    version = dao.config.version
    call = dao_instructions.veto_proposal(
        guardian=dao.guardian.address, number=proposal.number, version=version
    )
    return call, dao.guardian


def pause(dao: DaoWorld, proposal: ProposalCookie, voter: Voter) -> tuple[Instruction, Key]:
    version = dao.config.version
    return dao_instructions.guardian_pause(
        guardian=dao.guardian.address, flags=1, version=version
    ), dao.guardian


def vote(dao: DaoWorld, proposal: ProposalCookie, voter: Voter) -> tuple[Instruction, Key]:
    return voter.vote_ix(proposal.number), voter.key


def cancel(dao: DaoWorld, proposal: ProposalCookie, voter: Voter) -> tuple[Instruction, Key]:
    return dao_instructions.cancel_proposal(canceller=voter.address, number=proposal.number), voter.key


GUARDED = [veto, pause, vote, cancel]
Guarded = Callable[[DaoWorld, ProposalCookie, Voter], tuple[Instruction, Key]]


def test_the_nonce_is_a_real_one(governed: DaoWorld, nonce: Nonce) -> None:
    """A transaction on it lands after hundreds of slots; one on a block hash of then does not."""
    receiver = governed.funded("receiver")
    pay = Instruction(
        addresses.SYSTEM_PROGRAM,
        (
            AccountMeta(nonce.owner.address, signer=True, writable=True),
            AccountMeta(receiver.address, writable=True),
        ),
        struct.pack("<IQ", 2, 1_000_000),
    )
    durable = nonce.sign(pay)
    ordinary = governed.draft([pay], [nonce.owner])
    for _ in range(400):
        governed.lite.next_slot()
    with pytest.raises(TransactionFailed):
        governed.lite.execute(ordinary)
    before = governed.lamports(receiver.address)
    governed.lite.execute(durable)
    assert governed.lamports(receiver.address) == before + 1_000_000


@pytest.mark.parametrize("make", GUARDED)
def test_what_was_signed_in_advance_is_refused(governed: DaoWorld, nonce: Nonce, make: Guarded) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).activate()
    call, signer = make(governed, proposal, voter)
    draft = nonce.sign(call, signer)
    governed.advance(60)
    before = governed.everything()
    with pytest.raises(DurableNonce):
        governed.lite.execute(draft)
    assert governed.everything() == before
    governed.run([call], [signer])


def test_a_queue_signed_in_advance_is_refused(governed: DaoWorld, nonce: Nonce) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).activate()
    proposal.vote(voter)
    call = dao_instructions.queue_proposal(number=proposal.number)
    draft = nonce.sign(call)
    proposal.finalize()
    with pytest.raises(DurableNonce):
        governed.lite.execute(draft)
    governed.crank(call)


@pytest.mark.parametrize("make", [veto, pause])
def test_after_a_change_of_guardian_it_stays_dead(governed: DaoWorld, nonce: Nonce, make: Guarded) -> None:
    voter, old = a_voter(governed), governed.guardian
    open_one = a_proposal(voter)
    call, signer = make(governed, open_one, voter)
    draft = nonce.sign(call, signer)
    successor = governed.funded("successor")
    change = dao_instructions.set_guardian(guardian=successor.address, expires_at=governed.now + 60 * DAY)
    a_proposal(voter, change).carry().ripen().execute()
    before = governed.everything()
    with pytest.raises(TransactionFailed):
        governed.lite.execute(draft)
    governed.refuse("NotGuardian", [call], [old])
    assert governed.everything() == before


def test_an_advance_behind_the_first_instruction_makes_nothing_durable(
    governed: DaoWorld, nonce: Nonce
) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).activate()
    first = dao_instructions.finalize_proposal(number=proposal.number)
    proposal.vote(voter)
    governed.at(proposal.state.voting_ends_at)
    governed.run(
        [first, nonce.advance(), dao_instructions.queue_proposal(number=proposal.number)], [nonce.owner]
    )


def test_another_call_of_the_system_program_comes_first_without_harm(
    governed: DaoWorld, nonce: Nonce
) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).activate()
    tip = Instruction(
        addresses.SYSTEM_PROGRAM,
        (
            AccountMeta(voter.address, signer=True, writable=True),
            AccountMeta(nonce.owner.address, writable=True),
        ),
        struct.pack("<IQ", 2, 1),
    )
    governed.run([tip, voter.vote_ix(proposal.number)], [voter.key])


def test_a_forged_sysvar_is_refused(governed: DaoWorld, nonce: Nonce) -> None:
    voter = a_voter(governed)
    proposal = a_proposal(voter).activate()
    good = voter.vote_ix(proposal.number)
    for fake in (addresses.CLOCK_SYSVAR, nonce.key.address):
        governed.refuse(
            "InvalidArgument", [good.with_account(5, AccountMeta(fake))], [voter.key], "a fake sysvar"
        )


def test_a_pause_is_still_the_authorities_own(governed: DaoWorld) -> None:
    direct = instructions.set_pause(authority=governed.guardian.address, flags=1)
    governed.refuse("NotAuthority", [direct], [governed.guardian])
