"""Accounts of the rewards program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID
from .types import Stream


class Accumulator(ProgramAccount):
    """The first two fields lie where `hypernode_common::index` says; staking reads them."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a4425b8b9e1a3f69")
    SIZE = 259

    # Base units that one unit of weight has earned since the beginning, times 10¹².
    index: int
    # The last second at which the index counts all that flowed; the end of time when nothing flows.
    stale_after: int
    updated_at: int
    # What the last division left, in 10⁻¹² base units.
    remainder: int
    # Sets the windows. It cannot move a token.
    authority: Address
    # Zero, or who becomes authority by accepting.
    pending_authority: Address
    # HYPER.
    mint: Address
    fees: Stream
    community: Stream
    # Seconds over which new fees, and new community tokens, flow.
    fee_window: int
    community_window: int
    # Tokens of the vault that flow or are earned; what it holds beyond is new fees.
    accounted: int
    # Sums since the beginning.
    distributed: int
    claimed: int
    bump: int
    vault_bump: int
    community_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            index=read.unsigned(16),
            stale_after=read.signed(8),
            updated_at=read.signed(8),
            remainder=read.unsigned(16),
            authority=read.address(),
            pending_authority=read.address(),
            mint=read.address(),
            fees=Stream.read(read),
            community=Stream.read(read),
            fee_window=read.signed(8),
            community_window=read.signed(8),
            accounted=read.unsigned(8),
            distributed=read.unsigned(8),
            claimed=read.unsigned(8),
            bump=read.unsigned(1),
            vault_bump=read.unsigned(1),
            community_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.unsigned(self.index, 16),
                layout.signed(self.stale_after, 8),
                layout.signed(self.updated_at, 8),
                layout.unsigned(self.remainder, 16),
                layout.address(self.authority),
                layout.address(self.pending_authority),
                layout.address(self.mint),
                self.fees.encode(),
                self.community.encode(),
                layout.signed(self.fee_window, 8),
                layout.signed(self.community_window, 8),
                layout.unsigned(self.accounted, 8),
                layout.unsigned(self.distributed, 8),
                layout.unsigned(self.claimed, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
                layout.unsigned(self.community_bump, 1),
            )
        )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (Accumulator,)
