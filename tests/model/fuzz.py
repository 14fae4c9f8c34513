"""Random walk through the economy: 20,000 sequences and 2,000,000 instructions on every core.

`python -m tests.model.fuzz` goes on where it was stopped; `--sequences 500` runs that many from the
beginning; `--seed S --sequence N` repeats one. A sequence depends on its seed and number alone.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from hypernode.chain.programs import NAMES, binary
from tests.programs.economy import walk as walk_module
from tests.programs.economy.play import Play
from tests.programs.economy.walk import Walk

SEQUENCES, INSTRUCTIONS = 20_000, 2_000_000
SEED = 1
# Seconds between two lines of progress.
REPORT_EVERY = 10
CHUNK = 8

_stage: Play | None = None


@dataclass
class Progress:
    """All sequences below `sequences` have passed."""

    seed: int
    sequences: int = 0
    instructions: int = 0
    # Of the programs and the model: what has passed with others has not passed with these.
    of: str = ""

    @classmethod
    def load(cls, path: Path, seed: int) -> "Progress":
        """Return where an earlier run of this seed stopped, if nothing has changed since."""
        fresh = cls(seed, of=fingerprint())
        if path.exists():
            saved = {**asdict(fresh), "of": "", **json.loads(path.read_text())}
            if (saved["seed"], saved["of"]) == (seed, fresh.of):
                return cls(**saved)
        return fresh

    def save(self, path: Path) -> None:
        """Write it whole or not at all: the run may be stopped at any time."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(path)


@dataclass(frozen=True)
class Outcome:
    number: int
    instructions: int
    # Every act that was done, and every refusal by act and name.
    seen: frozenset[str] = frozenset()
    failure: str = ""


def walk(task: tuple[int, int]) -> Outcome:
    """Walk one sequence on this process's stage, which is built once."""
    global _stage
    seed, number = task
    if _stage is None:
        _stage = Play(signed=False)
    try:
        _stage.seen.clear()
        instructions = Walk(_stage, f"{seed}/{number}").run()
        return Outcome(number, instructions, frozenset(_stage.seen))
    except Exception:
        _stage = None
        return Outcome(number, 0, failure=traceback.format_exc())


def outcomes(seed: int, numbers: Iterator[int], jobs: int) -> Iterator[Outcome]:
    """Walk the sequences in their order, on this number of processes."""
    tasks = ((seed, number) for number in numbers)
    if jobs == 1:
        yield from map(walk, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        # Bounded batches: a pool would draw an endless range of tasks at once.
        while batch := [task for task, _ in zip(tasks, range(CHUNK * jobs), strict=False)]:
            yield from pool.imap(walk, batch, chunksize=CHUNK // 4)


def run(progress: Progress, *, sequences: int, instructions: int, jobs: int, path: Path | None) -> bool:
    """Walk until both are reached; return True if all passed."""
    say(f"seed {progress.seed}: from sequence {progress.sequences}, {jobs} processes")
    began = reported = time.monotonic()
    first, before = progress.sequences, progress.instructions
    if first >= sequences and before >= instructions:
        say(f"{first:,} sequences and {before:,} instructions have passed already")
        return True
    numbers = count(first) if instructions else iter(range(first, sequences))
    seen: set[str] = set()
    for outcome in outcomes(progress.seed, numbers, jobs):
        if outcome.failure:
            say(
                f"{outcome.failure}\nsequence {outcome.number} of seed {progress.seed} failed; repeat it by\n"
                f"  make fuzz SEED={progress.seed} SEQUENCE={outcome.number}"
            )
            return False
        seen |= outcome.seen
        progress.sequences = outcome.number + 1
        progress.instructions += outcome.instructions
        now = time.monotonic()
        over = progress.sequences >= sequences and progress.instructions >= instructions
        if over or now >= reported + REPORT_EVERY:
            reported = now
            done, acts = progress.sequences - first, progress.instructions - before
            seconds = max(now - began, 1e-9)
            rates = f"{done / seconds:.1f} sequences and {acts / seconds:,.0f} instructions a second"
            say(f"{progress.sequences:,} sequences, {progress.instructions:,} instructions; {rates}")
            if path is not None:
                progress.save(path)
        if over:
            break
    refusals = sum(":" in name for name in seen)
    say(f"{len(seen) - refusals} acts were done, {refusals} kinds of refusal seen")
    return True


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fingerprint() -> str:
    """Return the digest of the programs, and of the model that walks with them."""
    model = sorted(Path(walk_module.__file__).parent.glob("*.py"))
    contents = [path.read_bytes() for path in model] + [binary(name) for name in NAMES]
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()


def state_path() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "hypernode" / "fuzz.json"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--sequences", type=int, help="run exactly this number and save nothing")
    parser.add_argument("--sequence", type=int, help="repeat this one")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args(arguments)
    if options.sequence is not None:
        outcome = walk((options.seed, options.sequence))
        say(outcome.failure or f"sequence {options.sequence} passed: {outcome.instructions} instructions")
        return 1 if outcome.failure else 0
    if options.sequences is not None:
        progress, least, path = Progress(options.seed), 0, None
        wanted = options.sequences
    else:
        path = state_path()
        progress, least, wanted = Progress.load(path, options.seed), INSTRUCTIONS, SEQUENCES
    passed = run(progress, sequences=wanted, instructions=least, jobs=options.jobs, path=path)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
