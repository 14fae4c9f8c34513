"""Journal of an oracle, which survives a crash: the submissions it saw, its findings and verdicts."""

from __future__ import annotations

import hashlib
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.attestation import Audit, Blame, Decision
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import RejectReason, Verdict
from hypernode.domain.types import Address
from hypernode_service.journal import open_journal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (
    job TEXT NOT NULL, sequence TEXT NOT NULL, attempt INTEGER NOT NULL, closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (job, sequence, attempt)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_open ON seen (job, sequence, attempt) WHERE closed = 0;
CREATE TABLE IF NOT EXISTS verdicts (
    number INTEGER PRIMARY KEY,
    job TEXT NOT NULL, sequence TEXT NOT NULL, attempt INTEGER NOT NULL,
    decision BLOB NOT NULL, draw_id BLOB NOT NULL, link BLOB NOT NULL,
    UNIQUE (job, sequence, attempt)
);
CREATE TABLE IF NOT EXISTS told (
    job TEXT NOT NULL, sequence TEXT NOT NULL, attempt INTEGER NOT NULL, stage INTEGER NOT NULL,
    content BLOB NOT NULL, salt BLOB NOT NULL, PRIMARY KEY (job, sequence, attempt, stage)
) WITHOUT ROWID;
"""
OPEN = "SELECT job, sequence, attempt FROM seen INDEXED BY seen_open WHERE closed = 0"
_FIRST_LINK = bytes(32)


# verdict, reason, ending, exit code, root, audit, own, blame
_DECISION = struct.Struct("<BBBB32sBIB")


@dataclass(frozen=True)
class Decided:
    """What an oracle signs about a submission: the decision, and the draw that it rests on."""

    decision: Decision
    draw_id: bytes


class Journal:
    """Each call is one durable commit."""

    def __init__(self, path: Path | None) -> None:
        fix = "restore it from a copy: it holds what this oracle has signed"
        self._db = open_journal(path, _SCHEMA, fix)

    def close(self) -> None:
        self._db.close()

    def see(self, submission: AttemptKey) -> None:
        """Write down that an attempt waits for a verdict.

        One that was closed is opened again: an RPC node that lags may have shown it gone.
        """
        self._db.execute(
            "INSERT INTO seen (job, sequence, attempt) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET closed = 0 WHERE closed = 1",
            _row(submission),
        )

    def close_submission(self, submission: AttemptKey) -> None:
        """Write down that the chain has moved past this attempt."""
        self._db.execute(
            "UPDATE seen SET closed = 1 WHERE job = ? AND sequence = ? AND attempt = ?", _row(submission)
        )

    def open_submissions(self) -> list[AttemptKey]:
        rows = self._db.execute(OPEN)
        return sorted(AttemptKey(Address(job), int(seq), attempt) for job, seq, attempt in rows)

    def decide(self, submission: AttemptKey, decided: Decided) -> Decided:
        """Keep the first decision on an attempt and return it: an oracle never signs two.

        It is written before it is published. Each row carries the hash of the one before, so a decision
        cannot be taken out later without breaking the chain.
        """
        kept = self.decided(submission)
        if kept is not None:
            return kept
        row = (*_row(submission), _packed(decided.decision), decided.draw_id)
        link = hashlib.sha256(self._last_link() + repr(row).encode()).digest()
        self._db.execute(
            "INSERT INTO verdicts (job, sequence, attempt, decision, draw_id, link)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*row, link),
        )
        return decided

    def decided(self, submission: AttemptKey) -> Decided | None:
        query = "SELECT decision, draw_id FROM verdicts WHERE job = ? AND sequence = ? AND attempt = ?"
        row = self._db.execute(query, _row(submission)).fetchone()
        return None if row is None else Decided(_unpacked(row[0]), bytes(row[1]))

    def tell(self, submission: AttemptKey, stage: int, content: bytes) -> tuple[bytes, bytes]:
        """Keep the first finding of a stage with a new salt, and return both: an oracle commits itself once.

        It is written before the commitment is published.
        """
        row = (*_row(submission), stage, content, secrets.token_bytes(32))
        self._db.execute("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?, ?)", row)
        kept = self.told(submission, stage)
        assert kept is not None, "the row was just written"
        return kept

    def told(self, submission: AttemptKey, stage: int) -> tuple[bytes, bytes] | None:
        """Return content and salt of what this oracle has found at a stage."""
        query = "SELECT content, salt FROM told WHERE job = ? AND sequence = ? AND attempt = ? AND stage = ?"
        row = self._db.execute(query, (*_row(submission), stage)).fetchone()
        return None if row is None else (bytes(row[0]), bytes(row[1]))

    def intact(self) -> bool:
        """Check the chain of verdicts from the first."""
        link = _FIRST_LINK
        columns = "job, sequence, attempt, decision, draw_id, link"
        for *row, stored in self._db.execute(f"SELECT {columns} FROM verdicts ORDER BY number"):
            link = hashlib.sha256(link + repr(tuple(row)).encode()).digest()
            if link != stored:
                return False
        return True

    def _last_link(self) -> bytes:
        row = self._db.execute("SELECT link FROM verdicts ORDER BY number DESC LIMIT 1").fetchone()
        return _FIRST_LINK if row is None else bytes(row[0])


def _packed(decision: Decision) -> bytes:
    result = decision.result
    return _DECISION.pack(
        decision.verdict,
        decision.reason,
        result.ending,
        result.exit_code,
        result.root,
        decision.audit,
        decision.own,
        decision.blame,
    )


def _unpacked(data: bytes) -> Decision:
    verdict, reason, ending, exit_code, root, audit, own, blame = _DECISION.unpack(data)
    return Decision(
        verdict=Verdict(verdict),
        reason=RejectReason(reason),
        result=Result(Ending(ending), exit_code, root),
        audit=Audit(audit),
        own=own,
        blame=Blame(blame),
    )


def _row(submission: AttemptKey) -> tuple[str, str, int]:
    # A sequence is a u64; SQLite's integers are signed.
    return submission.job, str(submission.sequence), submission.attempt
