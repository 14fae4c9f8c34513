"""Adds the times that a job keeps from its market, and the end of its late window."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("late_until", sa.BigInteger(), nullable=True))
    # The indexer writes a market again when it next reads its account; until then nothing is quoted from it.
    op.execute("DELETE FROM markets")
    with op.batch_alter_table("markets") as markets:
        markets.drop_column("verdict_window")
        markets.add_column(sa.Column("start_allowance", sa.BigInteger(), nullable=False))
        markets.add_column(sa.Column("verdict_floor", sa.BigInteger(), nullable=False))
