"""Owns the typed client of the markets program. Written by `make generate`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction, absent_or
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.domain.status import JobStatus, Outcome, RejectReason, Verdict
from hypernode.domain.types import Address, GpuVendor

PROGRAM_ID: Final = Address("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n")


@dataclass(frozen=True)
class Reputation:
    """Reputation from the node's finished jobs. Only this program writes it."""

    ok: int
    rejected: int
    timed_out: int
    # Seconds of assignments with and without a receipt. They fade over 30 days.
    up_seconds: int
    down_seconds: int
    # Moving average of the start latency rating.
    latency_bps: int
    penalty: int
    updated_at: int
    # Score of 0 to 1,000 as of `updated_at`.
    score: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            ok=read.unsigned(4),
            rejected=read.unsigned(4),
            timed_out=read.unsigned(4),
            up_seconds=read.unsigned(4),
            down_seconds=read.unsigned(4),
            latency_bps=read.unsigned(2),
            penalty=read.unsigned(2),
            updated_at=read.signed(8),
            score=read.unsigned(2),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.ok, 4),
                layout.unsigned(self.rejected, 4),
                layout.unsigned(self.timed_out, 4),
                layout.unsigned(self.up_seconds, 4),
                layout.unsigned(self.down_seconds, 4),
                layout.unsigned(self.latency_bps, 2),
                layout.unsigned(self.penalty, 2),
                layout.signed(self.updated_at, 8),
                layout.unsigned(self.score, 2),
            )
        )


@dataclass(frozen=True)
class MarketTerms:
    """Terms that a market's creator sets."""

    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
    min_stake: int
    min_reputation: int
    audit_bps: int
    max_attempts: int
    matcher: Address

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            price_per_second=read.unsigned(8),
            min_timeout_seconds=read.unsigned(4),
            max_timeout_seconds=read.unsigned(4),
            job_ttl=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
            matcher=read.address(),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.price_per_second, 8),
                layout.unsigned(self.min_timeout_seconds, 4),
                layout.unsigned(self.max_timeout_seconds, 4),
                layout.unsigned(self.job_ttl, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_window, 4),
                layout.unsigned(self.min_stake, 8),
                layout.unsigned(self.min_reputation, 2),
                layout.unsigned(self.audit_bps, 2),
                layout.unsigned(self.max_attempts, 1),
                layout.address(self.matcher),
            )
        )


@dataclass(frozen=True)
class OracleSet(ProgramAccount):
    """The account `OracleSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("801a4986da5a7e2a")
    SIZE: ClassVar[int] = 563

    # Genesis hash of this cluster. Oracles sign it, so that a verdict is invalid on any other cluster.
    cluster: bytes
    # Number of this set. It grows by one at each rotation, which invalidates older attestations.
    epoch: int
    # Number of different keys that must sign.
    threshold: int
    count: int
    # The first `count` entries are in use, the rest are zero.
    keys: tuple[Address, ...]
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            cluster=read.raw(32),
            epoch=read.unsigned(8),
            threshold=read.unsigned(1),
            count=read.unsigned(1),
            keys=tuple(read.address() for _ in range(16)),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.raw(self.cluster, 32),
                layout.unsigned(self.epoch, 8),
                layout.unsigned(self.threshold, 1),
                layout.unsigned(self.count, 1),
                layout.sequence([layout.address(item) for item in self.keys], 16),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class BuyerAccount(ProgramAccount):
    """The account `BuyerAccount`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("84638c65c243c242")
    SIZE: ClassVar[int] = 161

    owner: Address
    # Paid the rent of this account and its vault and gets it back.
    payer: Address
    # Token account that holds the tokens. Only the program signs for it.
    vault: Address
    # Base units that the owner may withdraw or lock for a job.
    available: int
    # Sum of the caps of the owner's jobs that have not ended.
    locked: int
    # Fees of settled jobs that `collect_fees` has not paid yet.
    treasury_due: int
    stakers_due: int
    operations_due: int
    # Number of the next job. Numbers are never reused, even if the account is closed and reopened.
    sequence: int
    opened_slot: int
    vault_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            owner=read.address(),
            payer=read.address(),
            vault=read.address(),
            available=read.unsigned(8),
            locked=read.unsigned(8),
            treasury_due=read.unsigned(8),
            stakers_due=read.unsigned(8),
            operations_due=read.unsigned(8),
            sequence=read.unsigned(8),
            opened_slot=read.unsigned(8),
            vault_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.owner),
                layout.address(self.payer),
                layout.address(self.vault),
                layout.unsigned(self.available, 8),
                layout.unsigned(self.locked, 8),
                layout.unsigned(self.treasury_due, 8),
                layout.unsigned(self.stakers_due, 8),
                layout.unsigned(self.operations_due, 8),
                layout.unsigned(self.sequence, 8),
                layout.unsigned(self.opened_slot, 8),
                layout.unsigned(self.vault_bump, 1),
            )
        )


