"""Tests of the draw against the shared vectors, and of what each party can still choose."""

from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.draw import (
    ALWAYS,
    AUDIT_RATES,
    LOCAL,
    MAINNET,
    Block,
    DrawIncomplete,
    Geometry,
    Submission,
    check_blocks,
    decide,
    draw,
    panel_order,
    seed,
    threshold,
)
from hypernode.errors import DomainError
from tests.support.documents import digest, vectors

VECTORS = vectors("draw")
SEEDS = st.binary(min_size=32, max_size=32)


def submission_of(fields: dict[str, Any]) -> Submission:
    return Submission(
        genesis=bytes.fromhex(fields["genesis"]),
        job=bytes.fromhex(fields["job"]),
        sequence=int(fields["sequence"]),
        attempt=fields["attempt"],
        receipt_hash=bytes.fromhex(fields["receipt_hash"]),
        submitted_slot=int(fields["submitted_slot"]),
    )


def blocks_of(case: dict[str, Any]) -> list[Block]:
    return [
        Block(int(block["slot"]), int(block["parent_slot"]), bytes.fromhex(block["hash"]))
        for block in case["blocks"]
    ]


def a_submission(**changes: Any) -> Submission:
    members: dict[str, Any] = {
        "genesis": digest("genesis"),
        "job": digest("job"),
        "sequence": 7,
        "attempt": 1,
        "receipt_hash": digest("receipt"),
        "submitted_slot": 1_000,
    }
    return Submission(**{**members, **changes})


def blocks_after(submitted_slot: int, label: str = "", geometry: Geometry = MAINNET) -> list[Block]:
    """Return the draw's blocks of a chain without an empty slot."""
    first = geometry.first_group(submitted_slot) * geometry.slots
    slots = [first + number * geometry.slots for number in range(geometry.groups)]
    return [Block(slot, slot - 1, digest(f"{label} {slot}")) for slot in slots]


@pytest.mark.parametrize("case", VECTORS["thresholds"], ids=lambda case: f"{case['rate']}/{case['groups']}")
def test_thresholds_are_those_of_the_vectors(case: dict[str, int]) -> None:
    assert threshold(case["rate"], case["groups"]) == case["t"]


@pytest.mark.parametrize("case", VECTORS["seeds"])
def test_seeds_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    submission, block_hash = submission_of(case["submission"]), bytes.fromhex(case["hash"])
    assert seed(submission, block_hash).hex() == case["seed"]


@pytest.mark.parametrize("case", VECTORS["draws"], ids=lambda case: case["name"])
def test_draws_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    geometry = Geometry(**case["geometry"])
    result = draw(submission_of(case["submission"]), blocks_of(case), geometry, case["rate"], case["oracles"])
    assert (result.drawn, list(result.panel), result.draw_id.hex()) == (
        case["drawn"],
        case["panel"],
        case["draw_id"],
    )


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["name"])
def test_blocks_that_prove_no_draw_are_refused(case: dict[str, Any]) -> None:
    with pytest.raises(DrawIncomplete):
        check_blocks(int(case["submitted_slot"]), blocks_of(case), Geometry(**case["geometry"]))


@pytest.mark.parametrize("rate", [1, 499, 5_000, 10_001])
def test_a_rate_that_no_market_can_have_is_refused(rate: int) -> None:
    with pytest.raises(DomainError):
        threshold(rate, 8)


@pytest.mark.parametrize("changes", [{"sequence": 2**64}, {"attempt": 256}, {"job": b"short"}])
def test_a_submission_that_cannot_be_on_chain_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        draw(a_submission(**changes), blocks_after(1_000), MAINNET, 500, 3)


def test_a_higher_rate_draws_all_that_a_lower_one_draws() -> None:
    blocks = blocks_after(1_000)
    for number in range(500):
        submission = a_submission(sequence=number)
        drawn = [draw(submission, blocks, MAINNET, rate, 3).drawn for rate in AUDIT_RATES]
        assert all(low <= high for low, high in pairwise(drawn))
        assert (drawn[0], drawn[-1]) == (False, True)


@pytest.mark.parametrize("geometry", [MAINNET, LOCAL])
def test_as_many_are_drawn_as_the_rate_demands(geometry: Geometry) -> None:
    blocks = blocks_after(1_000, geometry=geometry)
    rate, jobs = 2_500, 4_000
    hits = sum(draw(a_submission(sequence=n), blocks, geometry, rate, 3).drawn for n in range(jobs))
    # Four standard deviations: 1 seed in 16,000 fails, and this one is fixed.
    assert abs(hits - jobs * rate / 10_000) < 4 * (jobs * 0.25 * 0.75) ** 0.5


@given(SEEDS, st.integers(1, 7))
def test_a_panel_has_every_oracle_once(value: bytes, oracles: int) -> None:
    assert sorted(panel_order(value, oracles)) == list(range(oracles))


def test_every_order_of_a_panel_is_as_frequent_as_another() -> None:
    counts = Counter(panel_order(digest(f"seed {number}"), 3) for number in range(6_000))
    assert len(counts) == 6
    assert all(abs(count - 1_000) < 150 for count in counts.values())


@pytest.mark.parametrize("rate", [2_500, ALWAYS])
def test_one_block_producer_and_one_oracle_turn_at_most_a_quarter_of_the_draws(rate: int) -> None:
    """The producer of one group chooses any hash, knowing only earlier ones: no draw, oracle 0 first."""
    random, rounds = Random(7), 3_000
    chains = [[random.randbytes(32) for _ in range(8)] for _ in range(rounds)]
    # Not drawn (the u64 is 79,999 modulo 80,000), and oracle 0 stays in front: every u32 is -1 modulo 6.
    wished = (79_999).to_bytes(8, "little") + (5).to_bytes(4, "little") * 6

    def caught(friend: int | None) -> int:
        count = 0
        for chain in chains:
            drawn, panel = decide(
                [wished if n == friend else value for n, value in enumerate(chain)], rate, 3
            )
            count += drawn and panel[0] != 0
        return count

    honest = caught(None)
    least = min(caught(friend) for friend in range(8))
    assert honest / rounds == pytest.approx(rate / 10_000 * 2 / 3, rel=0.06)
    assert 0.73 < least / honest < 0.82
