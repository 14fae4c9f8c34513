"""Class 14: extremes of every number that someone may choose."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets.errors import Overflow
from hypernode.chain.keys import Key
from hypernode.domain.attestation import MAX_THRESHOLD
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_buyer, a_node, an_operator
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import DAY, HYPER, World

U16, U32, U64 = 2**16 - 1, 2**32 - 1, 2**64 - 1
I64_MIN, I64_MAX = -(2**63), 2**63 - 1


@pytest.mark.parametrize(
    ("amount", "error"), [(0, "ZeroAmount"), (10 * HYPER + 1, "InsufficientFunds"), (U64, "Overflow")]
)
def test_a_deposit_of_nothing_or_too_much(world: World, buyer: BuyerCookie, amount: int, error: str) -> None:
    world.refuse(error, [buyer.deposit_ix(amount)], [buyer.owner], f"a deposit of {amount}")


@pytest.mark.parametrize(
    ("amount", "error"),
    [(0, "ZeroAmount"), (10 * HYPER + 1, "InsufficientFunds"), (U64 - 1, "InsufficientFunds")],
)
def test_a_withdrawal_of_nothing_or_too_much(
    world: World, buyer: BuyerCookie, amount: int, error: str
) -> None:
    world.refuse(error, [buyer.withdraw_ix(amount)], [buyer.owner], f"a withdrawal of {amount}")


def test_a_deposit_that_would_overflow_the_balance(world: World, buyer: BuyerCookie) -> None:
    world.write(buyer.address, replace(buyer.state, available=U64 - 5))
    world.give(buyer.wallet, 10)
    world.refuse(Overflow, [buyer.deposit_ix(6)], [buyer.owner])


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"rate": 0}, "RateTooLow"),
        ({"rate": U64}, "BadPrice"),
        ({"rate": U64 // 100 + 1}, "BadPrice"),
        ({"rate": U64 // 100}, "InsufficientFunds"),
        ({"timeout_seconds": 0}, "BadTimeout"),
        ({"timeout_seconds": 1}, "BadTimeout"),
        ({"timeout_seconds": U32}, "BadTimeout"),
        ({"timeout_seconds": U32, "rate": U64}, "BadTimeout"),
        ({"gpu_vendor": 3}, "BadGpu"),
        ({"gpu_vendor": 255}, "BadGpu"),
    ],
)
def test_a_job_of_extremes_is_refused(
    world: World, buyer: BuyerCookie, market: MarketCookie, changes: dict[str, int], error: str
) -> None:
    job = JobCookie(world, buyer, market, 7)
    world.refuse(error, [job.create_ix(**changes)], [buyer.owner], f"a job with {changes}")


@pytest.mark.parametrize("nonce", [0, 1, U64])
def test_any_nonce_is_a_nonce(world: World, buyer: BuyerCookie, market: MarketCookie, nonce: int) -> None:
    assert a_job(world, nonce=nonce, buyer=buyer, market=market).state.nonce == nonce


def test_a_price_near_the_top_of_the_range_is_split_exactly(world: World, market: MarketCookie) -> None:
    """Fees of a huge price must not overflow."""
    buyer = a_buyer(world, "whale", deposit=0)
    world.give(buyer.wallet, 2**63)
    buyer.deposit(2**63)
    node = a_node(world, "rich node", stake=0)
    world.give(node.wallet, 2**62)
    node.put_stake(2**62)
    world.write(node.stake_address, replace(node.stake, amount=U64))
    cap = 2**51 // 100 * 100
    job = a_job(world, buyer=buyer, market=market, rate=cap // 100, timeout_seconds=100)
    job.assign(node).submit(100)
    job.settle()
    account = buyer.state
    dues = account.treasury_due + account.stakers_due + account.operations_due
    assert node.earned + dues == cap
    assert account.available == 2**63 - cap
    assert account.locked == 0


@pytest.mark.parametrize("seconds", [62, U32])
def test_more_seconds_than_passed_are_not_metered(
    world: World, assigned: JobCookie, node: NodeCookie, seconds: int
) -> None:
    world.advance(60)
    world.refuse(
        "TooManySeconds", [assigned.submit_ix(seconds)], [node.worker_key], f"{seconds} seconds in 60"
    )


def test_no_seconds_at_all_cost_nothing(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    assigned.submit(0)
    assigned.settle()
    assert node.earned == 0
    assert assigned.buyer.state.available == 10 * HYPER


@pytest.mark.parametrize(
    ("amount", "error"), [(0, "ZeroAmount"), (10**12 + 1, "InsufficientFunds"), (U64, "BadDuration")]
)
def test_a_stake_of_nothing_or_too_much(world: World, amount: int, error: str) -> None:
    operator = an_operator(world)
    world.refuse(error, [operator.stake_ix(amount)], [operator.operator], f"a stake of {amount}")


@pytest.mark.parametrize("duration", [I64_MIN, -1, 0, 14 * DAY - 1, 365 * DAY + 1, I64_MAX])
def test_a_duration_out_of_range(world: World, duration: int) -> None:
    operator = an_operator(world)
    world.refuse(
        "BadDuration", [operator.stake_ix(HYPER, duration)], [operator.operator], f"{duration} seconds"
    )


@pytest.mark.parametrize("duration", [I64_MIN, 0, 14 * DAY, 365 * DAY + 1, I64_MAX])
def test_an_extension_out_of_range(world: World, node: NodeCookie, duration: int) -> None:
    batch = [instructions.extend_stake(owner=node.operator.address, duration=duration)]
    error = "BadDuration" if duration > 365 * DAY else "DurationNotLonger"
    world.refuse(error, batch, [node.operator], f"an extension to {duration}")


def test_the_largest_stake_has_its_full_weight(world: World) -> None:
    """Four times the amount within u64 is weighed in u128 between; beyond it is refused, not wrapped."""
    operator = an_operator(world, hyper=2**62 - 1)
    operator.put_stake(2**62 - 1, 365 * DAY)
    assert operator.stake.weight == 4 * (2**62 - 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"min_timeout_seconds": 0},
        {"min_timeout_seconds": 101, "max_timeout_seconds": 100},
        {"max_timeout_seconds": 7 * DAY + 1},
        {"max_timeout_seconds": U32},
        {"audit_bps": 499},
        {"audit_bps": 10_001},
        {"audit_bps": U16},
        {"max_attempts": 0},
        {"max_attempts": 6},
        {"max_attempts": 255},
        {"job_ttl": U32},
        {"grace": U32},
        {"start_allowance": U32},
        {"verdict_floor": U32},
        {"verdict_floor": 0},
        {"min_reputation": 1_001},
        {"min_reputation": U16},
    ],
)
def test_a_market_of_extremes_is_refused(world: World, market: MarketCookie, changes: dict[str, int]) -> None:
    terms = replace(market.terms, **changes)  # type: ignore[arg-type]
    signers = [market.creator, market.matcher]
    create = instructions.create_market(
        creator=market.creator.address, matcher=terms.matcher, market_id=b"\7" * 32, terms=terms
    )
    world.refuse("BadMarketTerms", [create], signers, f"a market with {changes}")
    world.refuse("BadMarketTerms", [market.update_ix(terms)], signers, f"an update to {changes}")


@pytest.mark.parametrize(
    "fees",
    [
        (3_001, 0, 0),
        (2_999, 0, 2),
        (100, 101, 0),
        (U16, U16, U16),
        (0, 0, U16),
    ],
)
def test_fees_beyond_the_ceiling_are_refused(world: World, fees: tuple[int, int, int]) -> None:
    protocol, stakers, operations = fees
    batch = [
        instructions.set_fees(
            authority=world.authority.address,
            treasury=world.treasury,
            stakers=world.stakers,
            operations=world.market_operations,
            protocol_bps=protocol,
            stakers_bps=stakers,
            operations_bps=operations,
        )
    ]
    world.refuse("BadFees", batch, [world.authority], f"fees of {fees}")


@pytest.mark.parametrize(
    ("threshold", "count"), [(0, 3), (4, 3), (255, 3), (1, 0), (0, 0), (1, 1), (1, 17), (5, 9)]
)
def test_an_oracle_set_nobody_could_use_is_refused(world: World, threshold: int, count: int) -> None:
    keys = [Key.from_seed(bytes([number + 1]) * 32).address for number in range(count)]
    batch = [
        instructions.rotate_oracles(authority=world.authority.address, threshold=threshold, oracles=keys)
    ]
    world.refuse("BadOracleSet", batch, [world.authority], f"{threshold} of {count}")


def test_the_largest_oracle_set_fits_into_a_packet(world: World) -> None:
    keys = [Key.from_seed(bytes([number + 1]) * 32).address for number in range(7)]
    batch = [
        instructions.rotate_oracles(authority=world.authority.address, threshold=MAX_THRESHOLD, oracles=keys)
    ]
    world.run(batch, [world.authority])


@pytest.mark.parametrize("flags", [4, 255])
def test_a_pause_of_what_must_not_be_paused_is_refused(world: World, flags: int) -> None:
    batch = [instructions.set_pause(authority=world.authority.address, flags=flags)]
    world.refuse("BadPauseFlags", batch, [world.authority], f"pause flags {flags}")
