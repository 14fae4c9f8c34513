"""HTTP models of stakes and rewards, made from events on chain."""

from typing import Literal

from hypernode.wire.events import EventEntry
from hypernode.wire.fields import U64, U128, AddressText, WireModel

StakeStatusText = Literal["Active", "CoolingDown", "Withdrawn"]


class StakeView(WireModel):
    """A wallet's stake. `capacity` is how many jobs at once it allows a node, null for any number."""

    owner: AddressText
    status: StakeStatusText
    amount: U64
    weight: U64
    stake_tier: str
    capacity: int | None
    # The notice: seconds between unstaking and withdrawing.
    duration: int
    staked_at: int
    withdrawable_at: int | None
    open_reports: int
    # What confirmed reports will take. It backs no job.
    held: U64
    slashed: U64


class StakePage(WireModel):
    stakes: list[StakeView]
    next_cursor: str | None = None


class StakeDetail(StakeView):
    """`reports` are the newest that hold the stake; `events` the newest of its history, or a page of it."""

    claimed: U64
    forfeited: U64
    reports: list[AddressText]
    events: list[EventEntry]
    next_cursor: str | None = None


class FlowView(WireModel):
    """An amount that flows evenly to stakers from one second to another; `flowed` as of the last count."""

    total: U64
    flowed: U64
    starts_at: int
    ends_at: int
    # Seconds over which the next amount will flow.
    window: int


class RewardsView(WireModel):
    """`yield_bps` is what a year like the last `window` seconds would add to what is staked."""

    index: U128
    distributed: U64
    claimed: U64
    updated_at: int
    fees: FlowView
    community: FlowView
    total_staked: U64
    total_weight: U64
    window: int
    distributed_in_window: U64
    yield_bps: U64


class ClaimView(WireModel):
    amount: U64
    at: int
    signature: str


class ClaimPage(WireModel):
    """One wallet's claims, newest first; `claimed` is the sum of all of them."""

    owner: AddressText
    claimed: U64
    claims: list[ClaimView]
    next_cursor: str | None = None