@dataclass(frozen=True)
class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("9b0caae01efacc82")
    SIZE: ClassVar[int] = 208

    # Sets fees and pause flags and rotates oracles. It cannot move a buyer's tokens or stop a refund.
    authority: Address
    # Wallet that may accept the authority; zero if none is proposed.
    pending_authority: Address
    # Mint of HYPER, the only token in the vaults.
    mint: Address
    # Token accounts that `collect_fees` pays.
    treasury: Address
    stakers: Address
    operations: Address
    # Shares of a price; the protocol's include the stakers'. A job keeps the shares of its creation.
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    # Pause flags: bit 0 stops new jobs, bit 1 new nodes.
    paused: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
            mint=read.address(),
            treasury=read.address(),
            stakers=read.address(),
            operations=read.address(),
            protocol_bps=read.unsigned(2),
            stakers_bps=read.unsigned(2),
            operations_bps=read.unsigned(2),
            paused=read.unsigned(1),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.authority),
                layout.address(self.pending_authority),
                layout.address(self.mint),
                layout.address(self.treasury),
                layout.address(self.stakers),
                layout.address(self.operations),
                layout.unsigned(self.protocol_bps, 2),
                layout.unsigned(self.stakers_bps, 2),
                layout.unsigned(self.operations_bps, 2),
                layout.unsigned(self.paused, 1),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Node(ProgramAccount):
    """The account `Node`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("d0350103317ab431")
    SIZE: ClassVar[int] = 227

    # Operator's wallet. Its stake backs this node.
    operator: Address
    # Key of the worker, which takes jobs and signs receipts. It cannot move tokens.
    worker_key: Address
    # HYPER token account that receives the node's pay.
    payout: Address
    # Paid the rent and gets it back.
    payer: Address
    gpu_vendor: GpuVendor
    gpu_count: int
    # Memory of each GPU in MiB.
    vram_mib: int
    # SHA-256 of the hardware document that the operator published.
    hardware_hash: bytes
    # Number of jobs assigned to or submitted by this node, and the sum of their caps.
    active_jobs: int
    unsettled: int
    # Time at which the operator retired the node; zero before.
    retired_at: int
    reputation: Reputation
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            operator=read.address(),
            worker_key=read.address(),
            payout=read.address(),
            payer=read.address(),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            vram_mib=read.unsigned(4),
            hardware_hash=read.raw(32),
            active_jobs=read.unsigned(2),
            unsettled=read.unsigned(8),
            retired_at=read.signed(8),
            reputation=Reputation.read(read),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.operator),
                layout.address(self.worker_key),
                layout.address(self.payout),
                layout.address(self.payer),
                layout.unsigned(self.gpu_vendor, 1),
                layout.unsigned(self.gpu_count, 1),
                layout.unsigned(self.vram_mib, 4),
                layout.raw(self.hardware_hash, 32),
                layout.unsigned(self.active_jobs, 2),
                layout.unsigned(self.unsettled, 8),
                layout.signed(self.retired_at, 8),
                self.reputation.encode(),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Market(ProgramAccount):
    """The account `Market`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("dbbed53700e3c69a")
    SIZE: ClassVar[int] = 178

    creator: Address
    market_id: bytes
    # Signs every assignment together with the node's worker.
    matcher: Address
    # Least rate of a job in base units per second.
    price_per_second: int
    # Times in seconds. A job is checked against the timeouts at creation and copies the other three.
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
    # Read at every assignment, with the next two fields.
    min_stake: int
    min_reputation: int
    audit_bps: int
    # Assignments that a job may have. A job copies it at creation.
    max_attempts: int
    # Paid the rent and gets it back.
    payer: Address
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            creator=read.address(),
            market_id=read.raw(32),
            matcher=read.address(),
            price_per_second=read.unsigned(8),
            min_timeout_seconds=read.unsigned(4),
            max_timeout_seconds=read.unsigned(4),
            job_ttl=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
            payer=read.address(),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.creator),
                layout.raw(self.market_id, 32),
                layout.address(self.matcher),
                layout.unsigned(self.price_per_second, 8),
                layout.unsigned(self.min_timeout_seconds, 4),
                layout.unsigned(self.max_timeout_seconds, 4),
                layout.unsigned(self.job_ttl, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_window, 4),
                layout.unsigned(self.min_stake, 8),
                layout.unsigned(self.min_reputation, 2),
                layout.unsigned(self.audit_bps, 2),
                layout.unsigned(self.max_attempts, 1),
                layout.address(self.payer),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Job(ProgramAccount):
    """The account `Job`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("4b7c50cba1b4ca50")
    SIZE: ClassVar[int] = 380

    # Wallet of the buyer, not the buyer account.
    buyer: Address
    market: Address
    # Paid the rent and gets it back.
    payer: Address
    # Chosen by the buyer, so that the program refuses the same post twice.
    nonce: int
    # Number of the buyer's job. It is never reused; this address may be.
    sequence: int
    spec_hash: bytes
    # Most base units that the job can cost. They are locked in the buyer account.
    cap: int
    # Price in base units per second used.
    rate: int
    # Seconds for the run, then for the receipt, then for the verdict.
    timeout_seconds: int
    grace: int
    verdict_window: int
    # Seconds that the job stays posted.
    ttl: int
    max_attempts: int
    # Assignments so far.
    attempt: int
    gpu_vendor: GpuVendor
    gpu_count: int
    min_vram_mib: int
    # Fee shares as of creation.
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    status: JobStatus
    created_at: int
    # Last second at which the job can be assigned.
    expires_at: int
    # Node account; zero while posted.
    node: Address
    assigned_at: int
    # Deadline of the run. The receipt may follow within `grace`.
    deadline: int
    exec_hash: bytes
    output_root: bytes
    receipt_hash: bytes
    seconds_used: int
    submitted_at: int
    verdict_deadline: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            buyer=read.address(),
            market=read.address(),
            payer=read.address(),
            nonce=read.unsigned(8),
            sequence=read.unsigned(8),
            spec_hash=read.raw(32),
            cap=read.unsigned(8),
            rate=read.unsigned(8),
            timeout_seconds=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            ttl=read.unsigned(4),
            max_attempts=read.unsigned(1),
            attempt=read.unsigned(1),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            min_vram_mib=read.unsigned(4),
            protocol_bps=read.unsigned(2),
            stakers_bps=read.unsigned(2),
            operations_bps=read.unsigned(2),
            status=read.member(JobStatus, 1),
            created_at=read.signed(8),
            expires_at=read.signed(8),
            node=read.address(),
            assigned_at=read.signed(8),
            deadline=read.signed(8),
            exec_hash=read.raw(32),
            output_root=read.raw(32),
            receipt_hash=read.raw(32),
            seconds_used=read.unsigned(4),
            submitted_at=read.signed(8),
            verdict_deadline=read.signed(8),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.buyer),
                layout.address(self.market),
                layout.address(self.payer),
                layout.unsigned(self.nonce, 8),
                layout.unsigned(self.sequence, 8),
                layout.raw(self.spec_hash, 32),
                layout.unsigned(self.cap, 8),
                layout.unsigned(self.rate, 8),
                layout.unsigned(self.timeout_seconds, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_window, 4),
                layout.unsigned(self.ttl, 4),
                layout.unsigned(self.max_attempts, 1),
                layout.unsigned(self.attempt, 1),
                layout.unsigned(self.gpu_vendor, 1),
                layout.unsigned(self.gpu_count, 1),
                layout.unsigned(self.min_vram_mib, 4),
                layout.unsigned(self.protocol_bps, 2),
                layout.unsigned(self.stakers_bps, 2),
                layout.unsigned(self.operations_bps, 2),
                layout.unsigned(self.status, 1),
                layout.signed(self.created_at, 8),
                layout.signed(self.expires_at, 8),
                layout.address(self.node),
                layout.signed(self.assigned_at, 8),
                layout.signed(self.deadline, 8),
                layout.raw(self.exec_hash, 32),
                layout.raw(self.output_root, 32),
                layout.raw(self.receipt_hash, 32),
                layout.unsigned(self.seconds_used, 4),
                layout.signed(self.submitted_at, 8),
                layout.signed(self.verdict_deadline, 8),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class BuyerClosed(Event):
    """The event `BuyerClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b72db838fa3f2146")

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


@dataclass(frozen=True)
class BuyerOpened(Event):
    """The event `BuyerOpened`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e6f86cc466154440")

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


@dataclass(frozen=True)
class Deposited(Event):
    """The event `Deposited`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("6f8d1a2da1236439")

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


@dataclass(frozen=True)
class FeesCollected(Event):
    """The event `FeesCollected`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e91775e16bb2fe08")

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


@dataclass(frozen=True)
class Withdrawn(Event):
    """The event `Withdrawn`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("1459dfc6c27cdb0d")

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


@dataclass(frozen=True)
class JobAssigned(Event):
    """The event `JobAssigned`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("252978211aec4cdb")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    cap: int
    assigned_at: int
    deadline: int
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
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class JobCancelled(Event):
    """The event `JobCancelled`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("cb548f8230864abf")

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


@dataclass(frozen=True)
class JobCreated(Event):
    """The event `JobCreated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("306ea2b1434a9f83")

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


