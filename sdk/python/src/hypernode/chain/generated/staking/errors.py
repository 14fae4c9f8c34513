"""Errors of the staking program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """The signer is not the program's upgrade authority, which alone may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6100


class NotAuthority(Refusal):
    """The signer is not the pool's authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6101


class NotPendingAuthority(Refusal):
    """The signer is not the proposed authority"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6102


class WrongDecimals(Refusal):
    """The mint does not have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6103


class NotOwner(Refusal):
    """The signer does not own the stake"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6104


class WrongPayer(Refusal):
    """The account is not the one that paid the rent and gets it back"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6105


class WrongAccumulator(Refusal):
    """The account is not the rewards program's accumulator"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6106


class NotSlasher(Refusal):
    """The signer is not the slashing program, which alone may hold or slash a stake"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6107


class NotRewards(Refusal):
    """The signer is not the rewards program, which alone may take rewards"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6108


class ZeroAmount(Refusal):
    """Zero is not a valid amount; expected at least 1 base unit"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6109


class BadDuration(Refusal):
    """The duration is not valid; expected 14 to 365 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6110


class DurationNotLonger(Refusal):
    """The new duration is not longer than the current one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6111


class MoreThanStaked(Refusal):
    """The amount is larger than the stake"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6112


class CoolingDown(Refusal):
    """The stake is cooling down"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6113


class NotCoolingDown(Refusal):
    """The stake is not cooling down"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6114


class CooldownNotOver(Refusal):
    """The cooldown is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6115


class CooldownOver(Refusal):
    """The cooldown is over; the stake can no longer be held"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6116


class StakeHeld(Refusal):
    """The stake is held until every report against its owner has ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6117


class NotHeld(Refusal):
    """The stake is not held"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6118


class NothingStaked(Refusal):
    """The stake is empty"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6119


class RewardsUnclaimed(Refusal):
    """The stake has unclaimed rewards; claim or forfeit them first"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6120


class RewardsStale(Refusal):
    """The rewards index is out of date; run distribute of the rewards program first"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6121


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6122


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6123


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6100: NotUpgradeAuthority,
    6101: NotAuthority,
    6102: NotPendingAuthority,
    6103: WrongDecimals,
    6104: NotOwner,
    6105: WrongPayer,
    6106: WrongAccumulator,
    6107: NotSlasher,
    6108: NotRewards,
    6109: ZeroAmount,
    6110: BadDuration,
    6111: DurationNotLonger,
    6112: MoreThanStaked,
    6113: CoolingDown,
    6114: NotCoolingDown,
    6115: CooldownNotOver,
    6116: CooldownOver,
    6117: StakeHeld,
    6118: NotHeld,
    6119: NothingStaked,
    6120: RewardsUnclaimed,
    6121: RewardsStale,
    6122: Overflow,
    6123: InvariantBroken,
}
