"""Promises of every lease store, in memory and over a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from hypernode.domain.clock import ManualClock
from hypernode_marketplace_api.errors import LeasesUnavailable
from hypernode_marketplace_api.resources.leases import LeaseStore, MemoryLeases
from hypernode_marketplace_api.resources.redis_leases import PREFIX, RedisLeases


@dataclass
class Case:
    """A store, and a way to let one lease run out without waiting."""

    store: LeaseStore
    run_out: Callable[[str], Awaitable[object]]


@pytest.fixture
async def case(kind: str) -> AsyncIterator[Case]:
    if kind == "memory":
        clock = ManualClock(0)

        async def pass_time(_name: str) -> None:
            clock.advance(3_600)

        yield Case(MemoryLeases(clock.now), pass_time)
        return
    redis = RedisLeases(kind)
    await redis._redis.flushall()
    yield Case(redis, lambda name: redis._redis.pexpire(PREFIX + name, 0))
    await redis.close()


async def test_free_lease_has_one_taker(case: Case) -> None:
    takers = [case.store.acquire("job", f"holder {number}", 15) for number in range(20)]
    assert (await asyncio.gather(*takers)).count(True) == 1


async def test_holder_cannot_take_its_own_lease_again(case: Case) -> None:
    assert await case.store.acquire("job", "me", 15)
    assert not await case.store.acquire("job", "me", 15)


async def test_leases_of_other_names_are_free(case: Case) -> None:
    assert await case.store.acquire("job", "me", 15)
    assert await case.store.acquire("other", "me", 15)


async def test_only_the_holder_releases_and_extends(case: Case) -> None:
    await case.store.acquire("job", "me", 15)
    assert not await case.store.release("job", "thief")
    assert not await case.store.extend("job", "thief", 15)
    assert await case.store.holder("job") == "me"
    assert await case.store.extend("job", "me", 60)
    assert await case.store.release("job", "me")
    assert await case.store.holder("job") is None
    assert not await case.store.release("job", "me")


async def test_lease_ends_by_itself(case: Case) -> None:
    await case.store.acquire("job", "me", 15)
    await case.run_out("job")
    assert await case.store.holder("job") is None
    assert not await case.store.extend("job", "me", 15)
    assert await case.store.acquire("job", "you", 15)
    assert not await case.store.release("job", "me")


async def test_without_redis_nobody_gets_a_lease() -> None:
    """An offer that two may make is worse than none."""
    store = RedisLeases("unix:///nonexistent/redis.sock")
    with pytest.raises(LeasesUnavailable):
        await store.acquire("job", "me", 15)
    await store.close()
