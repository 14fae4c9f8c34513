"""Owns the typed client of the rewards program. Written by `make generate`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA")


@dataclass(frozen=True)
class Stream:
    """The program's `Stream`."""

    total: int
    # Amount distributed so far.
    flowed: int
    starts_at: int
    ends_at: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            total=read.unsigned(8),
            flowed=read.unsigned(8),
            starts_at=read.signed(8),
            ends_at=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.total, 8),
                layout.unsigned(self.flowed, 8),
                layout.signed(self.starts_at, 8),
                layout.signed(self.ends_at, 8),
            )
        )


@dataclass(frozen=True)
class Accumulator(ProgramAccount):
    """The staking program reads the first two fields at the offsets in `hypernode_common::index`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a4425b8b9e1a3f69")
    SIZE: ClassVar[int] = 259

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


@dataclass(frozen=True)
class AccumulatorInitialized(Event):
    """The event `AccumulatorInitialized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b48af1a699a33e46")

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
class Distributed(Event):
    """The event `Distributed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("0ad4184e23cab686")

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


@dataclass(frozen=True)
class RewardsClaimed(Event):
    """The event `RewardsClaimed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("4b625812db705879")

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


@dataclass(frozen=True)
class WindowsSet(Event):
    """The event `WindowsSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("769da5930a19b624")

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


def init_accumulator(
    *,
    authority: Address,
    accumulator: Address,
    pool: Address,
    mint: Address,
    vault: Address,
    community: Address,
    program_data: Address,
    fee_window: int,
    community_window: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the accumulator, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(accumulator, writable=True),
            AccountMeta(pool),
            AccountMeta(mint),
            AccountMeta(vault, writable=True),
            AccountMeta(community, writable=True),
            AccountMeta(program_data),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("139288dfe7529c95") + layout.signed(fee_window, 8) + layout.signed(community_window, 8),
    )


def propose_authority(
    *,
    authority: Address,
    accumulator: Address,
    new_authority: Address,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(accumulator, writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    accumulator: Address,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(accumulator, writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def set_windows(
    *,
    authority: Address,
    accumulator: Address,
    fee_window: int,
    community_window: int,
) -> Instruction:
    """Set the seconds over which new fees and new community tokens are distributed."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(accumulator, writable=True),
        ),
        bytes.fromhex("58c9f7ca0555ef05") + layout.signed(fee_window, 8) + layout.signed(community_window, 8),
    )


def distribute(
    *,
    accumulator: Address,
    pool: Address,
    vault: Address,
    community: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Distribute what is due by now, and start a stream with what has arrived. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(accumulator, writable=True),
            AccountMeta(pool),
            AccountMeta(vault, writable=True),
            AccountMeta(community, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("bf2cdfcfa4ec7e3d"),
    )


def claim(
    *,
    owner: Address,
    accumulator: Address,
    stake: Address,
    vault: Address,
    destination: Address,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay a staker the rewards of its stake."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(accumulator, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
        ),
        bytes.fromhex("3ec6d6c1d59f6cd2"),
    )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (Accumulator,)


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AccumulatorInitialized,
    AuthorityAccepted,
    AuthorityProposed,
    Distributed,
    RewardsClaimed,
    WindowsSet,
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
