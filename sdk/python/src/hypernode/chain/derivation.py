"""Addresses that are computed from seeds: derived by a program, or by a signer with `create_with_seed`."""

from solders.pubkey import Pubkey

from hypernode.domain.types import Address, address_bytes


def derive(program: Address, *seeds: bytes) -> tuple[Address, int]:
    """Return the canonical address of some seeds, and its bump."""
    address, bump = Pubkey.find_program_address(list(seeds), Pubkey.from_bytes(address_bytes(program)))
    return Address(str(address)), bump


def with_seed(base: Address, seed: str, program: Address) -> Address:
    """Return the address that `base` has for a seed in a program; it has no bump, and `base` signs for it."""
    found = Pubkey.create_with_seed(
        Pubkey.from_bytes(address_bytes(base)), seed, Pubkey.from_bytes(address_bytes(program))
    )
    return Address(str(found))
