"""Results come with the verdict: endings, roots and audits instead of execution hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("exec_hash")
        jobs.add_column(sa.Column("submitted_slot", sa.BigInteger(), nullable=True))
        jobs.add_column(sa.Column("ending", sa.String(length=10), nullable=True))
        jobs.add_column(sa.Column("exit_code", sa.SmallInteger(), nullable=True))
        jobs.add_column(sa.Column("audit", sa.String(length=14), nullable=True))
        jobs.add_column(sa.Column("own_seconds", sa.BigInteger(), nullable=True))
    # Attestations of the earlier version settle nothing any more.
    op.drop_table("attestations")
    op.create_table(
        "attestations",
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("oracle", sa.String(length=44), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("verdict", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.SmallInteger(), nullable=False),
        sa.Column("ending", sa.SmallInteger(), nullable=False),
        sa.Column("exit_code", sa.SmallInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("audit", sa.SmallInteger(), nullable=False),
        sa.Column("draw_id", sa.String(length=16), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("blame", sa.SmallInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seconds_used", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "job", "sequence", "attempt", "oracle", "digest", name=op.f("pk_attestations")
        ),
    )
