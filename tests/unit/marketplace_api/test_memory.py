"""What the API keeps in memory is bounded: buckets, live logs, sessions."""

import pytest

from hypernode.domain.clock import ManualClock
from hypernode_marketplace_api.errors import RateLimited
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter
from hypernode_marketplace_api.slices.nodes import live_logs
from hypernode_marketplace_api.slices.nodes.live_logs import LiveLogs


def test_bucket_lets_a_burst_through_and_refills() -> None:
    clock = ManualClock(0)
    limit = RateLimiter(2.0, 3, clock.now)
    for _ in range(3):
        limit.take("a")
    with pytest.raises(RateLimited) as refused:
        limit.take("a")
    assert refused.value.retry_after == 1
    limit.take("b")
    clock.advance(1)
    limit.take("a")
    limit.take("a")
    with pytest.raises(RateLimited):
        limit.take("a")


def test_live_log_keeps_the_newest_part() -> None:
    logs = LiveLogs(max_bytes=10)
    for chunk in ("aaaa", "bbbb", "cccc"):
        logs.append("job", 1, 1, chunk)
    assert logs.read("job", 1, 1) == ("bbbbcccc", True)
    assert logs.read("job", 1, 2) is None
    assert logs.read("job", 2, 1) is None


def test_oldest_live_log_goes_when_there_are_too_many() -> None:
    logs = LiveLogs(max_bytes=10)
    for number in range(live_logs.MAX_JOBS + 1):
        logs.append(f"job {number}", 1, 1, "x")
    assert logs.read("job 0", 1, 1) is None
    assert logs.read(f"job {live_logs.MAX_JOBS}", 1, 1) == ("x", False)
