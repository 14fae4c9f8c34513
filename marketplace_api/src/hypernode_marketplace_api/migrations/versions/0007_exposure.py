"""Nodes have exposure and probation, jobs the epoch of their oracles."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("epoch", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("nodes") as nodes:
        nodes.alter_column("unsettled", new_column_name="exposure")
        nodes.add_column(sa.Column("probation", sa.SmallInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("nodes") as nodes:
        nodes.alter_column("probation", server_default=None)
