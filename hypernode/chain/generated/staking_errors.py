"""Owns the typed client of the staking program's errors. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("ErfC4o8FjgaPgb4Zb93XqoBKxnDT8SeFd8ym7F348X3p")


class BadDuration(Refusal):
    """BadDuration"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6000


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6000: BadDuration,
}
