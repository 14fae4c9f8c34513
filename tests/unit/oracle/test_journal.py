"""The oracle's journal: one finding an attempt, never changed; a removed one shows in its chain of hashes."""

import sqlite3
from pathlib import Path

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.status import Verdict
from hypernode_oracle.journal import OPEN, Decided, Journal
from tests.programs.decisions import a_decision
from tests.support.documents import an_address

ONE, TWO, THREE = (AttemptKey(an_address(name), 2**64 - 1, 1) for name in ("one", "two", "three"))
ACCEPT = Decided(a_decision(Verdict.ACCEPT, 3), b"\x01" * 8)
REJECT = Decided(a_decision(Verdict.REJECT, 3), b"\x01" * 8)


def test_seeing_and_closing_again_change_nothing() -> None:
    journal = Journal(None)
    for _ in range(2):
        journal.see(ONE)
        assert journal.open_submissions() == [ONE]
    for _ in range(2):
        journal.close_submission(ONE)
        assert journal.open_submissions() == []
    journal.see(ONE)
    assert journal.open_submissions() == [ONE]


def test_the_first_finding_stands_over_every_restart(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for finding in (ACCEPT, REJECT, REJECT):
        journal = Journal(path)
        assert journal.decide(ONE, finding) == ACCEPT
        journal.close()
    journal = Journal(path)
    assert journal.decided(ONE) == ACCEPT
    assert journal.decided(TWO) is None
    journal.close()


def test_an_oracle_commits_itself_once_at_each_stage(tmp_path: Path) -> None:
    path, kept = tmp_path / "journal.sqlite", set()
    for content in (b"first", b"second", b"second"):
        journal = Journal(path)
        kept.add(journal.tell(ONE, 1, content))
        assert journal.told(ONE, 2) is None
        journal.close()
    ((content, salt),) = kept
    assert (content, len(salt)) == (b"first", 32)
    assert Journal(path).tell(TWO, 1, b"first")[1] != salt


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE verdicts SET decision = X'02' WHERE number = 2",
        "UPDATE verdicts SET draw_id = X'00' WHERE number = 1",
        "DELETE FROM verdicts WHERE number = 1",
        "DELETE FROM verdicts WHERE number = 2",
    ],
)
def test_tampering_with_a_verdict_shows(tmp_path: Path, tampering: str) -> None:
    path = tmp_path / "journal.sqlite"
    journal = Journal(path)
    for submission in (ONE, TWO, THREE):
        journal.decide(submission, ACCEPT)
    assert journal.intact()
    journal.close()
    thief = sqlite3.connect(path)
    assert thief.execute(tampering).rowcount == 1
    thief.commit()
    thief.close()
    again = Journal(path)
    assert not again.intact()
    again.close()


def test_open_submissions_are_found_without_reading_the_closed_ones(tmp_path):
    path = tmp_path / "journal.sqlite"
    journal = Journal(path)
    journal.close()
    database = sqlite3.connect(path)
    (plan,) = database.execute(f"EXPLAIN QUERY PLAN {OPEN}").fetchall()
    database.close()
    assert "seen_open" in plan[-1]
