"""Addresses of the governance program. Written by `make generate`."""

from typing import Final

from hypernode.chain import layout
from hypernode.chain.derivation import derive
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("8xANJ4UNc1yxGvkeFvcYhJChwMHgU8GpH8zxAnTyhVRx")


def config() -> Address:
    return derive(PROGRAM_ID, b"config")[0]


def authority() -> Address:
    return derive(PROGRAM_ID, b"authority")[0]


def treasury() -> Address:
    return derive(PROGRAM_ID, b"treasury")[0]


def unlocks() -> Address:
    return derive(PROGRAM_ID, b"unlocks")[0]


def program_data() -> Address:
    return derive(Address("BPFLoaderUpgradeab1e11111111111111111111111"), layout.address(PROGRAM_ID))[0]
