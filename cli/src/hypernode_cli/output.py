"""What a command prints: tables and progress for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from hypernode.errors import HypernodeError
from hypernode_cli.fixes import fix_for

# A table that nobody looks at on a screen is never folded: one row is one line, for grep and awk.
_UNFOLDED = 10_000


class Bar(Protocol):
    """Progress of one piece of work: a sentence and, where it is known, a fraction."""

    def step(self, text: str, fraction: float | None = None) -> None: ...


class Output:
    """Write results to standard output and everything else to standard error."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        # Paths, names and logs are shown as they are: no markup, and no ":x:" turned into a picture.
        width = None if sys.stdout.isatty() else _UNFOLDED
        self._out = Console(file=sys.stdout, soft_wrap=True, highlight=False, emoji=False, width=width)
        self._err = Console(file=sys.stderr, soft_wrap=True, highlight=False, emoji=False)

    def result(self, document: Mapping[str, Any], *lines: str) -> None:
        """Print the document (JSON) or the lines that tell a person the same."""
        if self.as_json:
            self._json(document)
            return
        for line in lines or _pairs(document):
            self._out.print(line, markup=False)

    def rows(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, empty: str) -> None:
        """Print one row per mapping, with the named columns; `empty` says what no row means."""
        if self.as_json:
            self._json([dict(row) for row in rows])
            return
        if not rows:
            self._out.print(empty, markup=False)
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column.replace("_", " "), overflow="fold")
        for row in rows:
            table.add_row(*(Text(_cell(row.get(column))) for column in columns))
        self._out.print(table)

    def note(self, text: str) -> None:
        """Say something on the way; programs that asked for JSON are spared it."""
        if not self.as_json:
            self._err.print(text, markup=False)

    def text(self, text: str) -> None:
        """Write a piece of a stream (logs) as it is."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def line(self, document: Mapping[str, Any]) -> None:
        """Write one JSON line of a stream."""
        self.text(json.dumps(document, separators=(",", ":")) + "\n")

    def failure(self, error: HypernodeError) -> None:
        """Print what went wrong and, where the error knows it, what mends it."""
        self.problem(error.code, str(error), fix_for(error))

    def problem(self, code: str, detail: str, fix: str | None = None) -> None:
        """Print a failure by its parts."""
        if self.as_json:
            sys.stderr.write(json.dumps({"error": code, "detail": detail, "fix": fix}) + "\n")
            return
        self._err.print("error: ", style="bold red", end="")
        self._err.print(detail, markup=False)
        if fix:
            self._err.print("  fix: ", style="bold", end="")
            self._err.print(fix, markup=False)

    @contextmanager
    def progress(self, text: str) -> Iterator[Bar]:
        """Show a bar while work goes on; silent for programs and plain lines where there is no terminal."""
        if self.as_json or not self._err.is_terminal:
            yield _Lines(self, text)
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._err, transient=True) as progress:
            yield _Rich(progress, text)

    def _json(self, document: Any) -> None:
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        sys.stdout.flush()


class _Rich:
    def __init__(self, progress: Progress, text: str) -> None:
        self._progress = progress
        self._task = progress.add_task(text, total=None)

    def step(self, text: str, fraction: float | None = None) -> None:
        total = None if fraction is None else 1.0
        self._progress.update(self._task, description=text, total=total, completed=fraction or 0.0)


class _Lines:
    def __init__(self, output: Output, text: str) -> None:
        self._output = output
        self._last = text
        output.note(text)

    def step(self, text: str, fraction: float | None = None) -> None:
        if text != self._last:
            self._last = text
            self._output.note(text)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _pairs(document: Mapping[str, Any]) -> Iterable[str]:
    width = max((len(key) for key in document), default=0)
    return (f"{key.replace('_', ' '):<{width}}  {_cell(value)}" for key, value in document.items())
