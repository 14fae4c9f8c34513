"""Jobs keep what their accounts froze at the assignment, for job receipts after the accounts are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("frozen", sa.JSON(), nullable=True))
