"""Events of the staking program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain.layout import Event, Reader
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a6c0dbbc29d1c31a")

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


class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f4755e7035972359")

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


class HoldReleased(Event):
    """The event `HoldReleased`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a8317421bf56c55a")

    owner: Address
    holds: int
    held_amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            holds=read.unsigned(4),
            held_amount=read.unsigned(8),
        )
        read.finish()
        return decoded


class PoolInitialized(Event):
    """The event `PoolInitialized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("6476ad570cc6fee5")

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


class Restaked(Event):
    """The event `Restaked`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("278ae35abc3e32c0")

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


class RewardsForfeited(Event):
    """The event `RewardsForfeited`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("abbe57d057bc64b1")

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


class RewardsTaken(Event):
    """The event `RewardsTaken`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a36c7c3cd4d2faf7")

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


class Staked(Event):
    """The event `Staked`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0b922dcde63ad5f0")

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


class StakeExtended(Event):
    """The event `StakeExtended`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f27023d162592204")

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


class StakeHeld(Event):
    """The event `StakeHeld`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("64ba02a4371efcaa")

    owner: Address
    holds: int
    held_amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            holds=read.unsigned(4),
            held_amount=read.unsigned(8),
        )
        read.finish()
        return decoded


class StakeSlashed(Event):
    """The event `StakeSlashed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("2b29c419daebf423")

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


class StakeToppedUp(Event):
    """The event `StakeToppedUp`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("c6c2c21e7f1aa1ef")

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


class StakeWithdrawn(Event):
    """The event `StakeWithdrawn`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("21789f3a8cffae4f")

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


class Unstaked(Event):
    """The event `Unstaked`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("1bb39cd72f47c307")

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
