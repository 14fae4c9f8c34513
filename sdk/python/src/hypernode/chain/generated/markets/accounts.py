"""Accounts of the markets program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address, GpuVendor

from .addresses import PROGRAM_ID
from .types import Reputation


class OracleSet(ProgramAccount):
    """The account `OracleSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("801a4986da5a7e2a")
    SIZE = 563

    # Genesis hash of this cluster; oracles sign it, so a verdict counts nowhere else.
    cluster: bytes
    # Plus one at each rotation; what was signed for an older epoch is dead.
    epoch: int
    # How many different keys must sign.
    threshold: int
    count: int
    # The first `count` are in use, the rest zero.
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


class BuyerAccount(ProgramAccount):
    """The account `BuyerAccount`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("84638c65c243c242")
    SIZE = 161

    owner: Address
    # Paid the rent of this account and its vault, and gets it back.
    payer: Address
    # Token account that holds the money; only the program signs for it.
    vault: Address
    # Base units that the owner may withdraw or lock.
    available: int
    # Sum of the caps of the owner's live jobs.
    locked: int
    # Fees of settled jobs, until somebody collects them.
    treasury_due: int
    stakers_due: int
    operations_due: int
    # Number of the next job. It never recurs, not even after closing and opening again.
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


class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9b0caae01efacc82")
    SIZE = 208

    # Sets fees, pauses, rotates oracles. It cannot move a buyer's money or stop a refund.
    authority: Address
    # Zero, or who becomes authority by accepting.
    pending_authority: Address
    # HYPER; no other token enters a vault.
    mint: Address
    # Token accounts that `collect_fees` pays.
    treasury: Address
    stakers: Address
    operations: Address
    # Of a price, including `stakers_bps`. Jobs keep the shares they were created with.
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    # Bit 0 stops new jobs, bit 1 new nodes.
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


class Node(ProgramAccount):
    """The account `Node`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("d0350103317ab431")
    SIZE = 227

    # Operator's wallet; its stake stands for this node.
    operator: Address
    # Key on the machine, which takes jobs and signs receipts. It can move no money.
    worker_key: Address
    # HYPER token account that earns.
    payout: Address
    # Paid the rent, and gets it back.
    payer: Address
    gpu_vendor: GpuVendor
    gpu_count: int
    # Of each GPU.
    vram_mib: int
    # Of the hardware document that the operator published.
    hardware_hash: bytes
    # Jobs assigned to or submitted by this node, and the sum of their caps.
    active_jobs: int
    unsettled: int
    # Zero, or when the operator retired it.
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


class Market(ProgramAccount):
    """The account `Market`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("dbbed53700e3c69a")
    SIZE = 178

    creator: Address
    market_id: bytes
    # Signs every assignment beside the node's worker.
    matcher: Address
    # Least rate of a job, in base units.
    price_per_second: int
    # Seconds; these six are frozen in a job when it is created.
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
    # These four are read when a job is assigned.
    min_stake: int
    min_reputation: int
    audit_bps: int
    # Assignments that a job may see before it times out for good.
    max_attempts: int
    # Paid the rent, and gets it back.
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


class Job(ProgramAccount):
    """The account `Job`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("4b7c50cba1b4ca50")
    SIZE = 380

    # The owner's wallet, not the buyer account.
    buyer: Address
    market: Address
    # Paid the rent, and gets it back.
    payer: Address
    # Chosen by the buyer, so that posting twice is refused.
    nonce: int
    # Never recurs, although this address may.
    sequence: int
    spec_hash: bytes
    # Most that the job can cost; locked in the buyer account.
    cap: int
    # Base units per second used.
    rate: int
    # Seconds that a node may run it, then to bring the receipt, then for the verdict.
    timeout_seconds: int
    grace: int
    verdict_window: int
    # Seconds that it stays posted.
    ttl: int
    max_attempts: int
    # Assignments so far.
    attempt: int
    gpu_vendor: GpuVendor
    gpu_count: int
    min_vram_mib: int
    # Shares as of creation.
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    status: JobStatus
    created_at: int
    # When it can no longer be assigned.
    expires_at: int
    # The Node account; zero while posted.
    node: Address
    assigned_at: int
    # Of the run; the receipt has `grace` more.
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


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    OracleSet,
    BuyerAccount,
    Config,
    Node,
    Market,
    Job,
)
