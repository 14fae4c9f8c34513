"""The weight that votes: never more than has been locked ever since before the question was put."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hypernode.chain import instructions
from hypernode.domain.staking import votable
from tests.programs.cookies import NodeCookie, an_operator
from tests.programs.world import DAY, HYPER, World

MOVES = st.tuples(st.sampled_from(["top_up", "extend", "unstake", "restake"]), st.integers(0, 3))


def act(staker: NodeCookie, move: str) -> None:
    owner = staker.operator.address
    step = {
        "top_up": lambda: instructions.top_up_stake(owner=owner, source=staker.wallet, amount=HYPER),
        "extend": lambda: instructions.extend_stake(owner=owner, duration=staker.stake.duration + DAY),
        "unstake": lambda: instructions.unstake(owner=owner),
        "restake": lambda: instructions.restake(owner=owner),
    }[move]()
    # A stake that is cooling down only takes the notice back; an active one does all else.
    if (move == "restake") == (staker.stake.unstake_at > 0):
        staker.world.run([step], [staker.operator])


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(MOVES, max_size=12))
def test_no_weight_votes_that_was_not_locked_all_the_time(moves: list[tuple[str, int]]) -> None:
    """Compare with the plain definition: the least weight from before the question until now."""
    world = World.ready()
    staker = an_operator(world, "staker")
    staker.put_stake(100 * HYPER)
    start = world.now
    # The weight that the stake had last in each second.
    weights = {start: staker.stake.weight}
    lowest = dict(weights)
    for move, wait in moves:
        for _ in range(wait):
            before = weights[world.now]
            world.advance(1)
            weights[world.now] = lowest[world.now] = before
        act(staker, move)
        weights[world.now] = staker.stake.weight
        lowest[world.now] = min(lowest[world.now], staker.stake.weight)
    stake = staker.stake
    for at in range(start - 1, world.now + 2):
        since = [lowest[second] for second in lowest if second >= at]
        locked_before = weights.get(at - 1, 0)
        assert votable(stake, at) <= min([locked_before, *since])
    # A staker who did nothing lately votes with everything.
    quiet = stake.weight_since + 1
    assert votable(stake, quiet) == stake.weight
