"""Stops of running attempts that buyers have signed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stops",
        sa.Column("job", sa.String(44), primary_key=True),
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("attempt", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("signature", sa.String(88), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
    )
