"""Independent model of what markets and staking do to money and status.

It is written from the interface and the specification, never from the programs, so that an error would have
to be made twice to go unseen. Every action either changes the model or raises `Refused` and changes nothing.
"""

from collections import Counter

from hypernode.chain.generated.markets import MarketTerms
from hypernode.domain.draw import ALWAYS
from hypernode.domain.pricing import BPS, FeeShares, job_price, split_price
from hypernode.domain.reputation import PROBATION_JOBS
from hypernode.domain.sentence import factor, is_covered
from hypernode.domain.staking import MIN_NODE_STAKE, capacity, weight
from hypernode.domain.status import Arrow, JobStatus, Outcome, Verdict
from hypernode.domain.windows import late_window, longest_commitment, verdict_window
from hypernode.errors import DomainError
from tests.programs.model_accounts import (
    OPERATIONS,
    STAKERS,
    TREASURY,
    Buyer,
    Job,
    Node,
    Refused,
    Stake,
    demand,
    present,
)

# Two of three decide.
ORACLES, QUORUM = 3, 2

# As an amount to withdraw: everything there is, even if that is nothing.
ALL = 2**64 - 1
PAUSE_JOBS = 1
PAUSE_NODES = 2
NODE_NOTICE = 14 * 86_400
MAX_DURATION = 365 * 86_400

_BLAME = {
    Outcome.SETTLED: "ok",
    Outcome.REJECTED: "rejected",
    Outcome.TIMED_OUT: "timed_out",
    Outcome.DECLINED: "timed_out",
}


