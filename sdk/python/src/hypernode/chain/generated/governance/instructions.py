"""Instructions of the governance program. Written by `make generate`."""

from collections.abc import Mapping, Sequence
from typing import Final

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode.domain.types import Address

from . import addresses
from .addresses import PROGRAM_ID
from .types import Floors, GovernanceParams, InstructionMeta


def init_config(
    *,
    payer: Address,
    mint: Address,
    pool: Address,
    operations: Address,
    guardian: Address,
    guardian_expires_at: int,
    params: GovernanceParams,
    floors: Floors,
    config: Address | None = None,
    authority: Address | None = None,
    treasury: Address | None = None,
    unlocks: Address | None = None,
    program_data: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and both token accounts, once. The signer must be the program's upgrade
    authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(authority or addresses.authority()),
            AccountMeta(mint),
            AccountMeta(pool),
            AccountMeta(treasury or addresses.treasury(), writable=True),
            AccountMeta(unlocks or addresses.unlocks(), writable=True),
            AccountMeta(operations),
            AccountMeta(program_data or addresses.program_data()),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7")
        + layout.address(guardian)
        + layout.signed(guardian_expires_at, 8)
        + params.encode()
        + floors.encode(),
    )


def set_params(
    *,
    params: GovernanceParams,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
    config: Address | None = None,
) -> Instruction:
    """Set quorum, threshold and times of future proposals. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("1beab2349302bb8d") + params.encode(),
    )


def set_guardian(
    *,
    guardian: Address,
    expires_at: int,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
    config: Address | None = None,
) -> Instruction:
    """Set the guardian and the end of its mandate; zeros remove it. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("93f332799aa4321e") + layout.address(guardian) + layout.signed(expires_at, 8),
    )


def set_operations(
    *,
    operations: Address,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
    config: Address | None = None,
    unlocks: Address | None = None,
) -> Instruction:
    """Set the token account that gets the operations' part. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(unlocks or addresses.unlocks()),
            AccountMeta(operations),
        ),
        bytes.fromhex("d5aaededf11b0e84"),
    )


def treasury_transfer(
    *,
    destination: Address,
    amount: int,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
    treasury: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay from the treasury. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(treasury or addresses.treasury(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("ddfc2f20f3595483") + layout.unsigned(amount, 8),
    )


def adopt(
    *,
    state: Address,
    program: Address,
    authority: Address | None = None,
) -> Instruction:
    """Accept the authority of a governed program that proposed it. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority or addresses.authority()),
            AccountMeta(state, writable=True),
            AccountMeta(program),
        ),
        bytes.fromhex("9ae22708c064ba97"),
    )


def create_proposal(
    *,
    proposer: Address,
    pool: Address,
    stake: Address,
    proposal: Address,
    kind: ProposalKind,
    description_hash: bytes,
    payer: Address | None = None,
    config: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create a draft. It keeps the current configuration."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(payer or proposer, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(pool),
            AccountMeta(stake),
            AccountMeta(proposal, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("847444aed8a0c616") + layout.unsigned(kind, 1) + layout.raw(description_hash, 32),
    )


def add_instruction(
    *,
    proposer: Address,
    proposal: Address,
    program: Address,
    metas: Sequence[InstructionMeta],
    data: bytes,
) -> Instruction:
    """Add an instruction to a draft. The event carries the content, the proposal stores its hash."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(proposal, writable=True),
        ),
        bytes.fromhex("0b4688a6ca37f64a")
        + layout.address(program)
        + layout.vector([item.encode() for item in metas])
        + layout.blob(data),
    )


def activate(
    *,
    proposer: Address,
    proposal: Address,
) -> Instruction:
    """Activate a draft: open its vote."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(proposal, writable=True),
        ),
        bytes.fromhex("c2cb23649737aa52"),
    )


def vote(
    *,
    voter: Address,
    proposal: Address,
    stake: Address,
    vote: Address,
    choice: VoteChoice,
    payer: Address | None = None,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Vote once with the weight that was locked before the proposal: 0 against, 1 for, 2 abstain."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(voter, signer=True),
            AccountMeta(payer or voter, signer=True, writable=True),
            AccountMeta(proposal, writable=True),
            AccountMeta(stake),
            AccountMeta(vote, writable=True),
            AccountMeta(instructions),
            AccountMeta(system_program),
        ),
        bytes.fromhex("e36e9b17887eac19") + layout.unsigned(choice, 1),
    )


def finalize(
    *,
    proposal: Address,
) -> Instruction:
    """Count the votes after the voting period. Any wallet may call this."""
    return Instruction(PROGRAM_ID, (AccountMeta(proposal, writable=True),), bytes.fromhex("ab3dda387f730cd9"))


def queue(
    *,
    proposal: Address,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Start the timelock of a proposal that succeeded. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("7040b50ad35543ce"),
    )


def execute(
    *,
    proposal: Address,
    index: int,
    flags: bytes,
    data: bytes,
    authority: Address | None = None,
) -> Instruction:
    """Execute the proposal's next instruction with the DAO's authority. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(authority or addresses.authority()),
        ),
        bytes.fromhex("82ddf29a0dc1bd1d")
        + layout.unsigned(index, 1)
        + layout.blob(flags)
        + layout.blob(data),
    )


def expire(
    *,
    proposal: Address,
) -> Instruction:
    """End a proposal that was not queued or executed in time. Any wallet may call this."""
    return Instruction(PROGRAM_ID, (AccountMeta(proposal, writable=True),), bytes.fromhex("f353cd3a39c9f792"))


def cancel(
    *,
    canceller: Address,
    proposal: Address,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Cancel a draft or an open vote. Any wallet may cancel a draft older than 7 days."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(canceller, signer=True),
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("e8dbdf29dbecdcbe"),
    )


def veto(
    *,
    guardian: Address,
    proposal: Address,
    version: int,
    config: Address | None = None,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """End a proposal before its execution. Only the guardian may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(guardian, signer=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("be9845e23d966bd7") + layout.unsigned(version, 8),
    )


