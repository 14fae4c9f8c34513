"""For any nodes: the score stays in its range, and the choice is one of those that fit."""

from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.fit import Capabilities
from hypernode.domain.spec import JobSpec
from hypernode_marketplace_api.models import MarketRow
from hypernode_marketplace_api.slices.matching.eligibility import Candidate, Needs
from hypernode_marketplace_api.slices.matching.rounds import OFFERS_A_ROUND, PastOffer, next_round
from hypernode_marketplace_api.slices.matching.scoring import choose, score

U32 = st.integers(0, 2**32 - 1)
NEEDS = Needs(
    JobSpec(image=f"sha256:{'a' * 64}", command=("true",)),
    MarketRow(min_stake=0, min_reputation=0, audit_bps=500),
    rate=1_000,
    cap=10**6,
    quorum=2,
)
nodes = st.builds(
    Candidate,
    node=st.text(min_size=1, max_size=8),
    operator=st.just("wallet"),
    stake=st.integers(0, 2**63 - 1),
    machine=st.just(Capabilities(4_000, 8_192, None)),
    active_jobs=st.integers(0, 2**16),
    free_slots=st.integers(-5, 1024),
    ask=st.integers(0, 2**63 - 1),
    score=st.integers(0, 1_000),
    ok=U32,
    rejected=U32,
    timed_out=U32,
    latency_bps=st.integers(0, 10_000),
)
seeds = st.integers(0, 2**63 - 1)


@given(nodes)
def test_score_stays_in_its_range(node: Candidate) -> None:
    assert score(NEEDS, node) <= 11_000
    if node.free_slots >= 0:
        assert score(NEEDS, node) >= 0


@given(st.lists(nodes, unique_by=lambda node: node.node, max_size=30), seeds)
def test_choice_is_one_of_the_candidates_and_repeatable(candidates: list[Candidate], seed: int) -> None:
    choice = choose(NEEDS, candidates, seed)
    assert choose(NEEDS, candidates[::-1], seed) == choice
    assert (choice is None) == (not candidates)
    if choice is not None:
        assert choice.node in candidates


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1_000)), max_size=20), st.integers(0, 2_000)
)
def test_no_node_is_asked_twice_in_a_round(ended: list[tuple[str, int]], now: int) -> None:
    current = next_round([PastOffer(node, at) for node, at in ended], now)
    if current is not None:
        assert len(current.asked) < OFFERS_A_ROUND
        assert current.asked <= {node for node, _ in ended}
