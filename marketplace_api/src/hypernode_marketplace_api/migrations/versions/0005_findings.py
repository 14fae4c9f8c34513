"""Adds the findings that oracles leave for one another."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("oracle", sa.String(length=44), nullable=False),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("content", sa.String(length=96), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "job", "sequence", "attempt", "oracle", "stage", "commitment", name=op.f("pk_findings")
        ),
    )
