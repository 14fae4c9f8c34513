"""Instructions of the staking program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.types import Address

from . import addresses
from .addresses import PROGRAM_ID


def init_pool(
    *,
    authority: Address,
    mint: Address,
    pool: Address | None = None,
    vault: Address | None = None,
    program_data: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the pool, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(mint),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(program_data or addresses.program_data()),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("74e9c7cc739fab24"),
    )


def propose_authority(
    *,
    authority: Address,
    new_authority: Address,
    pool: Address | None = None,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    pool: Address | None = None,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def stake(
    *,
    owner: Address,
    source: Address,
    amount: int,
    duration: int,
    payer: Address | None = None,
    pool: Address | None = None,
    stake: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Open the signer's stake. `duration` is the cooldown in seconds between `unstake` and `withdraw`."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer or owner, signer=True, writable=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("ceb0ca12c8d1b36c") + layout.unsigned(amount, 8) + layout.signed(duration, 8),
    )


def top_up(
    *,
    owner: Address,
    source: Address,
    amount: int,
    pool: Address | None = None,
    stake: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Add tokens to an active stake. The duration does not change."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("ece160093c6a4dd0") + layout.unsigned(amount, 8),
    )


def extend(
    *,
    owner: Address,
    duration: int,
    pool: Address | None = None,
    stake: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Lengthen the duration of an active stake."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("e47f0001e39a36a8") + layout.signed(duration, 8),
    )


def unstake(
    *,
    owner: Address,
    pool: Address | None = None,
    stake: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Start the cooldown. The weight becomes zero at once."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("5a5f6b2acd7c32e1"),
    )


def restake(
    *,
    owner: Address,
    pool: Address | None = None,
    stake: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Cancel the cooldown and restore the weight."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("61a1f1a70620d535"),
    )


def forfeit_rewards(
    *,
    owner: Address,
    pool: Address | None = None,
    stake: Address | None = None,
) -> Instruction:
    """Give up the unclaimed rewards to all stakers, so that only the cooldown and open reports can delay a withdrawal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
        ),
        bytes.fromhex("1a1bfa358dbe1c1f"),
    )


def take_rewards(
    *,
    stake: Address,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Clear a stake's unclaimed rewards. Only the rewards program, which pays them, may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(accumulator, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("399cbef5db68c453"),
    )


def hold(
    *,
    stake: Address,
    amount: int,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
) -> Instruction:
    """Hold a stake while a report is open, and the amount that it will take; zero until it is confirmed. Only the
    slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("539fd076cbb6efdd") + layout.unsigned(amount, 8),
    )


def hold_more(
    *,
    stake: Address,
    amount: int,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
) -> Instruction:
    """Hold the amount of a report that was confirmed. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("87f4de1f079b8e4b") + layout.unsigned(amount, 8),
    )


def release_hold(
    *,
    stake: Address,
    amount: int,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
) -> Instruction:
    """Release a hold and its amount when a report has ended. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("6a6d46a2c59e5cf3") + layout.unsigned(amount, 8),
    )


def slash(
    *,
    stake: Address,
    destination: Address,
    amount: int,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
    pool: Address | None = None,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Take an amount from a stake. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("cc8d12a108b15c8e") + layout.unsigned(amount, 8),
    )


def withdraw(
    *,
    owner: Address,
    destination: Address,
    pool: Address | None = None,
    stake: Address | None = None,
    vault: Address | None = None,
    payer: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Withdraw the whole stake after the cooldown and close the account."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake or addresses.stake(owner), writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(payer or owner, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b712469c946da122"),
    )


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("74e9c7cc739fab24"): "init_pool",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("ceb0ca12c8d1b36c"): "stake",
    bytes.fromhex("ece160093c6a4dd0"): "top_up",
    bytes.fromhex("e47f0001e39a36a8"): "extend",
    bytes.fromhex("5a5f6b2acd7c32e1"): "unstake",
    bytes.fromhex("61a1f1a70620d535"): "restake",
    bytes.fromhex("1a1bfa358dbe1c1f"): "forfeit_rewards",
    bytes.fromhex("399cbef5db68c453"): "take_rewards",
    bytes.fromhex("539fd076cbb6efdd"): "hold",
    bytes.fromhex("87f4de1f079b8e4b"): "hold_more",
    bytes.fromhex("6a6d46a2c59e5cf3"): "release_hold",
    bytes.fromhex("cc8d12a108b15c8e"): "slash",
    bytes.fromhex("b712469c946da122"): "withdraw",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_pool": (
        "authority",
        "pool",
        "mint",
        "vault",
        "program_data",
        "token_program",
        "system_program",
    ),
    "propose_authority": (
        "authority",
        "pool",
    ),
    "accept_authority": (
        "new_authority",
        "pool",
    ),
    "stake": (
        "owner",
        "payer",
        "pool",
        "stake",
        "accumulator",
        "vault",
        "source",
        "token_program",
        "system_program",
    ),
    "top_up": (
        "owner",
        "pool",
        "stake",
        "accumulator",
        "vault",
        "source",
        "token_program",
    ),
    "extend": (
        "owner",
        "pool",
        "stake",
        "accumulator",
    ),
    "unstake": (
        "owner",
        "pool",
        "stake",
        "accumulator",
    ),
    "restake": (
        "owner",
        "pool",
        "stake",
        "accumulator",
    ),
    "forfeit_rewards": (
        "owner",
        "pool",
        "stake",
    ),
    "take_rewards": (
        "accumulator",
        "stake",
    ),
    "hold": (
        "slasher",
        "stake",
    ),
    "hold_more": (
        "slasher",
        "stake",
    ),
    "release_hold": (
        "slasher",
        "stake",
    ),
    "slash": (
        "slasher",
        "pool",
        "stake",
        "accumulator",
        "vault",
        "destination",
        "token_program",
    ),
    "withdraw": (
        "owner",
        "pool",
        "stake",
        "vault",
        "destination",
        "payer",
        "token_program",
    ),
}
