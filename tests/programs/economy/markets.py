"""The fee side of markets in the model: what jobs lock, pay and owe (docs/programs/markets.md)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.programs.economy.ledger import MISSING, TAKEN, Guards, Refused, share, wallet

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

HYPER = 10**6
POSTED, ASSIGNED, SUBMITTED, REJECTED, TIMED_OUT = range(5)
PRICE, LEAST_TIMEOUT, MOST_TIMEOUT, TTL, AUDIT_BPS = 1, 10, 3_600, 600, 500
START_ALLOWANCE, GRACE, VERDICT_FLOOR, DAY = 60, 30, 900, 86_400
MAX_ATTEMPTS, MAX_DECLINES = 2, 100
MOST_MIN_RATE = 10_000
RETIREMENT = 14 * 86_400
# An ended job stays for its report if that collects a hundredth of a HYPER, for 30 days.
LEAST_SENTENCE, OUTCOME_TIME = 10_000, 30 * 86_400
ALL = 2**64 - 1
DUES = {
    "treasury_due": "market treasury",
    "stakers_due": "rewards vault",
    "operations_due": "market operations",
}
JobKey = tuple[str, int]


@dataclass
class Job:
    cap: int
    rate: int
    timeout_seconds: int
    shares: tuple[int, int, int]
    expires_at: int
    status: int = POSTED
    attempts: int = 0
    declines: int = 0
    node: str = ""
    assigned_at: int = 0
    deadline: int = 0
    seconds: int = 0
    verdict_deadline: int = 0
    always: bool = False
    exposure: int = 0
    sentence: int = 0
    ended_at: int = 0
    # Its number on chain, which names its report; no rule depends on it.
    sequence: int = 0

    def late(self, now: int) -> bool:
        ends = (self.expires_at, self.deadline, self.late_until)
        return now > ends[self.status]

    @property
    def attempt_seconds(self) -> int:
        return START_ALLOWANCE + self.timeout_seconds + GRACE

    def is_final(self, now: int) -> bool:
        """Return whether no further attempt can follow the present one."""
        return self.attempts >= MAX_ATTEMPTS or now > self.expires_at

    @property
    def ended(self) -> bool:
        return self.status >= REJECTED

    @property
    def late_window(self) -> int:
        return max(DAY, 4 * self.timeout_seconds)

    @property
    def late_until(self) -> int:
        return self.verdict_deadline + self.late_window


@dataclass
class Buyer:
    available: int = 0
    locked: int = 0
    dues: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DUES, 0))
    # What strangers sent to the vault: it belongs to nobody until the owner withdraws.
    donated: int = 0

    @property
    def treasury_due(self) -> int:
        return self.dues["treasury_due"]

    @property
    def stakers_due(self) -> int:
        return self.dues["stakers_due"]

    @property
    def operations_due(self) -> int:
        return self.dues["operations_due"]

    @property
    def claims(self) -> int:
        return self.available + self.locked + sum(self.dues.values()) + self.donated


@dataclass
class Node:
    active_jobs: int = 0
    exposure: int = 0
    # Accepted jobs until its work is no longer repeated each time.
    probation: int = 10
    retired_at: int = 0
    ok: int = 0
    rejected: int = 0
    timed_out: int = 0


def vault(owner: str) -> str:
    return f"buyer vault {owner}"


class Markets:
    def __init__(self, economy: "Economy", shares: tuple[int, int, int]) -> None:
        self.economy = economy
        self.shares = shares
        self.paused = 0
        self.min_rate = 0
        self.buyers: dict[str, Buyer] = {}
        self.nodes: dict[str, Node] = {}
        self.jobs: dict[JobKey, Job] = {}

    def of(self, owner: str) -> Buyer:
        if owner not in self.buyers:
            raise Refused(*MISSING)
        return self.buyers[owner]

    def open_buyer(self, owner: str) -> None:
        if owner in self.buyers:
            raise Refused(*TAKEN)
        self.buyers[owner] = Buyer()

    def deposit(self, owner: str, amount: int) -> None:
        buyer = self.of(owner)
        guards = Guards()
        guards.need(amount > 0, "ZeroAmount")
        guards.need(self.economy.ledger.holds(wallet(owner), amount), "InsufficientFunds")
        guards.done()
        self.economy.ledger.move(wallet(owner), vault(owner), amount)
        buyer.available += amount

    def withdraw(self, owner: str, amount: int) -> None:
        buyer = self.of(owner)
        guards = Guards()
        free = buyer.available + buyer.donated
        taken = free if amount == ALL else amount
        guards.need(amount > 0, "ZeroAmount")
        guards.need(taken <= free, "InsufficientFunds")
        guards.done()
        self.economy.ledger.move(vault(owner), wallet(owner), taken)
        buyer.available, buyer.donated = free - taken, 0

    def close_buyer(self, owner: str) -> None:
        buyer = self.of(owner)
        if buyer.claims:
            raise Refused("BuyerNotEmpty", "NonNativeHasBalance")
        del self.buyers[owner]

    def collect_fees(self, owner: str) -> None:
        buyer = self.of(owner)
        if not any(buyer.dues.values()):
            raise Refused("NothingDue")
        for due, place in DUES.items():
            self.economy.ledger.move(vault(owner), place, buyer.dues[due])
            buyer.dues[due] = 0

    # --- nodes

    def register_node(self, operator: str) -> None:
        guards = Guards()
        guards.need(not self.paused & 2, "Paused")
        guards.need(operator not in self.nodes, *TAKEN)
        guards.done()
        self.nodes[operator] = Node()

    def retire_node(self, operator: str) -> None:
        node = self._node(operator)
        if node.retired_at:
            raise Refused("AlreadyRetired")
        node.retired_at = self.economy.now

    def close_node(self, operator: str) -> None:
        node = self._node(operator)
        long_enough = bool(node.retired_at) and self.economy.now >= node.retired_at + RETIREMENT
        guards = Guards()
        guards.need(long_enough, "NotRetiredLongEnough")
        guards.need(node.active_jobs == node.exposure == 0, "NodeBusy")
        guards.done()
        del self.nodes[operator]

    # --- jobs

    def create_job(self, owner: str, nonce: int, rate: int, timeout_seconds: int) -> None:
        buyer = self.of(owner)
        guards = Guards()
        guards.need(not self.paused & 1, "Paused")
        guards.need((owner, nonce) not in self.jobs, *TAKEN)
        guards.need(rate >= max(PRICE, self.min_rate), "RateTooLow")
        guards.need(LEAST_TIMEOUT <= timeout_seconds <= MOST_TIMEOUT, "BadTimeout")
        cap = rate * timeout_seconds
        guards.need(cap <= buyer.available, "InsufficientFunds")
        guards.done()
        buyer.available -= cap
        buyer.locked += cap
        job = self.jobs[owner, nonce] = Job(cap, rate, timeout_seconds, self.shares, self.economy.now + TTL)
        job.expires_at += (MAX_ATTEMPTS - 1) * job.attempt_seconds

    def assign_job(self, owner: str, nonce: int, operator: str) -> None:
        job, node, now = self.job(owner, nonce), self._node(operator), self.economy.now
        stake = self.economy.staking.of(operator)
        tiers = ((100, 1), (1_000, 3), (10_000, 10), (100_000, 10**9))
        capacity = max((jobs for least, jobs in tiers if stake.free >= least * HYPER), default=0)
        guards = Guards()
        guards.need(not node.retired_at, "NodeRetired")
        guards.need(operator != owner, "SelfDealing")
        guards.need(stake.active, "StakeInactive")
        guards.need(stake.free >= 100 * HYPER, "StakeTooLow")
        guards.need(node.active_jobs < capacity, "CapacityReached")
        # Two of three oracles: at least seven runs convict; at a rate of 5 % the factor is 80.
        always = job.always or node.probation > 0
        exposure = job.cap * (7 if always else 80)
        guards.need(node.exposure + exposure <= stake.free, "ExposureTooHigh")
        guards.need(job.status == POSTED, "JobNotPosted")
        guards.need(now <= job.expires_at, "JobExpired")
        guards.done()
        job.status, job.node, job.assigned_at, job.deadline = (
            ASSIGNED,
            operator,
            now,
            now + job.attempt_seconds,
        )
        job.attempts += 1
        node.active_jobs += 1
        node.exposure += exposure
        job.exposure, job.always = exposure, always
        # Of a timeout: a hundredth of the stake, at most the price of the whole timeout.
        job.sentence = min(stake.amount // 100, job.cap)

    def submit_receipt(self, owner: str, nonce: int, operator: str, seconds: int) -> None:
        job, now = self.job(owner, nonce), self.economy.now
        guards = Guards()
        guards.need(job.status == ASSIGNED, "JobNotAssigned")
        guards.need(operator == job.node, "NotWorkerKey")
        guards.need(now <= job.deadline, "ReceiptTooLate")
        guards.need(seconds <= min(job.timeout_seconds, now - job.assigned_at + 1), "TooManySeconds")
        guards.done()
        job.status, job.seconds = SUBMITTED, seconds
        job.verdict_deadline = now + VERDICT_FLOOR + 8 * job.timeout_seconds

    def settle_job(self, owner: str, nonce: int, accept: bool) -> None:
        job = self.job(owner, nonce)
        guards = Guards()
        guards.need(job.status == SUBMITTED, "JobNotSubmitted")
        guards.need(self.economy.now <= job.late_until, "VerdictTooLate")
        guards.done()
        node = self.nodes[job.node]
        node.probation = max(0, node.probation - 1) if accept else 10
        if accept:
            node.ok += 1
            self._end(owner, nonce)
            self._pay(owner, job)
        else:
            node.rejected += 1
            job.sentence = job.rate * job.seconds * (7 if job.always else 80)
            self._fail(owner, nonce, REJECTED)

    def accept_job(self, owner: str, nonce: int) -> None:
        job, now = self.job(owner, nonce), self.economy.now
        guards = Guards()
        guards.need(job.status == SUBMITTED, "JobNotSubmitted")
        guards.need(now <= job.late_until, "VerdictTooLate")
        guards.need(now >= job.verdict_deadline + job.late_window // 2, "TooEarlyToAccept")
        guards.done()
        self._end(owner, nonce)
        self._pay(owner, job)

    def decline_job(self, owner: str, nonce: int, operator: str) -> None:
        job, now = self.job(owner, nonce), self.economy.now
        guards = Guards()
        guards.need(operator == job.node, "NotWorkerKey", "WrongAccountForJob")
        guards.need(job.status == ASSIGNED, "JobNotAssigned")
        guards.need(now <= job.deadline, "DeclinedTooLate")
        guards.done()
        if now - job.assigned_at <= START_ALLOWANCE and job.declines < MAX_DECLINES:
            job.attempts, job.declines = job.attempts - 1, job.declines + 1
            self._post_again(job)
            return
        self.nodes[operator].timed_out += 1
        if job.is_final(now):
            self._end(owner, nonce)
        else:
            self._post_again(job)

    def _post_again(self, job: Job) -> None:
        self.nodes[job.node].active_jobs -= 1
        self.nodes[job.node].exposure -= job.exposure
        job.status, job.node, job.assigned_at, job.deadline = POSTED, "", 0, 0
        job.sentence = job.exposure = 0

    def _pay(self, owner: str, job: Job) -> None:
        buyer = self.of(owner)
        price = min(job.cap, job.rate * job.seconds)
        protocol, stakers, operations = (share(price, bps) for bps in job.shares)
        fees = {"treasury_due": protocol - stakers, "stakers_due": stakers, "operations_due": operations}
        buyer.available -= price
        for due, amount in fees.items():
            buyer.dues[due] += amount
        paid = price - protocol - operations
        self.economy.ledger.move(vault(owner), wallet(job.node), paid)

    def cancel_job(self, owner: str, nonce: int) -> None:
        if self.job(owner, nonce).status != POSTED:
            raise Refused("JobNotPosted")
        self._end(owner, nonce)

    def expire_job(self, owner: str, nonce: int) -> None:
        job = self.job(owner, nonce)
        if job.ended:
            raise Refused("JobEnded")
        if not job.late(self.economy.now):
            raise Refused("NotExpired")
        if job.status != ASSIGNED:
            self._end(owner, nonce)
            return
        self.nodes[job.node].timed_out += 1
        if job.is_final(self.economy.now):
            self._fail(owner, nonce, TIMED_OUT)
        else:
            self._post_again(job)

    def close_outcome(self, owner: str, nonce: int) -> None:
        """Close an ended job that nobody has brought to slashing in time."""
        job = self.job(owner, nonce)
        guards = Guards()
        guards.need(job.ended, "JobNotEnded")
        guards.need(self.economy.now > job.ended_at + OUTCOME_TIME, "OutcomeKept", "JobNotEnded")
        guards.done()
        self.forget(owner, nonce)

    def forget(self, owner: str, nonce: int) -> None:
        """Close an ended job: its node need not cover its sentence any more."""
        job = self.jobs.pop((owner, nonce))
        self.nodes[job.node].exposure -= job.exposure

    # --- what only the DAO does

    def set_fees(self, protocol: int, stakers: int, operations: int) -> None:
        guards = Guards()
        guards.need(stakers <= protocol and protocol + operations <= 3_000, "BadFees")
        guards.done()
        self.shares = (protocol, stakers, operations)

    def set_min_rate(self, rate: int) -> None:
        guards = Guards()
        guards.need(rate <= MOST_MIN_RATE, "BadMinRate")
        guards.done()
        self.min_rate = rate

    def set_pause(self, flags: int) -> None:
        guards = Guards()
        guards.need(flags in range(4), "BadPauseFlags")
        guards.done()
        self.paused = flags

    def job(self, owner: str, nonce: int) -> Job:
        if (owner, nonce) not in self.jobs:
            raise Refused(*MISSING)
        return self.jobs[owner, nonce]

    def _node(self, operator: str) -> Node:
        if operator not in self.nodes:
            raise Refused(*MISSING)
        return self.nodes[operator]

    def _fail(self, owner: str, nonce: int, status: int) -> None:
        """End a job by its node's fault: it stays for a report, if its sentence is worth one."""
        job = self.jobs[owner, nonce]
        if job.sentence < LEAST_SENTENCE:
            self._end(owner, nonce)
            return
        job.status, job.ended_at = status, self.economy.now
        self.buyers[owner].available += job.cap
        self.buyers[owner].locked -= job.cap
        self.nodes[job.node].active_jobs -= 1

    def _end(self, owner: str, nonce: int) -> None:
        """Close the job and unlock its cap; a payment is then taken out of what is available."""
        job = self.jobs.pop((owner, nonce))
        self.buyers[owner].available += job.cap
        self.buyers[owner].locked -= job.cap
        if job.node:
            self.nodes[job.node].active_jobs -= 1
            self.nodes[job.node].exposure -= job.exposure
