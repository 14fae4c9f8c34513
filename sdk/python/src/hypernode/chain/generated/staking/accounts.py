"""Accounts of the staking program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class Stake(ProgramAccount):
    """The account `Stake`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("96c5b01d37847095")
    SIZE = 162

    owner: Address
    # Paid the rent, and gets it back.
    payer: Address
    amount: int
    # What the amount counts for; zero from the moment the cooldown begins.
    weight: int
    # Since when the weight has been at least this much.
    weight_since: int
    # A smaller weight that was there longer, so that a top-up does not cost the vote on what is open.
    base_weight: int
    base_since: int
    # Seconds of cooldown; longer ones weigh more.
    duration: int
    staked_at: int
    # Zero while active, else when the cooldown began.
    unstake_at: int
    # The rewards index up to which `owed` is booked.
    reward_index: int
    # Rewards booked and not yet claimed.
    owed: int
    # Open reports; the stake cannot leave while there are any.
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


class Pool(ProgramAccount):
    """The account `Pool`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f19a6d0411b16dbc")
    SIZE = 122

    # May name its successor. It cannot touch a stake.
    authority: Address
    # Zero, or who becomes authority by accepting.
    pending_authority: Address
    # HYPER.
    mint: Address
    # Sum of every stake's amount; the vault holds at least this much.
    total_staked: int
    # Sum of every active stake's weight.
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


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    Stake,
    Pool,
)
