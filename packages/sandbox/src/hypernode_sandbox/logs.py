"""Reader of a container's log: its first bytes after the end, and a live stream."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from hypernode_sandbox.ports import LogSink


def capped(chunks: Iterable[bytes], cap: int) -> tuple[bytes, bool]:
    """Return the first `cap` bytes and whether there were more.

    The rest is read too, so that the connection ends cleanly; the engine limits the log file's size.
    """
    kept, truncated = bytearray(), False
    for chunk in chunks:
        room = cap - len(kept)
        kept += chunk[:room]
        truncated = truncated or len(chunk) > room
    return bytes(kept), truncated


def follow(chunks: Callable[[], Iterable[bytes]], cap: int, sink: LogSink) -> None:
    """Pass a container's output to a sink while it runs, up to a cap, on a daemon thread.

    The engine may end the stream late or never, so the final log is read separately.
    """

    def pass_on() -> None:
        left = cap
        for chunk in chunks():
            sink(chunk[:left])
            left -= len(chunk)
            if left <= 0:
                return

    threading.Thread(target=pass_on, name="container-log", daemon=True).start()
