"""The pure part of matching: who can, who scores how much, who is drawn, when to ask again."""

from collections import Counter
from dataclasses import fields
from typing import Any

import pytest

from hypernode.domain.fit import Capabilities
from hypernode.domain.money import HYPER
from hypernode.domain.spec import GpuRequest, JobSpec, Resources
from hypernode.domain.types import GpuVendor
from hypernode_marketplace_api.models import MarketRow
from hypernode_marketplace_api.slices.matching.eligibility import Candidate, Needs, Unfit, unfit
from hypernode_marketplace_api.slices.matching.rounds import PastOffer, next_round, pause_after
from hypernode_marketplace_api.slices.matching.scoring import choose, price_bps, score, stake_bps

MACHINE = [field.name for field in fields(Capabilities)]
IMAGE = f"sha256:{'a' * 64}"


def a_market(min_stake: int = 0, min_reputation: int = 0) -> MarketRow:
    return MarketRow(
        min_stake=min_stake,
        min_reputation=min_reputation,
        audit_bps=500,
        start_allowance=60,
        grace=30,
        verdict_floor=600,
    )


def needs(resources: Resources | None = None, **given: Any) -> Needs:
    spec = JobSpec(image=IMAGE, command=("true",), resources=resources or Resources())
    values = {"market": a_market(), "rate": 100, "cap": 1_000, "quorum": 2, "buyer": "buyer", **given}
    return Needs(spec=spec, **values)


def a_node(name: str = "node", **given: Any) -> Candidate:
    values: dict[str, Any] = {
        "stake": 1_000 * HYPER,
        "free_slots": 1,
        "score": 500,
        "ok": 20,
        "latency_bps": 5_000,
    }
    values |= given
    has: dict[str, Any] = {"cpu_millis": 4_000, "memory_mib": 8_192, "disk_mib": None}
    machine = Capabilities(**{each: values.pop(each, has.get(each, 0)) for each in MACHINE})
    return Candidate(node=name, operator=f"{name} wallet", machine=machine, **values)


GPU = Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 2, 24_000))


