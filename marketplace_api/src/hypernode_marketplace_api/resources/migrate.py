"""Migration of the schema to the newest revision, at start and in tests."""

from pathlib import Path

from sqlalchemy import Connection, text

from hypernode_marketplace_api.resources.database import Database

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
# Two API processes that start together must not migrate together; any fixed number will do.
_LOCK = 0x68_6E_61_70_69


async def migrate(database: Database) -> None:
    async with database.engine.begin() as connection:
        if database.engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    # Alembic takes a tenth of the app's import time, and only a process that serves needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
