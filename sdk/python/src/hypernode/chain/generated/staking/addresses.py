"""Addresses of the staking program. Written by `make generate`."""

from typing import Final

from hypernode.chain import layout
from hypernode.chain.derivation import derive
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG")


def pool() -> Address:
    return derive(PROGRAM_ID, b"pool")[0]


def vault() -> Address:
    return derive(PROGRAM_ID, b"vault")[0]


def program_data() -> Address:
    return derive(Address("BPFLoaderUpgradeab1e11111111111111111111111"), layout.address(PROGRAM_ID))[0]


def find_stake(owner: Address) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"stake", layout.address(owner))


def stake(owner: Address) -> Address:
    return find_stake(owner)[0]
