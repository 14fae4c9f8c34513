"""Events of the markets program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain.layout import Event, Reader
from hypernode.domain.attestation import Audit, Blame
from hypernode.domain.result import Ending
from hypernode.domain.status import DeclineReason, JobStatus, Outcome, RejectReason
from hypernode.domain.types import Address, GpuVendor

from .addresses import PROGRAM_ID


class BuyerClosed(Event):
    """The event `BuyerClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b72db838fa3f2146")

    buyer: Address
    payer: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            payer=read.address(),
        )
        read.finish()
        return decoded


class BuyerOpened(Event):
    """The event `BuyerOpened`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e6f86cc466154440")

    buyer: Address
    account: Address
    payer: Address
    sequence: int
    slot: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            account=read.address(),
            payer=read.address(),
            sequence=read.unsigned(8),
            slot=read.unsigned(8),
        )
        read.finish()
        return decoded


class Deposited(Event):
    """The event `Deposited`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("6f8d1a2da1236439")

    buyer: Address
    amount: int
    available: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            amount=read.unsigned(8),
            available=read.unsigned(8),
        )
        read.finish()
        return decoded


class FeesCollected(Event):
    """The event `FeesCollected`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e91775e16bb2fe08")

    buyer: Address
    treasury: int
    stakers: int
    operations: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            treasury=read.unsigned(8),
            stakers=read.unsigned(8),
            operations=read.unsigned(8),
        )
        read.finish()
        return decoded


class Withdrawn(Event):
    """The event `Withdrawn`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("1459dfc6c27cdb0d")

    buyer: Address
    amount: int
    available: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            amount=read.unsigned(8),
            available=read.unsigned(8),
        )
        read.finish()
        return decoded


class JobAccepted(Event):
    """No verdict came in time, and the buyer paid the node without one."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("2f36983b76c3fb72")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    payout: Address
    # price = node_share + treasury + stakers + operations, and price + unlocked = cap.
    price: int
    node_share: int
    treasury: int
    stakers: int
    operations: int
    unlocked: int
    seconds_used: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            payout=read.address(),
            price=read.unsigned(8),
            node_share=read.unsigned(8),
            treasury=read.unsigned(8),
            stakers=read.unsigned(8),
            operations=read.unsigned(8),
            unlocked=read.unsigned(8),
            seconds_used=read.unsigned(4),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobAssigned(Event):
    """The event `JobAssigned`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("252978211aec4cdb")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    cap: int
    assigned_at: int
    deadline: int
    audit_bps: int
    # Epoch of the oracles that judge it, and the largest sentence it can carry.
    epoch: int
    exposure: int
    old_status: JobStatus
    new_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            cap=read.unsigned(8),
            assigned_at=read.signed(8),
            deadline=read.signed(8),
            audit_bps=read.unsigned(2),
            epoch=read.unsigned(8),
            exposure=read.unsigned(8),
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class JobCancelled(Event):
    """The event `JobCancelled`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("cb548f8230864abf")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    refund: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            refund=read.unsigned(8),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobCreated(Event):
    """The event `JobCreated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("306ea2b1434a9f83")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    market: Address
    nonce: int
    spec_hash: bytes
    cap: int
    rate: int
    timeout_seconds: int
    gpu_vendor: GpuVendor
    gpu_count: int
    min_vram_mib: int
    expires_at: int
    new_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            market=read.address(),
            nonce=read.unsigned(8),
            spec_hash=read.raw(32),
            cap=read.unsigned(8),
            rate=read.unsigned(8),
            timeout_seconds=read.unsigned(4),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            min_vram_mib=read.unsigned(4),
            expires_at=read.signed(8),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class JobDeclined(Event):
    """The worker gave the job back and it is posted again. `score` is the node's reputation after that."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ff4752bfbaf1a36b")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    cap: int
    decline_reason: DeclineReason
    # Assignments that were declined before their run, so far.
    declines: int
    score: int
    old_status: JobStatus
    new_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            cap=read.unsigned(8),
            decline_reason=read.member(DeclineReason, 1),
            declines=read.unsigned(1),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class JobExpired(Event):
    """The event `JobExpired`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("d57b73ad9df20c47")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    refund: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            refund=read.unsigned(8),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobGivenUp(Event):
    """The worker gave the last attempt back: the buyer was refunded in full."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0d9bab1581f3a659")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
    decline_reason: DeclineReason
    score: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            refund=read.unsigned(8),
            decline_reason=read.member(DeclineReason, 1),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobRejected(Event):
    """The verdict was reject: the buyer was refunded in full, and the node's reputation falls."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("174ee3391c00c5d8")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
    reject_reason: RejectReason
    ending: Ending
    exit_code: int
    output_root: bytes
    audit: Audit
    draw_id: bytes
    own_seconds: int
    blame: Blame
    signers: int
    # What a report can collect of the node's stake.
    sentence: int
    score: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            refund=read.unsigned(8),
            reject_reason=read.member(RejectReason, 1),
            ending=read.member(Ending, 1),
            exit_code=read.unsigned(1),
            output_root=read.raw(32),
            audit=read.member(Audit, 1),
            draw_id=read.raw(8),
            own_seconds=read.unsigned(4),
            blame=read.member(Blame, 1),
            signers=read.unsigned(1),
            sentence=read.unsigned(8),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobReposted(Event):
    """The job is posted again. `node` submitted no receipt; `score` is its reputation after that."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b76dec4f7fe913e9")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    cap: int
    expires_at: int
    score: int
    old_status: JobStatus
    new_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            cap=read.unsigned(8),
            expires_at=read.signed(8),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class JobSettled(Event):
    """The verdict was accept and the node was paid."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("8269cd225756981b")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    payout: Address
    # price = node_share + treasury + stakers + operations, and price + unlocked = cap.
    price: int
    node_share: int
    treasury: int
    stakers: int
    operations: int
    unlocked: int
    seconds_used: int
    ending: Ending
    exit_code: int
    output_root: bytes
    audit: Audit
    draw_id: bytes
    own_seconds: int
    blame: Blame
    signers: int
    score: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            payout=read.address(),
            price=read.unsigned(8),
            node_share=read.unsigned(8),
            treasury=read.unsigned(8),
            stakers=read.unsigned(8),
            operations=read.unsigned(8),
            unlocked=read.unsigned(8),
            seconds_used=read.unsigned(4),
            ending=read.member(Ending, 1),
            exit_code=read.unsigned(1),
            output_root=read.raw(32),
            audit=read.member(Audit, 1),
            draw_id=read.raw(8),
            own_seconds=read.unsigned(4),
            blame=read.member(Blame, 1),
            signers=read.unsigned(1),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobTimedOut(Event):
    """The event `JobTimedOut`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("329ae26f6b9b8488")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
    # What a report can collect of the node's stake.
    sentence: int
    score: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            refund=read.unsigned(8),
            sentence=read.unsigned(8),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class JobUnverified(Event):
    """No verdict came in time: the buyer was refunded in full, and the node's reputation does not change."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("3dd93aff4a81795a")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
    old_status: JobStatus
    outcome: Outcome

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            refund=read.unsigned(8),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


