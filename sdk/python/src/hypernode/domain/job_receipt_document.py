"""The job receipt document: all that is known of one ended job, in one file (docs/job-receipt.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.commitment import CONTENT_BYTES, SALT_BYTES
from hypernode.domain.document import SIGNATURE_BYTES, U8_MAX, U32_MAX, DocumentReader
from hypernode.domain.draw import DRAW_ID_BYTES, Block, Submission
from hypernode.domain.pricing import BPS, MAX_FEE_BPS, FeeShares, PriceSplit
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import Outcome, Verdict
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import DomainError, InvalidJobReceipt

JOB_RECEIPT_TYPE = "hn/job-receipt/1"
# Jobs that a node submitted. The others have no receipt, no draw and no verdict to check.
OUTCOMES = (Outcome.SETTLED, Outcome.REJECTED, Outcome.ACCEPTED, Outcome.UNVERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """What the chain held of a job when it ended. The account is closed then."""

    address: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    operator: Address
    worker_key: Address
    spec_hash: bytes
    rate: int
    cap: int
    timeout_seconds: int
    audit_bps: int
    ratio_bps: int
    baseline_bps: int
    shares: FeeShares
    epoch: int
    receipt_hash: bytes
    seconds: int
    submitted_slot: int

    def submission(self, genesis: bytes) -> Submission:
        """Return what decided the draw, with the blocks after it."""
        return Submission(
            genesis=genesis,
            job=address_bytes(self.address),
            sequence=self.sequence,
            attempt=self.attempt,
            receipt_hash=self.receipt_hash,
            submitted_slot=self.submitted_slot,
        )

    def to_document(self) -> dict[str, Any]:
        shares = self.shares
        return {
            "address": self.address,
            "buyer": self.buyer,
            "sequence": str(self.sequence),
            "attempt": self.attempt,
            "node": self.node,
            "operator": self.operator,
            "worker_key": self.worker_key,
            "spec_hash": self.spec_hash.hex(),
            "rate": str(self.rate),
            "cap": str(self.cap),
            "timeout_seconds": self.timeout_seconds,
            "audit_bps": self.audit_bps,
            "ratio_bps": self.ratio_bps,
            "baseline_bps": self.baseline_bps,
            "fees": {
                "protocol_bps": shares.protocol_bps,
                "stakers_bps": shares.stakers_bps,
                "operations_bps": shares.operations_bps,
            },
            "epoch": str(self.epoch),
            "receipt_hash": self.receipt_hash.hex(),
            "seconds": self.seconds,
            "submitted_slot": str(self.submitted_slot),
        }


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """The blocks of a draw, and what they gave: `panel` has the keys in their order."""

    blocks: tuple[Block, ...]
    draw_id: bytes
    drawn: bool
    panel: tuple[Address, ...]

    def to_document(self) -> dict[str, Any]:
        blocks = [
            {"slot": str(block.slot), "parent_slot": str(block.parent_slot), "hash": block.hash.hex()}
            for block in self.blocks
        ]
        found = {"draw_id": self.draw_id.hex(), "drawn": self.drawn, "panel": list(self.panel)}
        return {"blocks": blocks, **found}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFinding:
    """A commitment that an oracle signed. Content and salt open it, if it was opened."""

    oracle: Address
    stage: int
    commitment: bytes
    signature: bytes
    content: bytes | None
    salt: bytes | None

    def to_document(self) -> dict[str, Any]:
        return {
            "oracle": self.oracle,
            "stage": self.stage,
            "commitment": self.commitment.hex(),
            "signature": self.signature.hex(),
            "content": None if self.content is None else self.content.hex(),
            "salt": None if self.salt is None else self.salt.hex(),
        }


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """One oracle's signature over the attestation of this decision."""

    oracle: Address
    decision: Decision
    signature: bytes

    def to_document(self) -> dict[str, Any]:
        decision, result = self.decision, self.decision.result
        return {
            "oracle": self.oracle,
            "verdict": _name(decision.verdict),
            "reason": _name(decision.reason),
            "ending": _name(result.ending),
            "exit_code": result.exit_code,
            "output_root": result.root.hex(),
            "audit": _name(decision.audit),
            "own": decision.own,
            "blame": _name(decision.blame),
            "signature": self.signature.hex(),
        }


