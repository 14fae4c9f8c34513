"""Other ways to verify, in the same market: no audit, independent draws, replication."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.simulation.market import CORRUPT
from benchmarks.simulation.population import (
    AUDIT_BPS,
    FACTOR,
    ORACLES,
    QUORUM,
    STAKE,
    Tally,
    a_job,
    make_nodes,
)
from benchmarks.simulation.strategies import STRATEGIES, Submitted, honest
from benchmarks.simulation.world import (
    COST_SHARE,
    JOBS_PER_NODE,
    NODE_SHARE,
    PROBATION_JOBS,
    RATE,
    Job,
    Node,
    programs,
)
from hypernode.domain.pricing import BPS

# Copies of a job whose results are compared: two, and a third if they differ.
COPIES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What one scheme decides: the seconds paid, the stake lost, and the runs beside the node's own."""

    paid: int
    lost: int = 0
    runs: int = 0


class Rival:
    """One seed under one scheme."""

    def __init__(self, seed: int, machine_share: float, scheme: str) -> None:
        self.random = Random(seed)
        self.programs = programs(self.random, machine_share)
        self.nodes = make_nodes(self.random, seed)
        self.valid = {node.number: 0 for node in self.nodes}
        self.judge = SCHEMES[scheme]
        self.tally = Tally()

    def run(self) -> Tally:
        tally = self.tally
        for number in range(JOBS_PER_NODE * len(self.nodes)):
            node = self.nodes[number % len(self.nodes)]
            job = a_job(self.random, self.programs, number)
            submitted = STRATEGIES.get(node.strategy, honest)(self.random, node, job)
            judged = self.judge(self, node, job, submitted)
            tally.jobs[node.strategy] += 1
            tally.work[node.strategy] += RATE * job.seconds
            income = RATE * (judged.paid * NODE_SHARE - COST_SHARE * submitted.worked) - judged.lost
            tally.profit[node.strategy] += income
            tally.counts["jobs"] += 1
            tally.counts["extra runs"] += judged.runs
            if submitted.is_wrong:
                tally.counts["wrong"] += 1
                tally.counts["wrong paid"] += bool(judged.paid)
            elif not submitted.over_metered:
                tally.counts["honest"] += 1
                tally.counts["honest unpaid"] += not judged.paid
                tally.counts["honest convicted"] += bool(judged.lost)
            node.career += 1
            node.probation = max(0, node.probation - 1)
        return tally

    def no_audit(self, node: Node, job: Job, submitted: Submitted) -> Judged:
        return Judged(submitted.seconds)

    def independent_draws(self, node: Node, job: Job, submitted: Submitted) -> Judged:
        """Each oracle draws alone; k must find the same mismatch. The sentence is that of the one draw."""
        runs = differing = 0
        truth = job.program.result_on(0)
        for oracle in range(ORACLES):
            if self.random.random() * BPS >= (BPS if node.probation else AUDIT_BPS):
                continue
            runs += 1
            silent = oracle == CORRUPT and submitted.oracle_friend
            differing += not silent and submitted.result != truth
        if differing < QUORUM:
            return Judged(submitted.seconds, 0, runs)
        lost = min(node.stake, FACTOR * RATE * submitted.seconds)
        node.stake -= lost
        if not node.stake:
            node.stake = STAKE
        return Judged(0, lost, runs)

    def double_replication(self, node: Node, job: Job, submitted: Submitted) -> Judged:
        """Other nodes run the job too; two equal results are paid, with the smaller time of both."""
        for copies in range(1, COPIES):
            partner = self.random.choice([other for other in self.nodes if other is not node])
            other = STRATEGIES.get(partner.strategy, honest)(self.random, partner, job)
            if other.result == submitted.result:
                return Judged(min(submitted.seconds, other.seconds), 0, copies)
        return Judged(0, 0, COPIES - 1)

    def adaptive_replication(self, node: Node, job: Job, submitted: Submitted) -> Judged:
        """Replicate a node's first ten jobs, then one in N after N valid ones: the way of BOINC."""
        valid = self.valid[node.number]
        if valid > PROBATION_JOBS and self.random.random() * valid >= 1:
            return Judged(submitted.seconds)
        judged = self.double_replication(node, job, submitted)
        self.valid[node.number] = valid + 1 if judged.paid else 0
        return judged


Scheme = Callable[[Rival, Node, Job, Submitted], Judged]
SCHEMES: dict[str, Scheme] = {
    "no audit": Rival.no_audit,
    "independent draws": Rival.independent_draws,
    "double replication": Rival.double_replication,
    "adaptive replication": Rival.adaptive_replication,
}
