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
    SIZE = 173
    PLACES = {
        "owner": (8, 32),
        "payer": (40, 32),
        "amount": (72, 8),
        "weight": (80, 8),
        "weight_since": (88, 8),
        "base_weight": (96, 8),
        "base_since": (104, 8),
        "duration": (112, 8),
        "staked_at": (120, 8),
        "unstake_at": (128, 8),
        "reward_index": (136, 16),
        "owed": (152, 8),
        "holds": (160, 4),
        "held_amount": (164, 8),
        "bump": (172, 1),
    }

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
    # What the confirmed ones of them will take. It counts as gone.
    held_amount: int
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
            holds=read.unsigned(4),
            held_amount=read.unsigned(8),
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
                layout.unsigned(self.holds, 4),
                layout.unsigned(self.held_amount, 8),
                layout.unsigned(self.bump, 1),
            )
        )


class Pool(ProgramAccount):
    """The account `Pool`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f19a6d0411b16dbc")
    SIZE = 130
    PLACES = {
        "authority": (8, 32),
        "pending_authority": (40, 32),
        "mint": (72, 32),
        "total_staked": (104, 8),
        "total_weight": (112, 8),
        "forfeited": (120, 8),
        "bump": (128, 1),
        "vault_bump": (129, 1),
    }

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
    # Rewards that owners gave up since the program started. The rewards program distributes them again.
    forfeited: int
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
            forfeited=read.unsigned(8),
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
                layout.unsigned(self.forfeited, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
            )
        )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    Stake,
    Pool,
)
