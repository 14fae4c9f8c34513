"""Owns the upgradeable loader: who may replace a program's code, and handing that over."""

from dataclasses import dataclass
from typing import ClassVar, Self

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import LayoutError, ProgramAccount, Reader, unsigned
from hypernode.domain.types import Address

# bincode: the variant as u32, then what belongs to it
_PROGRAM_DATA = 3
_SET_AUTHORITY = 4
# What a proposal may hold of the loader's instructions, by the first four bytes.
CALLS = {3: "upgrade", 4: "set_authority", 6: "extend_program", 7: "set_authority_checked"}
CALL_ACCOUNTS = {
    "upgrade": ("program_data", "program", "buffer", "spill", "rent", "clock", "authority"),
    "set_authority": ("program_data", "authority", "new_authority"),
    "extend_program": ("program_data", "program", "system_program", "payer"),
    "set_authority_checked": ("program_data", "authority", "new_authority"),
}


@dataclass(frozen=True)
class ProgramData(ProgramAccount):
    """The head of a program-data account; the code behind it is left where it is."""

    PROGRAM: ClassVar[Address] = addresses.UPGRADEABLE_LOADER
    DISCRIMINATOR: ClassVar[bytes] = unsigned(_PROGRAM_DATA, 4)

    deployed_slot: int
    # None: nobody can ever change this program again.
    upgrade_authority: Address | None

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        slot = read.unsigned(8)
        return cls(slot, read.address() if read.boolean() else None)

    def encode(self) -> bytes:
        raise LayoutError("a program's code is not written by this client")


def set_upgrade_authority(*, program: Address, authority: Address, new_authority: Address) -> Instruction:
    """Hand the right to replace a program's code to another address, which need not sign."""
    metas = (
        AccountMeta(addresses.program_data(program), writable=True),
        AccountMeta(authority, signer=True),
        AccountMeta(new_authority),
    )
    return Instruction(addresses.UPGRADEABLE_LOADER, metas, unsigned(_SET_AUTHORITY, 4))
