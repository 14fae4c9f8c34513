"""Choice among the fitting nodes: a score in integer basis points, and a seeded draw. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypernode.domain.pricing import BPS
from hypernode.domain.reputation import MAX_SCORE, PRIOR_JOBS, PRIOR_OK, Tier, tier
from hypernode.domain.staking import MIN_NODE_STAKE
from hypernode_marketplace_api.slices.matching.eligibility import Candidate, Needs

# Percent; they add up to 100.
REPUTATION, SUCCESS, PRICE, HEADROOM, LOCALITY, LATENCY, STAKE = 30, 20, 20, 10, 10, 5, 5
# Percent on top of the score.
TIER_BOOST = {Tier.STARTER: 0, Tier.BRONZE: 1, Tier.SILVER: 2, Tier.GOLD: 5, Tier.DIAMOND: 10}
# A full score in stake: ten doublings of the least stake, about what lifts the limit on jobs.
STAKE_DOUBLINGS = 10
# Two nodes are drawn from this many of the best, so that equal jobs do not all go to one node.
SHORTLIST = 8
# 1 in 20 jobs goes to a node with fewer than ten finished jobs, so that new nodes can build a record.
EXPLORATION_ODDS = 20
NEWCOMER_JOBS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen node with its score; the same seed and candidates choose it again."""

    node: Candidate
    score: int
    seed: int


def score(needs: Needs, node: Candidate) -> int:
    """Return 0 to 11,000: a weighted mean in basis points, raised by the tier."""
    weighted = (
        REPUTATION * (node.score * BPS // MAX_SCORE)
        + SUCCESS * success_bps(node)
        + PRICE * price_bps(needs.rate, node.ask)
        + HEADROOM * headroom_bps(node)
        + LOCALITY * (BPS if needs.spec.image in node.images else 0)
        + LATENCY * node.latency_bps
        + STAKE * stake_bps(node.stake)
    ) // 100
    return weighted * (100 + TIER_BOOST[tier(node.score)]) // 100


def success_bps(node: Candidate) -> int:
    """Count a newcomer as the program does: four of eight jobs done."""
    return (node.ok + PRIOR_OK) * BPS // (node.jobs + PRIOR_JOBS)


def price_bps(rate: int, ask: int) -> int:
    """Rate how far a node works below what the buyer pays; the buyer's price is the same either way."""
    return (rate - ask) * BPS // rate if 0 <= ask <= rate and rate else 0


def headroom_bps(node: Candidate) -> int:
    slots = node.free_slots + node.active_jobs
    return node.free_slots * BPS // slots if slots else 0


def stake_bps(stake: int) -> int:
    doublings: int = (stake // MIN_NODE_STAKE).bit_length()
    return min(BPS, doublings * BPS // STAKE_DOUBLINGS)


def choose(needs: Needs, fitting: Sequence[Candidate], seed: int) -> Choice | None:
    """Pick a node: the better of two drawn from the shortlist, or in 1 of 20 draws a newcomer."""
    if not fitting:
        return None
    drawing = random.Random(seed)  # fairness, not secrecy: the seed is recorded
    ranked = sorted(fitting, key=lambda node: (-score(needs, node), node.node))
    newcomers = [node for node in ranked if node.jobs < NEWCOMER_JOBS]
    explores = drawing.randrange(EXPLORATION_ODDS) == 0
    pool = newcomers if explores and newcomers else ranked[:SHORTLIST]
    drawn = drawing.sample(range(len(pool)), min(2, len(pool)))
    node = pool[min(drawn)]  # ranked order: the lower index is the better score
    return Choice(node, score(needs, node), seed)
