"""One simulated market: 20,000 jobs through draw, verdict, price and sentence of the product."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from benchmarks.simulation import protocol
from benchmarks.simulation.exact import friendly_groups
from benchmarks.simulation.population import (
    ALWAYS_FACTOR,
    AUDIT_BPS,
    FACTOR,
    ORACLES,
    QUORUM,
    Tally,
    a_job,
    make_nodes,
)
from benchmarks.simulation.strategies import STRATEGIES, Submitted, honest
from benchmarks.simulation.world import (
    COST_SHARE,
    JOBS_PER_NODE,
    LEVY_SHARE,
    NODE_SHARE,
    PROBATION_JOBS,
    RATE,
    TIMEOUT,
    Job,
    Kind,
    Node,
    fresh_result,
    limited,
    programs,
    run_seconds,
)
from hypernode.domain import draw as draws
from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.finding import (
    MAX_REPLICAS,
    MIN_CLASS,
    Claim,
    Finding,
    Repeated,
    Shut,
    Varies,
    must_repeat,
)
from hypernode.domain.sentence import (
    Frozen,
    exposure,
    fault_sentence,
    pool_share,
    price,
    sentence,
    timeout_sentence,
)
from hypernode.domain.status import Verdict

# Share of all stake behind one friendly validator.
VALIDATOR_SHARE = 0.01
# What 14 days of notice cost at 10 % a year.
NOTICE_COST = 0.1 * 14 / 365
CORRUPT = 0
# What the corrupt oracle does to strangers, by seed: nothing, measures too little time, guesses, is silent.
MANNERS = ("fair", "measures 1/1.45", "guesses", "silent")
# A seed that is not drawn and puts oracle 0 in front of the panel.
WISHED = (79_999).to_bytes(8, "little") + (5).to_bytes(4, "little") * 6


class Market:
    """The state of one seed."""

    def __init__(self, seed: int, machine_share: float, probation_share: float = 0.5) -> None:
        self.seed, self.probation_share, self.tally = seed, probation_share, Tally()
        self.random = Random(seed)
        self.manner = MANNERS[seed % len(MANNERS)]
        self.programs = programs(self.random, machine_share)
        self.nodes = make_nodes(self.random, seed)
        self.by_class: dict[int, list[Node]] = defaultdict(list)
        for node in self.nodes:
            self.by_class[node.machine_class].append(node)

    def run(self) -> Tally:
        """Offer every node its jobs in turn; return the sums."""
        for number in range(JOBS_PER_NODE * len(self.nodes)):
            node = self.nodes[number % len(self.nodes)]
            self._offer(node, a_job(self.random, self.programs, number))
            node.career += 1
        return self.tally

    def _offer(self, node: Node, job: Job) -> None:
        tally, strategy = self.tally, node.strategy
        tally.jobs[strategy] += 1
        tally.work[strategy] += RATE * job.seconds
        always = bool(node.probation) or len(self.by_class[node.machine_class]) - 1 < MIN_CLASS
        rate = draws.ALWAYS if always else AUDIT_BPS
        if strategy.endswith("leaves") and node.career % 60 == 59:
            self._leaves(node)
            always, rate = True, draws.ALWAYS
        if node.stake < exposure(RATE, TIMEOUT, ALWAYS_FACTOR if always else FACTOR):
            if strategy != "many identities":
                tally.counts["refused for lack of stake"] += 1
                return
            self._leaves(node)
            always, rate = True, draws.ALWAYS
        if strategy == "wash trader" and node.probation:
            self._wash(node)
            return
        submitted = STRATEGIES.get(strategy, honest)(self.random, node, job)
        drawn, panel = self._draw(job, rate, submitted)
        claim = self._claim(node, submitted, drawn)
        trial = self._judge(node, job, submitted, claim, panel)
        self._book(node, job, submitted, claim, trial, rate)

    def _leaves(self, node: Node) -> None:
        """Begin with a new identity: the old stake lies idle during its notice, at 10 % a year."""
        self.tally.profit[node.strategy] -= node.stake * NOTICE_COST
        node.starts_again()

    def _wash(self, node: Node) -> None:
        """A friend of the node buys ten jobs of one second: fees and the audit are the cost."""
        fees = (1 - NODE_SHARE) * RATE + RATE / 2
        self.tally.profit[node.strategy] -= fees * node.probation
        for _ in range(node.probation):
            node.meter = node.meter.record(1, 1)
        node.probation, node.baseline_bps = 0, node.meter.ratio_bps

    def _draw(self, job: Job, rate: int, submitted: Submitted) -> tuple[bool, tuple[int, ...]]:
        submission = draws.Submission(
            genesis=bytes(32),
            job=job.number.to_bytes(32, "little"),
            sequence=self.seed,
            attempt=1,
            receipt_hash=bytes(32),
            submitted_slot=0,
        )
        seeds = [
            draws.seed(submission, hashlib.sha256(b"%d %d %d" % (self.seed, job.number, group)).digest())
            for group in range(8)
        ]
        if submitted.leader_friend:
            for group in friendly_groups(self.random, VALIDATOR_SHARE):
                seeds[group] = WISHED
        if must_repeat(submitted.result):
            rate = draws.ALWAYS
        return draws.decide(seeds, rate, ORACLES)

    def _claim(self, node: Node, submitted: Submitted, drawn: bool) -> Claim:
        return Claim(
            oracles=ORACLES,
            quorum=QUORUM,
            drawn=drawn,
            result=submitted.result,
            seconds=submitted.seconds,
            timeout_seconds=TIMEOUT,
            baseline_bps=node.baseline_bps,
        )

    def _judge(
        self, node: Node, job: Job, submitted: Submitted, claim: Claim, panel: Sequence[int]
    ) -> protocol.Trial:
        if not claim.is_repeated:
            return protocol.undrawn(claim, None)

        def ask(position: int, stage_two: bool) -> Finding | None:
            if submitted.goes_dark:
                return Shut(Reason.MISSING_BLOB)
            return self._finding(job, submitted, panel[position], stage_two)

        return protocol.drawn(claim, ask, self._replicas(node, job, submitted))

    def _finding(self, job: Job, submitted: Submitted, oracle: int, stage_two: bool) -> Finding | None:
        seconds = run_seconds(self.random, job, 0, 1.0)
        result, seconds = limited(job.program.result_on(0), seconds)
        if oracle == CORRUPT:
            if submitted.oracle_friend:
                # It measures as much as a repetition counts for in R.
                return Repeated(submitted.result, submitted.seconds * 5 // 4)
            if self.manner == "measures 1/1.45":
                seconds = int(seconds / 1.45)
            elif self.manner == "guesses":
                return Repeated(fresh_result(), seconds)
            elif self.manner == "silent":
                return None
        if stage_two and job.program.kind is Kind.VARIES:
            return Varies()
        return Repeated(result, seconds)

    def _replicas(self, node: Node, job: Job, submitted: Submitted) -> list[Repeated]:
        """Draw up to five other nodes of the class; each plays replica as it plays its own jobs."""
        others = [other for other in self.by_class[node.machine_class] if other is not node]
        if len(others) < MIN_CLASS:
            return []
        found = []
        friends = node.strategy == "half of the class are friends"
        for other in self.random.sample(others, min(MAX_REPLICAS, len(others))):
            seconds = run_seconds(self.random, job, other.machine_class, other.speed)
            result, seconds = limited(job.program.result_on(other.machine_class), seconds)
            if friends and self.random.random() < 0.5:
                result, seconds = submitted.result, submitted.seconds
            elif "lazy" in other.strategy or other.strategy == "dark when drawn":
                result = fresh_result()
            found.append(Repeated(result, seconds))
        return found

    def _book(
        self, node: Node, job: Job, submitted: Submitted, claim: Claim, trial: protocol.Trial, rate: int
    ) -> None:
        tally, strategy, decision = self.tally, node.strategy, trial.decision
        is_always = rate == draws.ALWAYS
        frozen = Frozen(
            rate=RATE,
            cap=RATE * TIMEOUT,
            timeout_seconds=TIMEOUT,
            audit_bps=rate,
            quorum=QUORUM,
            factor=ALWAYS_FACTOR if is_always else FACTOR,
            ratio_bps=node.meter.ratio_bps,
            baseline_bps=node.baseline_bps,
            seconds=submitted.seconds,
        )
        paid = price(frozen, decision) if decision else 0
        lost = sentence(frozen, decision, node.stake) if decision else 0
        own = decision.own if decision else 0
        # On probation the node's share pays for the repetition, in a thin class the buyer's surcharge does.
        repetition = RATE * own * self.probation_share if node.probation else 0.0
        surcharge = min(paid * NODE_SHARE, repetition)
        node.stake -= lost
        tally.profit[strategy] += paid * NODE_SHARE - surcharge - lost - COST_SHARE * RATE * submitted.worked
        bought = RATE * own if is_always and not node.probation else 0
        from_sentence = pool_share(lost, RATE, int(job.seconds), QUORUM)
        tally.pool_income += paid * LEVY_SHARE + surcharge + bought + from_sentence
        tally.pool_cost += trial.paid_runs * RATE * job.seconds
        tally.delays.append(trial.delay)
        self._count(node, job, submitted, claim, trial, frozen, paid, lost)
        self._remember(node, job, submitted, decision)

    def _count(
        self,
        node: Node,
        job: Job,
        submitted: Submitted,
        claim: Claim,
        trial: protocol.Trial,
        frozen: Frozen,
        paid: int,
        lost: int,
    ) -> None:
        counts = self.tally.counts
        if submitted.is_wrong:
            counts["wrong"] += 1
            counts["wrong paid"] += bool(paid)
            counts["wrong sentenced"] += bool(lost)
            counts["wrong drawn"] += claim.drawn
            counts["wrong drawn and paid"] += bool(claim.drawn and paid)
            counts["wrong deterred"] += self._is_deterred(node, job, submitted, frozen)
        elif not submitted.over_metered:
            counts["honest"] += 1
            counts["honest drawn"] += claim.drawn
            counts["honest convicted"] += bool(lost)
            counts["honest unpaid"] += not paid
            is_exact = job.program.kind is Kind.EXACT
            counts[f"honest unpaid, {'exact' if is_exact else 'other'}"] += not paid
            counts["honest late"] += trial.decision is None
            if not node.probation and len(self.by_class[node.machine_class]) > MIN_CLASS:
                counts["after probation"] += 1
                counts["extra runs"] += trial.oracle_runs + trial.replica_runs

    def _is_deterred(self, node: Node, job: Job, submitted: Submitted, frozen: Frozen) -> bool:
        """Return True if this wrong result costs more than it gains, on average over its draw."""
        found = float(frozen.audit_bps) / draws.ALWAYS
        if must_repeat(submitted.result):
            found = 1.0
        if submitted.oracle_friend:
            found *= (ORACLES - QUORUM + 1) / ORACLES
        if submitted.leader_friend:
            found *= 3 / 4
        if node.strategy == "half of the class are friends":
            found /= 2
        loss = timeout_sentence(frozen, node.first_stake)
        if not must_repeat(submitted.result):
            loss = fault_sentence(frozen, int(job.seconds))
        gain = price(frozen, Decision(verdict=Verdict.ACCEPT))
        return found * loss > (1 - found) * gain

    def _remember(self, node: Node, job: Job, submitted: Submitted, decision: Decision | None) -> None:
        if node.probation and decision is not None and decision.audit is not Audit.NONE:
            node.probation -= 1
            if not node.probation:
                node.baseline_bps = node.meter.ratio_bps
        if decision is None:
            return
        if decision.audit is Audit.REPEATED:
            if decision.verdict is Verdict.ACCEPT:
                count = node.meter.confirmed if decision.blame is Blame.METERING else node.meter.record
                node.meter = count(submitted.seconds, decision.own)
            if decision.verdict is Verdict.REJECT or decision.blame is Blame.METERING:
                node.probation = PROBATION_JOBS
        elif decision.audit is Audit.UNREPEATABLE:
            job.program.labelled = True
