"""Addresses of the slashing program. Written by `make generate`."""

from typing import Final

from hypernode.chain import layout
from hypernode.chain.derivation import derive
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA")


def config() -> Address:
    return derive(PROGRAM_ID, b"config")[0]


def vault() -> Address:
    return derive(PROGRAM_ID, b"vault")[0]


def program_data() -> Address:
    return derive(Address("BPFLoaderUpgradeab1e11111111111111111111111"), layout.address(PROGRAM_ID))[0]


def pool() -> Address:
    return derive(Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"), b"pool")[0]


def find_report(job: Address, sequence: int) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(PROGRAM_ID, b"sentence", layout.address(job), layout.unsigned(sequence, 8))


def report(job: Address, sequence: int) -> Address:
    return find_report(job, sequence)[0]


def find_stake(validator: Address) -> tuple[Address, int]:
    """Return the address and its bump."""
    return derive(
        Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"), b"stake", layout.address(validator)
    )


def stake(validator: Address) -> Address:
    return find_stake(validator)[0]
