"""The node's journal: what it wrote it knows, whatever became of the last write, and twice is once."""

import shutil
from pathlib import Path

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.errors import ConfigError
from hypernode_node_client.journal import Entry, Journal, Phase
from tests.support.documents import an_address

KEY = AttemptKey(an_address("job"), 2**64 - 1, 1)
LATER = AttemptKey(an_address("job"), 2**64 - 1, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.sqlite"


def test_an_attempt_is_known_after_a_restart(path: Path) -> None:
    first = Journal(path)
    first.take(KEY)
    first.save_receipt(KEY, b"receipt")
    first.close()
    second = Journal(path)
    assert second.open_entries() == [Entry(KEY, Phase.RECEIPTED, b"receipt")]
    second.close()


def test_saying_it_again_changes_nothing() -> None:
    journal = Journal(None)
    for _ in range(2):
        journal.take(KEY)
    assert journal.save_receipt(KEY, b"first") == b"first"
    assert journal.save_receipt(KEY, b"second") == b"first"
    for _ in range(2):
        journal.take(KEY)
        assert journal.entry(KEY) == Entry(KEY, Phase.RECEIPTED, b"first")
        assert len(journal.open_entries()) == 1
    for _ in range(2):
        journal.finish(KEY, Phase.DONE)
    journal.take(KEY)
    assert journal.entry(KEY) == Entry(KEY, Phase.DONE, b"first")
    assert journal.open_entries() == []


def test_done_is_the_last_word() -> None:
    journal = Journal(None)
    journal.take(KEY)
    journal.save_receipt(KEY, b"receipt")
    journal.finish(KEY, Phase.DONE)
    journal.finish(KEY, Phase.ABANDONED)
    entry = journal.entry(KEY)
    assert entry is not None
    assert entry.phase is Phase.DONE


def test_only_a_receipt_that_was_published_counts_as_sent() -> None:
    journal = Journal(None)
    journal.take(KEY)
    sent = [journal.entry(KEY)]
    journal.save_receipt(KEY, b"receipt")
    sent.append(journal.entry(KEY))
    journal.finish(KEY, Phase.ABANDONED)
    sent.append(journal.entry(KEY))
    assert [entry.sent for entry in sent if entry] == [None, None, b"receipt"]


def test_attempts_and_incarnations_are_kept_apart() -> None:
    journal = Journal(None)
    reborn = AttemptKey(KEY.job, 7, 1)
    for key in (KEY, LATER, reborn):
        journal.take(key)
    journal.finish(KEY, Phase.ABANDONED)
    assert {entry.key for entry in journal.open_entries()} == {LATER, reborn}
    assert len({key.run_name for key in (KEY, LATER, reborn)}) == 3


@pytest.mark.parametrize("cut", [1, 100, 4_000])
def test_a_last_write_that_was_torn_is_lost_alone(path: Path, tmp_path: Path, cut: int) -> None:
    """The log ends in the middle of what was written last, as after a power failure."""
    alive = Journal(path)
    alive.take(KEY)
    alive.take(LATER)
    torn = tmp_path / "torn"
    shutil.copytree(path.parent, torn)  # while it is open: closing would tidy the log away
    alive.close()
    log = torn / "journal.sqlite-wal"
    log.write_bytes(log.read_bytes()[:-cut])
    journal = Journal(torn / "journal.sqlite")
    assert [entry.key for entry in journal.open_entries()] == [KEY]
    journal.take(LATER)
    assert len(journal.open_entries()) == 2
    journal.close()


def test_a_last_write_that_was_garbled_is_lost_alone(path: Path, tmp_path: Path) -> None:
    alive = Journal(path)
    alive.take(KEY)
    alive.take(LATER)
    garbled = tmp_path / "garbled"
    shutil.copytree(path.parent, garbled)
    alive.close()
    log = garbled / "journal.sqlite-wal"
    data = bytearray(log.read_bytes())
    data[-10] ^= 0xFF
    log.write_bytes(data)
    journal = Journal(garbled / "journal.sqlite")
    assert [entry.key for entry in journal.open_entries()] == [KEY]
    journal.close()


def test_a_file_that_is_no_journal_is_refused_with_the_way_out(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"something else entirely, and long enough to be looked at" * 50)
    with pytest.raises(ConfigError) as refused:
        Journal(path)
    assert "move it away" in (refused.value.fix or "")
