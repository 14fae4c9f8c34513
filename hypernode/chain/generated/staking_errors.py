"""Owns the typed client of the staking program's errors. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG")


class NotUpgradeAuthority(Refusal):
    """Only the program's upgrade authority may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6100


class NotAuthority(Refusal):
    """Only the pool's authority may do this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6101


class NotPendingAuthority(Refusal):
    """Only the proposed authority may accept"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6102


class WrongDecimals(Refusal):
    """The mint must have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6103


class NotOwner(Refusal):
    """A stake belongs to the wallet that signs for it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6104


class WrongPayer(Refusal):
    """Rent goes back to the account that paid it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6105


class ZeroAmount(Refusal):
    """The amount must be more than zero"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6106


class BadDuration(Refusal):
    """The duration must be between 14 and 365 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6107


class DurationNotLonger(Refusal):
    """A duration can only be lengthened"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6108


class CoolingDown(Refusal):
    """The stake is cooling down"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6109


class NotCoolingDown(Refusal):
    """The stake is not cooling down"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6110


class CooldownNotOver(Refusal):
    """The cooldown is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6111


class Overflow(Refusal):
    """A number left its range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6112


class InvariantBroken(Refusal):
    """The account broke its own invariant"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6113


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6100: NotUpgradeAuthority,
    6101: NotAuthority,
    6102: NotPendingAuthority,
    6103: WrongDecimals,
    6104: NotOwner,
    6105: WrongPayer,
    6106: ZeroAmount,
    6107: BadDuration,
    6108: DurationNotLonger,
    6109: CoolingDown,
    6110: NotCoolingDown,
    6111: CooldownNotOver,
    6112: Overflow,
    6113: InvariantBroken,
}
