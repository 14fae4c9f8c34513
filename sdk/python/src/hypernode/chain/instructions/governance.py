"""Owns the instructions of the governance program: of proposers, voters, the guardian and anybody."""

from dataclasses import dataclass

from hypernode.chain import addresses
from hypernode.chain.generated import governance, markets
from hypernode.chain.generated.governance import Floors, GovernanceParams, InstructionMeta
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.governance import GovernedInstruction, MetaFlags, ProposalKind, VoteChoice
from hypernode.domain.types import Address

HOUR, DAY = 3_600, 86_400
# What a real cluster starts with; a local one cannot wait so long.
REAL_FLOORS = Floors(voting_period=HOUR, timelock_parameters=DAY, timelock_critical=2 * DAY)


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who may veto and pause, and until when."""

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
    """Make the DAO, once; `payer` must be the program's upgrade authority."""
    return governance.init_config(
        payer=payer,
        config=addresses.dao_config(),
        authority=addresses.dao_authority(),
        mint=mint,
        pool=addresses.pool(),
        treasury=addresses.dao_treasury(),
        unlocks=addresses.unlocks(),
        operations=operations,
        program_data=addresses.program_data(governance.PROGRAM_ID),
        guardian=guardian.address,
        guardian_expires_at=guardian.expires_at,
        params=params,
        floors=floors,
    )


def adopt(*, program: Address, state: Address) -> Instruction:
    """Accept the authority of `program`, which `state` names, for the DAO."""
    return governance.adopt(authority=addresses.dao_authority(), state=state, program=program)


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
        payer=payer or proposer,
        config=addresses.dao_config(),
        pool=addresses.pool(),
        stake=addresses.stake(proposer),
        proposal=addresses.proposal(number),
        kind=kind,
        description_hash=description_hash,
    )


def add_instruction(*, proposer: Address, number: int, instruction: Instruction) -> Instruction:
    """Add what the proposal will do."""
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
        payer=payer or voter,
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
    """Do what was voted for; a text proposal has no instruction."""
    metas = () if instruction is None else instruction.accounts
    call = governance.execute(
        proposal=addresses.proposal(number),
        authority=addresses.dao_authority(),
        index=index,
        flags=bytes(_flags(meta) for meta in metas),
        data=b"" if instruction is None else instruction.data,
    )
    if instruction is None:
        return call
    # The DAO's authority signs inside; a transaction cannot carry its signature.
    passed = [AccountMeta(meta.address, _signs(meta), meta.writable) for meta in metas]
    accounts = (*call.accounts, AccountMeta(instruction.program), *passed)
    return Instruction(call.program, accounts, call.data)


def expire_proposal(*, number: int) -> Instruction:
    return governance.expire(proposal=addresses.proposal(number))


def cancel_proposal(*, canceller: Address, number: int) -> Instruction:
    return governance.cancel(canceller=canceller, proposal=addresses.proposal(number))


def veto_proposal(*, guardian: Address, number: int, version: int) -> Instruction:
    """Stop a proposal; `version` is the configuration's, so an old signature is worth nothing."""
    return governance.veto(
        guardian=guardian,
        config=addresses.dao_config(),
        proposal=addresses.proposal(number),
        version=version,
    )


def guardian_pause(*, guardian: Address, flags: int, version: int) -> Instruction:
    """Add pause flags of the markets program."""
    return governance.pause(
        guardian=guardian,
        config=addresses.dao_config(),
        authority=addresses.dao_authority(),
        markets_config=addresses.config(),
        markets_program=markets.PROGRAM_ID,
        flags=flags,
        version=version,
    )


def release_unlocked(*, payer: Address, number: int, operations: Address, mint: Address) -> Instruction:
    """Split what was unlocked; `number` is the release count of the configuration."""
    return governance.release(
        payer=payer,
        config=addresses.dao_config(),
        authority=addresses.dao_authority(),
        release=addresses.release_record(number),
        unlocks=addresses.unlocks(),
        community=addresses.community_pool(),
        operations=operations,
        mint=mint,
    )


def close_vote(*, voter: Address, number: int, payer: Address | None = None) -> Instruction:
    return governance.close_vote(
        voter=voter,
        proposal=addresses.proposal(number),
        vote=addresses.vote_record(number, voter),
        payer=payer or voter,
    )


def close_proposal(*, number: int, payer: Address) -> Instruction:
    return governance.close_proposal(proposal=addresses.proposal(number), payer=payer)


# --- What only a proposal can do: these are never sent, but given to `add_instruction`.


def set_params(*, params: GovernanceParams) -> Instruction:
    return governance.set_params(
        authority=addresses.dao_authority(), config=addresses.dao_config(), params=params
    )


def set_guardian(*, guardian: Address, expires_at: int) -> Instruction:
    return governance.set_guardian(
        authority=addresses.dao_authority(),
        config=addresses.dao_config(),
        guardian=guardian,
        expires_at=expires_at,
    )


def set_operations(*, operations: Address) -> Instruction:
    return governance.set_operations(
        authority=addresses.dao_authority(),
        config=addresses.dao_config(),
        unlocks=addresses.unlocks(),
        operations=operations,
    )


def treasury_transfer(*, destination: Address, amount: int) -> Instruction:
    return governance.treasury_transfer(
        authority=addresses.dao_authority(),
        treasury=addresses.dao_treasury(),
        destination=destination,
        amount=amount,
    )


def governed_instruction(instruction: Instruction) -> GovernedInstruction:
    """Return an instruction in the form that is hashed."""
    accounts = tuple((meta.address, _flags(meta)) for meta in instruction.accounts)
    return GovernedInstruction(instruction.program, accounts, instruction.data)


def plain_instruction(governed: GovernedInstruction) -> Instruction:
    """Return what was hashed as an instruction again, such as `execute_proposal` takes it."""
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