@pytest.mark.parametrize(
    ("job", "node", "reason"),
    [
        (needs(), a_node(), None),
        (needs(), a_node(retired=True), Unfit.RETIRED),
        (needs(), a_node(cooldown=3 * 86_400), Unfit.COOLDOWN),
        (needs(buyer="node wallet"), a_node(), Unfit.SELF_DEALING),
        (needs(GPU), a_node(), Unfit.GPU_VENDOR),
        (needs(GPU), a_node(gpu_vendor=2, gpu_count=2, vram_mib=24_000), Unfit.GPU_VENDOR),
        (needs(GPU), a_node(gpu_vendor=1, gpu_count=1, vram_mib=24_000), Unfit.GPU_COUNT),
        (needs(GPU), a_node(gpu_vendor=1, gpu_count=2, vram_mib=23_999), Unfit.VRAM),
        (needs(GPU), a_node(gpu_vendor=1, gpu_count=2, vram_mib=24_000), None),
        (needs(), a_node(cpu_millis=999), Unfit.CPU),
        (needs(), a_node(memory_mib=511), Unfit.MEMORY),
        (needs(), a_node(disk_mib=255), Unfit.DISK),
        (needs(), a_node(stake=100 * HYPER - 1), Unfit.STAKE),
        (needs(market=a_market(min_stake=2_000 * HYPER)), a_node(), Unfit.STAKE),
        (needs(market=a_market(min_reputation=501)), a_node(), Unfit.REPUTATION),
        (needs(), a_node(ask=101), Unfit.PRICE),
        (needs(), a_node(active_jobs=3), Unfit.CAPACITY),
        (needs(cap=12_500_001), a_node(), Unfit.EXPOSURE),
        (needs(cap=12_500_000), a_node(), None),
        (needs(cap=12_500_000), a_node(exposure=1), Unfit.EXPOSURE),
        (needs(cap=142 * HYPER), a_node(on_probation=True), None),
        (needs(cap=143 * HYPER), a_node(on_probation=True), Unfit.EXPOSURE),
        (needs(), a_node(free_slots=0), Unfit.BUSY),
    ],
)
def test_hard_filter_names_the_first_rule_broken(job: Needs, node: Candidate, reason: Unfit | None) -> None:
    assert unfit(job, node) is reason


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"score": 800}, {"score": 700}),
        ({"ok": 30}, {"ok": 30, "rejected": 10}),
        ({"ask": 10}, {"ask": 90}),
        ({"free_slots": 4, "active_jobs": 0}, {"free_slots": 1, "active_jobs": 3}),
        ({"images": frozenset({IMAGE})}, {"images": frozenset()}),
        ({"latency_bps": 9_000}, {"latency_bps": 1_000}),
        ({"stake": 5_000 * HYPER}, {"stake": 200 * HYPER}),
        ({"score": 751}, {"score": 750}),
    ],
)
def test_each_component_and_the_tier_raise_the_score(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert score(needs(), a_node(**better)) > score(needs(), a_node(**worse))


def test_score_of_known_nodes() -> None:
    """By hand: 30·5000 + 20·(24/28) + 20·10000 + 10·10000 + 0 + 5·5000 + 5·4000, bronze +1 %."""
    assert (
        score(needs(), a_node())
        == (150_000 + 20 * 8_571 + 200_000 + 100_000 + 25_000 + 20_000) // 100 * 101 // 100
    )
    best = a_node(score=1_000, ok=10**9, images=frozenset({IMAGE}), latency_bps=10_000, stake=10**6 * HYPER)
    assert score(needs(), best) == 9_999 * 110 // 100


def test_price_and_stake_components_stay_in_range() -> None:
    assert (price_bps(100, 0), price_bps(100, 100), price_bps(100, 101), price_bps(0, 0)) == (10_000, 0, 0, 0)
    assert [stake_bps(amount * HYPER) for amount in (0, 100, 200, 51_200, 10**9)] == [
        0,
        1_000,
        2_000,
        10_000,
        10_000,
    ]


def test_same_seed_chooses_the_same_node_in_any_order() -> None:
    nodes = [a_node(f"node {number}", score=500 + number) for number in range(20)]
    first, second = choose(needs(), nodes, 42), choose(needs(), nodes[::-1], 42)
    assert first is not None
    assert first == second
    assert choose(needs(), [], 42) is None


def test_choice_prefers_the_best_without_giving_it_everything() -> None:
    nodes = [a_node(f"node {number:02}", score=400 + 20 * number) for number in range(16)]
    taken = Counter(choice.node.node for seed in range(2_000) if (choice := choose(needs(), nodes, seed)))
    # Of the best eight, the last can only be drawn beside a better one.
    assert set(taken) == {f"node {number:02}" for number in range(9, 16)}
    assert max(taken, key=lambda name: taken[name]) == "node 15"
    assert taken["node 15"] < 800


def test_one_job_in_twenty_explores_newcomers() -> None:
    nodes = [a_node(f"old {number}", score=900) for number in range(10)] + [a_node("new", ok=0, score=0)]
    taken = Counter(choice.node.node for seed in range(4_000) if (choice := choose(needs(), nodes, seed)))
    assert 120 < taken["new"] < 280


def test_rounds_ask_three_and_pause() -> None:
    def history(*ended: int | None) -> list[PastOffer]:
        return [PastOffer(f"node {number}", at) for number, at in enumerate(ended)]

    def asked(offers: list[PastOffer], now: int) -> set[str] | None:
        current = next_round(offers, now)
        return None if current is None else set(current.asked)

    assert asked(history(), 0) == set()
    assert asked(history(None), 0) is None
    assert asked(history(10), 10) == {"node 0"}
    assert asked(history(10, 11), 11) == {"node 0", "node 1"}
    assert asked(history(10, 11, 12), 16) is None
    assert asked(history(10, 11, 12), 17) == set()
    assert asked(history(10, 11, 12, 18), 18) == {"node 3"}
    assert [pause_after(rounds) for rounds in (1, 2, 3, 4, 5, 60)] == [5, 10, 20, 40, 60, 60]
