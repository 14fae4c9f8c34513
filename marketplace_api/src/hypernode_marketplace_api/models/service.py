"""Tables that only this API has: nonces, presence of nodes, offers, attestations, receipts."""

from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hypernode_marketplace_api.models.base import (
    AddressColumn,
    Base,
    BigColumn,
    HashColumn,
    SignatureColumn,
    SmallColumn,
)


class HttpNonce(Base):
    """A nonce of a signed request; the primary key is what makes it single use."""

    __tablename__ = "http_nonces"

    key: Mapped[AddressColumn] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32), primary_key=True)
    expires_at: Mapped[BigColumn] = mapped_column(index=True)


class NodePresence(Base):
    """Connection of a node, and the replica of the API that holds it.

    The replica renews its lease; a node whose lease is over is offline. Written when something changes, never
    for a heartbeat.
    """

    __tablename__ = "node_presence"

    node: Mapped[AddressColumn] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    state_since: Mapped[BigColumn]
    worker_version: Mapped[str] = mapped_column(String(40))
    hardware: Mapped[dict[str, Any]] = mapped_column(JSON)
    ask: Mapped[BigColumn]
    free_slots: Mapped[BigColumn]
    replica: Mapped[str] = mapped_column(String(16))
    lease_until: Mapped[BigColumn] = mapped_column(index=True)


class OfferRow(Base):
    """One job offered to one node. The partial index is what never lets a job have two live offers."""

    __tablename__ = "offers"

    offer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    job: Mapped[AddressColumn]
    sequence: Mapped[BigColumn]
    attempt: Mapped[SmallColumn]
    node: Mapped[AddressColumn]
    status: Mapped[str] = mapped_column(String(10))
    seed: Mapped[BigColumn]
    score: Mapped[BigColumn]
    created_at: Mapped[BigColumn]
    expires_at: Mapped[BigColumn]
    ended_at: Mapped[BigColumn | None]
    reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        Index(None, "job", "sequence", "attempt"),
        Index(
            "uq_offers_live",
            "job",
            "sequence",
            "attempt",
            unique=True,
            postgresql_where=text("status IN ('offered', 'accepted')"),
            sqlite_where=text("status IN ('offered', 'accepted')"),
        ),
    )


class AttestationRow(Base):
    """A verdict signed by an oracle, checked against the chain when it came in."""

    __tablename__ = "attestations"

    job: Mapped[AddressColumn] = mapped_column(primary_key=True)
    sequence: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    attempt: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    oracle: Mapped[AddressColumn] = mapped_column(primary_key=True)
    digest: Mapped[HashColumn] = mapped_column(primary_key=True)
    verdict: Mapped[SmallColumn]
    reason: Mapped[SmallColumn]
    ending: Mapped[SmallColumn]
    exit_code: Mapped[SmallColumn]
    root: Mapped[HashColumn]
    audit: Mapped[SmallColumn]
    draw_id: Mapped[str] = mapped_column(String(16))
    own: Mapped[BigColumn]
    blame: Mapped[SmallColumn]
    epoch: Mapped[BigColumn]
    node: Mapped[AddressColumn]
    receipt_hash: Mapped[HashColumn]
    seconds_used: Mapped[BigColumn]
    signature: Mapped[SignatureColumn]
    received_at: Mapped[BigColumn]


class FindingRow(Base):
    """What an oracle has committed to about a drawn job; `content` and `salt` open it."""

    __tablename__ = "findings"

    job: Mapped[AddressColumn] = mapped_column(primary_key=True)
    sequence: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    attempt: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    oracle: Mapped[AddressColumn] = mapped_column(primary_key=True)
    stage: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    # Part of the key: two commitments at one stage are kept as evidence.
    commitment: Mapped[HashColumn] = mapped_column(primary_key=True)
    signature: Mapped[SignatureColumn]
    content: Mapped[str | None] = mapped_column(String(96))
    salt: Mapped[HashColumn | None]
    received_at: Mapped[BigColumn]


class StopRow(Base):
    """A buyer's signature that ends a running attempt, until its worker has it."""

    __tablename__ = "stops"

    job: Mapped[AddressColumn] = mapped_column(primary_key=True)
    sequence: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    attempt: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    signature: Mapped[SignatureColumn]
    received_at: Mapped[BigColumn]


class ReceiptRow(Base):
    """The worker's signature over a receipt; the receipt itself is the blob its hash names."""

    __tablename__ = "receipts"

    job: Mapped[AddressColumn] = mapped_column(primary_key=True)
    sequence: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    attempt: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    worker_key: Mapped[AddressColumn]
    receipt_hash: Mapped[HashColumn]
    signature: Mapped[SignatureColumn]
