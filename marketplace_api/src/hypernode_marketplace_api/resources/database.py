"""Database: one engine, and transactions that commit once at their end.

A method that writes opens `begin()`, one that only looks opens `read()`; nothing else commits. No network
call may happen inside either.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

# How long a writer waits for another on SQLite, which has one writer at a time.
SQLITE_BUSY_MS = 10_000


class Database:
    def __init__(self, url: str) -> None:
        self.engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"))
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        async with self._connection(writes=True) as connection:
            transaction = await connection.begin()
            async with AsyncSession(connection, expire_on_commit=False) as db:
                yield db
                await db.flush()
                await _finish(transaction.commit())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with (
            self._connection(writes=False) as connection,
            AsyncSession(connection, expire_on_commit=False) as db,
        ):
            yield db

    @asynccontextmanager
    async def _connection(self, *, writes: bool) -> AsyncIterator[AsyncConnection]:
        """Lend a connection; what is not committed when it comes back is rolled back."""
        connection = await self.engine.connect()
        try:
            yield await connection.execution_options(hypernode_writes=writes)
        finally:
            await _finish(connection.close())

    async def ping(self) -> None:
        async with self.read() as db:
            await db.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


async def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Let a commit or a close come to its end though its caller is cancelled: half of one leaves locks."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def insert_into(db: AsyncSession, model: type[Any]) -> Any:
    """Start an INSERT that knows ON CONFLICT, in the connection's own dialect; the engine has loaded it."""
    dialect = import_module(f"sqlalchemy.dialects.{db.get_bind().dialect.name}")
    return dialect.insert(model)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, below; the driver's own starts too late
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer half-way is refused, not queued."""
    writes = connection.get_execution_options().get("hypernode_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
