"""Measures the compute units of every instruction: the worst of fifty sets of keys, beside goal and peer.

The committed result is a baseline: tests/programs/test_compute_units.py fails where one costs 2 % more.
"""

import json
from functools import cache
from typing import Any

from benchmarks.metering import Cost, cost
from benchmarks.plays import ATTESTATIONS, Play
from benchmarks.plays_economy import assembly, reporting
from benchmarks.report import RESULTS, Column, publish
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import Scene

NAME = "compute_units"
# A bump costs 1,500 units a step to find, so an address that one set of keys makes dear shows among fifty.
KEYS = 50
WAITING_JOBS = 100

# The project's goals, each below what the nearest program of another project was measured at.
GOALS = {
    "open_buyer": 6_500,
    "deposit": 5_500,
    "create_job": 3_000,
    "assign_job": 1_900,
    "submit_receipt": 1_100,
    "settle_job (pays)": 4_300,
    "settle_job (refunds)": 4_300,
    "cancel_job": 2_500,
    "expire_job (unverified)": 2_500,
    "expire_job (posts again)": 2_500,
    "expire_job (expires)": 2_500,
    "collect_fees": 5_800,
    "stake": 6_500,
    "top_up": 6_500,
    "unstake": 1_500,
    "withdraw (stake)": 6_000,
    "claim": 6_000,
    # With its call into staking; the others of a report have no goal.
    "slashing.execute": 11_000,
    "governance.create_proposal": 5_500,
    "governance.vote": 3_000,
    # And what the executed instruction costs: here a token transfer of governance's own.
    "governance.execute": 4_500 + 2_000,
}

# Measured with one set of keys.
RARE = {
    "propose_authority": "markets.propose_authority",
    "accept_authority": "markets.accept_authority",
    "set_fees": "markets.set_fees",
    "set_min_rate": "markets.set_min_rate",
    "set_pause": "markets.set_pause",
    "rotate_oracles": "markets.rotate_oracles",
    "create_market": "markets.create_market",
    "update_market": "markets.update_market",
    "close_market": "markets.close_market",
    "update_node": "markets.update_node",
    "set_worker_key": "markets.set_worker_key",
    "retire_node": "markets.retire_node",
    "close_node": "markets.close_node",
    "close_outcome": "markets.close_outcome",
    "close_buyer": "markets.close_buyer",
    "propose_pool_authority": "staking.propose_authority",
    "accept_pool_authority": "staking.accept_authority",
    "propose_rewards_authority": "rewards.propose_authority",
    "accept_rewards_authority": "rewards.accept_authority",
    "set_windows": "rewards.set_windows",
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
    Column("rent", "rent"),
    Column("writes", "writes"),
    Column("of them shared", "shared"),
    Column("Nosana", "peer"),
    Column("Nosana, full queue", "peer_full"),
)
NOTES = (
    f"units: the worst of {KEYS} sets of keys; least: the best, whose addresses have the first bump.",
    "What only another program calls is in its caller's: slash in slashing.execute, take_rewards in claim.",
    "rent: lamports locked in accounts that it makes; shared: written accounts that there is one of.",
    f"settle_job carries {ATTESTATIONS} attestations.",
    "Nosana: list (29,380 with a waiting node), work and finish, measured elsewhere and not in this run.",
)


def measure(keys: int = KEYS) -> list[dict[str, Any]]:
    """Play everything under each set of keys; return a row for each instruction."""
    plays = [_everything(str(number)) for number in range(keys)]
    # The same keys, so the same addresses: any difference is the queue's.
    full = Play("0", waiting=WAITING_JOBS).all()
    more = {name: full[name].units - plays[0][name].units for name in full}
    return [_row(name, [play[name] for play in plays], more.get(name)) for name in plays[0]]


def _everything(seed: str) -> dict[str, Cost]:
    economy = {**reporting(seed), **assembly(seed)}
    new = {name: cost for name, cost in economy.items() if name.startswith(("slashing.", "governance."))}
    return {**Play(seed).all(), **_settings(), **new}


@cache
def _settings() -> dict[str, Cost]:
    """Play what owners and authorities do now and then, once: no address of it depends on many keys."""
    return {name: scene_cost(SCENES[scene]()) for name, scene in RARE.items()}


def scene_cost(scene: Scene) -> Cost:
    return cost(scene.world, scene.instruction, scene.play)


def baseline() -> dict[str, int]:
    rows = json.loads((RESULTS / f"{NAME}.json").read_text())["rows"]
    return {row["instruction"]: row["units"] for row in rows}


def _row(name: str, costs: list[Cost], more_full: int | None) -> dict[str, Any]:
    peer, peer_full = PEERS.get(name, (None, None))
    return {
        "instruction": name,
        "units": max(cost.units for cost in costs),
        "least": min(cost.units for cost in costs),
        "more_full": more_full,
        "goal": GOALS.get(name),
        "rent": costs[0].rent,
        "writes": len(costs[0].writes),
        "shared": ", ".join(costs[0].shared) or None,
        "peer": peer,
        "peer_full": peer_full,
    }


if __name__ == "__main__":
    publish(NAME, COLUMNS, measure(), NOTES)
