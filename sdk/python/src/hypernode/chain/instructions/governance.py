"""Instructions of the DAO: proposals by number, votes, the guardian's and the release of unlocked HYPER.

`set_params`, `set_guardian`, `set_operations` and `treasury_transfer` are never sent as they are: only the
DAO's authority may bring them, so give them to `add_instruction`.
"""

from dataclasses import dataclass

from hypernode.chain import addresses
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance import (
    Floors,
    GovernanceParams,
    InstructionMeta,
    adopt,
    set_guardian,
    set_operations,
    set_params,
    treasury_transfer,
)
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.governance import GovernedInstruction, MetaFlags, ProposalKind, VoteChoice
from hypernode.domain.types import Address

__all__ = [
    "DAY",
    "HOUR",
    "REAL_FLOORS",
    "Guardian",
    "activate_proposal",
    "add_instruction",
    "adopt",
    "cancel_proposal",
    "close_proposal",
    "close_vote",
    "create_proposal",
    "execute_proposal",
    "expire_proposal",
    "finalize_proposal",
    "governed_instruction",
    "guardian_pause",
    "init_governance",
    "plain_instruction",
    "queue_proposal",
    "release_unlocked",
    "set_guardian",
    "set_operations",
    "set_params",
    "treasury_transfer",
    "veto_proposal",
    "vote",
]

HOUR, DAY = 3_600, 86_400
# Shortest periods on a real cluster; a local one starts with shorter ones.
REAL_FLOORS = Floors(voting_period=HOUR, timelock_parameters=DAY, timelock_critical=2 * DAY)


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Wallet that may veto and pause until `expires_at`."""

    address: Address
    expires_at: int


def init_governance(
    *,
    payer: Address,
    mint: Address,
    operations: Address,
    guardian: Guardian,
    params: GovernanceParams,
    floors: Floors = REAL_FLOORS,
) -> Instruction:
    """Create the DAO, once; `payer` must be the program's upgrade authority."""
    return governance.init_config(
        payer=payer,
        mint=mint,
        pool=addresses.pool(),
        operations=operations,
        guardian=guardian.address,
        guardian_expires_at=guardian.expires_at,
        params=params,
        floors=floors,
    )


def create_proposal(
    *,
    proposer: Address,
    number: int,
    kind: ProposalKind,
    description_hash: bytes,
    payer: Address | None = None,
) -> Instruction:
    """Begin a draft; `number` is the proposal count of the configuration."""
    return governance.create_proposal(
        proposer=proposer,
        payer=payer,
        pool=addresses.pool(),
        stake=addresses.stake(proposer),
        proposal=addresses.proposal(number),
        kind=kind,
        description_hash=description_hash,
    )


def add_instruction(*, proposer: Address, number: int, instruction: Instruction) -> Instruction:
    """Add an instruction that the proposal will execute."""
    governed = governed_instruction(instruction)
    return governance.add_instruction(
        proposer=proposer,
        proposal=addresses.proposal(number),
        program=governed.program,
        metas=[InstructionMeta(address=address, flags=flags) for address, flags in governed.accounts],
        data=governed.data,
    )


def activate_proposal(*, proposer: Address, number: int) -> Instruction:
    return governance.activate(proposer=proposer, proposal=addresses.proposal(number))


def vote(*, voter: Address, number: int, choice: VoteChoice, payer: Address | None = None) -> Instruction:
    return governance.vote(
        voter=voter,
        payer=payer,
        proposal=addresses.proposal(number),
        stake=addresses.stake(voter),
        vote=addresses.vote_record(number, voter),
        choice=choice,
    )


def finalize_proposal(*, number: int) -> Instruction:
    return governance.finalize(proposal=addresses.proposal(number))


def queue_proposal(*, number: int) -> Instruction:
    return governance.queue(proposal=addresses.proposal(number))


def execute_proposal(*, number: int, index: int = 0, instruction: Instruction | None = None) -> Instruction:
    """Execute a proposal's instruction; a text proposal has none."""
    metas = () if instruction is None else instruction.accounts
    call = governance.execute(
        proposal=addresses.proposal(number),
        index=index,
        flags=bytes(_flags(meta) for meta in metas),
        data=b"" if instruction is None else instruction.data,
    )
    if instruction is None:
        return call
    # The program signs for the DAO's authority; a transaction cannot carry that signature.
    passed = [AccountMeta(meta.address, _signs(meta), meta.writable) for meta in metas]
    accounts = (*call.accounts, AccountMeta(instruction.program), *passed)
    return Instruction(call.program, accounts, call.data)


def expire_proposal(*, number: int) -> Instruction:
    return governance.expire(proposal=addresses.proposal(number))


def cancel_proposal(*, canceller: Address, number: int) -> Instruction:
    return governance.cancel(canceller=canceller, proposal=addresses.proposal(number))


def veto_proposal(*, guardian: Address, number: int, version: int) -> Instruction:
    """Stop a proposal; `version` is the configuration's, so that an old signature is not valid."""
    return governance.veto(
        guardian=guardian,
        proposal=addresses.proposal(number),
        version=version,
    )


def guardian_pause(*, guardian: Address, flags: int, version: int) -> Instruction:
    """Add pause flags of the markets program."""
    return governance.pause(
        guardian=guardian,
        markets_config=addresses.config(),
        flags=flags,
        version=version,
    )


def release_unlocked(*, payer: Address, number: int, operations: Address, mint: Address) -> Instruction:
    """Split the unlocked HYPER; `number` is the release count of the configuration."""
    return governance.release(
        payer=payer,
        release=addresses.release_record(number),
        operations=operations,
        mint=mint,
    )


def close_vote(*, voter: Address, number: int, payer: Address | None = None) -> Instruction:
    return governance.close_vote(
        voter=voter,
        proposal=addresses.proposal(number),
        vote=addresses.vote_record(number, voter),
        payer=payer,
    )


def close_proposal(*, number: int, payer: Address) -> Instruction:
    return governance.close_proposal(proposal=addresses.proposal(number), payer=payer)


def governed_instruction(instruction: Instruction) -> GovernedInstruction:
    """Return an instruction in the form that the proposal hashes."""
    accounts = tuple((meta.address, _flags(meta)) for meta in instruction.accounts)
    return GovernedInstruction(instruction.program, accounts, instruction.data)


def plain_instruction(governed: GovernedInstruction) -> Instruction:
    """Return the instruction that was hashed, in the form that `execute_proposal` takes."""
    metas = tuple(
        AccountMeta(address, bool(flags & MetaFlags.SIGNER), bool(flags & MetaFlags.WRITABLE))
        for address, flags in governed.accounts
    )
    return Instruction(governed.program, metas, governed.data)


def _flags(meta: AccountMeta) -> MetaFlags:
    signer = MetaFlags.SIGNER if meta.signer else MetaFlags.READ
    return signer | (MetaFlags.WRITABLE if meta.writable else MetaFlags.READ)


def _signs(meta: AccountMeta) -> bool:
    return meta.signer and meta.address != addresses.dao_authority()
