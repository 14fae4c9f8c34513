"""Rows of stakes, folded from events. Pure.

Every event says what is there after it, so a row is right from the first event on that the node remembers;
only the notice is told by the first stake and by each lengthening alone.
"""

from hypernode.chain.generated.staking import (
    HoldReleased,
    Restaked,
    RewardsForfeited,
    RewardsTaken,
    Staked,
    StakeExtended,
    StakeHeld,
    StakeSlashed,
    StakeToppedUp,
    StakeWithdrawn,
    Unstaked,
)
from hypernode.chain.layout import Event
from hypernode_marketplace_api.models.base import Columns, capped
from hypernode_marketplace_api.models.events import subject_of

BLANK: Columns = {
    "open": True,
    "amount": 0,
    "weight": 0,
    "duration": 0,
    "staked_at": 0,
    "withdrawable_at": None,
    "holds": 0,
    "held_amount": 0,
    "slashed": 0,
    "claimed": 0,
    "forfeited": 0,
}


def key_of(event: Event) -> Columns | None:
    owner = subject_of(event) if event.PROGRAM == Staked.PROGRAM else None
    return None if owner is None else {"owner": owner}


def fold(row: Columns | None, event: Event, at: int) -> Columns:
    """Return the row after an event; a new stake after a withdrawal keeps the wallet's sums."""
    before = row or BLANK
    return {**before, **_changes(before, event, at)}


def _changes(row: Columns, event: Event, at: int) -> Columns:  # noqa: C901 - one arm an event
    match event:
        case Staked():
            return {
                "open": True,
                "amount": capped(event.amount),
                "weight": capped(event.weight),
                "duration": event.duration,
                "staked_at": at,
                "withdrawable_at": None,
            }
        case StakeToppedUp():
            return {"amount": capped(event.amount), "weight": capped(event.weight)}
        case StakeExtended():
            return {"weight": capped(event.weight), "duration": event.duration}
        case Unstaked():
            return {"weight": 0, "withdrawable_at": event.withdrawable_at}
        case Restaked():
            return {"weight": capped(event.weight), "withdrawable_at": None}
        case StakeHeld() | HoldReleased():
            return {"holds": event.holds, "held_amount": capped(event.held_amount)}
        case StakeSlashed():
            left = {"amount": capped(event.amount), "weight": capped(event.weight)}
            return {**left, "slashed": capped(row["slashed"] + event.slashed)}
        case RewardsTaken():
            return {"claimed": capped(row["claimed"] + event.amount)}
        case RewardsForfeited():
            return {"forfeited": capped(row["forfeited"] + event.amount)}
        case StakeWithdrawn():
            left = {"amount": 0, "weight": 0, "holds": 0, "held_amount": 0}
            return {**left, "open": False, "withdrawable_at": None}
    return {}
