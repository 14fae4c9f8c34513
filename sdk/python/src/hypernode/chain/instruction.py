"""Owns the plain form of one Solana instruction, so that no caller needs the vendor's types."""

from dataclasses import dataclass, replace

from hypernode.domain.types import Address


@dataclass(frozen=True)
class AccountMeta:
    """One account slot of an instruction: which account, and what the instruction may do with it."""

    address: Address
    signer: bool = False
    writable: bool = False


@dataclass(frozen=True)
class Instruction:
    """One call of one program; equal instructions do the same thing, so drafts compare by value."""

    program: Address
    accounts: tuple[AccountMeta, ...]
    data: bytes

    def with_account(self, index: int, meta: AccountMeta) -> "Instruction":
        accounts = (*self.accounts[:index], meta, *self.accounts[index + 1 :])
        return replace(self, accounts=accounts)

    def with_data(self, data: bytes) -> "Instruction":
        return replace(self, data=data)


def absent_or(address: Address | None, program: Address, *, signer: bool, writable: bool) -> AccountMeta:
    """Return the slot of an optional account; Anchor reads the program's own address as "absent"."""
    return AccountMeta(program) if address is None else AccountMeta(address, signer, writable)
