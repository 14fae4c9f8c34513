"""What nodes submit: honest play, and each way to cheat that the design names."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.simulation.world import (
    JOBS_PER_NODE,
    TIMEOUT,
    Job,
    Node,
    fresh_result,
    limited,
    run_seconds,
)
from hypernode.domain.result import Ending, Result


@dataclass(frozen=True, slots=True)
class Submitted:
    """A receipt, and what lies behind it: the work really done, and which friends help."""

    result: Result
    seconds: int
    worked: int
    is_wrong: bool = False
    over_metered: bool = False
    goes_dark: bool = False
    oracle_friend: bool = False
    leader_friend: bool = False


Play = Callable[[Random, Node, Job], Submitted]


def honest(random: Random, node: Node, job: Job) -> Submitted:
    seconds = run_seconds(random, job, node.machine_class, node.speed)
    result, seconds = limited(job.program.result_on(node.machine_class), seconds)
    return Submitted(result, seconds, seconds)


def lazy(random: Random, node: Node, job: Job) -> Submitted:
    """Run nothing and claim the usual time."""
    seconds = min(TIMEOUT, run_seconds(random, job, node.machine_class, node.speed))
    return Submitted(fresh_result(), seconds, 0, is_wrong=True)


def _partly(share: float) -> Play:
    def play(random: Random, node: Node, job: Job) -> Submitted:
        return (lazy if random.random() < share else honest)(random, node, job)

    return play


def _over_metering(times: float, extra: int = 0, longest: float = TIMEOUT) -> Play:
    """Claim more time than the run took, on jobs of at most `longest` seconds."""

    def play(random: Random, node: Node, job: Job) -> Submitted:
        done = honest(random, node, job)
        if job.seconds > longest:
            return done
        claimed = min(TIMEOUT, int(done.worked * times) + extra)
        return Submitted(done.result, claimed, done.worked, over_metered=claimed > done.worked)

    return play


def _dark(random: Random, node: Node, job: Job) -> Submitted:
    done = lazy(random, node, job)
    return Submitted(done.result, done.seconds, 0, is_wrong=True, goes_dark=True)


def _late_career(random: Random, node: Node, job: Job) -> Submitted:
    return (honest if node.career < JOBS_PER_NODE // 2 else lazy)(random, node, job)


def _patient(play: Play) -> Play:
    """Play honestly while always drawn."""

    def patient(random: Random, node: Node, job: Job) -> Submitted:
        return (honest if node.probation else play)(random, node, job)

    return patient


def _returning(play: Play) -> Play:
    """Cheat between job 10 and 105, and play honestly after it."""

    def returning(random: Random, node: Node, job: Job) -> Submitted:
        return (play if not node.probation and node.career < 105 else honest)(random, node, job)

    return returning


def _claims_time(random: Random, node: Node, job: Job) -> Submitted:
    """Claim the whole timeout without work, for programs known to come near it."""
    if job.seconds < 0.55 * TIMEOUT:
        return honest(random, node, job)
    return Submitted(Result(Ending.TIME), TIMEOUT, 0, is_wrong=True)


def _with_friends(oracle: bool, leader: bool) -> Play:
    def play(random: Random, node: Node, job: Job) -> Submitted:
        done = lazy(random, node, job)
        return Submitted(
            done.result, done.seconds, 0, is_wrong=True, oracle_friend=oracle, leader_friend=leader
        )

    return play


def _meters_with_oracle(random: Random, node: Node, job: Job) -> Submitted:
    done = honest(random, node, job)
    claimed = min(TIMEOUT, int(done.worked * 1.45))
    return Submitted(done.result, claimed, done.worked, over_metered=True, oracle_friend=True)


STRATEGIES: dict[str, Play] = {
    "lazy": lazy,
    "lazy after probation": _patient(lazy),
    "forges 1 in 2": _partly(0.5),
    "forges 1 in 10": _partly(0.1),
    "dark when drawn": _patient(_dark),
    "late career": _late_career,
    "many identities": _patient(lazy),
    "wash trader": _patient(lazy),
    "claims the time limit": _claims_time,
    "meters 1.1": _over_metering(1.1),
    "meters 1.25": _over_metering(1.25),
    "meters 1.45": _over_metering(1.45),
    "meters 1.9": _over_metering(1.9),
    "meters 3": _over_metering(3),
    "meters 10": _over_metering(10),
    "meters +5 s": _over_metering(1.0, 5),
    "meters short jobs 1.45 + 5 s": _over_metering(1.45, 5, 60),
    "meters 1.45 with an oracle": _meters_with_oracle,
    "meters 1.25 after probation": _patient(_over_metering(1.25)),
    "meters 1.45 after probation": _patient(_over_metering(1.45)),
    "meters 1.9 after probation": _patient(_over_metering(1.9)),
    "meters 1.45 and returns": _returning(_over_metering(1.45)),
    "meters 1.45 and leaves": _patient(_over_metering(1.45)),
    "with an oracle": _patient(_with_friends(True, False)),
    "with a validator": _patient(_with_friends(False, True)),
    "with oracle and validator": _patient(_with_friends(True, True)),
    "half of the class are friends": _patient(lazy),
}
