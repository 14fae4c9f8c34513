"""Promises of every rate limiter, in memory and over a real Redis."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from hypernode.domain.clock import ManualClock
from hypernode_marketplace_api.errors import RateLimited
from hypernode_marketplace_api.resources.rate_limiter import MemoryRateLimiter, RateLimiter
from hypernode_marketplace_api.resources.redis_rate_limiter import PREFIX, RedisRateLimiter

# So slow that a test on a busy machine refills nothing by itself.
RATE, BURST = 0.001, 3
REFILL_SECONDS = 1_000


@dataclass
class Case:
    """Two limiters of one scope, as two replicas have them, and a way to let one bucket age."""

    limiter: RateLimiter
    other: RateLimiter
    age: Callable[[str, int], Awaitable[object]]


@pytest.fixture
async def case(kind: str) -> AsyncIterator[Case]:
    if kind == "memory":
        clock = ManualClock(0)

        async def pass_time(_name: str, seconds: int) -> None:
            clock.advance(seconds)

        limiter = MemoryRateLimiter(RATE, BURST, clock.now)
        yield Case(limiter, limiter, pass_time)
        return
    first, second = (RedisRateLimiter(kind, "key", RATE, BURST) for _ in range(2))
    await first._redis.flushall()

    async def set_back(name: str, seconds: int) -> None:
        await first._redis.hincrbyfloat(f"{PREFIX}key:{name}", "at", -seconds)

    yield Case(first, second, set_back)
    await first.close()
    await second.close()


async def test_burst_passes_and_the_bucket_refills(case: Case) -> None:
    for _ in range(BURST):
        await case.limiter.take("a")
    with pytest.raises(RateLimited) as refused:
        await case.limiter.take("a")
    assert 990 <= refused.value.retry_after <= REFILL_SECONDS
    await case.age("a", 2 * REFILL_SECONDS)
    await case.limiter.take("a")
    await case.limiter.take("a")
    with pytest.raises(RateLimited):
        await case.limiter.take("a")


async def test_bucket_never_holds_more_than_the_burst(case: Case) -> None:
    await case.limiter.take("a")
    await case.age("a", 100 * REFILL_SECONDS)
    for _ in range(BURST):
        await case.limiter.take("a")
    with pytest.raises(RateLimited):
        await case.limiter.take("a")


async def test_names_do_not_share_a_bucket(case: Case) -> None:
    for _ in range(BURST):
        await case.limiter.take("a")
    await case.limiter.take("b")


async def test_replicas_share_a_bucket(case: Case) -> None:
    for limiter in (case.limiter, case.other, case.limiter):
        await limiter.take("a")
    with pytest.raises(RateLimited):
        await case.other.take("a")


async def test_without_redis_a_replica_counts_alone() -> None:
    limiter = RedisRateLimiter("unix:///nonexistent/redis.sock", "key", RATE, BURST)
    for _ in range(BURST):
        await limiter.take("a")
    with pytest.raises(RateLimited):
        await limiter.take("a")
    await limiter.close()
