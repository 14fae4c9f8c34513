"""What the API keeps in memory is bounded: live logs."""

from hypernode_marketplace_api.slices.nodes import live_logs
from hypernode_marketplace_api.slices.nodes.live_logs import LiveLogs


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
