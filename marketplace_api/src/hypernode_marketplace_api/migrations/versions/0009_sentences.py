"""Reports are made from jobs or by bond, without a harmed buyer. Stakes tell what reports hold."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reports") as reports:
        reports.alter_column("reporter", existing_type=sa.String(44), nullable=True)
        reports.alter_column("evidence", existing_type=sa.LargeBinary(32), nullable=True)
        reports.add_column(sa.Column("amount", sa.BigInteger(), nullable=False, server_default="0"))
        reports.drop_column("buyer")
        reports.drop_column("attested")
        reports.drop_column("buyer_due")
    with op.batch_alter_table("stakes") as stakes:
        stakes.alter_column("holds", existing_type=sa.SmallInteger(), type_=sa.BigInteger())
        stakes.add_column(sa.Column("held_amount", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("stake_accounts") as accounts:
        accounts.add_column(sa.Column("held_amount", sa.BigInteger(), nullable=False, server_default="0"))
    for table, column in (
        ("reports", "amount"),
        ("stakes", "held_amount"),
        ("stake_accounts", "held_amount"),
    ):
        with op.batch_alter_table(table) as changed:
            changed.alter_column(column, server_default=None)
