"""Plain form of one Solana instruction, independent of `solders`."""

from dataclasses import dataclass, replace

from hypernode.domain.types import Address


@dataclass(frozen=True)
class AccountMeta:
    """One account of an instruction, and its rights there."""

    address: Address
    signer: bool = False
    writable: bool = False


@dataclass(frozen=True)
class Instruction:
    """One call of one program, compared by value."""

    program: Address
    accounts: tuple[AccountMeta, ...]
    data: bytes

    def with_account(self, index: int, meta: AccountMeta) -> "Instruction":
        accounts = (*self.accounts[:index], meta, *self.accounts[index + 1 :])
        return replace(self, accounts=accounts)

    def with_data(self, data: bytes) -> "Instruction":
        return replace(self, data=data)


def absent_or(address: Address | None, program: Address, *, signer: bool, writable: bool) -> AccountMeta:
    """Return the meta of an optional account; the program's own address stands for an absent one."""
    return AccountMeta(program) if address is None else AccountMeta(address, signer, writable)
