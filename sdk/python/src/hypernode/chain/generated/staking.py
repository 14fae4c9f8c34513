"""Owns the typed client of the staking program. Written by `make generate`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG")


@dataclass(frozen=True)
class Stake(ProgramAccount):
    """The account `Stake`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("96c5b01d37847095")
    SIZE: ClassVar[int] = 162

    owner: Address
    # Paid the rent and gets it back.
    payer: Address
    amount: int
    # Weight of the amount; zero while cooling down.
    weight: int
    # Time since which the stake has had at least `weight`.
    weight_since: int
    # Smaller weight held since `base_since`, so that an owner who tops up can still vote on open proposals.
    base_weight: int
    base_since: int
    # Cooldown in seconds. A longer cooldown gives more weight.
    duration: int
    staked_at: int
    # Time at which the cooldown began; zero while active.
    unstake_at: int
    # Rewards index up to which `owed` is booked.
    reward_index: int
    # Rewards booked and not claimed.
    owed: int
    # Open reports against the owner. The stake can be withdrawn only at zero.
    holds: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            payer=read.address(),
            amount=read.unsigned(8),
            weight=read.unsigned(8),
            weight_since=read.signed(8),
            base_weight=read.unsigned(8),
            base_since=read.signed(8),
            duration=read.signed(8),
            staked_at=read.signed(8),
            unstake_at=read.signed(8),
            reward_index=read.unsigned(16),
            owed=read.unsigned(8),
            holds=read.unsigned(1),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.owner),
                layout.address(self.payer),
                layout.unsigned(self.amount, 8),
                layout.unsigned(self.weight, 8),
                layout.signed(self.weight_since, 8),
                layout.unsigned(self.base_weight, 8),
                layout.signed(self.base_since, 8),
                layout.signed(self.duration, 8),
                layout.signed(self.staked_at, 8),
                layout.signed(self.unstake_at, 8),
                layout.unsigned(self.reward_index, 16),
                layout.unsigned(self.owed, 8),
                layout.unsigned(self.holds, 1),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Pool(ProgramAccount):
    """The account `Pool`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f19a6d0411b16dbc")
    SIZE: ClassVar[int] = 122

    # May propose its successor. It has no power over stakes.
    authority: Address
    # Wallet that may accept the authority; zero if none is proposed.
    pending_authority: Address
    # Mint of HYPER.
    mint: Address
    # Sum of all stakes' amounts. The vault holds at least this much.
    total_staked: int
    # Sum of all active stakes' weights.
    total_weight: int
    bump: int
    vault_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
            mint=read.address(),
            total_staked=read.unsigned(8),
            total_weight=read.unsigned(8),
            bump=read.unsigned(1),
            vault_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.authority),
                layout.address(self.pending_authority),
                layout.address(self.mint),
                layout.unsigned(self.total_staked, 8),
                layout.unsigned(self.total_weight, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
            )
        )


@dataclass(frozen=True)
class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a6c0dbbc29d1c31a")

    old_authority: Address
    new_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_authority=read.address(),
            new_authority=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f4755e7035972359")

    authority: Address
    pending_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class HoldReleased(Event):
    """The event `HoldReleased`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a8317421bf56c55a")

    owner: Address
    holds: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            holds=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class PoolInitialized(Event):
    """The event `PoolInitialized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("6476ad570cc6fee5")

    authority: Address
    mint: Address
    vault: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            mint=read.address(),
            vault=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Restaked(Event):
    """The event `Restaked`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("278ae35abc3e32c0")

    owner: Address
    amount: int
    weight: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            weight=read.unsigned(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class RewardsForfeited(Event):
    """The event `RewardsForfeited`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("abbe57d057bc64b1")

    owner: Address
    amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class RewardsTaken(Event):
    """The event `RewardsTaken`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a36c7c3cd4d2faf7")

    owner: Address
    amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Staked(Event):
    """The event `Staked`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("0b922dcde63ad5f0")

    owner: Address
    amount: int
    weight: int
    duration: int
    total_staked: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            weight=read.unsigned(8),
            duration=read.signed(8),
            total_staked=read.unsigned(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class StakeExtended(Event):
    """The event `StakeExtended`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f27023d162592204")

    owner: Address
    amount: int
    old_duration: int
    duration: int
    old_weight: int
    weight: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            old_duration=read.signed(8),
            duration=read.signed(8),
            old_weight=read.unsigned(8),
            weight=read.unsigned(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class StakeHeld(Event):
    """The event `StakeHeld`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("64ba02a4371efcaa")

    owner: Address
    holds: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            holds=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class StakeSlashed(Event):
    """The event `StakeSlashed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("2b29c419daebf423")

    owner: Address
    # Amount taken from the stake.
    slashed: int
    # Amount that remains staked.
    amount: int
    old_weight: int
    weight: int
    total_staked: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            slashed=read.unsigned(8),
            amount=read.unsigned(8),
            old_weight=read.unsigned(8),
            weight=read.unsigned(8),
            total_staked=read.unsigned(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class StakeToppedUp(Event):
    """The event `StakeToppedUp`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("c6c2c21e7f1aa1ef")

    owner: Address
    added: int
    amount: int
    old_weight: int
    weight: int
    total_staked: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            added=read.unsigned(8),
            amount=read.unsigned(8),
            old_weight=read.unsigned(8),
            weight=read.unsigned(8),
            total_staked=read.unsigned(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class StakeWithdrawn(Event):
    """The event `StakeWithdrawn`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("21789f3a8cffae4f")

    owner: Address
    amount: int
    total_staked: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            total_staked=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Unstaked(Event):
    """The event `Unstaked`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("1bb39cd72f47c307")

    owner: Address
    amount: int
    old_weight: int
    # First second at which `withdraw` succeeds.
    withdrawable_at: int
    total_weight: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            old_weight=read.unsigned(8),
            withdrawable_at=read.signed(8),
            total_weight=read.unsigned(8),
        )
        read.finish()
        return decoded


def init_pool(
    *,
    authority: Address,
    pool: Address,
    mint: Address,
    vault: Address,
    program_data: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the pool, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(pool, writable=True),
            AccountMeta(mint),
            AccountMeta(vault, writable=True),
            AccountMeta(program_data),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("74e9c7cc739fab24"),
    )


def propose_authority(
    *,
    authority: Address,
    pool: Address,
    new_authority: Address,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(pool, writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    pool: Address,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(pool, writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def stake(
    *,
    owner: Address,
    payer: Address,
    pool: Address,
    stake: Address,
    vault: Address,
    source: Address,
    amount: int,
    duration: int,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Open the signer's stake. `duration` is the cooldown in seconds between `unstake` and `withdraw`."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("ceb0ca12c8d1b36c") + layout.unsigned(amount, 8) + layout.signed(duration, 8),
    )


def top_up(
    *,
    owner: Address,
    pool: Address,
    stake: Address,
    vault: Address,
    source: Address,
    amount: int,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Add tokens to an active stake. The duration does not change."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("ece160093c6a4dd0") + layout.unsigned(amount, 8),
    )


def extend(
    *,
    owner: Address,
    pool: Address,
    stake: Address,
    duration: int,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Lengthen the duration of an active stake."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("e47f0001e39a36a8") + layout.signed(duration, 8),
    )


def unstake(
    *,
    owner: Address,
    pool: Address,
    stake: Address,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Start the cooldown. The weight becomes zero at once."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("5a5f6b2acd7c32e1"),
    )


def restake(
    *,
    owner: Address,
    pool: Address,
    stake: Address,
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
) -> Instruction:
    """Cancel the cooldown and restore the weight."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
        ),
        bytes.fromhex("61a1f1a70620d535"),
    )


def forfeit_rewards(
    *,
    owner: Address,
    stake: Address,
) -> Instruction:
    """Give up the unclaimed rewards, so that only the cooldown and open reports can delay a withdrawal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(stake, writable=True),
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
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
) -> Instruction:
    """Hold a stake while a report is open. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("539fd076cbb6efdd"),
    )


def release_hold(
    *,
    stake: Address,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
) -> Instruction:
    """Release a hold when a report has ended. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(stake, writable=True),
        ),
        bytes.fromhex("6a6d46a2c59e5cf3"),
    )


def slash(
    *,
    pool: Address,
    stake: Address,
    vault: Address,
    destination: Address,
    amount: int,
    slasher: Address = Address("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7"),
    accumulator: Address = Address("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Take an amount from a stake. Only the slashing program may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(slasher, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("cc8d12a108b15c8e") + layout.unsigned(amount, 8),
    )


def withdraw(
    *,
    owner: Address,
    pool: Address,
    stake: Address,
    vault: Address,
    destination: Address,
    payer: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Withdraw the whole stake after the cooldown and close the account."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b712469c946da122"),
    )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    Stake,
    Pool,
)


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AuthorityAccepted,
    AuthorityProposed,
    HoldReleased,
    PoolInitialized,
    Restaked,
    RewardsForfeited,
    RewardsTaken,
    Staked,
    StakeExtended,
    StakeHeld,
    StakeSlashed,
    StakeToppedUp,
    StakeWithdrawn,
    Unstaked,
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