@dataclass(frozen=True)
class JobExpired(Event):
    """The event `JobExpired`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("d57b73ad9df20c47")

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


@dataclass(frozen=True)
class JobRejected(Event):
    """The verdict was reject: the buyer was refunded in full, and the node's reputation falls."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("174ee3391c00c5d8")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
    reject_reason: RejectReason
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
            refund=read.unsigned(8),
            reject_reason=read.member(RejectReason, 1),
            signers=read.unsigned(1),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class JobReposted(Event):
    """The job is posted again. `node` submitted no receipt; `score` is its reputation after that."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b76dec4f7fe913e9")

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


@dataclass(frozen=True)
class JobSettled(Event):
    """The verdict was accept and the node was paid."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("8269cd225756981b")

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
            signers=read.unsigned(1),
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class JobTimedOut(Event):
    """The event `JobTimedOut`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("329ae26f6b9b8488")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    refund: int
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
            score=read.unsigned(2),
            old_status=read.member(JobStatus, 1),
            outcome=read.member(Outcome, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class JobUnverified(Event):
    """No verdict came in time: the buyer was refunded in full, and the node's reputation does not change."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("3dd93aff4a81795a")

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


@dataclass(frozen=True)
class ReceiptSubmitted(Event):
    """The event `ReceiptSubmitted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("1fc5290743a5230f")

    job: Address
    buyer: Address
    sequence: int
    attempt: int
    node: Address
    exec_hash: bytes
    output_root: bytes
    receipt_hash: bytes
    seconds_used: int
    submitted_at: int
    verdict_deadline: int
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
            exec_hash=read.raw(32),
            output_root=read.raw(32),
            receipt_hash=read.raw(32),
            seconds_used=read.unsigned(4),
            submitted_at=read.signed(8),
            verdict_deadline=read.signed(8),
            old_status=read.member(JobStatus, 1),
            new_status=read.member(JobStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class NodeClosed(Event):
    """The event `NodeClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("bf558ebc0fbd4c6d")

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


@dataclass(frozen=True)
class NodeRegistered(Event):
    """The event `NodeRegistered`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("0f39b73b5d379dc3")

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


@dataclass(frozen=True)
class NodeRetired(Event):
    """The event `NodeRetired`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e4609c54dcf0e80e")

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


@dataclass(frozen=True)
class NodeUpdated(Event):
    """The event `NodeUpdated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("030857fb76401846")

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