def pause(
    *,
    guardian: Address,
    markets_config: Address,
    flags: int,
    version: int,
    config: Address | None = None,
    authority: Address | None = None,
    markets_program: Address = Address("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n"),
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Add pause flags of the markets program. Only the guardian may call this; a proposal clears flags."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(guardian, signer=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(authority or addresses.authority()),
            AccountMeta(markets_config, writable=True),
            AccountMeta(markets_program),
            AccountMeta(instructions),
        ),
        bytes.fromhex("d316ddfb4a79c12f") + layout.unsigned(flags, 1) + layout.unsigned(version, 8),
    )


def release(
    *,
    payer: Address,
    release: Address,
    operations: Address,
    mint: Address,
    config: Address | None = None,
    authority: Address | None = None,
    unlocks: Address | None = None,
    community: Address = Address("9vmWhpMjQV9WVkcURspoPzyfZjgJx8amEnpcAus9BW5Q"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Split unlocked HYPER: 30 % to the community, 20 % burned, the rest to operations. Any wallet may call it."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(authority or addresses.authority()),
            AccountMeta(release, writable=True),
            AccountMeta(unlocks or addresses.unlocks(), writable=True),
            AccountMeta(community, writable=True),
            AccountMeta(operations, writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("fdf90fce1c7fc1f1"),
    )


def close_vote(
    *,
    voter: Address,
    proposal: Address,
    vote: Address,
    payer: Address | None = None,
) -> Instruction:
    """Close the voter's record of a vote whose proposal has ended."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(voter, signer=True),
            AccountMeta(proposal),
            AccountMeta(vote, writable=True),
            AccountMeta(payer or voter, writable=True),
        ),
        bytes.fromhex("899857f9aaef853b"),
    )


def close_proposal(
    *,
    proposal: Address,
    payer: Address,
) -> Instruction:
    """Close a proposal 30 days after its end. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("d5b28b1332bf52f5"),
    )


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1beab2349302bb8d"): "set_params",
    bytes.fromhex("93f332799aa4321e"): "set_guardian",
    bytes.fromhex("d5aaededf11b0e84"): "set_operations",
    bytes.fromhex("ddfc2f20f3595483"): "treasury_transfer",
    bytes.fromhex("9ae22708c064ba97"): "adopt",
    bytes.fromhex("847444aed8a0c616"): "create_proposal",
    bytes.fromhex("0b4688a6ca37f64a"): "add_instruction",
    bytes.fromhex("c2cb23649737aa52"): "activate",
    bytes.fromhex("e36e9b17887eac19"): "vote",
    bytes.fromhex("ab3dda387f730cd9"): "finalize",
    bytes.fromhex("7040b50ad35543ce"): "queue",
    bytes.fromhex("82ddf29a0dc1bd1d"): "execute",
    bytes.fromhex("f353cd3a39c9f792"): "expire",
    bytes.fromhex("e8dbdf29dbecdcbe"): "cancel",
    bytes.fromhex("be9845e23d966bd7"): "veto",
    bytes.fromhex("d316ddfb4a79c12f"): "pause",
    bytes.fromhex("fdf90fce1c7fc1f1"): "release",
    bytes.fromhex("899857f9aaef853b"): "close_vote",
    bytes.fromhex("d5b28b1332bf52f5"): "close_proposal",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "payer",
        "config",
        "authority",
        "mint",
        "pool",
        "treasury",
        "unlocks",
        "operations",
        "program_data",
        "token_program",
        "system_program",
    ),
    "set_params": (
        "authority",
        "config",
    ),
    "set_guardian": (
        "authority",
        "config",
    ),
    "set_operations": (
        "authority",
        "config",
        "unlocks",
        "operations",
    ),
    "treasury_transfer": (
        "authority",
        "treasury",
        "destination",
        "token_program",
    ),
    "adopt": (
        "authority",
        "state",
        "program",
    ),
    "create_proposal": (
        "proposer",
        "payer",
        "config",
        "pool",
        "stake",
        "proposal",
        "system_program",
    ),
    "add_instruction": (
        "proposer",
        "proposal",
    ),
    "activate": (
        "proposer",
        "proposal",
    ),
    "vote": (
        "voter",
        "payer",
        "proposal",
        "stake",
        "vote",
        "instructions",
        "system_program",
    ),
    "finalize": ("proposal",),
    "queue": (
        "proposal",
        "instructions",
    ),
    "execute": (
        "proposal",
        "authority",
    ),
    "expire": ("proposal",),
    "cancel": (
        "canceller",
        "proposal",
        "instructions",
    ),
    "veto": (
        "guardian",
        "config",
        "proposal",
        "instructions",
    ),
    "pause": (
        "guardian",
        "config",
        "authority",
        "markets_config",
        "markets_program",
        "instructions",
    ),
    "release": (
        "payer",
        "config",
        "authority",
        "release",
        "unlocks",
        "community",
        "operations",
        "mint",
        "token_program",
        "system_program",
    ),
    "close_vote": (
        "voter",
        "proposal",
        "vote",
        "payer",
    ),
    "close_proposal": (
        "proposal",
        "payer",
    ),
}
