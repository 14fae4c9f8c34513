"""SQLite file with the chain's accounts, transactions, programs and clock.

A transaction and the accounts it changed are one commit, made before a client is told of it, so a killed
process loses no confirmed transaction and keeps no partial one.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from hypernode_localnet.records import Record, TokenBalance

# First slot of a new chain, after the activation of every feature of the VM.
FIRST_SLOT = 435_888_001

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS programs (address BLOB PRIMARY KEY, authority BLOB NOT NULL, binary BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
    address BLOB PRIMARY KEY, lamports INTEGER NOT NULL, owner BLOB NOT NULL, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS transactions (
    number INTEGER PRIMARY KEY, signature TEXT NOT NULL UNIQUE, wire BLOB NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS skipped (first INTEGER PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mentions (
    address TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (address, number)
) WITHOUT ROWID;
"""


class Journal:
    """Storage of one chain; a path of None keeps it in memory."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(":memory:" if path is None else path, isolation_level=None)
        # WAL with NORMAL survives a killed process; only a power failure can lose the last commits.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        for name in ("genesis", "block_secret"):
            self._db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, secrets.token_bytes(32)))

    def close(self) -> None:
        self._db.close()

    # --- chain

    def genesis(self) -> bytes:
        """Return the 32 random bytes that identify this chain."""
        value = self._meta("genesis")
        assert isinstance(value, bytes)
        return value

    def block_secret(self) -> bytes:
        """Return the 32 random bytes from which block hashes are made, so that nobody knows the next one."""
        value = self._meta("block_secret")
        assert isinstance(value, bytes)
        return value

    def skipped(self) -> list[tuple[int, int]]:
        """Return the ranges of slots without a block, in order."""
        return list(self._db.execute("SELECT first, last FROM skipped ORDER BY first"))

    def save_skipped(self, first: int, last: int) -> None:
        self._db.execute("INSERT OR IGNORE INTO skipped VALUES (?, ?)", (first, last))

    def slot(self) -> int:
        return int(self._meta("slot") or FIRST_SLOT)

    def clock(self) -> tuple[int, int]:
        """Return the offset of the chain's time, and the last time it returned."""
        return int(self._meta("offset") or 0), int(self._meta("time") or 0)

    def save_clock(self, slot: int, offset: int, time: int) -> None:
        rows = (("slot", slot), ("offset", offset), ("time", time))
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    # --- accounts and programs

    def programs(self) -> Iterator[tuple[Pubkey, Pubkey, bytes]]:
        for address, authority, binary in self._db.execute("SELECT * FROM programs"):
            yield Pubkey(address), Pubkey(authority), binary

    def save_program(self, program: Pubkey, authority: Pubkey, binary: bytes) -> None:
        row = (bytes(program), bytes(authority), binary)
        self._db.execute("INSERT OR REPLACE INTO programs VALUES (?, ?, ?)", row)

    def accounts(self) -> Iterator[tuple[Pubkey, Account]]:
        for address, lamports, owner, data in self._db.execute("SELECT * FROM accounts"):
            yield Pubkey(address), Account(int(lamports), data, Pubkey(owner))

    # --- transactions

    def save(self, record: Record, accounts: Iterable[tuple[Pubkey, Account | None]]) -> None:
        """Store a transaction and the accounts after it."""
        body = asdict(record)
        del body["wire"]
        with self._db:
            self._db.execute("BEGIN")
            cursor = self._db.execute(
                "INSERT INTO transactions (signature, wire, body) VALUES (?, ?, ?)",
                (record.signature, record.wire, json.dumps(body)),
            )
            number = cursor.lastrowid
            mentions = ((key, number) for key in set(record.keys))
            self._db.executemany("INSERT INTO mentions VALUES (?, ?)", mentions)
            for address, account in accounts:
                self._save_account(address, account)

    def count(self) -> int:
        (number,) = self._db.execute("SELECT count(*) FROM transactions").fetchone()
        return int(number)

    def record(self, signature: str) -> Record | None:
        found = self._db.execute("SELECT wire, body FROM transactions WHERE signature = ?", (signature,))
        row = found.fetchone()
        return None if row is None else _record(*row)

    def signatures(self, address: str, before: str | None, until: str | None, limit: int) -> list[Record]:
        """Return the transactions of an address between two signatures, both excluded, newest first."""
        upper = self._number(before, default=2**62)
        lower = self._number(until, default=0)
        rows = self._db.execute(
            "SELECT wire, body FROM mentions JOIN transactions USING (number) "
            "WHERE address = ? AND number < ? AND number > ? ORDER BY number DESC LIMIT ?",
            (address, upper, lower, limit),
        )
        return [_record(*row) for row in rows]

    def _save_account(self, address: Pubkey, account: Account | None) -> None:
        if account is None or account.lamports == 0:
            self._db.execute("DELETE FROM accounts WHERE address = ?", (bytes(address),))
        elif not account.executable and str(account.owner) != _SYSVARS:
            row = (bytes(address), account.lamports, bytes(account.owner), bytes(account.data))
            self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?)", row)

    def _number(self, signature: str | None, default: int) -> int:
        if signature is None:
            return default
        row = self._db.execute("SELECT number FROM transactions WHERE signature = ?", (signature,)).fetchone()
        return default if row is None else int(row[0])

    def _meta(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]


_SYSVARS = "Sysvar1111111111111111111111111111111111111"


def _record(wire: bytes, body: str) -> Record:
    document = json.loads(body)
    tokens = tuple(tuple(TokenBalance(**entry) for entry in side) for side in document.pop("tokens"))
    balances = tuple(tuple(side) for side in document.pop("balances"))
    names = ("keys", "loaded", "logs", "inner")
    tuples = {name: tuple(document.pop(name)) for name in names}
    return Record(wire=wire, tokens=tokens, balances=balances, **tuples, **document)  # type: ignore[arg-type]
