"""The simulated market: programs, nodes and what a run of a job really gives."""

import itertools
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from hypernode.domain.metering import Meter
from hypernode.domain.pricing import BPS
from hypernode.domain.result import Ending, Result

RATE = 1_000
TIMEOUT = 3_600
# Oracles run on class 0. The last class has three nodes: fewer than three others, so always drawn.
CLASS_WEIGHTS = (40, 32, 25)
THIN_CLASS, THIN_NODES = 3, 3
NODES, JOBS_PER_NODE = 100, 200
CHEATERS = 30
PROBATION_JOBS = 10
# A node works for 60 % of the rate, and gets 85 % of the price.
COST_SHARE, NODE_SHARE, LEVY_SHARE = 0.6, 0.85, 0.05

_fresh_roots = itertools.count(1)


class Kind(Enum):
    """How a program's outputs repeat."""

    EXACT = "exact"
    MACHINE = "machine"
    VARIES = "varies"


@dataclass(slots=True)
class Program:
    """An image and a command. A program found unrepeatable is labelled, and no exact job runs it again."""

    number: int
    kind: Kind
    mean_seconds: float
    # Time on a machine class over the time on the oracles' machine.
    class_speed: tuple[float, ...]
    labelled: bool = False

    def result_on(self, machine_class: int) -> Result:
        if self.kind is Kind.VARIES:
            return fresh_result()
        variant = machine_class if self.kind is Kind.MACHINE else 0
        return Result(Ending.EXITED, 0, (self.number * 16 + variant).to_bytes(32, "little"))


def fresh_result() -> Result:
    """Return a result that no other run gives."""
    return Result(Ending.EXITED, 0, (2**200 + next(_fresh_roots)).to_bytes(32, "little"))


@dataclass(slots=True)
class Node:
    """One identity of an operator. `career` counts the jobs that it was offered."""

    number: int
    strategy: str
    machine_class: int
    speed: float
    stake: int
    first_stake: int
    meter: Meter = field(default_factory=Meter)
    baseline_bps: int = BPS
    probation: int = PROBATION_JOBS
    career: int = 0

    def starts_again(self) -> None:
        """Leave the identity behind: a new stake, no record."""
        self.stake, self.meter = self.first_stake, Meter()
        self.baseline_bps, self.probation = BPS, PROBATION_JOBS


@dataclass(frozen=True, slots=True)
class Job:
    """One job, and the seconds it takes on the oracles' machine without noise."""

    number: int
    program: Program
    seconds: float


def programs(random: Random, machine_share: float, count: int = 2_000) -> list[Program]:
    """Return programs of which `machine_share` depend on the machine, and 1 % give no result twice."""
    made = []
    for number in range(count):
        chance = random.random()
        kind = Kind.MACHINE if chance < machine_share else Kind.EXACT
        if chance > 0.99:
            kind = Kind.VARIES
        # Half of the machine-dependent programs also take another time elsewhere: 0.4 to 2.5 times.
        slow = kind is Kind.MACHINE and random.random() < 0.5
        speeds = tuple(2.5 ** random.uniform(-1, 1) if slow and at else 1.0 for at in range(THIN_CLASS + 1))
        made.append(Program(number, kind, min(1_500.0, random.lognormvariate(4.5, 1.2)), speeds))
    return made


def run_seconds(random: Random, job: Job, machine_class: int, speed: float) -> int:
    """Return the metered seconds of one run, rounded up; 3 % noise."""
    exact = job.seconds * speed * job.program.class_speed[machine_class] * random.gauss(1, 0.03)
    return max(1, int(exact) + 1)


def limited(result: Result, seconds: int) -> tuple[Result, int]:
    """Return what the limit of time leaves of a run."""
    return (Result(Ending.TIME), TIMEOUT) if seconds > TIMEOUT else (result, seconds)
