"""The page that the simulation writes: exact figures, strategies, honest nodes, other schemes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import sqrt
from statistics import mean, stdev

from benchmarks.simulation import exact
from benchmarks.simulation.market import MANNERS
from benchmarks.simulation.plot import Bar, bars
from benchmarks.simulation.population import FACTOR, Tally
from benchmarks.simulation.strategies import STRATEGIES
from benchmarks.simulation.world import CHEATERS, JOBS_PER_NODE, NODES

OURS = "this design"
EXACT_ONLY = f"{OURS}, exact programs only"
Tallies = Mapping[str, Sequence[Tally]]


INTRODUCTION = """# Simulation of the trust design

Written by `make simulate`; do not edit. Verdict, draw, price and sentence are the product's own functions;
code: `benchmarks/simulation/`.

| | |
|---|---|
| market | {jobs:,} jobs a seed, {seeds} seeds; {cheaters} of {nodes} nodes cheat |
| oracles | 2 of 3, audit rate 5 % |
| programs | 8 % depend on the machine, half of those in time too; 1 % give no result twice |
| corrupt oracle | one in every seed; it helps its friends |
| towards strangers | it is fair, measures too little time, guesses, or is silent, by seed |

## Exact figures of a drawn job

Every place of corrupt and silent members in the panel is counted. For each column the corrupt members
choose the best of eight tactics together, so the columns of one row do not add up.
"""
QUORUM_LOST = """
With k - 1 corrupt members and an honest one down there is no honest quorum. The corrupt ones can stall a
job, and an honest node is then refunded without blame. They convict no honest node in any case.
"""
STRATEGY_HEAD = """
## Strategies

Mean profit a job above honest play in the same seed, in prices of a job, and the standard error over
seeds. A node works for 60 % of the price and gets 85 % of it.

![Gain of each strategy](simulation.svg)
"""
RESIDUAL = """
One gain stays: a node that starts to claim up to 1.5 times its time after probation gains until R has
followed, once about {once:.0f} prices of a job. It loses the same when it returns to honest claims. A new
identity costs more (the row that leaves): the old stake is idle during its notice, 14 days at 10 % a
year. So the gain cannot be repeated. Claims of 1.1 or 1.25 times from the first job gain 1 % at most.
"""
HEALTH_HEAD = """
## What honest nodes and the pool see
"""
RIVALS_HEAD = """
## Other ways to verify, in the same market

