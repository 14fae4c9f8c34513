"""Price of a job and its split: the same integer formulas as the markets program."""

from dataclasses import dataclass

from hypernode.domain.money import check_amount
from hypernode.errors import InvalidAmount

BPS = 10_000
# Most that all fees together take of a price. No vote raises it.
MAX_FEE_BPS = 3_000


@dataclass(frozen=True, slots=True)
class FeeShares:
    """Basis points of the price; `stakers_bps` lies within `protocol_bps`, the node gets the rest."""

    protocol_bps: int = 1_000
    stakers_bps: int = 100
    operations_bps: int = 500

    def __post_init__(self) -> None:
        if not 0 <= self.stakers_bps <= self.protocol_bps:
            raise InvalidAmount("the stakers' share is part of the protocol's, so it cannot be larger")
        if self.operations_bps < 0 or self.protocol_bps + self.operations_bps > MAX_FEE_BPS:
            raise InvalidAmount("shares must add up to at most 3,000 basis points")


@dataclass(frozen=True, slots=True)
class PriceSplit:
    """Where each base unit of a price goes; the four parts add up to it exactly."""

    node: int
    treasury: int
    stakers: int
    operations: int

    @property
    def protocol(self) -> int:
        return self.treasury + self.stakers

    @property
    def fees(self) -> int:
        return self.protocol + self.operations

    @property
    def total(self) -> int:
        return self.node + self.fees


def split_price(price: int, shares: FeeShares) -> PriceSplit:
    """Round every fee down; the node keeps the dust."""
    check_amount(price)
    protocol = price * shares.protocol_bps // BPS
    stakers = price * shares.stakers_bps // BPS
    operations = price * shares.operations_bps // BPS
    return PriceSplit(
        node=price - protocol - operations,
        treasury=protocol - stakers,
        stakers=stakers,
        operations=operations,
    )


def job_price(rate: int, seconds_used: int, cap: int) -> int:
    """Return what an accepted job pays: metered seconds, never more than was locked."""
    return min(cap, rate * seconds_used)


def full_cap(rate: int, timeout_seconds: int) -> int:
    """Return what a job locks: the price of its whole timeout."""
    return check_amount(rate * timeout_seconds)
