"""The long walk: five hundred sequences of it; it goes on where it stopped, and a failure repeats."""

from pathlib import Path

import pytest

from tests.model import fuzz
from tests.model.fuzz import Progress
from tests.programs.economy.moves import NAMES
from tests.programs.economy.play import Play


@pytest.mark.timeout(600)
def test_five_hundred_sequences_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """And nearly every act was done in them, and refused in many ways, or they would prove little."""
    assert fuzz.main(["--sequences", "500"]) == 0
    last = capsys.readouterr().out.splitlines()[-1].split()
    done, refused = int(last[0]), int(last[4])
    # `usurp` is only ever refused; `vote` and the like count once.
    assert done >= len(NAMES) - 1
    assert refused >= 150


def test_a_run_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fuzz.json"
    first = Progress.load(path, 7)
    assert fuzz.run(first, sequences=2, instructions=0, jobs=1, path=path)
    saved = Progress.load(path, 7)
    assert (saved.sequences, saved.instructions) == (2, first.instructions)
    assert fuzz.run(saved, sequences=3, instructions=1, jobs=1, path=path)
    assert Progress.load(path, 7).sequences == 3
    assert "from sequence 2" in capsys.readouterr().out
    assert fuzz.run(Progress.load(path, 7), sequences=3, instructions=1, jobs=1, path=path)
    assert "have passed already" in capsys.readouterr().out
    assert Progress.load(path, 8).sequences == 0


def test_what_has_passed_with_other_programs_passes_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fuzz.json"
    Progress(7, 100, 10_000, fuzz.fingerprint()).save(path)
    assert Progress.load(path, 7).sequences == 100
    monkeypatch.setattr(fuzz, "binary", lambda name: name.encode())
    assert Progress.load(path, 7).sequences == 0


def test_a_sequence_is_the_same_each_time() -> None:
    """Whatever was walked before it on the same stage."""
    alone = fuzz.walk((3, 5))
    fuzz.walk((3, 6))
    assert fuzz.walk((3, 5)) == alone


def test_a_failure_says_how_to_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: Play) -> None:
        assert self.sent < 20, "what the model says is not so"

    monkeypatch.setattr(Play, "check", broken)
    monkeypatch.setattr(fuzz, "_stage", None)
    assert not fuzz.run(Progress(9, 4), sequences=6, instructions=0, jobs=1, path=None)
    out = capsys.readouterr().out
    assert "make fuzz SEED=9 SEQUENCE=4" in out
    assert "what the model says is not so" in out
