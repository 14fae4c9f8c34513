"""Evidence on disk: whole or not there, found again after a restart, and bounded."""

import os
from pathlib import Path

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.cid import cid_of_bytes
from hypernode_node_client.shelf import KEEP_SECONDS, Shelf
from tests.support.documents import an_address

FIRST, SECOND, THIRD = (AttemptKey(an_address(name), 2**63, 1) for name in ("one", "two", "three"))


def test_evidence_is_found_after_a_restart(tmp_path: Path) -> None:
    Shelf(tmp_path).keep(FIRST, [b"receipt", b"output"])
    shelf = Shelf(tmp_path)
    assert shelf.attempts() == [FIRST]
    assert shelf.find(cid_of_bytes(b"output")) == b"output"
    assert shelf.find(cid_of_bytes(b"another")) is None


def test_a_write_that_breaks_off_leaves_nothing_and_is_done_again(tmp_path: Path) -> None:
    def breaking() -> object:
        yield b"first"
        raise OSError("the disk is full")

    shelf = Shelf(tmp_path)
    with pytest.raises(OSError, match="full"):
        shelf.keep(FIRST, breaking())  # type: ignore[arg-type]
    assert Shelf(tmp_path).attempts() == []
    assert Shelf(tmp_path).find(cid_of_bytes(b"first")) is None
    shelf.keep(FIRST, [b"first", b"second"])
    assert shelf.find(cid_of_bytes(b"second")) == b"second"


def test_the_first_evidence_of_an_attempt_stays(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(FIRST, [b"first"])
    shelf.keep(FIRST, [b"other"])
    assert shelf.find(cid_of_bytes(b"other")) is None


@pytest.mark.parametrize(("gone", "kept"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_a_blob_of_two_attempts_outlives_one(tmp_path: Path, gone: AttemptKey, kept: AttemptKey) -> None:
    shelf = Shelf(tmp_path)
    for key in (FIRST, SECOND):
        shelf.keep(key, [b"the same"])
    os.utime(tmp_path / f"{gone.job}-{gone.sequence}-1", (0, 0))
    shelf.tidy({kept})
    assert shelf.attempts() == [kept]
    assert shelf.find(cid_of_bytes(b"the same")) == b"the same"


def test_the_oldest_verdicts_go_first_when_there_is_no_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most_bytes=250)
    for age, key in enumerate((FIRST, SECOND, THIRD)):
        shelf.keep(key, [bytes([age]) * 100])
        os.utime(tmp_path / f"{key.job}-{key.sequence}-1", (1_000 + age, 1_000 + age))
    shelf.tidy({FIRST}, now=1_010.0)
    assert shelf.attempts() == sorted([FIRST, THIRD]), "what waits stays, though it is older"
    shelf.tidy(set(), now=1_000.0 + KEEP_SECONDS + 1.5)
    assert shelf.attempts() == [THIRD]


def test_strange_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / f"{FIRST.job}-1-1.draft").mkdir()
    assert Shelf(tmp_path).attempts() == []
