"""Tables of the economy: what the events of four programs add up to.

Only the indexer writes them, event by event in the chain's order, and from nothing but events: emptied, with
their place in `projections`, they are rebuilt from what the `events` table holds.
"""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hypernode_marketplace_api.models.base import AddressColumn, Base, BigColumn, HashColumn, SmallColumn


class ProjectionPlace(Base):
    """How far the events are counted into these tables: the `position` of the last one."""

    __tablename__ = "projections"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[BigColumn]


class StakeRow(Base):
    """What a wallet has staked, held, lost and claimed, as its events say; kept after its withdrawal."""

    __tablename__ = "stakes"

    owner: Mapped[AddressColumn] = mapped_column(primary_key=True)
    open: Mapped[bool]
    amount: Mapped[BigColumn]
    weight: Mapped[BigColumn]
    duration: Mapped[BigColumn]
    staked_at: Mapped[BigColumn]
    withdrawable_at: Mapped[BigColumn | None]
    holds: Mapped[BigColumn]
    held_amount: Mapped[BigColumn]
    slashed: Mapped[BigColumn]
    claimed: Mapped[BigColumn]
    forfeited: Mapped[BigColumn]

    __table_args__ = (Index(None, "open", "weight", "owner"),)


class RewardsRow(Base):
    """The accumulator, one row: its index, its sums, and the two flows into it."""

    __tablename__ = "rewards"

    program: Mapped[AddressColumn] = mapped_column(primary_key=True)
    reward_index: Mapped[str] = mapped_column(String(39))  # u128: more than any integer column holds
    distributed: Mapped[BigColumn]
    claimed: Mapped[BigColumn]
    total_weight: Mapped[BigColumn]
    updated_at: Mapped[BigColumn]
    fee_window: Mapped[BigColumn]
    fees_total: Mapped[BigColumn]
    fees_flowed: Mapped[BigColumn]
    fees_starts_at: Mapped[BigColumn]
    fees_ends_at: Mapped[BigColumn]
    community_window: Mapped[BigColumn]
    community_total: Mapped[BigColumn]
    community_flowed: Mapped[BigColumn]
    community_starts_at: Mapped[BigColumn]
    community_ends_at: Mapped[BigColumn]


class ReportRow(Base):
    """One opening of a report's address: the same evidence can be reported again once it was closed."""

    __tablename__ = "reports"

    report: Mapped[AddressColumn] = mapped_column(primary_key=True)
    opened_at: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    accused: Mapped[AddressColumn]
    reporter: Mapped[AddressColumn | None]
    job: Mapped[AddressColumn | None]
    sequence: Mapped[BigColumn]
    attempt: Mapped[SmallColumn]
    evidence: Mapped[HashColumn | None]
    reason: Mapped[str] = mapped_column(String(20))
    amount: Mapped[BigColumn]
    status: Mapped[str] = mapped_column(String(12))
    round: Mapped[SmallColumn]
    bond: Mapped[BigColumn]
    appeal_bond: Mapped[BigColumn]
    total_weight: Mapped[BigColumn]
    uphold_weight: Mapped[BigColumn]
    overturn_weight: Mapped[BigColumn]
    voters: Mapped[BigColumn]
    first_uphold_weight: Mapped[BigColumn]
    voting_ends_at: Mapped[BigColumn | None]
    executable_at: Mapped[BigColumn | None]
    ended_at: Mapped[BigColumn | None]
    closed_at: Mapped[BigColumn | None]
    slashed: Mapped[BigColumn]
    burned: Mapped[BigColumn]
    reporter_due: Mapped[BigColumn]
    accused_due: Mapped[BigColumn]
    validators_due: Mapped[BigColumn]

    __table_args__ = (
        Index(None, "opened_at", "report"),
        Index(None, "accused", "opened_at"),
        Index(None, "status", "opened_at"),
    )


class ProposalRow(Base):
    __tablename__ = "proposals"

    number: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    proposal: Mapped[AddressColumn] = mapped_column(unique=True)
    proposer: Mapped[AddressColumn]
    payer: Mapped[AddressColumn]
    description_hash: Mapped[HashColumn]
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[BigColumn]
    total_weight: Mapped[BigColumn]
    quorum_weight: Mapped[BigColumn]
    threshold: Mapped[BigColumn]
    voting_period: Mapped[BigColumn]
    timelock: Mapped[BigColumn]
    execution_window: Mapped[BigColumn]
    voting_starts_at: Mapped[BigColumn | None]
    voting_ends_at: Mapped[BigColumn | None]
    eta: Mapped[BigColumn | None]
    ended_at: Mapped[BigColumn | None]
    closed_at: Mapped[BigColumn | None]
    for_weight: Mapped[BigColumn]
    against_weight: Mapped[BigColumn]
    abstain_weight: Mapped[BigColumn]
    count: Mapped[SmallColumn]
    executed: Mapped[SmallColumn]

    __table_args__ = (Index(None, "status", "number"),)


class DaoRow(Base):
    """The DAO's settings and sums, one row."""

    __tablename__ = "dao"

    program: Mapped[AddressColumn] = mapped_column(primary_key=True)
    mint: Mapped[AddressColumn]
    operations: Mapped[AddressColumn]
    guardian: Mapped[AddressColumn | None]
    guardian_expires_at: Mapped[BigColumn]
    version: Mapped[BigColumn]
    proposal_threshold: Mapped[BigColumn]
    voting_period: Mapped[BigColumn]
    timelock_parameters: Mapped[BigColumn]
    timelock_critical: Mapped[BigColumn]
    execution_window: Mapped[BigColumn]
    quorum_bps: Mapped[BigColumn]
    releases: Mapped[BigColumn]
    community_total: Mapped[BigColumn]
    burned_total: Mapped[BigColumn]
    operations_total: Mapped[BigColumn]
    spent_total: Mapped[BigColumn]
    balance_after_spending: Mapped[BigColumn | None]
