"""Adds the replica that holds a node's connection, verdict deadlines, and events that were skipped."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nodes write their presence again when they reconnect.
    op.drop_table("node_presence")
    op.create_table(
        "node_presence",
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=False),
        sa.Column("worker_version", sa.String(length=40), nullable=False),
        sa.Column("hardware", sa.JSON(), nullable=False),
        sa.Column("ask", sa.BigInteger(), nullable=False),
        sa.Column("free_slots", sa.BigInteger(), nullable=False),
        sa.Column("replica", sa.String(length=16), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_node_presence")),
    )
    op.create_index(op.f("ix_node_presence_lease_until"), "node_presence", ["lease_until"])
    op.add_column("jobs", sa.Column("verdict_deadline", sa.BigInteger(), nullable=True))
    op.create_table(
        "skipped_events",
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("index", sa.SmallInteger(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.String(length=44), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("signature", "index", name=op.f("pk_skipped_events")),
    )
