"""Money of a verdict: price, exposure and sentence, as the markets program computes them.

Every amount is an integer of base units. Prices round down for the buyer, the sentence's factor rounds up:
the expected loss of a wrong result is never below twice its gain.
"""

from dataclasses import dataclass

from hypernode.domain.attestation import Audit, Blame, Decision
from hypernode.domain.draw import ALWAYS, NEVER
from hypernode.domain.metering import expected
from hypernode.domain.pricing import BPS
from hypernode.domain.status import Verdict

# The loss is this many times the gain, on average over drawn and undrawn jobs.
DETERRENCE = 2
# Share of draws that stay when one friendly leader sits in every draw (docs/draw.md).
_LEADERS = (3, 4)
# Share of wrong results that replicas find where the oracles lack the hardware.
_REPLICAS = (2, 5)
TIMEOUT_BPS = 100
# An always-drawn job pays at most own + own/4 + 2 seconds.
_SLACK_SHARE, _SLACK_SECONDS = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What a job froze when it was agreed, assigned and submitted."""

    rate: int
    cap: int
    timeout_seconds: int
    audit_bps: int
    quorum: int
    factor: int
    ratio_bps: int
    baseline_bps: int
    seconds: int


def factor(audit_bps: int, oracles: int, quorum: int, *, replicated: bool = False) -> int:
    """Return 2 / d rounded up: what one base unit of possible gain costs when it is found wrong.

    d is the chance that a wrong result is found with k - 1 corrupt oracles and one friendly leader. The
    factor is at least the number of runs that convict, so that exposure covers them. A job that is never
    audited has 1: its exposure still covers the sentence of a timeout.
    """
    if audit_bps == NEVER:
        return 1
    above = DETERRENCE * BPS * oracles * _LEADERS[1]
    below = audit_bps * (oracles - quorum + 1) * _LEADERS[0]
    if replicated:
        above, below = above * _REPLICAS[1], below * _REPLICAS[0]
    return max(convicting_runs(quorum), -(-above // below))


def convicting_runs(quorum: int) -> int:
    """Return the runs behind a conviction: the first member's, two of each of k members, two replicas."""
    return 2 * quorum + 3


def exposure(rate: int, timeout_seconds: int, factor: int) -> int:
    """Return what one open job takes of the stake until it ends: the largest sentence it can carry."""
    return rate * timeout_seconds * factor


def is_covered(exposure: int, stake: int, held: int, fraud_bps: int) -> bool:
    """Return True if the stake that is not held covers all open jobs of a node."""
    return exposure * BPS <= fraud_bps * max(0, stake - held)


def fault_sentence(job: Frozen, own: int) -> int:
    """Return the price of the claimed time, times the factor; at least that of the convicting runs."""
    claimed = min(job.timeout_seconds, job.seconds) * job.factor
    return job.rate * max(claimed, convicting_runs(job.quorum) * min(job.timeout_seconds, own))


def timeout_sentence(job: Frozen, stake: int) -> int:
    """Return 1 % of the stake, at most the price of the whole timeout, so that exposure covers it."""
    return min(stake * TIMEOUT_BPS // BPS, job.cap, job.rate * job.timeout_seconds)


def sentence(job: Frozen, decision: Decision, stake: int) -> int:
    """Return what a verdict costs the stake."""
    if decision.verdict is Verdict.ACCEPT or decision.blame is Blame.NONE:
        return 0
    if decision.blame is Blame.TIMEOUT:
        return timeout_sentence(job, stake)
    if decision.blame is Blame.FAULT:
        return fault_sentence(job, decision.own)
    excess = min(job.timeout_seconds, job.seconds) - expected(decision.own, job.baseline_bps)
    return job.rate * max(0, excess) * job.factor


def price(job: Frozen, decision: Decision) -> int:
    """Return what the buyer pays for an accepted job, before fees; the rest of the cap goes back."""
    if decision.verdict is not Verdict.ACCEPT:
        return 0
    seconds = min(job.seconds, job.timeout_seconds)
    if decision.blame is Blame.METERING:
        seconds = min(seconds, expected(decision.own, job.baseline_bps))
    amount = divide_by_ratio(job.rate * seconds, job.ratio_bps)
    if job.audit_bps == ALWAYS and decision.audit is Audit.REPEATED:
        slack = decision.own + decision.own // _SLACK_SHARE + _SLACK_SECONDS
        amount = min(amount, job.rate * slack)
    return min(amount, job.cap)


def divide_by_ratio(amount: int, ratio_bps: int) -> int:
    """Divide by max(1, R), rounded down: the buyer keeps the fraction of a base unit."""
    return amount * BPS // max(BPS, ratio_bps)


def pool_share(sentence: int, rate: int, own: int, quorum: int) -> int:
    """Return the audit pool's part of a sentence: the runs that convicted. The rest is burned."""
    return min(sentence, convicting_runs(quorum) * rate * own)
