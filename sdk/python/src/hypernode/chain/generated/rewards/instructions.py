"""Instructions of the rewards program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.types import Address

from . import addresses
from .addresses import PROGRAM_ID


def init_accumulator(
    *,
    authority: Address,
    mint: Address,
    fee_window: int,
    community_window: int,
    accumulator: Address | None = None,
    pool: Address | None = None,
    vault: Address | None = None,
    community: Address | None = None,
    program_data: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the accumulator, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
            AccountMeta(pool or addresses.pool()),
            AccountMeta(mint),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(community or addresses.community(), writable=True),
            AccountMeta(program_data or addresses.program_data()),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("139288dfe7529c95") + layout.signed(fee_window, 8) + layout.signed(community_window, 8),
    )


def propose_authority(
    *,
    authority: Address,
    new_authority: Address,
    accumulator: Address | None = None,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    accumulator: Address | None = None,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def set_windows(
    *,
    authority: Address,
    fee_window: int,
    community_window: int,
    accumulator: Address | None = None,
) -> Instruction:
    """Set the seconds over which new fees and new community tokens are distributed."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
        ),
        bytes.fromhex("58c9f7ca0555ef05") + layout.signed(fee_window, 8) + layout.signed(community_window, 8),
    )


def distribute(
    *,
    accumulator: Address | None = None,
    pool: Address | None = None,
    vault: Address | None = None,
    community: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Distribute what is due by now, and start a stream with what has arrived. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
            AccountMeta(pool or addresses.pool()),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(community or addresses.community(), writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("bf2cdfcfa4ec7e3d"),
    )


def claim(
    *,
    owner: Address,
    stake: Address,
    destination: Address,
    accumulator: Address | None = None,
    vault: Address | None = None,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay a staker the rewards of its stake."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(accumulator or addresses.accumulator(), writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
        ),
        bytes.fromhex("3ec6d6c1d59f6cd2"),
    )


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("139288dfe7529c95"): "init_accumulator",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("58c9f7ca0555ef05"): "set_windows",
    bytes.fromhex("bf2cdfcfa4ec7e3d"): "distribute",
    bytes.fromhex("3ec6d6c1d59f6cd2"): "claim",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_accumulator": (
        "authority",
        "accumulator",
        "pool",
        "mint",
        "vault",
        "community",
        "program_data",
        "token_program",
        "system_program",
    ),
    "propose_authority": (
        "authority",
        "accumulator",
    ),
    "accept_authority": (
        "new_authority",
        "accumulator",
    ),
    "set_windows": (
        "authority",
        "accumulator",
    ),
    "distribute": (
        "accumulator",
        "pool",
        "vault",
        "community",
        "token_program",
    ),
    "claim": (
        "owner",
        "accumulator",
        "stake",
        "vault",
        "destination",
        "staking_program",
        "token_program",
    ),
}
