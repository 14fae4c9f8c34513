"""File of a journal: what is committed stays, and another file is refused with a fix."""

import pytest

from hypernode.errors import ConfigError
from hypernode_service.journal import open_journal

SCHEMA = "CREATE TABLE IF NOT EXISTS seen (job TEXT PRIMARY KEY)"


def test_a_commit_is_there_when_the_file_is_opened_again(tmp_path):
    path = tmp_path / "a folder" / "journal.sqlite"
    first = open_journal(path, SCHEMA, "")
    first.execute("INSERT INTO seen VALUES ('job 1')")
    second = open_journal(path, SCHEMA, "")
    assert second.execute("SELECT job FROM seen").fetchall() == [("job 1",)]
    assert second.execute("PRAGMA synchronous").fetchone() == (2,)
    assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    first.close()
    second.close()


def test_another_file_is_refused_with_a_fix(tmp_path):
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(ConfigError) as caught:
        open_journal(path, SCHEMA, "move it away")
    assert caught.value.fix == "move it away"


def test_one_in_memory_needs_no_file():
    journal = open_journal(None, SCHEMA, "")
    assert journal.execute("SELECT count(*) FROM seen").fetchone() == (0,)
    journal.close()
