"""Output of a command: text, tables and progress for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import Any, Protocol

import click

from hypernode.errors import HypernodeError
from hypernode_cli.fixes import fix_for

# The progress line: how often it is drawn, and its bar in characters.
_DRAW_SECONDS = 0.1
_BAR = 20
_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Bar(Protocol):
    """Progress of one task: a sentence and, where it is known, the fraction that is done."""

    def step(self, text: str, fraction: float | None = None) -> None: ...


class Output:
    """Write results to standard output and everything else to standard error."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    def result(self, document: Mapping[str, Any], *lines: str) -> None:
        """Print the document as JSON, or the same facts as lines for a person."""
        if self.as_json:
            self._json(document)
            return
        for line in lines or _pairs(document):
            click.echo(line)

    def rows(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, empty: str) -> None:
        """Print a table with one line a row; `empty` is printed if there is no row."""
        if self.as_json:
            self._json([dict(row) for row in rows])
            return
        if not rows:
            click.echo(empty)
            return
        head = [column.replace("_", " ") for column in columns]
        cells = [[_cell(row.get(column)) for column in columns] for row in rows]
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        for number, line in enumerate((head, *cells)):
            padded = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            click.secho(padded.rstrip(), bold=number == 0 or None)

    def note(self, text: str) -> None:
        """Print a remark for a person on standard error; programs that asked for JSON get none."""
        if not self.as_json:
            click.echo(text, err=True)

    def text(self, text: str) -> None:
        """Write a part of a stream (logs) unchanged."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def line(self, document: Mapping[str, Any]) -> None:
        """Write one JSON line of a stream."""
        self.text(json.dumps(document, separators=(",", ":")) + "\n")

    def failure(self, error: HypernodeError) -> None:
        """Print an error and its fix."""
        self.problem(error.code, str(error), fix_for(error))

    def problem(self, code: str, detail: str, fix: str | None = None) -> None:
        """Print a failure by its parts."""
        if self.as_json:
            sys.stderr.write(json.dumps({"error": code, "detail": detail, "fix": fix}) + "\n")
            return
        click.echo(click.style("error: ", fg="red", bold=True) + detail, err=True)
        if fix:
            click.echo(click.style("  fix: ", bold=True) + fix, err=True)

    @contextmanager
    def progress(self, text: str) -> Iterator[Bar]:
        """Show progress during the block: a live line on a terminal, plain lines elsewhere, none for JSON."""
        if self.as_json or not sys.stderr.isatty():
            yield _Lines(self, text)
            return
        bar = _Live(text)
        try:
            yield bar
        finally:
            bar.close()

    def _json(self, document: Any) -> None:
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        sys.stdout.flush()


class _Live:
    """A line on the terminal that a thread redraws, so that its clock moves."""

    def __init__(self, text: str) -> None:
        self._text, self._fraction, self._began = text, 0.0, time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)
        self._thread.start()

    def step(self, text: str, fraction: float | None = None) -> None:
        self._text, self._fraction = text, fraction or 0.0

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        click.echo("\r\x1b[K", nl=False, err=True)

    def _draw(self) -> None:
        turn = 0
        while not self._ended.is_set():
            full = int(self._fraction * _BAR)
            bar, seconds = "━" * full + "·" * (_BAR - full), int(time.monotonic() - self._began)
            line = f"{_SPINNER[turn % len(_SPINNER)]} {bar} {seconds} s  {self._text}"
            # A line that wraps cannot be drawn over.
            click.echo(f"\r\x1b[K{line[: get_terminal_size().columns - 1]}", nl=False, err=True)
            turn += 1
            self._ended.wait(_DRAW_SECONDS)


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
