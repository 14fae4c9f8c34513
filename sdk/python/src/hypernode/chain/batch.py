"""Raw accounts, and several that were read together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from hypernode.chain.layout import LayoutError, ProgramAccount
from hypernode.domain.types import Address

Decoded = TypeVar("Decoded", bound=ProgramAccount)


@dataclass(frozen=True)
class RawAccount:
    owner: Address
    lamports: int
    data: bytes


class Batch:
    """Accounts that were read together, each decoded when it is taken."""

    def __init__(self, found: Mapping[Address, RawAccount | None]) -> None:
        self._found = found

    def get(self, kind: type[Decoded], address: Address) -> Decoded | None:
        """Return one of these accounts, None if it does not exist; `LayoutError` if it is another kind."""
        return decoded(kind, address, self._found[address])


def decoded(kind: type[Decoded], address: Address, account: RawAccount | None) -> Decoded | None:
    """Decode an account; None if it is empty or missing; `LayoutError` if another program owns it."""
    if account is None or not account.data:
        return None
    if account.owner != kind.PROGRAM:
        raise LayoutError(f"{address} belongs to {account.owner}, not to {kind.PROGRAM}")
    return kind.decode(account.data)
