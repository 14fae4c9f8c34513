"""Addresses of the markets program. Written by `make generate`."""

from typing import Final

from hypernode.chain import layout
from hypernode.chain.derivation import derive
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n")


def config() -> Address:
    return derive(PROGRAM_ID, b"config")[0]


def oracle_set() -> Address:
    return derive(PROGRAM_ID, b"oracle_set")[0]


def program_data() -> Address:
    return derive(Address("BPFLoaderUpgradeab1e11111111111111111111111"), layout.address(PROGRAM_ID))[0]


def find_market(creator: Address, market_id: bytes) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"market", layout.address(creator), layout.raw(market_id, 32))


def market(creator: Address, market_id: bytes) -> Address:
    return find_market(creator, market_id)[0]


def find_node(operator: Address) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"node", layout.address(operator))


def node(operator: Address) -> Address:
    return find_node(operator)[0]


def find_vault(owner: Address) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"buyer_vault", layout.address(owner))


def vault(owner: Address) -> Address:
    return find_vault(owner)[0]


def find_job(owner: Address, nonce: int) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"job", layout.address(owner), layout.unsigned(nonce, 8))


def job(owner: Address, nonce: int) -> Address:
    return find_job(owner, nonce)[0]
