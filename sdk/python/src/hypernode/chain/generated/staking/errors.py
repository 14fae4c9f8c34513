"""Errors of the staking program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


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


class WrongAccumulator(Refusal):
    """This is not the accumulator of the rewards program"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6106


class NotSlasher(Refusal):
    """Only the slashing program may hold or take a stake"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6107


class NotRewards(Refusal):
    """Only the rewards program may pay rewards out"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6108


class ZeroAmount(Refusal):
    """The amount must be more than zero"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6109


class BadDuration(Refusal):
    """The duration must be between 14 and 365 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6110


class DurationNotLonger(Refusal):
    """A duration can only be lengthened"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6111


class MoreThanStaked(Refusal):
    """No more than the stake can be taken"""

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
    """The cooldown is over, so the stake can no longer be held"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6116


class StakeHeld(Refusal):
    """A report is open; the stake stays until it ends"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6117


class NotHeld(Refusal):
    """The stake is not held"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6118


class NothingStaked(Refusal):
    """Nothing is staked"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6119


class RewardsUnclaimed(Refusal):
    """Claim the rewards first, or forfeit them"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6120


class RewardsStale(Refusal):
    """Weight grows only at an index of now: put the rewards program's distribute before this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6121


class Overflow(Refusal):
    """A number left its range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6122


class InvariantBroken(Refusal):
    """The account broke its own invariant"""

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
