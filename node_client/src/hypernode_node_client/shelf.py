"""Shelf of evidence: what a node owes the oracles until the verdict, as files that survive the worker."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.types import Address

# Evidence is kept this long after the verdict: a buyer may still want it.
KEEP_SECONDS = 7 * 86_400
# And not longer than it has room, by default 20 GiB.
MOST_BYTES = 20 << 30


class Shelf:
    """One folder an attempt, one file a blob."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most_bytes = folder, most_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, Path] = {}
        for key in self.attempts():
            self._note(key)

    def attempts(self) -> list[AttemptKey]:
        """Return the attempts whose evidence is here, whole."""
        return sorted(key for path in self._folder.iterdir() if (key := _key(path.name)) is not None)

    def keep(self, key: AttemptKey, blobs: Iterable[bytes]) -> None:
        """Write the evidence of an attempt: all of it, or after a crash none."""
        place = self._place(key)
        if place.exists():
            return
        draft = place.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for data in blobs:
            with (draft / cid_of_bytes(data)).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        draft.rename(place)
        self._note(key)

    def find(self, cid: str) -> bytes | None:
        """Return a blob of any attempt."""
        path = self._files.get(cid)
        return None if path is None or not path.exists() else path.read_bytes()

    def tidy(self, waiting: Collection[AttemptKey], now: float | None = None) -> None:
        """Remove evidence whose verdict is known: what is old, and the oldest while all takes too much room.

        What waits for a verdict stays, whatever room it takes.
        """
        moment = time.time() if now is None else now
        kept = {key: _size(self._place(key)) for key in self.attempts()}
        ended = sorted((self._place(key).stat().st_mtime, key) for key in kept.keys() - set(waiting))
        for since, key in ended:
            if moment - since > KEEP_SECONDS or sum(kept.values()) > self._most_bytes:
                self._remove(key)
                del kept[key]

    def _remove(self, key: AttemptKey) -> None:
        shutil.rmtree(self._place(key))
        self._files = {}
        for other in self.attempts():  # a blob may be of several
            self._note(other)

    def _note(self, key: AttemptKey) -> None:
        self._files.update({path.name: path for path in self._place(key).iterdir()})

    def _place(self, key: AttemptKey) -> Path:
        return self._folder / f"{key.job}-{key.sequence}-{key.attempt}"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _key(name: str) -> AttemptKey | None:
    job, _, rest = name.partition("-")
    sequence, _, attempt = rest.partition("-")
    if not (sequence.isdigit() and attempt.isdigit()):
        return None
    return AttemptKey(Address(job), int(sequence), int(attempt))
