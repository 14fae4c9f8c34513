"""Row of the rewards accumulator, folded from events. Pure.

`Distributed` says what joined a flow and what has flowed, but not until when: that follows from its second
and the window then in force, and both ends move on while too little is staked
(`rewards/src/state/stream.rs`).
"""

from hypernode.chain.generated.rewards import AccumulatorInitialized, Distributed, RewardsClaimed, WindowsSet
from hypernode.chain.layout import Event
from hypernode.domain.rewards import MIN_TOTAL_WEIGHT, joined_seconds
from hypernode_marketplace_api.models.base import Columns, capped

_STILL = {"total": 0, "flowed": 0, "starts_at": 0, "ends_at": 0}
BLANK: Columns = {
    "reward_index": "0",
    "distributed": 0,
    "claimed": 0,
    "total_weight": 0,
    "updated_at": 0,
    "fee_window": 0,
    "community_window": 0,
    **{f"{name}_{field}": value for name in ("fees", "community") for field, value in _STILL.items()},
}


def key_of(event: Event) -> Columns | None:
    return {"program": Distributed.PROGRAM} if event.PROGRAM == Distributed.PROGRAM else None


def fold(row: Columns | None, event: Event, at: int) -> Columns:
    before = row or BLANK
    return {**before, **_changes(before, event, at)}


def _changes(row: Columns, event: Event, at: int) -> Columns:
    match event:
        case AccumulatorInitialized():
            windows = {"fee_window": event.fee_window, "community_window": event.community_window}
            return {**windows, "updated_at": at}
        case WindowsSet():
            return {"fee_window": event.fee_window, "community_window": event.community_window}
        case RewardsClaimed():
            return {"claimed": capped(event.claimed)}
        case Distributed():
            idle = event.at - row["updated_at"] if event.total_weight < MIN_TOTAL_WEIGHT else 0
            fees = _flow(row, "fees", row["fee_window"], event.fees, event.fees_begun, event.at, idle)
            community = _flow(
                row,
                "community",
                row["community_window"],
                event.community,
                event.community_begun,
                event.at,
                idle,
            )
            return {
                **fees,
                **community,
                "reward_index": str(event.index),
                "distributed": capped(event.distributed),
                "total_weight": capped(event.total_weight),
                "updated_at": event.at,
            }
    return {}


def _flow(row: Columns, name: str, window: int, moved: int, begun: int, at: int, idle: int) -> Columns:
    """Return a flow after a distribution: what it moved first, then what joined it."""
    total, flowed = row[f"{name}_total"], row[f"{name}_flowed"] + moved
    starts_at, ends_at = row[f"{name}_starts_at"], row[f"{name}_ends_at"]
    rest = total - flowed
    if rest > 0:
        starts_at, ends_at = starts_at + idle, ends_at + idle
    if begun:
        seconds = joined_seconds(rest, ends_at - at, begun, window)
        total, flowed, starts_at, ends_at = rest + begun, 0, at, at + seconds
    after = {"total": capped(total), "flowed": flowed, "starts_at": starts_at, "ends_at": ends_at}
    return {f"{name}_{field}": value for field, value in after.items()}
