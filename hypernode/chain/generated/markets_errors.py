"""Owns the typed client of the markets program's errors. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("5edwjpyHhVaeVDPkxgY6Erc6bsVmG44yddGZBVB1KgNf")


class Paused(Refusal):
    """Paused"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6000


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6000: Paused,
}
