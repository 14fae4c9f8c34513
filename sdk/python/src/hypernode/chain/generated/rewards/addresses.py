"""Addresses of the rewards program. Written by `make generate`."""

from typing import Final

from hypernode.chain import layout
from hypernode.chain.derivation import derive
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA")


def accumulator() -> Address:
    return derive(PROGRAM_ID, b"accumulator")[0]


def pool() -> Address:
    return derive(Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"), b"pool")[0]


def vault() -> Address:
    return derive(PROGRAM_ID, b"vault")[0]


def community() -> Address:
    return derive(PROGRAM_ID, b"community")[0]


def program_data() -> Address:
    return derive(Address("BPFLoaderUpgradeab1e11111111111111111111111"), layout.address(PROGRAM_ID))[0]
