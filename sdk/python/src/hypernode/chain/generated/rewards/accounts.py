"""Accounts of the rewards program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID
from .types import Stream


class Accumulator(ProgramAccount):
    """The staking program reads the first two fields at the offsets in `hypernode_common::index`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a4425b8b9e1a3f69")
    SIZE = 267
    PLACES = {
        "index": (8, 16),
        "stale_after": (24, 8),
        "updated_at": (32, 8),
        "remainder": (40, 16),
        "authority": (56, 32),
        "pending_authority": (88, 32),
        "mint": (120, 32),
        "fees": (152, 32),
        "community": (184, 32),
        "fee_window": (216, 8),
        "community_window": (224, 8),
        "accounted": (232, 8),
        "distributed": (240, 8),
        "claimed": (248, 8),
        "returned": (256, 8),
        "bump": (264, 1),
        "vault_bump": (265, 1),
        "community_bump": (266, 1),
    }

    # Base units that one unit of weight has earned since the program started, times 10¹².
    index: int
    # Last second at which the index includes all rewards due; `i64::MAX` while both streams are over.
    stale_after: int
    updated_at: int
    # Remainder of the last division, in units of 10⁻¹² base units.
    remainder: int
    # Sets the windows. It cannot move tokens.
    authority: Address
    # Wallet that may accept the authority; zero if none is proposed.
    pending_authority: Address
    # Mint of HYPER.
    mint: Address
    fees: Stream
    community: Stream
    # Seconds over which new fees, and new community tokens, are distributed.
    fee_window: int
    community_window: int
    # Tokens of the vault that are in a stream or earned. The vault's other tokens are new fees.
    accounted: int
    # Sums since the program started.
    distributed: int
    claimed: int
    # Forfeited rewards that were distributed again, of those that staking's pool has counted.
    returned: int
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
            returned=read.unsigned(8),
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
                layout.unsigned(self.returned, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
                layout.unsigned(self.community_bump, 1),
            )
        )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (Accumulator,)
