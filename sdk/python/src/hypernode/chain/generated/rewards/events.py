"""Events of the rewards program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain.layout import Event, Reader
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class AccumulatorInitialized(Event):
    """The event `AccumulatorInitialized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b48af1a699a33e46")

    authority: Address
    mint: Address
    vault: Address
    community: Address
    fee_window: int
    community_window: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            mint=read.address(),
            vault=read.address(),
            community=read.address(),
            fee_window=read.signed(8),
            community_window=read.signed(8),
        )
        read.finish()
        return decoded


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


class Distributed(Event):
    """The event `Distributed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0ad4184e23cab686")

    # Fees and community tokens that stakers earned in this distribution.
    fees: int
    community: int
    # Fees and community tokens of the streams that this distribution started.
    fees_begun: int
    community_begun: int
    total_weight: int
    index: int
    distributed: int
    at: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            fees=read.unsigned(8),
            community=read.unsigned(8),
            fees_begun=read.unsigned(8),
            community_begun=read.unsigned(8),
            total_weight=read.unsigned(8),
            index=read.unsigned(16),
            distributed=read.unsigned(8),
            at=read.signed(8),
        )
        read.finish()
        return decoded


class RewardsClaimed(Event):
    """The event `RewardsClaimed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("4b625812db705879")

    owner: Address
    amount: int
    claimed: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            amount=read.unsigned(8),
            claimed=read.unsigned(8),
        )
        read.finish()
        return decoded


class WindowsSet(Event):
    """The event `WindowsSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("769da5930a19b624")

    fee_window: int
    community_window: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            fee_window=read.signed(8),
            community_window=read.signed(8),
        )
        read.finish()
        return decoded


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AccumulatorInitialized,
    AuthorityAccepted,
    AuthorityProposed,
    Distributed,
    RewardsClaimed,
    WindowsSet,
)