class Model:
    """The whole world: wallets, vaults, books, jobs, nodes, stakes, and the chain's clock."""

    def __init__(self, terms: MarketTerms, now: int, wallets: dict[str, int]) -> None:
        self.terms = terms
        self.now = now
        self.rotated_at = 0
        self.shares = FeeShares()
        self.paused = 0
        self.market_open = True
        self.wallets: Counter[str] = Counter(wallets)
        self.collected: Counter[str] = Counter()
        self.buyers: dict[str, Buyer] = {}
        self.jobs: dict[tuple[str, int], Job] = {}
        self.nodes: dict[str, Node] = {}
        self.stakes: dict[str, Stake] = {}
        self.scores: dict[str, int] = {}

    # --- buyers

    def open_buyer(self, owner: str) -> None:
        demand(owner not in self.buyers, "open once")
        self.buyers[owner] = Buyer()

    def deposit(self, owner: str, amount: int) -> None:
        buyer = present(self.buyers, owner)
        demand(0 < amount <= self.wallets[owner], "deposit what is there")
        self.wallets[owner] -= amount
        buyer.available += amount

    def withdraw(self, owner: str, amount: int) -> None:
        """Take from what is available; what strangers gave is the owner's from now on."""
        buyer = present(self.buyers, owner)
        demand(amount > 0, "withdraw something")
        free = buyer.available + buyer.donated
        amount = free if amount == ALL else amount
        demand(amount <= free, "withdraw what is available")
        buyer.available, buyer.donated = free - amount, 0
        self.wallets[owner] += amount

    def donate(self, giver: str, owner: str, amount: int) -> None:
        """Send tokens straight to a vault, as anyone can."""
        buyer = present(self.buyers, owner)
        demand(0 < amount <= self.wallets[giver], "give what is there")
        self.wallets[giver] -= amount
        buyer.donated += amount

    def collect_fees(self, owner: str) -> None:
        buyer = present(self.buyers, owner)
        demand(buyer.dues.total() > 0, "nothing due")
        self.collected += buyer.dues
        buyer.dues.clear()

    def close_buyer(self, owner: str) -> None:
        buyer = present(self.buyers, owner)
        demand(buyer.vault == 0, "close what is empty")
        demand(all(job.buyer != owner for job in self.jobs.values()), "no live job loses its buyer")
        del self.buyers[owner]

    # --- jobs

    def create_job(self, owner: str, nonce: int, rate: int, timeout_seconds: int) -> None:
        buyer = present(self.buyers, owner)
        demand(not self.paused & PAUSE_JOBS, "paused")
        demand(self.market_open, "market closed")
        demand((owner, nonce) not in self.jobs, "a nonce names one live job")
        demand(rate >= self.terms.price_per_second, "rate below the floor")
        demand(
            self.terms.min_timeout_seconds <= timeout_seconds <= self.terms.max_timeout_seconds,
            "timeout out of bounds",
        )
        cap = rate * timeout_seconds
        demand(buyer.available >= cap, "locked from what is available")
        buyer.available -= cap
        buyer.locked += cap
        job = Job(owner, self.terms, self.shares, cap, rate, timeout_seconds, expires_at=0)
        job.audit_bps = self.terms.audit_bps
        repeats = (self.terms.max_attempts - 1) * job.attempt_seconds
        job.expires_at = self.now + self.terms.job_ttl + repeats
        self.jobs[owner, nonce] = job

    def cancel_job(self, owner: str, nonce: int) -> None:
        self._end(owner, nonce, Arrow.CANCEL)

    def assign_job(self, owner: str, nonce: int, operator: str) -> None:
        job = present(self.jobs, (owner, nonce))
        node = present(self.nodes, operator)
        stake = present(self.stakes, operator)
        demand(job.status is JobStatus.POSTED and self.now <= job.expires_at, "still posted")
        demand(node.retired_at is None, "node retired")
        demand(operator != job.buyer, "self-dealing")
        demand(stake.unstake_at is None, "stake is cooling")
        demand(stake.amount >= max(MIN_NODE_STAKE, self.terms.min_stake), "stake too small")
        demand(node.active_jobs < capacity(stake.amount), "no capacity")
        commitment = longest_commitment(
            job.timeout_seconds,
            start_allowance=self.terms.start_allowance,
            grace=self.terms.grace,
            verdict_floor=self.terms.verdict_floor,
        )
        demand(stake.duration >= commitment, "stake too short")
        demand(self.scores.get(operator, 500) >= self.terms.min_reputation, "reputation too low")
        audit_bps = ALWAYS if node.probation else job.audit_bps
        exposed = job.cap * factor(audit_bps, ORACLES, QUORUM)
        demand(is_covered(node.exposure + exposed, stake.amount, 0, BPS), "exposure not covered")
        job.move(Arrow.ASSIGN)
        job.attempt += 1
        job.node = operator
        job.assigned_at = self.now
        job.deadline = self.now + job.attempt_seconds
        node.active_jobs += 1
        node.exposure += exposed
        job.audit_bps, job.exposure = audit_bps, exposed

    def submit_receipt(self, owner: str, nonce: int, operator: str, seconds_used: int) -> None:
        job = present(self.jobs, (owner, nonce))
        demand(job.node == operator, "another node's job")
        demand(self.now <= job.deadline, "too late")
        demand(seconds_used <= min(job.timeout_seconds, self.now - job.assigned_at + 1), "more than passed")
        job.move(Arrow.SUBMIT)
        job.seconds_used = seconds_used
        window = verdict_window(job.timeout_seconds, job.terms.verdict_floor)
        job.verdict_deadline = self.now + window
        job.late_until = job.verdict_deadline + late_window(job.timeout_seconds)

    def settle_job(self, owner: str, nonce: int, verdict: Verdict) -> None:
        job = present(self.jobs, (owner, nonce))
        demand(job.status is JobStatus.SUBMITTED and self.now <= job.late_until, "no verdict due")
        node = self.nodes[str(job.node)]
        if verdict is Verdict.REJECT:
            self._end(owner, nonce, Arrow.REJECT)
            node.probation = PROBATION_JOBS
            return
        self._pay(owner, nonce, Arrow.ACCEPT)
        node.probation = max(0, node.probation - 1)

    def accept_job(self, owner: str, nonce: int) -> None:
        job = present(self.jobs, (owner, nonce))
        half = late_window(job.timeout_seconds) // 2
        in_time = job.verdict_deadline + half <= self.now <= job.late_until
        demand(job.status is JobStatus.SUBMITTED and in_time, "second half of the late window")
        self._pay(owner, nonce, Arrow.PAY)

    def decline_job(self, owner: str, nonce: int, operator: str) -> None:
        job = present(self.jobs, (owner, nonce))
        demand(job.status is JobStatus.ASSIGNED and job.node == operator, "another node's job")
        demand(self.now <= job.deadline, "too late")
        if self.now - job.assigned_at <= job.terms.start_allowance:
            job.declines += 1
            self._post_again(job, Arrow.DECLINE, None)
        elif job.is_final(self.now):
            self._end(owner, nonce, Arrow.FAIL)
        else:
            self._post_again(job, Arrow.DECLINE, "timed_out")

    def _pay(self, owner: str, nonce: int, arrow: Arrow) -> None:
        job = self.jobs[owner, nonce]
        price = job_price(job.rate, job.seconds_used, job.cap)
        split = split_price(price, job.shares)
        operator, buyer = str(job.node), self.buyers[owner]
        self._end(owner, nonce, arrow)
        buyer.available -= price
        self.wallets[operator] += split.node
        buyer.dues.update({TREASURY: split.treasury, STAKERS: split.stakers, OPERATIONS: split.operations})

    def expire_job(self, owner: str, nonce: int) -> None:
        job = present(self.jobs, (owner, nonce))
        demand(self.now > job.due, "not over yet")
        if job.status is JobStatus.ASSIGNED and not job.is_final(self.now):
            self._post_again(job, Arrow.REPOST, "timed_out")
            return
        self._end(
            owner,
            nonce,
            {
                JobStatus.POSTED: Arrow.EXPIRE,
                JobStatus.ASSIGNED: Arrow.TIME_OUT,
                JobStatus.SUBMITTED: Arrow.GIVE_UP,
            }[job.status],
        )

    def _post_again(self, job: Job, arrow: Arrow, outcome: str | None) -> None:
        self._release(job, outcome)
        job.move(arrow)
        job.node = None

    def _end(self, owner: str, nonce: int, arrow: Arrow) -> None:
        """Close a job: its whole cap is available again, and its node is free."""
        job = present(self.jobs, (owner, nonce))
        reason = job.ending(arrow)
        if job.status is not JobStatus.POSTED:
            self._release(job, _BLAME.get(reason))
        self.buyers[owner].locked -= job.cap
        self.buyers[owner].available += job.cap
        del self.jobs[owner, nonce]

    def _release(self, job: Job, outcome: str | None) -> None:
        node = self.nodes[str(job.node)]
        node.active_jobs -= 1
        node.exposure -= job.exposure
        if outcome is not None:
            node.ended[outcome] += 1

    # --- nodes

    def register_node(self, operator: str) -> None:
        demand(not self.paused & PAUSE_NODES, "paused")
        demand(operator not in self.nodes, "one node per operator")
        self.nodes[operator] = Node()

    def retire_node(self, operator: str) -> None:
        node = present(self.nodes, operator)
        demand(node.retired_at is None, "retired already")
        node.retired_at = self.now

    def close_node(self, operator: str) -> None:
        node = present(self.nodes, operator)
        demand(node.retired_at is not None and self.now >= node.retired_at + NODE_NOTICE, "notice runs")
        demand(node.active_jobs == 0, "jobs run")
        del self.nodes[operator]

    # --- stakes

    def stake(self, owner: str, amount: int, duration: int) -> None:
        demand(owner not in self.stakes, "one stake per wallet")
        demand(0 < amount <= self.wallets[owner], "stake what is there")
        self._weigh(amount, duration)
        self.wallets[owner] -= amount
        self.stakes[owner] = Stake(amount, duration)

    def top_up(self, owner: str, amount: int) -> None:
        stake = present(self.stakes, owner)
        demand(stake.unstake_at is None, "cooling")
        demand(0 < amount <= self.wallets[owner], "stake what is there")
        self.wallets[owner] -= amount
        stake.amount += amount

    def extend(self, owner: str, duration: int) -> None:
        stake = present(self.stakes, owner)
        demand(stake.unstake_at is None, "cooling")
        demand(stake.duration < duration <= MAX_DURATION, "only longer")
        stake.duration = duration

    def unstake(self, owner: str) -> None:
        stake = present(self.stakes, owner)
        demand(stake.unstake_at is None, "cooling already")
        stake.unstake_at = self.now

    def restake(self, owner: str) -> None:
        stake = present(self.stakes, owner)
        demand(stake.unstake_at is not None, "not cooling")
        stake.unstake_at = None

    def withdraw_stake(self, owner: str) -> None:
        stake = present(self.stakes, owner)
        demand(
            stake.unstake_at is not None and self.now >= stake.unstake_at + stake.duration, "still committed"
        )
        self.wallets[owner] += stake.amount
        del self.stakes[owner]

    def _weigh(self, amount: int, duration: int) -> None:
        try:
            weight(amount, duration)
        except DomainError as cause:
            raise Refused(cause.detail) from cause

    # --- invariants

    @property
    def supply(self) -> int:
        vaults = sum(buyer.vault for buyer in self.buyers.values())
        staked = sum(stake.amount for stake in self.stakes.values())
        return self.wallets.total() + self.collected.total() + vaults + staked
