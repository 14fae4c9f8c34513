"""Leases in Redis, for replicas that match the same markets."""

from collections.abc import Awaitable
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from hypernode_marketplace_api.errors import LeasesUnavailable

PREFIX = "hypernode:lease:"

# Compare and act must be one step, or a lease that ended in between is taken from its next holder.
_EXTEND = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
"""
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class RedisLeases:
    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, decode_responses=True, socket_timeout=2, socket_connect_timeout=2)

    async def acquire(self, name: str, holder: str, seconds: float) -> bool:
        command = self._redis.set(PREFIX + name, holder, nx=True, px=_milliseconds(seconds))
        return bool(await _answer(command))

    async def extend(self, name: str, holder: str, seconds: float) -> bool:
        command = self._redis.eval(_EXTEND, 1, PREFIX + name, holder, str(_milliseconds(seconds)))
        return bool(await _answer(command))

    async def release(self, name: str, holder: str) -> bool:
        return bool(await _answer(self._redis.eval(_RELEASE, 1, PREFIX + name, holder)))

    async def holder(self, name: str) -> str | None:
        return cast("str | None", await _answer(self._redis.get(PREFIX + name)))

    async def close(self) -> None:
        await self._redis.aclose()


async def _answer(command: object) -> object:
    """Await a command; without Redis no job is offered, rather than one job twice."""
    try:
        return await cast("Awaitable[object]", command)
    except (RedisError, OSError) as error:
        raise LeasesUnavailable(f"Redis does not answer: {error}") from error


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))