Replication pays the smaller time of two equal results; its cheats do not know one another here.
"""


def page(tallies: Tallies, seeds: int) -> str:
    """Return the Markdown page."""
    once = max(gain(tallies[OURS], f"meters {factor} after probation")[0] for factor in (1.25, 1.45))
    parts = [
        INTRODUCTION.format(jobs=NODES * JOBS_PER_NODE, cheaters=CHEATERS, nodes=NODES, seeds=seeds),
        *_exact(),
        QUORUM_LOST,
        *_leaders(),
        STRATEGY_HEAD,
        *_strategies(tallies[OURS]),
        RESIDUAL.format(once=once * JOBS_PER_NODE),
        HEALTH_HEAD,
        *_health(tallies),
        RIVALS_HEAD,
        *_rivals(tallies),
        "",
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts))


def plot(tallies: Tallies) -> str:
    rows = [Bar(name, *gain(tallies[OURS], name)) for name in STRATEGIES]
    return bars(
        "Profit of each strategy above honest play",
        "prices of a job, mean of all seeds; 2 of 3 oracles, one corrupt, 5 % audits",
        rows,
        -3,
        1,
    )


def gain(tallies: Sequence[Tally], strategy: str) -> tuple[float, float]:
    """Return the mean profit above honest play, and its standard error over seeds."""
    gains = [
        tally.profit[strategy] / tally.work[strategy] - tally.profit["honest"] / tally.work["honest"]
        for tally in tallies
        if tally.work.get(strategy)
    ]
    error = stdev(gains) / sqrt(len(gains)) if len(gains) > 1 else 0.0
    return (mean(gains) if gains else 0.0), error


def _exact() -> list[str]:
    head = (
        "oracles", "corrupt", "down", "cheat convicted", "cheat paid", "cheat late", "honest convicted",
        "honest unpaid", "runs",
    )  # fmt: skip
    rows = [
        (
            f"{row.quorum} of {row.oracles}",
            row.corrupt,
            row.down,
            _percent(row.cheat_convicted),
            _percent(row.cheat_paid),
            _percent(row.cheat_late),
            _percent(row.honest_convicted),
            _percent(row.honest_unpaid),
            f"{float(row.runs):.2f}",
        )
        for row in exact.rows()
    ]
    return _table(head, rows)


def _leaders() -> list[str]:
    alone = ", ".join(
        f"{quorum} of {oracles}: {float(exact.independent_draws(oracles, quorum, Fraction(1, 20))):.2%}"
        for oracles, quorum in exact.SETS
    )
    validators = ", ".join(
        f"{share:.0%}: {exact.undrawn_by_validator(share):.1%}" for share in (0.01, 0.03, 0.1)
    )
    replicas = ", ".join(
        f"{float(share):.0%}: {float(exact.captured(share)):.0%}"
        for share in (Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(1))
    )
    return [
        "- Wrong results that oracles which draw alone at 5 % convict, instead of 5 %:",
        f"  {alone}.",
        f"- Draws that a validator undoes for a node that waits ten minutes, by its stake: {validators}.",
        f"- Convictions that a machine class undoes, by the friends' share of its nodes: {replicas}.",
        "- One leader of the eight with k - 1 oracles turns at most 25 % of the draws",
        "  (`tests/unit/domain/test_draw.py`).",
    ]


def _strategies(tallies: Sequence[Tally]) -> list[str]:
    honest = mean(tally.profit["honest"] / tally.work["honest"] for tally in tallies)
    rows = []
    for name in STRATEGIES:
        value, error = gain(tallies, name)
        verdict = "below" if value < -error else "above" if value > error else "equal"
        jobs = sum(tally.jobs[name] for tally in tallies)
        rows.append((name, f"{jobs:,}", f"{value:+.3f}", f"{error:.3f}", verdict))
    return _table(("strategy", "jobs", f"gain (honest: {honest:.3f})", "error", "against honest"), rows)


def _health(tallies: Tallies) -> list[str]:
    ours = tallies[OURS]
    delays = sorted(delay for tally in ours for delay in tally.delays)
    p50, p99 = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
    income, cost = (sum(getattr(tally, name) for tally in ours) for name in ("pool_income", "pool_cost"))
    columns = (ours, ours[:: len(MANNERS)], tallies[EXACT_ONLY])

    def counted(label: str, name: str) -> tuple[str, ...]:
        return (label, *(f"{_total(found, name):,}" for found in columns))

    def share(label: str, name: str, of: str, digits: int) -> tuple[str, ...]:
        return (label, *(f"{_total(found, name) / _total(found, of):.{digits}%}" for found in columns))

    rows = [
        counted("honest jobs", "honest"),
        counted("of them drawn", "honest drawn"),
        counted("honest nodes convicted", "honest convicted"),
        counted("correct work of exact programs unpaid", "honest unpaid, exact"),
        counted("work of other programs unpaid", "honest unpaid, other"),
        counted("honest jobs late", "honest late"),
        share("extra runs a job after probation", "extra runs", "after probation", 1),
        share("wrong results whose expected loss exceeds the gain", "wrong deterred", "wrong", 2),
    ]
    return [
        *_table(("", "all seeds", "seeds with a fair oracle", "exact programs only"), rows),
        "",
        f"- Verdict delay: p50 {p50} s, p99 {p99} s. The p99 is a silent first member, passed over",
        "  after 1.5 timeouts and 150 s.",
        f"- The factor of exposure and sentence at 5 % is {FACTOR}.",
        f"- With a levy of 500 bps the pool covers {income / cost:.0%} of the price of the runs it owes.",
        "  It pays that share of each run, so it is never below zero.",
        "- Work of other programs is unpaid in the thin class: no replica there tells a wrong node from a",
        "  program that depends on the machine.",
    ]


def _total(tallies: Sequence[Tally], name: str) -> int:
    return sum(tally.counts[name] for tally in tallies)


def _rivals(tallies: Tallies) -> list[str]:
    rows = []
    for scheme, found in tallies.items():
        if scheme == EXACT_ONLY:
            continue
        counts = {name: sum(tally.counts[name] for tally in found) for name in found[0].counts}
        jobs = counts.get("jobs") or counts["after probation"]
        lazy, meters = gain(found, "lazy after probation")[0], gain(found, "meters 1.9 after probation")[0]
        rows.append(
            (
                scheme,
                f"{counts['wrong paid'] / counts['wrong']:.1%}",
                f"{lazy:+.2f}",
                f"{meters:+.2f}",
                f"{1000 * counts['honest unpaid'] / counts['honest']:.1f}",
                f"{1000 * counts['honest convicted'] / counts['honest']:.2f}",
                f"{counts['extra runs'] / jobs:.1%}",
            )
        )
    head = (
        "scheme",
        "wrong results paid",
        "gain of a lazy node",
        "of claiming 1.9 times",
        "honest unpaid of 1,000",
        "honest convicted of 1,000",
        "extra runs a job",
    )
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def _percent(share: Fraction) -> str:
    return f"{float(share):.1%}"
