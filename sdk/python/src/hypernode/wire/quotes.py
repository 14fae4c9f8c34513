"""HTTP models of a quote: the price of a spec, and the number of nodes that can run it."""

from typing import Any

from pydantic import Field

from hypernode.wire.fields import U32, U64, AddressText, CidText, HashText, WireModel


class QuoteRequest(WireModel):
    """`spec` is the spec document; without `rate` the market's floor is quoted."""

    spec: dict[str, Any]
    market: AddressText | None = None
    rate: U64 | None = Field(default=None)


class VerificationView(WireModel):
    """What stands behind the result: `level` is always, sampled or none, and `reason` says why none."""

    level: str
    audit_bps: int
    reason: str | None = None


class Quote(WireModel):
    """`cap` is what gets locked and the most that can be paid; `price_estimate` what usually is.

    `fitting_nodes` could run the job, some of them after what they run now; `unfit` counts, per rule, the
    online nodes that could not take it at this moment.
    """

    spec_hash: HashText
    spec_cid: CidText
    market: AddressText
    rate: U64
    timeout_seconds: U32
    cap: U64
    price_estimate: U64
    estimated_seconds: U32
    # Seconds until the cap is free again if everything goes wrong.
    longest_lock_seconds: U64
    verification: VerificationView
    fitting_nodes: int
    online_nodes: int
    unfit: dict[str, int]


class MarketView(WireModel):
    market: AddressText
    creator: AddressText
    market_id: HashText
    matcher: AddressText
    price_per_second: U64
    min_timeout_seconds: U32
    max_timeout_seconds: U32
    job_ttl: U32
    start_allowance: U32
    grace: U32
    verdict_floor: U32
    min_stake: U64
    min_reputation: int
    audit_bps: int
    max_attempts: int
    open: bool
    matched_here: bool


class MarketList(WireModel):
    markets: list[MarketView]
    default: AddressText | None
