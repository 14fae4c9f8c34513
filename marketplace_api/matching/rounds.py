"""Owns how often a job is offered: three nodes in a row, then a pause that doubles. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

OFFERS_A_ROUND = 3
FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PastOffer:
    """One offer of a job at one attempt; `ended_at` is None while it is live."""

    node: str
    ended_at: int | None


def next_round(offers: Sequence[PastOffer], now: int) -> frozenset[str] | None:
    """Return the nodes not to ask again in this round, or None if nobody may be asked now."""
    ended = sorted((offer.ended_at, offer.node) for offer in offers if offer.ended_at is not None)
    if len(ended) < len(offers):
        return None
    rounds, asked = divmod(len(ended), OFFERS_A_ROUND)
    if ended and asked == 0 and now < ended[-1][0] + pause_after(rounds):
        return None
    return frozenset(node for _, node in ended[len(ended) - asked :])


def pause_after(rounds: int) -> int:
    """Return the pause after so many full rounds without a taker."""
    return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS << min(rounds - 1, 10))
