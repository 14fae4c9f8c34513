"""Adds the tables of the economy, and to each event what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The staking program, whose events were stored before they named a subject: its owner.
_STAKING = "BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"
_UNGUARD = {
    "sqlite": "DROP TRIGGER events_refuse_update",
    "postgresql": "ALTER TABLE events DISABLE TRIGGER events_append_only",
}
_SUBJECT = {"sqlite": "json_extract(data, '$.owner')", "postgresql": "data ->> 'owner'"}
_GUARD = {
    "sqlite": """CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events is append-only'); END""",
    "postgresql": "ALTER TABLE events ENABLE TRIGGER events_append_only",
}


def upgrade() -> None:
    op.create_table(
        "dao",
        sa.Column("program", sa.String(length=44), nullable=False),
        sa.Column("mint", sa.String(length=44), nullable=False),
        sa.Column("operations", sa.String(length=44), nullable=False),
        sa.Column("guardian", sa.String(length=44), nullable=True),
        sa.Column("guardian_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("proposal_threshold", sa.BigInteger(), nullable=False),
        sa.Column("voting_period", sa.BigInteger(), nullable=False),
        sa.Column("timelock_parameters", sa.BigInteger(), nullable=False),
        sa.Column("timelock_critical", sa.BigInteger(), nullable=False),
        sa.Column("execution_window", sa.BigInteger(), nullable=False),
        sa.Column("quorum_bps", sa.BigInteger(), nullable=False),
        sa.Column("releases", sa.BigInteger(), nullable=False),
        sa.Column("community_total", sa.BigInteger(), nullable=False),
        sa.Column("burned_total", sa.BigInteger(), nullable=False),
        sa.Column("operations_total", sa.BigInteger(), nullable=False),
        sa.Column("spent_total", sa.BigInteger(), nullable=False),
        sa.Column("balance_after_spending", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("program", name=op.f("pk_dao")),
    )
    op.create_table(
        "projections",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_projections")),
    )
    op.create_table(
        "proposals",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proposal", sa.String(length=44), nullable=False),
        sa.Column("proposer", sa.String(length=44), nullable=False),
        sa.Column("payer", sa.String(length=44), nullable=False),
        sa.Column("description_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("total_weight", sa.BigInteger(), nullable=False),
        sa.Column("quorum_weight", sa.BigInteger(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("voting_period", sa.BigInteger(), nullable=False),
        sa.Column("timelock", sa.BigInteger(), nullable=False),
        sa.Column("execution_window", sa.BigInteger(), nullable=False),
        sa.Column("voting_starts_at", sa.BigInteger(), nullable=True),
        sa.Column("voting_ends_at", sa.BigInteger(), nullable=True),
        sa.Column("eta", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("for_weight", sa.BigInteger(), nullable=False),
        sa.Column("against_weight", sa.BigInteger(), nullable=False),
        sa.Column("abstain_weight", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.SmallInteger(), nullable=False),
        sa.Column("executed", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposals")),
        sa.UniqueConstraint("proposal", name=op.f("uq_proposals_proposal")),
    )
    op.create_index("ix_proposals_status_number", "proposals", ["status", "number"], unique=False)
    op.create_table(
        "reports",
        sa.Column("report", sa.String(length=44), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("accused", sa.String(length=44), nullable=False),
        sa.Column("reporter", sa.String(length=44), nullable=False),
        sa.Column("buyer", sa.String(length=44), nullable=True),
        sa.Column("job", sa.String(length=44), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("attested", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("bond", sa.BigInteger(), nullable=False),
        sa.Column("appeal_bond", sa.BigInteger(), nullable=False),
        sa.Column("total_weight", sa.BigInteger(), nullable=False),
        sa.Column("uphold_weight", sa.BigInteger(), nullable=False),
        sa.Column("overturn_weight", sa.BigInteger(), nullable=False),
        sa.Column("voters", sa.BigInteger(), nullable=False),
        sa.Column("first_uphold_weight", sa.BigInteger(), nullable=False),
        sa.Column("voting_ends_at", sa.BigInteger(), nullable=True),
        sa.Column("executable_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("slashed", sa.BigInteger(), nullable=False),
        sa.Column("burned", sa.BigInteger(), nullable=False),
        sa.Column("reporter_due", sa.BigInteger(), nullable=False),
        sa.Column("buyer_due", sa.BigInteger(), nullable=False),
        sa.Column("accused_due", sa.BigInteger(), nullable=False),
        sa.Column("validators_due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("report", "opened_at", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_accused_opened_at", "reports", ["accused", "opened_at"], unique=False)
    op.create_index("ix_reports_opened_at_report", "reports", ["opened_at", "report"], unique=False)
    op.create_index("ix_reports_status_opened_at", "reports", ["status", "opened_at"], unique=False)
    op.create_table(
        "rewards",
        sa.Column("program", sa.String(length=44), nullable=False),
        sa.Column("reward_index", sa.String(length=39), nullable=False),
        sa.Column("distributed", sa.BigInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("total_weight", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("fee_window", sa.BigInteger(), nullable=False),
        sa.Column("fees_total", sa.BigInteger(), nullable=False),
        sa.Column("fees_flowed", sa.BigInteger(), nullable=False),
        sa.Column("fees_starts_at", sa.BigInteger(), nullable=False),
        sa.Column("fees_ends_at", sa.BigInteger(), nullable=False),
        sa.Column("community_window", sa.BigInteger(), nullable=False),
        sa.Column("community_total", sa.BigInteger(), nullable=False),
        sa.Column("community_flowed", sa.BigInteger(), nullable=False),
        sa.Column("community_starts_at", sa.BigInteger(), nullable=False),
        sa.Column("community_ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("program", name=op.f("pk_rewards")),
    )
    op.create_table(
        "stakes",
        sa.Column("owner", sa.String(length=44), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=False),
        sa.Column("staked_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawable_at", sa.BigInteger(), nullable=True),
        sa.Column("holds", sa.SmallInteger(), nullable=False),
        sa.Column("slashed", sa.BigInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("forfeited", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_stakes")),
    )
    op.create_index("ix_stakes_open_weight_owner", "stakes", ["open", "weight", "owner"], unique=False)
    op.add_column("events", sa.Column("subject", sa.String(length=44), nullable=True))
    op.create_index(
        "ix_events_program_name_block_time_position",
        "events",
        ["program", "name", "block_time", "position"],
        unique=False,
    )
    op.create_index(
        "ix_events_subject_name_position", "events", ["subject", "name", "position"], unique=False
    )

    dialect = op.get_bind().dialect.name
    op.execute(_UNGUARD[dialect])
    op.execute(f"UPDATE events SET subject = {_SUBJECT[dialect]} WHERE program = '{_STAKING}'")
    op.execute(_GUARD[dialect])


def downgrade() -> None:
    raise NotImplementedError("a mirror is not taken back: point the older version at a new database")
