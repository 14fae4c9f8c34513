"""Rate limiter in Redis: the replicas of an API count together."""

import math
import time
from collections.abc import Awaitable
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from hypernode_marketplace_api.errors import RateLimited
from hypernode_marketplace_api.resources.rate_limiter import MemoryRateLimiter

PREFIX = "hypernode:limit:"

# Redis' own clock counts, since replicas' clocks differ. A full bucket is deleted.
_TAKE = """
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens, at = tonumber(held[1]) or burst, tonumber(held[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
local taken = tokens >= 1
if taken then tokens = tokens - 1 end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
if taken then return '' end
return tostring((1 - tokens) / rate)
"""

log = structlog.get_logger()


class RedisRateLimiter:
    """While Redis does not answer, each replica counts alone."""

    def __init__(self, url: str, scope: str, rate: float, burst: int) -> None:
        self._redis = Redis.from_url(url, decode_responses=True, socket_timeout=2, socket_connect_timeout=2)
        self._scope, self._rate, self._burst = scope, rate, burst
        self._alone = MemoryRateLimiter(rate, burst, time.monotonic)

    async def take(self, name: str) -> None:
        key = f"{PREFIX}{self._scope}:{name}"
        try:
            script = self._redis.eval(_TAKE, 1, key, str(self._rate), str(self._burst))
            wait = await cast("Awaitable[str]", script)
        except (RedisError, OSError) as error:
            log.warning(
                "Redis does not answer, counting alone",
                scope=self._scope,
                error=type(error).__name__,
            )
            await self._alone.take(name)
            return
        if wait:
            raise RateLimited(math.ceil(float(wait)))

    async def close(self) -> None:
        await self._redis.aclose()
