"""Errors of the rewards program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """The signer is not the program's upgrade authority, which alone may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6200


class NotAuthority(Refusal):
    """The signer is not the accumulator's authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6201


class NotPendingAuthority(Refusal):
    """The signer is not the proposed authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6202


class WrongDecimals(Refusal):
    """The mint does not have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6203


class WrongMint(Refusal):
    """The mint is not the pool's mint"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6204


class NotOwner(Refusal):
    """The signer does not own the stake that earned the rewards"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6205


class WrongStakingProgram(Refusal):
    """The account is not the staking program"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6206


class BadWindow(Refusal):
    """The window is not valid; expected 1 hour to 365 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6207


class NothingToClaim(Refusal):
    """The stake has no rewards to claim"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6208


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6209


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

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
