"""Time as people read and write it: lengths, instants and windows."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from hypernode.errors import InvalidDuration

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_TEXT = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?", re.ASCII)


@dataclass(frozen=True)
class Window:
    """A step that is possible from one instant (0: now) until before another (0: no limit)."""

    what: str
    opens_at: int = 0
    closes_at: int = 0

    def is_open(self, now: int) -> bool:
        return self.opens_at <= now and (not self.closes_at or now < self.closes_at)

    def words(self, now: int) -> str:
        """Say when, seen from now."""
        closes = self.closes_at
        if closes and closes <= now:
            return f"{self.what} until {instant(closes)}, which is over"
        until = f" until {instant(closes)}" if closes else ""
        if now < self.opens_at:
            return f"{self.what} from {instant(self.opens_at)} (in {length(self.opens_at - now)}){until}"
        return f"{self.what} now{until}" + (f" (closes in {length(closes - now)})" if closes else "")


def length(seconds: int) -> str:
    """Write a length by its two largest units: "2 days 3 hours"."""
    parts: list[str] = []
    for name, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
        elif parts:
            break
    return " ".join(parts[:2]) or "0 seconds"


def instant(unix_timestamp: int) -> str:
    return f"{datetime.fromtimestamp(unix_timestamp, UTC):%Y-%m-%d %H:%M:%S} UTC"


def parse_length(text: str) -> int:
    """Read "3d12h", "90s" or "2h30m" as seconds."""
    match = _TEXT.fullmatch(text)
    if match is None or not text:
        raise InvalidDuration(f"{text!r} is not a length of time", fix="write it like 3d12h, 45m or 90s")
    return sum(int(count or 0) * size for count, (_, size) in zip(match.groups(), _UNITS, strict=True))
