"""Times of a job that follow from its timeout: the same formulas as the markets program."""

DAY = 86_400
# A repetition may take one and a half times the timeout, is passed over, and runs again in a second stage.
REPETITIONS = 8
LATE_TIMEOUTS = 4
# Seconds after the late window in which a report can still hold the stake.
REPORT_TIME = 2 * DAY


def verdict_window(timeout_seconds: int, floor: int) -> int:
    """Return the seconds that the oracles have for their verdict."""
    return floor + REPETITIONS * timeout_seconds


def late_window(timeout_seconds: int) -> int:
    """Return the seconds after the verdict window in which a late verdict still counts."""
    return max(DAY, LATE_TIMEOUTS * timeout_seconds)


def longest_commitment(timeout_seconds: int, *, start_allowance: int, grace: int, verdict_floor: int) -> int:
    """Return the seconds from an assignment until money is free and reports are made.

    The cooldown of the node's stake must cover them.
    """
    attempt = start_allowance + timeout_seconds + grace
    windows = verdict_window(timeout_seconds, verdict_floor) + late_window(timeout_seconds)
    return attempt + windows + REPORT_TIME


def longest_lock(
    timeout_seconds: int, *, ttl: int, attempts: int, start_allowance: int, grace: int, verdict_floor: int
) -> int:
    """Return the seconds from posting until the buyer's tokens are free, if everything goes wrong."""
    attempt = start_allowance + timeout_seconds + grace
    windows = verdict_window(timeout_seconds, verdict_floor) + late_window(timeout_seconds)
    return ttl + attempts * attempt + windows
