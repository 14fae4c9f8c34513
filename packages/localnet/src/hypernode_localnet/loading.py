"""Deployment of a program on the VM with the accounts of the upgradeable loader."""

from __future__ import annotations

from solders.account import Account
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey

UPGRADEABLE_LOADER = Pubkey.from_string("BPFLoaderUpgradeab1e11111111111111111111111")

# bincode of the loader's ProgramData: variant u32, deployed slot u64, then Option<authority>
_AUTHORITY_AT = 12
_SOME = b"\x01"


def program_data_address(program: Pubkey) -> Pubkey:
    address, _ = Pubkey.find_program_address([bytes(program)], UPGRADEABLE_LOADER)
    return address


def add_program(vm: LiteSVM, program: Pubkey, authority: Pubkey, binary: bytes) -> None:
    """Load a program with `authority` as its upgrade authority, which `init_config` checks."""
    vm.add_program_with_loader(program, binary, UPGRADEABLE_LOADER)
    address = program_data_address(program)
    made = vm.get_account(address)
    assert made is not None, "the VM created no program-data account"
    data = bytearray(made.data)
    data[_AUTHORITY_AT : _AUTHORITY_AT + 33] = _SOME + bytes(authority)
    vm.set_account(address, Account(made.lamports, bytes(data), UPGRADEABLE_LOADER))
