"""SPL tokens: layouts of mints and token accounts, and the instructions that the protocol uses."""

from dataclasses import dataclass

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import LayoutError, Reader, unsigned
from hypernode.domain.types import Address, address_bytes

MINT_BYTES = 82
ACCOUNT_BYTES = 165

_TRANSFER = 3
_MINT_TO = 7
_INITIALIZE_ACCOUNT_3 = 18
_INITIALIZE_MINT_2 = 20
_CREATE_IDEMPOTENT = 1
_SYSTEM_CREATE_ACCOUNT = 0


@dataclass(frozen=True)
class TokenAccount:
    mint: Address
    owner: Address
    amount: int
    state: int

    @classmethod
    def decode(cls, data: bytes) -> "TokenAccount":
        if len(data) != ACCOUNT_BYTES:
            raise LayoutError(f"{len(data)} bytes are not a token account; expected {ACCOUNT_BYTES}")
        read = Reader(data)
        mint, owner, amount = read.address(), read.address(), read.unsigned(8)
        read.raw(36)  # delegate
        return cls(mint, owner, amount, read.unsigned(1))


@dataclass(frozen=True)
class Mint:
    supply: int
    decimals: int

    @classmethod
    def decode(cls, data: bytes) -> "Mint":
        if len(data) != MINT_BYTES:
            raise LayoutError(f"{len(data)} bytes are not a mint; expected {MINT_BYTES}")
        read = Reader(data)
        read.raw(36)  # mint authority
        return cls(read.unsigned(8), read.unsigned(1))


def create_account(
    *, payer: Address, account: Address, lamports: int, space: int, owner: Address
) -> Instruction:
    """Create an account with rent from `payer`; the payer and the account both sign."""
    return Instruction(
        addresses.SYSTEM_PROGRAM,
        (AccountMeta(payer, signer=True, writable=True), AccountMeta(account, signer=True, writable=True)),
        unsigned(_SYSTEM_CREATE_ACCOUNT, 4)
        + unsigned(lamports, 8)
        + unsigned(space, 8)
        + address_bytes(owner),
    )


def initialize_mint(
    *, mint: Address, authority: Address, decimals: int, freeze_authority: Address | None = None
) -> Instruction:
    freeze = b"\x00" if freeze_authority is None else b"\x01" + address_bytes(freeze_authority)
    data = unsigned(_INITIALIZE_MINT_2, 1) + unsigned(decimals, 1) + address_bytes(authority) + freeze
    return Instruction(addresses.TOKEN_PROGRAM, (AccountMeta(mint, writable=True),), data)


def initialize_account(*, account: Address, mint: Address, owner: Address) -> Instruction:
    return Instruction(
        addresses.TOKEN_PROGRAM,
        (AccountMeta(account, writable=True), AccountMeta(mint)),
        unsigned(_INITIALIZE_ACCOUNT_3, 1) + address_bytes(owner),
    )


def create_ata(*, payer: Address, owner: Address, mint: Address) -> Instruction:
    """Create a wallet's associated token account; do nothing if it exists."""
    return Instruction(
        addresses.ASSOCIATED_TOKEN_PROGRAM,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(addresses.ata(owner, mint), writable=True),
            AccountMeta(owner),
            AccountMeta(mint),
            AccountMeta(addresses.SYSTEM_PROGRAM),
            AccountMeta(addresses.TOKEN_PROGRAM),
        ),
        unsigned(_CREATE_IDEMPOTENT, 1),
    )


def mint_to(*, mint: Address, account: Address, authority: Address, amount: int) -> Instruction:
    return Instruction(
        addresses.TOKEN_PROGRAM,
        (
            AccountMeta(mint, writable=True),
            AccountMeta(account, writable=True),
            AccountMeta(authority, signer=True),
        ),
        unsigned(_MINT_TO, 1) + unsigned(amount, 8),
    )


def transfer(*, source: Address, destination: Address, owner: Address, amount: int) -> Instruction:
    return Instruction(
        addresses.TOKEN_PROGRAM,
        (
            AccountMeta(source, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(owner, signer=True),
        ),
        unsigned(_TRANSFER, 1) + unsigned(amount, 8),
    )
