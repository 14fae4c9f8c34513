"""Creates the first tables, and lets nothing change or delete an event."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_APPEND_ONLY = {
    "sqlite": [
        f"""CREATE TRIGGER events_refuse_{verb.lower()} BEFORE {verb} ON events
            BEGIN SELECT RAISE(ABORT, 'events is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'events is append-only'; END $$""",
        """CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
            FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    ],
}


def upgrade() -> None:
    op.create_table(
        "attestations",
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("oracle", sa.String(length=44), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("verdict", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.SmallInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("exec_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("output_root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seconds_used", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "job", "sequence", "attempt", "oracle", "digest", name=op.f("pk_attestations")
        ),
    )
    op.create_table(
        "buyers",
        sa.Column("owner", sa.String(length=44), nullable=False),
        sa.Column("available", sa.BigInteger(), nullable=False),
        sa.Column("locked", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_buyers")),
    )
    op.create_table(
        "chain_cursor",
        sa.Column("program", sa.String(length=44), nullable=False),
        sa.Column("genesis", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=True),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("program", name=op.f("pk_chain_cursor")),
    )
    op.create_table(
        "events",
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.Column("index", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.String(length=44), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("job", sa.String(length=44), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("attempt", sa.SmallInteger(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("signature", "index", name=op.f("pk_events")),
        sa.UniqueConstraint("position", name=op.f("uq_events_position")),
    )
    op.create_index(
        "ix_events_job_sequence_position", "events", ["job", "sequence", "position"], unique=False
    )

    op.create_table(
        "http_nonces",
        sa.Column("key", sa.String(length=44), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "nonce", name=op.f("pk_http_nonces")),
    )
    op.create_index("ix_http_nonces_expires_at", "http_nonces", ["expires_at"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("buyer", sa.String(length=44), nullable=False),
        sa.Column("market", sa.String(length=44), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("spec_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("timeout_seconds", sa.BigInteger(), nullable=False),
        sa.Column("gpu_vendor", sa.SmallInteger(), nullable=False),
        sa.Column("gpu_count", sa.SmallInteger(), nullable=False),
        sa.Column("min_vram_mib", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("node", sa.String(length=44), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("assigned_at", sa.BigInteger(), nullable=True),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seconds_used", sa.BigInteger(), nullable=True),
        sa.Column("exec_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("output_root", sa.LargeBinary(length=32), nullable=True),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("reject_reason", sa.String(length=30), nullable=True),
        sa.PrimaryKeyConstraint("job", "sequence", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_buyer_created_at", "jobs", ["buyer", "created_at"], unique=False)
    op.create_index(
        "ix_jobs_created_at_job_sequence", "jobs", ["created_at", "job", "sequence"], unique=False
    )
    op.create_index("ix_jobs_spec_hash_ended_at", "jobs", ["spec_hash", "ended_at"], unique=False)
    op.create_index("ix_jobs_status_created_at", "jobs", ["status", "created_at"], unique=False)

    op.create_table(
        "markets",
        sa.Column("market", sa.String(length=44), nullable=False),
        sa.Column("creator", sa.String(length=44), nullable=False),
        sa.Column("market_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("matcher", sa.String(length=44), nullable=False),
        sa.Column("price_per_second", sa.BigInteger(), nullable=False),
        sa.Column("min_timeout_seconds", sa.BigInteger(), nullable=False),
        sa.Column("max_timeout_seconds", sa.BigInteger(), nullable=False),
        sa.Column("job_ttl", sa.BigInteger(), nullable=False),
        sa.Column("grace", sa.BigInteger(), nullable=False),
        sa.Column("verdict_window", sa.BigInteger(), nullable=False),
        sa.Column("min_stake", sa.BigInteger(), nullable=False),
        sa.Column("min_reputation", sa.BigInteger(), nullable=False),
        sa.Column("audit_bps", sa.BigInteger(), nullable=False),
        sa.Column("max_attempts", sa.SmallInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("market", name=op.f("pk_markets")),
    )
    op.create_table(
        "node_presence",
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=False),
        sa.Column("worker_version", sa.String(length=40), nullable=False),
        sa.Column("hardware", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_node_presence")),
    )
    op.create_table(
        "nodes",
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("operator", sa.String(length=44), nullable=False),
        sa.Column("worker_key", sa.String(length=44), nullable=False),
        sa.Column("gpu_vendor", sa.SmallInteger(), nullable=False),
        sa.Column("gpu_count", sa.SmallInteger(), nullable=False),
        sa.Column("vram_mib", sa.BigInteger(), nullable=False),
        sa.Column("active_jobs", sa.BigInteger(), nullable=False),
        sa.Column("unsettled", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("ok", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("timed_out", sa.BigInteger(), nullable=False),
        sa.Column("latency_bps", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_nodes")),
    )
    op.create_index("ix_nodes_operator", "nodes", ["operator"], unique=False)

    op.create_table(
        "offers",
        sa.Column("offer_id", sa.String(length=64), nullable=False),
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("node", sa.String(length=44), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offers")),
    )
    op.create_index("ix_offers_job_sequence_attempt", "offers", ["job", "sequence", "attempt"], unique=False)
    op.create_index(
        "uq_offers_live",
        "offers",
        ["job", "sequence", "attempt"],
        unique=True,
        postgresql_where=sa.text("status IN ('offered', 'accepted')"),
        sqlite_where=sa.text("status IN ('offered', 'accepted')"),
    )

    op.create_table(
        "receipts",
        sa.Column("job", sa.String(length=44), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("worker_key", sa.String(length=44), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.String(length=88), nullable=False),
        sa.PrimaryKeyConstraint("job", "sequence", "attempt", name=op.f("pk_receipts")),
    )
    op.create_table(
        "stake_accounts",
        sa.Column("owner", sa.String(length=44), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=False),
        sa.Column("unstake_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_stake_accounts")),
    )
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the first tables have nothing before them")
