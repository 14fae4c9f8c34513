"""Journal of a node, which survives a crash: every attempt that it took, its phase and its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.types import Address
from hypernode_service.journal import open_journal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS attempts (
    job TEXT NOT NULL, sequence TEXT NOT NULL, attempt INTEGER NOT NULL, phase TEXT NOT NULL, receipt BLOB,
    PRIMARY KEY (job, sequence, attempt)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stops (
    job TEXT NOT NULL, sequence TEXT NOT NULL, attempt INTEGER NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY (job, sequence, attempt)
) WITHOUT ROWID;
"""


class Phase(StrEnum):
    """How far an attempt has come. `TAKEN` is written before the assignment is sent to the chain."""

    TAKEN = "taken"
    RECEIPTED = "receipted"
    DONE = "done"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class Entry:
    key: AttemptKey
    phase: Phase
    receipt: bytes | None

    @property
    def sent(self) -> bytes | None:
        """Return the receipt if it was published and sent to the chain, whatever came of that."""
        return self.receipt if self.phase in (Phase.DONE, Phase.ABANDONED) else None


class Journal:
    """Each call is one durable commit."""

    def __init__(self, path: Path | None) -> None:
        fix = "move it away: the chain knows which attempts are owed"
        self._db = open_journal(path, _SCHEMA, fix)

    def close(self) -> None:
        self._db.close()

    def take(self, key: AttemptKey) -> None:
        """Write down that this attempt is about to be ours; a second time changes nothing."""
        self._db.execute(
            "INSERT OR IGNORE INTO attempts VALUES (?, ?, ?, ?, NULL)", (*_row(key), Phase.TAKEN)
        )

    def save_receipt(self, key: AttemptKey, receipt: bytes) -> bytes:
        """Keep the first receipt of an attempt and return it: an attempt never has two."""
        self._db.execute(
            "UPDATE attempts SET phase = ?, receipt = ? WHERE job = ? AND sequence = ? AND attempt = ? "
            "AND receipt IS NULL",
            (Phase.RECEIPTED, receipt, *_row(key)),
        )
        kept = self.entry(key)
        assert kept is not None, "an attempt is taken before it has a receipt"
        assert kept.receipt is not None, "the row was just written"
        return kept.receipt

    def stop(self, key: AttemptKey, signature: bytes) -> None:
        """Write down that the buyer ends this attempt; the signature goes into its receipt."""
        self._db.execute("INSERT OR IGNORE INTO stops VALUES (?, ?, ?, ?)", (*_row(key), signature))

    def stop_of(self, key: AttemptKey) -> bytes | None:
        """Return the buyer's signature of the stop of an attempt, if there is one."""
        query = "SELECT signature FROM stops WHERE job = ? AND sequence = ? AND attempt = ?"
        row = self._db.execute(query, _row(key)).fetchone()
        return None if row is None else bytes(row[0])

    def finish(self, key: AttemptKey, phase: Phase) -> None:
        """Write down how an attempt ended. `DONE` is the last word: a later look may find the job settled."""
        self._db.execute(
            "UPDATE attempts SET phase = ? WHERE job = ? AND sequence = ? AND attempt = ? AND phase != ?",
            (phase, *_row(key), Phase.DONE),
        )

    def entry(self, key: AttemptKey) -> Entry | None:
        query = "SELECT * FROM attempts WHERE job = ? AND sequence = ? AND attempt = ?"
        row = self._db.execute(query, _row(key)).fetchone()
        return None if row is None else _entry(row)

    def open_entries(self) -> list[Entry]:
        """Return every attempt whose end is not written down."""
        query = "SELECT * FROM attempts WHERE phase NOT IN (?, ?)"
        return [_entry(row) for row in self._db.execute(query, (Phase.DONE, Phase.ABANDONED))]


def _row(key: AttemptKey) -> tuple[str, str, int]:
    # A sequence is a u64; SQLite's integers are signed.
    return key.job, str(key.sequence), key.attempt


def _entry(row: tuple[str, str, int, str, bytes | None]) -> Entry:
    job, sequence, attempt, phase, receipt = row
    return Entry(AttemptKey(Address(job), int(sequence), attempt), Phase(phase), receipt)
