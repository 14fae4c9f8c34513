"""Exact chances of conviction and acquittal, by counting every order of the panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

from benchmarks.simulation import protocol
from hypernode.domain.attestation import Blame, Reason
from hypernode.domain.draw import threshold
from hypernode.domain.finding import Cannot, Claim, Finding, Repeated, Shut, Varies
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import Verdict

SETS = ((3, 2), (5, 3), (7, 4))
TRUE = Result(Ending.EXITED, 0, b"t" * 32)
FORGED = Result(Ending.EXITED, 0, b"f" * 32)
OTHER = Result(Ending.EXITED, 0, b"o" * 32)
SECONDS = 100
# Groups of four slots in a wait of ten minutes, and the chance of one group at 5 %.
WAIT_GROUPS = 375
_GROUP_CHANCE = threshold(500, 8) / 80_000
# What corrupt members can say together; None is silence. The worst for each figure is printed.
TACTICS: dict[str, Finding | None] = {
    "forged result": Repeated(FORGED, SECONDS),
    "true result": Repeated(TRUE, SECONDS),
    "third result": Repeated(OTHER, SECONDS),
    "no time": Repeated(TRUE, 0),
    "varies": Varies(),
    "cannot": Cannot("image"),
    "shut gate": Shut(Reason.MISSING_BLOB),
    "silence": None,
}


@dataclass(frozen=True)
class Chances:
    """Shares of drawn jobs: sentenced, paid, refunded without a sentence, or late."""

    sentenced: Fraction
    paid: Fraction
    refunded: Fraction
    late: Fraction
    runs: Fraction


@dataclass(frozen=True)
class Row:
    """The corrupt members' best result against one oracle set."""

    oracles: int
    quorum: int
    corrupt: int
    down: int
    cheat_convicted: Fraction
    cheat_paid: Fraction
    cheat_late: Fraction
    honest_convicted: Fraction
    honest_unpaid: Fraction
    runs: Fraction


def rows() -> Iterator[Row]:
    """Yield 0 and k - 1 corrupt members, each with every other member up and with one down."""
    for oracles, quorum in SETS:
        for corrupt in (0, quorum - 1):
            for down in (0, 1):
                cheat = [chances(oracles, quorum, corrupt, down, FORGED, tactic) for tactic in TACTICS]
                honest = [chances(oracles, quorum, corrupt, down, TRUE, tactic) for tactic in TACTICS]
                yield Row(
                    oracles,
                    quorum,
                    corrupt,
                    down,
                    min(found.sentenced for found in cheat),
                    max(found.paid for found in cheat),
                    max(found.late for found in cheat),
                    max(found.sentenced for found in honest),
                    max(found.refunded + found.late for found in honest),
                    honest[1].runs,
                )


def chances(oracles: int, quorum: int, corrupt: int, down: int, claimed: Result, tactic: str) -> Chances:
    """Count all equally likely places of corrupt and silent honest members in the panel."""
    counts = {"sentenced": 0, "paid": 0, "refunded": 0, "late": 0}
    cases = runs = 0
    for bad in combinations(range(oracles), corrupt):
        others = [position for position in range(oracles) if position not in bad]
        for silent in combinations(others, down):
            cases += 1
            trial = judge(oracles, quorum, frozenset(bad), frozenset(silent), claimed, tactic)
            runs += trial.oracle_runs
            counts[_outcome(trial)] += 1
    return Chances(
        **{name: Fraction(count, cases) for name, count in counts.items()}, runs=Fraction(runs, cases)
    )


def judge(
    oracles: int, quorum: int, bad: frozenset[int], silent: frozenset[int], claimed: Result, tactic: str
) -> protocol.Trial:
    claim = Claim(
        oracles=oracles,
        quorum=quorum,
        drawn=True,
        result=claimed,
        seconds=SECONDS,
        timeout_seconds=3_600,
    )

    def ask(position: int, stage_two: bool) -> Finding | None:
        if position in silent:
            return None
        return TACTICS[tactic] if position in bad else Repeated(TRUE, SECONDS)

    return protocol.drawn(claim, ask, [Repeated(TRUE, SECONDS)] * 2)


def _outcome(trial: protocol.Trial) -> str:
    decision = trial.decision
    if decision is None:
        return "late"
    if decision.verdict is Verdict.ACCEPT:
        return "paid" if decision.blame is Blame.NONE else "refunded"
    return "refunded" if decision.blame is Blame.NONE else "sentenced"


def independent_draws(oracles: int, quorum: int, rate: Fraction) -> Fraction:
    """Return the chance that k oracles that draw alone repeat the same job."""
    return sum(
        (
            comb(oracles, hits) * rate**hits * (1 - rate) ** (oracles - hits)
            for hits in range(quorum, oracles + 1)
        ),
        Fraction(0),
    )


def captured(share: Fraction) -> Fraction:
    """Return the chance that replicas acquit: two of at most three answer for a class with this share."""
    return share**2 * (3 - 2 * share)


def undrawn_by_validator(share: float, samples: int = 4_000) -> float:
    """Return the share of draws that a validator with this part of all turns undoes for a node that waits."""
    random, friends = Random(3), 0.0
    for _ in range(samples):
        friends += 1 - (1 - _GROUP_CHANCE) ** (8 - len(friendly_groups(random, share)))
    return 1 - friends / samples / 0.05


def friendly_groups(random: Random, share: float) -> list[int]:
    """Wait ten minutes for the eight leaders with the most friends among them; return their positions."""
    leads = [at for at in range(WAIT_GROUPS + 8) if random.random() < share]
    windows = [[other - lead for other in leads if 0 <= other - lead < 8] for lead in leads]
    return max(windows, key=len, default=[])