@dataclass(frozen=True, slots=True)
class MoneyRecord:
    """Where the cap went, in base units."""

    price: int
    split: PriceSplit
    refund: int

    def to_document(self) -> dict[str, str]:
        split = self.split
        return {
            "price": str(self.price),
            "node_share": str(split.node),
            "treasury": str(split.treasury),
            "stakers": str(split.stakers),
            "operations": str(split.operations),
            "refund": str(self.refund),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class JobReceiptDocument:
    """One ended job. `receipt` is None if the node never delivered it, `draw` if no block is known."""

    genesis: bytes
    # As they were hashed: a member of a newer version does not change what the hash says.
    spec: Mapping[str, Any]
    receipt: Mapping[str, Any] | None
    worker_signature: bytes | None
    job: JobFacts
    draw: DrawRecord | None
    findings: tuple[SignedFinding, ...]
    attestations: tuple[SignedDecision, ...]
    # Base58 signature of the transaction that ended the job.
    transaction: str
    outcome: Outcome
    money: MoneyRecord

    @property
    def decision(self) -> Decision | None:
        """What the oracles decided; None without a verdict. All must have signed the same."""
        return self.attestations[0].decision if self.attestations else None

    def to_document(self) -> dict[str, Any]:
        signature = self.worker_signature
        return {
            "type": JOB_RECEIPT_TYPE,
            "genesis": self.genesis.hex(),
            "spec": dict(self.spec),
            "receipt": None if self.receipt is None else dict(self.receipt),
            "worker_signature": None if signature is None else signature.hex(),
            "job": self.job.to_document(),
            "draw": None if self.draw is None else self.draw.to_document(),
            "findings": [finding.to_document() for finding in self.findings],
            "attestations": [attestation.to_document() for attestation in self.attestations],
            "transaction": self.transaction,
            "outcome": _name(self.outcome),
            "money": self.money.to_document(),
        }

    @classmethod
    def from_document(cls, document: Any) -> Self:
        reader = DocumentReader(document, error=InvalidJobReceipt)
        reader.kind(JOB_RECEIPT_TYPE)
        read = cls(
            genesis=reader.digest("genesis"),
            spec=reader.mapping("spec"),
            receipt=None if reader.is_null("receipt") else reader.mapping("receipt"),
            worker_signature=reader.optional_hex("worker_signature", SIGNATURE_BYTES),
            job=_read_job(reader.object("job")),
            draw=None if reader.is_null("draw") else _read_draw(reader.object("draw")),
            findings=tuple(_read_finding(finding) for finding in reader.objects("findings")),
            attestations=tuple(_read_attestation(signed) for signed in reader.objects("attestations")),
            transaction=reader.signature("transaction"),
            outcome=reader.named("outcome", Outcome),
            money=_read_money(reader.object("money")),
        )
        reader.finish()
        if read.outcome not in OUTCOMES:
            raise reader.refuse("outcome", f"must be one of {', '.join(map(_name, OUTCOMES))}")
        return read


def _read_job(reader: DocumentReader) -> JobFacts:
    fees = reader.object("fees")
    protocol = fees.integer("protocol_bps", 0, MAX_FEE_BPS)
    shares = FeeShares(
        protocol_bps=protocol,
        stakers_bps=fees.integer("stakers_bps", 0, protocol),
        operations_bps=fees.integer("operations_bps", 0, MAX_FEE_BPS - protocol),
    )
    fees.finish()
    job = JobFacts(
        address=reader.address("address"),
        buyer=reader.address("buyer"),
        sequence=reader.u64("sequence"),
        attempt=reader.integer("attempt", 1, U8_MAX),
        node=reader.address("node"),
        operator=reader.address("operator"),
        worker_key=reader.address("worker_key"),
        spec_hash=reader.digest("spec_hash"),
        rate=reader.u64("rate"),
        cap=reader.u64("cap"),
        timeout_seconds=reader.integer("timeout_seconds", 0, U32_MAX),
        audit_bps=reader.integer("audit_bps", 0, BPS),
        ratio_bps=reader.integer("ratio_bps", 0, U32_MAX),
        baseline_bps=reader.integer("baseline_bps", 0, U32_MAX),
        shares=shares,
        epoch=reader.u64("epoch"),
        receipt_hash=reader.digest("receipt_hash"),
        seconds=reader.integer("seconds", 0, U32_MAX),
        submitted_slot=reader.u64("submitted_slot"),
    )
    reader.finish()
    return job


def _read_draw(reader: DocumentReader) -> DrawRecord:
    record = DrawRecord(
        blocks=tuple(_read_block(block) for block in reader.objects("blocks")),
        draw_id=reader.hex("draw_id", DRAW_ID_BYTES),
        drawn=reader.flag("drawn"),
        panel=reader.addresses("panel"),
    )
    reader.finish()
    return record


def _read_block(reader: DocumentReader) -> Block:
    block = Block(reader.u64("slot"), reader.u64("parent_slot"), reader.digest("hash"))
    reader.finish()
    return block


def _read_finding(reader: DocumentReader) -> SignedFinding:
    finding = SignedFinding(
        oracle=reader.address("oracle"),
        stage=reader.integer("stage", 1, 2),
        commitment=reader.digest("commitment"),
        signature=reader.hex("signature", SIGNATURE_BYTES),
        content=reader.optional_hex("content", CONTENT_BYTES),
        salt=reader.optional_hex("salt", SALT_BYTES),
    )
    reader.finish()
    if (finding.content is None) is not (finding.salt is None):
        raise reader.refuse("salt", "must be there exactly if content is")
    return finding


def _read_attestation(reader: DocumentReader) -> SignedDecision:
    oracle, verdict = reader.address("oracle"), reader.named("verdict", Verdict)
    reason, ending = reader.named("reason", Reason), reader.named("ending", Ending)
    exit_code, root = reader.integer("exit_code", 0, U8_MAX), reader.digest("output_root")
    audit, own = reader.named("audit", Audit), reader.integer("own", 0, U32_MAX)
    blame, signature = reader.named("blame", Blame), reader.hex("signature", SIGNATURE_BYTES)
    reader.finish()
    try:
        result = Result(ending, exit_code, root)
        decision = Decision(verdict=verdict, reason=reason, result=result, audit=audit, own=own, blame=blame)
    except DomainError as cause:
        raise reader.refuse("verdict", cause.detail) from cause
    return SignedDecision(oracle, decision, signature)


def _read_money(reader: DocumentReader) -> MoneyRecord:
    split = PriceSplit(
        node=reader.u64("node_share"),
        treasury=reader.u64("treasury"),
        stakers=reader.u64("stakers"),
        operations=reader.u64("operations"),
    )
    money = MoneyRecord(reader.u64("price"), split, reader.u64("refund"))
    reader.finish()
    return money


def _name(member: Outcome | Verdict | Reason | Ending | Audit | Blame) -> str:
    return member.name.lower()
