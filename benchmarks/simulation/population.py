"""Who takes part in a simulated market, under which terms, and the sums that are kept."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.simulation.strategies import STRATEGIES
from benchmarks.simulation.world import (
    CHEATERS,
    CLASS_WEIGHTS,
    NODES,
    RATE,
    THIN_CLASS,
    THIN_NODES,
    TIMEOUT,
    Job,
    Node,
    Program,
)
from hypernode.domain import draw as draws
from hypernode.domain.sentence import exposure, factor

ORACLES, QUORUM, AUDIT_BPS = 3, 2, 500
FACTOR = factor(AUDIT_BPS, ORACLES, QUORUM)
ALWAYS_FACTOR = factor(draws.ALWAYS, ORACLES, QUORUM)
# The stake carries four jobs of the longest timeout at once.
STAKE = 4 * exposure(RATE, TIMEOUT, FACTOR)


@dataclass(slots=True)
class Tally:
    """Sums over one seed."""

    jobs: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    profit: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    work: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    delays: list[int] = field(default_factory=list)
    pool_income: float = 0.0
    pool_cost: float = 0.0


def a_job(random: Random, programs: Sequence[Program], number: int) -> Job:
    """Return a job of any program that is not labelled."""
    while True:
        program = random.choice(programs)
        if not program.labelled:
            return Job(number, program, program.mean_seconds * random.uniform(0.7, 1.4))


def make_nodes(random: Random, seed: int) -> list[Node]:
    """Return the nodes of one seed; the seeds take turns at the strategies."""
    names = list(STRATEGIES)
    made = []
    for number in range(NODES):
        strategy = "honest"
        if number < CHEATERS:
            strategy = names[(seed * CHEATERS + number) % len(names)]
        machine_class = random.choices(range(THIN_CLASS), CLASS_WEIGHTS)[0]
        if number >= NODES - THIN_NODES:
            strategy, machine_class = "honest, thin class", THIN_CLASS
        made.append(Node(number, strategy, machine_class, math.exp(abs(random.gauss(0, 0.1))), STAKE, STAKE))
    return made
