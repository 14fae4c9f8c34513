"""Rounds of offers of one job: three nodes in a row, then a pause that doubles. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

OFFERS_A_ROUND = 3
FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 60
# Nodes that may give a job back before the matcher pauses.
DECLINES_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class PastOffer:
    """One offer of a job at one attempt; `ended_at` is None while it is live."""

    node: str
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """The nodes asked in this round. From `again_at` on they may be asked again if no other node fits."""

    asked: frozenset[str]
    again_at: int


def next_round(offers: Sequence[PastOffer], now: int) -> Round | None:
    """Return the round that an offer made now belongs to, or None if none may be made now."""
    ended = sorted((offer.ended_at, offer.node) for offer in offers if offer.ended_at is not None)
    if len(ended) < len(offers):
        return None
    if not ended:
        return Round(frozenset(), now)
    rounds, asked = divmod(len(ended), OFFERS_A_ROUND)
    again_at = ended[-1][0] + pause_after(max(1, rounds))
    if asked == 0 and now < again_at:
        return None
    return Round(frozenset(node for _, node in ended[len(ended) - asked :]), again_at)


def rested_at(declines: Sequence[PastOffer]) -> int:
    """Return when a job that nodes gave back may be offered again: after the fifth time there is a pause."""
    if len(declines) < DECLINES_AT_ONCE:
        return 0
    last = max(decline.ended_at or 0 for decline in declines)
    return last + pause_after(len(declines) - DECLINES_AT_ONCE + 1)


def pause_after(rounds: int) -> int:
    """Return the pause in seconds after this many full rounds without a taker."""
    return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS << min(rounds - 1, 10))