@dataclass(frozen=True)
class WorkerKeySet(Event):
    """The event `WorkerKeySet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("0062ce8a1c26c089")

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


@dataclass(frozen=True)
class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a6c0dbbc29d1c31a")

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


@dataclass(frozen=True)
class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f4755e7035972359")

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


@dataclass(frozen=True)
class ConfigInitialized(Event):
    """The event `ConfigInitialized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b531c89c13a7b25b")

    authority: Address
    mint: Address
    treasury: Address
    stakers: Address
    operations: Address
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
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
            cluster=read.raw(32),
            epoch=read.unsigned(8),
            threshold=read.unsigned(1),
            count=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class FeesSet(Event):
    """The event `FeesSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("794a7e1a0d161ba6")

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


@dataclass(frozen=True)
class MarketClosed(Event):
    """The event `MarketClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("565b772b5e00d971")

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


@dataclass(frozen=True)
class MarketCreated(Event):
    """The event `MarketCreated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("58b882e7e254063a")

    market: Address
    creator: Address
    market_id: bytes
    matcher: Address
    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
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
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class MarketUpdated(Event):
    """The event `MarketUpdated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("aa334a9374a8d9fb")

    market: Address
    creator: Address
    market_id: bytes
    matcher: Address
    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
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
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class OraclesRotated(Event):
    """The event `OraclesRotated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("ba69d7efce01a4b3")

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
            keys=tuple(read.address() for _ in range(16)),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class PauseSet(Event):
    """The event `PauseSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("af39c688c042cc49")

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


def init_config(
    *,
    authority: Address,
    config: Address,
    oracle_set: Address,
    mint: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    program_data: Address,
    cluster: bytes,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
    threshold: int,
    oracles: Sequence[Address],
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and the oracle set, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(config, writable=True),
            AccountMeta(oracle_set, writable=True),
            AccountMeta(mint),
            AccountMeta(treasury),
            AccountMeta(stakers),
            AccountMeta(operations),
            AccountMeta(program_data),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7")
        + layout.raw(cluster, 32)
        + layout.unsigned(protocol_bps, 2)
        + layout.unsigned(stakers_bps, 2)
        + layout.unsigned(operations_bps, 2)
        + layout.unsigned(threshold, 1)
        + layout.vector([layout.address(item) for item in oracles]),
    )


def propose_authority(
    *,
    authority: Address,
    config: Address,
    new_authority: Address,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    config: Address,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def set_fees(
    *,
    authority: Address,
    config: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
) -> Instruction:
    """Set the fee shares of future jobs and the destinations of all fees."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
            AccountMeta(treasury),
            AccountMeta(stakers),
            AccountMeta(operations),
        ),
        bytes.fromhex("89b2313a00f5f2be")
        + layout.unsigned(protocol_bps, 2)
        + layout.unsigned(stakers_bps, 2)
        + layout.unsigned(operations_bps, 2),
    )


def set_pause(
    *,
    authority: Address,
    config: Address,
    flags: int,
) -> Instruction:
    """Set the pause flags: bit 0 stops new jobs, bit 1 new nodes. Refunds and withdrawals cannot be paused."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("3f209a0238674f2d") + layout.unsigned(flags, 1),
    )


def rotate_oracles(
    *,
    authority: Address,
    config: Address,
    oracle_set: Address,
    threshold: int,
    oracles: Sequence[Address],
) -> Instruction:
    """Replace the oracle keys and start the next epoch. Attestations of the old epoch become invalid at once."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config),
            AccountMeta(oracle_set, writable=True),
        ),
        bytes.fromhex("17757182b9eb5912")
        + layout.unsigned(threshold, 1)
        + layout.vector([layout.address(item) for item in oracles]),
    )


def create_market(
    *,
    creator: Address,
    payer: Address,
    config: Address,
    market: Address,
    market_id: bytes,
    terms: MarketTerms,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create a market. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(market, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("67e261ebc8bcfbfe") + layout.raw(market_id, 32) + terms.encode(),
    )


def update_market(
    *,
    creator: Address,
    market: Address,
    terms: MarketTerms,
) -> Instruction:
    """Change a market's terms. Existing jobs keep their prices, times and attempts."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(market, writable=True),
        ),
        bytes.fromhex("992702c5b332c7d9") + terms.encode(),
    )


def close_market(
    *,
    creator: Address,
    market: Address,
    payer: Address,
) -> Instruction:
    """Close a market. Its posted jobs can only be cancelled or expire; its other jobs continue."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(market, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("589af8ba300e7bf4"),
    )


def register_node(
    *,
    operator: Address,
    payer: Address,
    config: Address,
    node: Address,
    payout: Address,
    worker_key: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Register the operator's node."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(node, writable=True),
            AccountMeta(payout),
            AccountMeta(system_program),
        ),
        bytes.fromhex("66557572c2bcd3a8")
        + layout.address(worker_key)
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(vram_mib, 4)
        + layout.raw(hardware_hash, 32),
    )


def update_node(
    *,
    operator: Address,
    config: Address,
    node: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
) -> Instruction:
    """Change a node's hardware and payout account."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(config),
            AccountMeta(node, writable=True),
            AccountMeta(payout),
        ),
        bytes.fromhex("0d41f666655b622b")
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(vram_mib, 4)
        + layout.raw(hardware_hash, 32),
    )


def set_worker_key(
    *,
    operator: Address,
    node: Address,
    worker_key: Address,
) -> Instruction:
    """Replace the node's worker key. The old key becomes invalid at once."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node, writable=True),
        ),
        bytes.fromhex("fc14099aabd24b2d") + layout.address(worker_key),
    )


def retire_node(
    *,
    operator: Address,
    node: Address,
) -> Instruction:
    """Retire the node: it takes no more jobs, and its current jobs continue."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node, writable=True),
        ),
        bytes.fromhex("c42fc94792020d91"),
    )


def close_node(
    *,
    operator: Address,
    node: Address,
    payer: Address,
) -> Instruction:
    """Close a node that has been retired for 14 days and has no jobs."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("133de845f787ff6b"),
    )


def open_buyer(
    *,
    owner: Address,
    payer: Address,
    config: Address,
    mint: Address,
    buyer: Address,
    vault: Address,
    vault_bump: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Open the signer's buyer account and its vault, from which the wallet pays its jobs."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(mint),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("1f39be620a20f738") + layout.unsigned(vault_bump, 1),
    )


def deposit(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    source: Address,
    amount: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Deposit tokens into the vault."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("f223c68952e1f2b6") + layout.unsigned(amount, 8),
    )


def withdraw(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    destination: Address,
    amount: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Withdraw available tokens. The largest u64 withdraws all of them."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b712469c946da122") + layout.unsigned(amount, 8),
    )


def close_buyer(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    payer: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Close an empty buyer account and its vault."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b3d27c08cc0c534b"),
    )


def create_job(
    *,
    owner: Address,
    payer: Address,
    config: Address,
    market: Address,
    buyer: Address,
    job: Address,
    nonce: int,
    spec_hash: bytes,
    cap: int,
    rate: int,
    timeout_seconds: int,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    min_vram_mib: int,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Post a job and lock its `cap`. The same nonce is refused while that job exists."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(market),
            AccountMeta(buyer, writable=True),
            AccountMeta(job, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("b282d96e641b5277")
        + layout.unsigned(nonce, 8)
        + layout.raw(spec_hash, 32)
        + layout.unsigned(cap, 8)
        + layout.unsigned(rate, 8)
        + layout.unsigned(timeout_seconds, 4)
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(min_vram_mib, 4),
    )


def cancel_job(
    *,
    owner: Address,
    buyer: Address,
    job: Address,
    payer: Address,
) -> Instruction:
    """Cancel a posted job and unlock its cap."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(job, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("7ef19bf132ec5376"),
    )


def assign_job(
    *,
    worker_key: Address,
    matcher: Address,
    market: Address,
    job: Address,
    node: Address,
    stake: Address,
) -> Instruction:
    """Assign a posted job to a node. The market's matcher and the node's worker both sign."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(worker_key, signer=True),
            AccountMeta(matcher, signer=True),
            AccountMeta(market),
            AccountMeta(job, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(stake),
        ),
        bytes.fromhex("25eb690dc43af80a"),
    )


def submit_receipt(
    *,
    worker_key: Address,
    node: Address,
    job: Address,
    exec_hash: bytes,
    output_root: bytes,
    receipt_hash: bytes,
    seconds_used: int,
) -> Instruction:
    """Submit the receipt of a run: the hashes that the oracles check and the seconds used."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(worker_key, signer=True),
            AccountMeta(node),
            AccountMeta(job, writable=True),
        ),
        bytes.fromhex("ac547723c39ad6b0")
        + layout.raw(exec_hash, 32)
        + layout.raw(output_root, 32)
        + layout.raw(receipt_hash, 32)
        + layout.unsigned(seconds_used, 4),
    )


def settle_job(
    *,
    oracle_set: Address,
    job: Address,
    payer: Address,
    buyer: Address,
    vault: Address,
    node: Address,
    payout: Address,
    verdict: Verdict,
    reason: RejectReason,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Settle a submitted job by an attested verdict: 1 pays the node, 2 refunds the buyer. Any wallet may call
    this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(oracle_set),
            AccountMeta(job, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(payout, writable=True),
            AccountMeta(token_program),
            AccountMeta(instructions),
        ),
        bytes.fromhex("f69bdd22a846ad48") + layout.unsigned(verdict, 1) + layout.unsigned(reason, 1),
    )


def expire_job(
    *,
    job: Address,
    payer: Address,
    buyer: Address,
    node: Address | None = None,
) -> Instruction:
    """End a job, or post it again, when its current deadline is over. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(job, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(buyer, writable=True),
            absent_or(node, PROGRAM_ID, signer=False, writable=True),
        ),
        bytes.fromhex("7f0577fad6ff66a8"),
    )


def collect_fees(
    *,
    config: Address,
    buyer: Address,
    vault: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay the fees booked in one buyer account to the fee destinations. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(treasury, writable=True),
            AccountMeta(stakers, writable=True),
            AccountMeta(operations, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("a498cf631eba13b6"),
    )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    OracleSet,
    BuyerAccount,
    Config,
    Node,
    Market,
    Job,
)


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    BuyerClosed,
    BuyerOpened,
    Deposited,
    FeesCollected,
    Withdrawn,
    JobAssigned,
    JobCancelled,
    JobCreated,
    JobExpired,
    JobRejected,
    JobReposted,
    JobSettled,
    JobTimedOut,
    JobUnverified,
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
    OraclesRotated,
    PauseSet,
)


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("89b2313a00f5f2be"): "set_fees",
    bytes.fromhex("3f209a0238674f2d"): "set_pause",
    bytes.fromhex("17757182b9eb5912"): "rotate_oracles",
    bytes.fromhex("67e261ebc8bcfbfe"): "create_market",
    bytes.fromhex("992702c5b332c7d9"): "update_market",
    bytes.fromhex("589af8ba300e7bf4"): "close_market",
    bytes.fromhex("66557572c2bcd3a8"): "register_node",
    bytes.fromhex("0d41f666655b622b"): "update_node",
    bytes.fromhex("fc14099aabd24b2d"): "set_worker_key",
    bytes.fromhex("c42fc94792020d91"): "retire_node",
    bytes.fromhex("133de845f787ff6b"): "close_node",
    bytes.fromhex("1f39be620a20f738"): "open_buyer",
    bytes.fromhex("f223c68952e1f2b6"): "deposit",
    bytes.fromhex("b712469c946da122"): "withdraw",
    bytes.fromhex("b3d27c08cc0c534b"): "close_buyer",
    bytes.fromhex("b282d96e641b5277"): "create_job",
    bytes.fromhex("7ef19bf132ec5376"): "cancel_job",
    bytes.fromhex("25eb690dc43af80a"): "assign_job",
    bytes.fromhex("ac547723c39ad6b0"): "submit_receipt",
    bytes.fromhex("f69bdd22a846ad48"): "settle_job",
    bytes.fromhex("7f0577fad6ff66a8"): "expire_job",
    bytes.fromhex("a498cf631eba13b6"): "collect_fees",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "authority",
        "config",
        "oracle_set",
        "mint",
        "treasury",
        "stakers",
        "operations",
        "program_data",
        "system_program",
    ),
    "propose_authority": (
        "authority",
        "config",
    ),
    "accept_authority": (
        "new_authority",
        "config",
    ),
    "set_fees": (
        "authority",
        "config",
        "treasury",
        "stakers",
        "operations",
    ),
    "set_pause": (
        "authority",
        "config",
    ),
    "rotate_oracles": (
        "authority",
        "config",
        "oracle_set",
    ),
    "create_market": (
        "creator",
        "payer",
        "config",
        "market",
        "system_program",
    ),
    "update_market": (
        "creator",
        "market",
    ),
    "close_market": (
        "creator",
        "market",
        "payer",
    ),
    "register_node": (
        "operator",
        "payer",
        "config",
        "node",
        "payout",
        "system_program",
    ),
    "update_node": (
        "operator",
        "config",
        "node",
        "payout",
    ),
    "set_worker_key": (
        "operator",
        "node",
    ),
    "retire_node": (
        "operator",
        "node",
    ),
    "close_node": (
        "operator",
        "node",
        "payer",
    ),
    "open_buyer": (
        "owner",
        "payer",
        "config",
        "mint",
        "buyer",
        "vault",
        "token_program",
        "system_program",
    ),
    "deposit": (
        "owner",
        "buyer",
        "vault",
        "source",
        "token_program",
    ),
    "withdraw": (
        "owner",
        "buyer",
        "vault",
        "destination",
        "token_program",
    ),
    "close_buyer": (
        "owner",
        "buyer",
        "vault",
        "payer",
        "token_program",
    ),
    "create_job": (
        "owner",
        "payer",
        "config",
        "market",
        "buyer",
        "job",
        "system_program",
    ),
    "cancel_job": (
        "owner",
        "buyer",
        "job",
        "payer",
    ),
    "assign_job": (
        "worker_key",
        "matcher",
        "market",
        "job",
        "node",
        "stake",
    ),
    "submit_receipt": (
        "worker_key",
        "node",
        "job",
    ),
    "settle_job": (
        "oracle_set",
        "job",
        "payer",
        "buyer",
        "vault",
        "node",
        "payout",
        "token_program",
        "instructions",
    ),
    "expire_job": (
        "job",
        "payer",
        "buyer",
        "node",
    ),
    "collect_fees": (
        "config",
        "buyer",
        "vault",
        "treasury",
        "stakers",
        "operations",
        "token_program",
    ),
}