class OutcomeClosed(Event):
    """The account of a rejected or timed-out job was closed: by the report that collects its sentence, or because none came."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a4b6e8a46d138828")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    sentence: int
    # Exposure that the node no longer has to cover.
    exposure: int
    reported: bool
    old_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            sentence=read.unsigned(8),
            exposure=read.unsigned(8),
            reported=read.boolean(),
            old_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class ReceiptSubmitted(Event):
    """The event `ReceiptSubmitted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("1fc5290743a5230f")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    receipt_hash: bytes
    seconds_used: int
    submitted_at: int
    submitted_slot: int
    verdict_deadline: int
    late_until: int
    old_status: JobStatus
    new_status: JobStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            job=read.address(),
            buyer=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            node=read.address(),
            receipt_hash=read.raw(32),
            seconds_used=read.unsigned(4),
            submitted_at=read.signed(8),
            submitted_slot=read.unsigned(8),
            verdict_deadline=read.signed(8),
            late_until=read.signed(8),
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


class NodeClosed(Event):
    """The event `NodeClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("bf558ebc0fbd4c6d")

    node: Address
    operator: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            node=read.address(),
            operator=read.address(),
        )
        read.finish()
        return decoded


class NodeRegistered(Event):
    """The event `NodeRegistered`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0f39b73b5d379dc3")

    node: Address
    operator: Address
    worker_key: Address
    payout: Address
    gpu_vendor: GpuVendor
    gpu_count: int
    vram_mib: int
    hardware_hash: bytes
    score: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            node=read.address(),
            operator=read.address(),
            worker_key=read.address(),
            payout=read.address(),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            vram_mib=read.unsigned(4),
            hardware_hash=read.raw(32),
            score=read.unsigned(2),
        )
        read.finish()
        return decoded


class NodeRetired(Event):
    """The event `NodeRetired`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e4609c54dcf0e80e")

    node: Address
    operator: Address
    retired_at: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            node=read.address(),
            operator=read.address(),
            retired_at=read.signed(8),
        )
        read.finish()
        return decoded


