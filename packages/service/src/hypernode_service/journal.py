"""File of a journal: SQLite in which each statement is one durable commit."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hypernode.errors import ConfigError


def open_journal(path: Path | None, schema: str, fix: str) -> sqlite3.Connection:
    """Open the journal and make its tables if they are missing; None for one in memory.

    A commit survives a killed process and a power failure. Raises `ConfigError` with `fix` if the file is not
    such a journal.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(":memory:" if path is None else path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.executescript(schema)
    except sqlite3.DatabaseError as cause:
        database.close()
        raise ConfigError(f"{path} cannot be read as a journal: {cause}", fix=fix) from cause
    return database
