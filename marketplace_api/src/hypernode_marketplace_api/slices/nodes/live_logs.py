"""Newest output of running jobs, in the memory of the replica that their node is connected to."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

# Jobs beyond this lose their live log, longest silent first; the log blob of the receipt stays.
MAX_JOBS = 1024


@dataclass
class _Tail:
    chunks: deque[str] = field(default_factory=deque)
    size: int = 0
    truncated: bool = False


class LiveLogs:
    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._tails: OrderedDict[tuple[str, int, int], _Tail] = OrderedDict()

    def append(self, job: str, sequence: int, attempt: int, chunk: str) -> None:
        key = (job, sequence, attempt)
        tail = self._tails.setdefault(key, _Tail())
        self._tails.move_to_end(key)
        tail.chunks.append(chunk)
        tail.size += len(chunk.encode())
        while tail.size > self._max_bytes and len(tail.chunks) > 1:
            tail.size -= len(tail.chunks.popleft().encode())
            tail.truncated = True
        if len(self._tails) > MAX_JOBS:
            self._tails.popitem(last=False)

    def read(self, job: str, sequence: int, attempt: int) -> tuple[str, bool] | None:
        """Return the text so far and whether its beginning is gone; None if there is none."""
        tail = self._tails.get((job, sequence, attempt))
        return ("".join(tail.chunks), tail.truncated) if tail else None
