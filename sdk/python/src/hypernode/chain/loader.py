"""Accounts and instructions of the upgradeable loader, which holds programs and their upgrade authorities."""

import hashlib
from typing import Self

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import LayoutError, ProgramAccount, Reader, unsigned
from hypernode.domain.types import Address

# bincode: the variant as u32, then its fields
_BUFFER = 1
_PROGRAM_DATA = 3
_UPGRADE = 3
_SET_AUTHORITY = 4
# The code follows a head of fixed size, also where the optional authority is absent.
_BUFFER_HEAD = 4 + 1 + 32
# Instructions of the loader that a proposal may hold, by the first four bytes.
CALLS = {3: "upgrade", 4: "set_authority", 6: "extend_program", 7: "set_authority_checked"}
CALL_ACCOUNTS = {
    "upgrade": ("program_data", "program", "buffer", "spill", "rent", "clock", "authority"),
    "set_authority": ("program_data", "authority", "new_authority"),
    "extend_program": ("program_data", "program", "system_program", "payer"),
    "set_authority_checked": ("program_data", "authority", "new_authority"),
}


class ProgramData(ProgramAccount):
    """The head of a program-data account, without the code that follows."""

    PROGRAM = addresses.UPGRADEABLE_LOADER
    DISCRIMINATOR = unsigned(_PROGRAM_DATA, 4)

    deployed_slot: int
    # None: the program is immutable.
    upgrade_authority: Address | None

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        slot = read.unsigned(8)
        return cls(slot, read.address() if read.boolean() else None)

    def encode(self) -> bytes:
        raise LayoutError("this client does not write a program's code")


class CodeBuffer(ProgramAccount):
    """A buffer with new code for a program."""

    PROGRAM = addresses.UPGRADEABLE_LOADER
    DISCRIMINATOR = unsigned(_BUFFER, 4)

    # May write to the buffer and upgrade with it; None: immutable.
    authority: Address | None
    # SHA-256 of the code, equal to `sha256sum` of the program's file.
    code_hash: bytes

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        authority = read.address() if read.boolean() else None
        return cls(authority, hashlib.sha256(data[_BUFFER_HEAD:]).digest())

    def encode(self) -> bytes:
        raise LayoutError("this client does not write a program's code")


def upgrade(*, program: Address, buffer: Address, spill: Address, authority: Address) -> Instruction:
    """Replace a program's code by the buffer's; the buffer's rent goes to `spill`."""
    metas = (
        AccountMeta(addresses.program_data(program), writable=True),
        AccountMeta(program, writable=True),
        AccountMeta(buffer, writable=True),
        AccountMeta(spill, writable=True),
        AccountMeta(addresses.RENT_SYSVAR),
        AccountMeta(addresses.CLOCK_SYSVAR),
        AccountMeta(authority, signer=True),
    )
    return Instruction(addresses.UPGRADEABLE_LOADER, metas, unsigned(_UPGRADE, 4))


def set_upgrade_authority(*, program: Address, authority: Address, new_authority: Address) -> Instruction:
    """Give the upgrade authority to another address, which does not have to sign."""
    metas = (
        AccountMeta(addresses.program_data(program), writable=True),
        AccountMeta(authority, signer=True),
        AccountMeta(new_authority),
    )
    return Instruction(addresses.UPGRADEABLE_LOADER, metas, unsigned(_SET_AUTHORITY, 4))
