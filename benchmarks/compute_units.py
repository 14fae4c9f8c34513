"""Measures the compute units of every instruction: the worst of fifty sets of keys, beside goal and peer.

The committed result is a baseline: tests/programs/test_compute_units.py fails where one costs 2 % more.
"""

import json
from typing import Any

from benchmarks.plays import ATTESTATIONS, Play
from benchmarks.report import RESULTS, Column, publish

NAME = "compute_units"
# A bump costs 1,500 units a step to find, so an address that one set of keys makes dear shows among fifty.
KEYS = 50
WAITING_JOBS = 100

# The project's goals, each below what the nearest program of another project was measured at.
GOALS = {
    "open_buyer": 6_500,
    "deposit": 5_500,
    "create_job": 3_000,
    "assign_job": 1_800,
    "submit_receipt": 1_500,
    "settle_job (pays)": 7_500,
    "settle_job (refunds)": 7_500,
    "cancel_job": 2_500,
    "expire_job (unverified)": 2_500,
    "expire_job (posts again)": 2_500,
    "expire_job (expires)": 2_500,
    "collect_fees": 6_000,
    "stake": 6_500,
    "top_up": 6_500,
    "unstake": 1_500,
    "withdraw (stake)": 6_000,
    "claim": 6_000,
}

# Nosana's jobs program, from its public source, measured elsewhere: with an empty queue, with a full one.
PEERS = {
    "create_job": (25_251, 121_567),
    "assign_job": (13_036, 111_319),
    "settle_job (pays)": (24_398, 108_354),
}

COLUMNS = (
    Column("instruction", "instruction"),
    Column("units", "units"),
    Column("least", "least"),
    Column(f"more beside {WAITING_JOBS} waiting jobs", "more_full"),
    Column("goal", "goal"),
    Column("Nosana", "peer"),
    Column("Nosana, full queue", "peer_full"),
)
NOTES = (
    f"units: the worst of {KEYS} sets of keys; least: the best, whose addresses have the first bump.",
    f"settle_job carries {ATTESTATIONS} attestations.",
    "Nosana: list (29,380 with a waiting node), work and finish, measured elsewhere and not in this run.",
)


def measure(keys: int = KEYS) -> list[dict[str, Any]]:
    """Play everything under each set of keys; return a row for each instruction."""
    plays = [Play(str(number)).all() for number in range(keys)]
    # The same keys, so the same addresses: any difference is the queue's.
    full = Play("0", waiting=WAITING_JOBS).all()
    return [_row(name, [play[name] for play in plays], full[name] - plays[0][name]) for name in plays[0]]


def baseline() -> dict[str, int]:
    rows = json.loads((RESULTS / f"{NAME}.json").read_text())["rows"]
    return {row["instruction"]: row["units"] for row in rows}


def _row(name: str, units: list[int], more_full: int) -> dict[str, Any]:
    peer, peer_full = PEERS.get(name, (None, None))
    return {
        "instruction": name,
        "units": max(units),
        "least": min(units),
        "more_full": more_full,
        "goal": GOALS.get(name),
        "peer": peer,
        "peer_full": peer_full,
    }


if __name__ == "__main__":
    publish(NAME, COLUMNS, measure(), NOTES)