class NodeUpdated(Event):
    """The event `NodeUpdated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("030857fb76401846")

    node: Address
    operator: Address
    old_payout: Address
    payout: Address
    gpu_vendor: GpuVendor
    gpu_count: int
    vram_mib: int
    hardware_hash: bytes

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            node=read.address(),
            operator=read.address(),
            old_payout=read.address(),
            payout=read.address(),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            vram_mib=read.unsigned(4),
            hardware_hash=read.raw(32),
        )
        read.finish()
        return decoded


class WorkerKeySet(Event):
    """The event `WorkerKeySet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0062ce8a1c26c089")

    node: Address
    operator: Address
    old_worker_key: Address
    new_worker_key: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            node=read.address(),
            operator=read.address(),
            old_worker_key=read.address(),
            new_worker_key=read.address(),
        )
        read.finish()
        return decoded


class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a6c0dbbc29d1c31a")

    old_authority: Address
    new_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_authority=read.address(),
            new_authority=read.address(),
        )
        read.finish()
        return decoded


class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f4755e7035972359")

    authority: Address
    pending_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
        )
        read.finish()
        return decoded


class ConfigInitialized(Event):
    """The event `ConfigInitialized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b531c89c13a7b25b")

    authority: Address
    mint: Address
    treasury: Address
    stakers: Address
    operations: Address
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    min_rate: int
    cluster: bytes
    epoch: int
    threshold: int
    count: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            mint=read.address(),
            treasury=read.address(),
            stakers=read.address(),
            operations=read.address(),
            protocol_bps=read.unsigned(2),
            stakers_bps=read.unsigned(2),
            operations_bps=read.unsigned(2),
            min_rate=read.unsigned(8),
            cluster=read.raw(32),
            epoch=read.unsigned(8),
            threshold=read.unsigned(1),
            count=read.unsigned(1),
        )
        read.finish()
        return decoded


class FeesSet(Event):
    """The event `FeesSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("794a7e1a0d161ba6")

    treasury: Address
    stakers: Address
    operations: Address
    old_protocol_bps: int
    old_stakers_bps: int
    old_operations_bps: int
    protocol_bps: int
    stakers_bps: int
    operations_bps: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            treasury=read.address(),
            stakers=read.address(),
            operations=read.address(),
            old_protocol_bps=read.unsigned(2),
            old_stakers_bps=read.unsigned(2),
            old_operations_bps=read.unsigned(2),
            protocol_bps=read.unsigned(2),
            stakers_bps=read.unsigned(2),
            operations_bps=read.unsigned(2),
        )
        read.finish()
        return decoded


class MarketClosed(Event):
    """The event `MarketClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("565b772b5e00d971")

    market: Address
    creator: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            market=read.address(),
            creator=read.address(),
        )
        read.finish()
        return decoded


class MarketCreated(Event):
    """The event `MarketCreated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("58b882e7e254063a")

    market: Address
    creator: Address
    market_id: bytes
    matcher: Address
    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    start_allowance: int
    grace: int
    verdict_floor: int
    min_stake: int
    min_reputation: int
    audit_bps: int
    max_attempts: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            market=read.address(),
            creator=read.address(),
            market_id=read.raw(32),
            matcher=read.address(),
            price_per_second=read.unsigned(8),
            min_timeout_seconds=read.unsigned(4),
            max_timeout_seconds=read.unsigned(4),
            job_ttl=read.unsigned(4),
            start_allowance=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_floor=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
        )
        read.finish()
        return decoded


class MarketUpdated(Event):
    """The event `MarketUpdated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("aa334a9374a8d9fb")

    market: Address
    creator: Address
    market_id: bytes
    matcher: Address
    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    start_allowance: int
    grace: int
    verdict_floor: int
    min_stake: int
    min_reputation: int
    audit_bps: int
    max_attempts: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            market=read.address(),
            creator=read.address(),
            market_id=read.raw(32),
            matcher=read.address(),
            price_per_second=read.unsigned(8),
            min_timeout_seconds=read.unsigned(4),
            max_timeout_seconds=read.unsigned(4),
            job_ttl=read.unsigned(4),
            start_allowance=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_floor=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
        )
        read.finish()
        return decoded


class MinRateSet(Event):
    """The event `MinRateSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("d904c77b1353099e")

    old_min_rate: int
    min_rate: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_min_rate=read.unsigned(8),
            min_rate=read.unsigned(8),
        )
        read.finish()
        return decoded


class OraclesRotated(Event):
    """The event `OraclesRotated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ba69d7efce01a4b3")

    old_epoch: int
    epoch: int
    threshold: int
    count: int
    # The first `count` keys are in use.
    keys: tuple[Address, ...]

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_epoch=read.unsigned(8),
            epoch=read.unsigned(8),
            threshold=read.unsigned(1),
            count=read.unsigned(1),
            keys=tuple(read.address() for _ in range(7)),
        )
        read.finish()
        return decoded


class PauseSet(Event):
    """The event `PauseSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("af39c688c042cc49")

    old_flags: int
    new_flags: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_flags=read.unsigned(1),
            new_flags=read.unsigned(1),
        )
        read.finish()
        return decoded


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    BuyerClosed,
    BuyerOpened,
    Deposited,
    FeesCollected,
    Withdrawn,
    JobAccepted,
    JobAssigned,
    JobCancelled,
    JobCreated,
    JobDeclined,
    JobExpired,
    JobGivenUp,
    JobRejected,
    JobReposted,
    JobSettled,
    JobTimedOut,
    JobUnverified,
    OutcomeClosed,
    ReceiptSubmitted,
    NodeClosed,
    NodeRegistered,
    NodeRetired,
    NodeUpdated,
    WorkerKeySet,
    AuthorityAccepted,
    AuthorityProposed,
    ConfigInitialized,
    FeesSet,
    MarketClosed,
    MarketCreated,
    MarketUpdated,
    MinRateSet,
    OraclesRotated,
    PauseSet,
)
