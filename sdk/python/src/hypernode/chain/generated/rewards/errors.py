"""Errors of the rewards program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """Only the program's upgrade authority may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6200


class NotAuthority(Refusal):
    """Only the accumulator's authority may do this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6201


class NotPendingAuthority(Refusal):
    """Only the proposed authority may accept"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6202


class WrongDecimals(Refusal):
    """The mint must have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6203


class WrongMint(Refusal):
    """The mint is not the staked one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6204


class NotOwner(Refusal):
    """Rewards belong to the wallet whose stake earned them"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6205


class WrongStakingProgram(Refusal):
    """This is not the staking program"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6206


class BadWindow(Refusal):
    """A window must be between an hour and a year"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6207


class NothingToClaim(Refusal):
    """There is nothing to claim yet"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6208


class Overflow(Refusal):
    """A number left its range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6209


class InvariantBroken(Refusal):
    """The account broke its own invariant"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6210


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6200: NotUpgradeAuthority,
    6201: NotAuthority,
    6202: NotPendingAuthority,
    6203: WrongDecimals,
    6204: WrongMint,
    6205: NotOwner,
    6206: WrongStakingProgram,
    6207: BadWindow,
    6208: NothingToClaim,
    6209: Overflow,
    6210: InvariantBroken,
}
