"""Accounts of the markets program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.attestation import Blame
from hypernode.domain.status import JobStatus, RejectReason
from hypernode.domain.types import Address, GpuVendor

from .addresses import PROGRAM_ID
from .types import Reputation


class OracleSet(ProgramAccount):
    """The account `OracleSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("801a4986da5a7e2a")
    SIZE = 509
    PLACES = {
        "cluster": (8, 32),
        "epoch": (40, 8),
        "rotated_at": (48, 8),
        "threshold": (56, 1),
        "count": (57, 1),
        "keys": (58, 224),
        "previous_threshold": (282, 1),
        "previous_count": (283, 1),
        "previous_keys": (284, 224),
        "bump": (508, 1),
    }

    # Genesis hash of this cluster. Oracles sign it, so that a verdict is invalid on any other cluster.
    cluster: bytes
    # Number of this set. It grows by one at each rotation. A job is judged by the set of its assignment.
    epoch: int
    rotated_at: int
    # Number of different keys that must sign: k of 2 k - 1.
    threshold: int
    count: int
    # The first `count` entries are in use, the rest are zero.
    keys: tuple[Address, ...]
    # The epoch before, which still judges the jobs assigned under it. Zero before the first rotation.
    previous_threshold: int
    previous_count: int
    previous_keys: tuple[Address, ...]
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            cluster=read.raw(32),
            epoch=read.unsigned(8),
            rotated_at=read.signed(8),
            threshold=read.unsigned(1),
            count=read.unsigned(1),
            keys=tuple(read.address() for _ in range(7)),
            previous_threshold=read.unsigned(1),
            previous_count=read.unsigned(1),
            previous_keys=tuple(read.address() for _ in range(7)),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.raw(self.cluster, 32),
                layout.unsigned(self.epoch, 8),
                layout.signed(self.rotated_at, 8),
                layout.unsigned(self.threshold, 1),
                layout.unsigned(self.count, 1),
                layout.sequence([layout.address(item) for item in self.keys], 7),
                layout.unsigned(self.previous_threshold, 1),
                layout.unsigned(self.previous_count, 1),
                layout.sequence([layout.address(item) for item in self.previous_keys], 7),
                layout.unsigned(self.bump, 1),
            )
        )


class BuyerAccount(ProgramAccount):
    """The account `BuyerAccount`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("84638c65c243c242")
    SIZE = 161
    PLACES = {
        "owner": (8, 32),
        "payer": (40, 32),
        "vault": (72, 32),
        "available": (104, 8),
        "locked": (112, 8),
        "treasury_due": (120, 8),
        "stakers_due": (128, 8),
        "operations_due": (136, 8),
        "sequence": (144, 8),
        "opened_slot": (152, 8),
        "vault_bump": (160, 1),
    }

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


class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9b0caae01efacc82")
    SIZE = 216
    PLACES = {
        "authority": (8, 32),
        "pending_authority": (40, 32),
        "mint": (72, 32),
        "treasury": (104, 32),
        "stakers": (136, 32),
        "operations": (168, 32),
        "protocol_bps": (200, 2),
        "stakers_bps": (202, 2),
        "operations_bps": (204, 2),
        "paused": (206, 1),
        "bump": (207, 1),
        "min_rate": (208, 8),
    }

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
    # Least base units a second of a new job in any market: oracles repeat for nobody below it.
    min_rate: int

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
            min_rate=read.unsigned(8),
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
                layout.unsigned(self.min_rate, 8),
            )
        )


class Node(ProgramAccount):
    """The account `Node`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("d0350103317ab431")
    SIZE = 248
    PLACES = {
        "operator": (8, 32),
        "worker_key": (40, 32),
        "payout": (72, 32),
        "payer": (104, 32),
        "gpu_vendor": (136, 1),
        "gpu_count": (137, 1),
        "vram_mib": (138, 4),
        "hardware_hash": (142, 32),
        "active_jobs": (174, 2),
        "exposure": (176, 8),
        "retired_at": (184, 8),
        "reputation": (192, 34),
        "node_ms": (226, 8),
        "own_ms": (234, 8),
        "baseline_bps": (242, 4),
        "probation": (246, 1),
        "bump": (247, 1),
    }

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
    # Number of jobs assigned to or submitted by this node. The sum of the largest sentences that they can carry, and
    # of those that ended and wait for a report.
    active_jobs: int
    exposure: int
    # Time at which the operator retired the node; zero before.
    retired_at: int
    reputation: Reputation
    # Sums of the node's and the oracles' milliseconds over its repeated jobs, newer ones weighing more.
    node_ms: int
    own_ms: int
    # Ratio of both at the end of the last probation, in bps; zero before.
    baseline_bps: int
    # Accepted jobs until the node's work is no longer repeated each time.
    probation: int
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
            exposure=read.unsigned(8),
            retired_at=read.signed(8),
            reputation=Reputation.read(read),
            node_ms=read.unsigned(8),
            own_ms=read.unsigned(8),
            baseline_bps=read.unsigned(4),
            probation=read.unsigned(1),
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
                layout.unsigned(self.exposure, 8),
                layout.signed(self.retired_at, 8),
                self.reputation.encode(),
                layout.unsigned(self.node_ms, 8),
                layout.unsigned(self.own_ms, 8),
                layout.unsigned(self.baseline_bps, 4),
                layout.unsigned(self.probation, 1),
                layout.unsigned(self.bump, 1),
            )
        )


class Market(ProgramAccount):
    """The account `Market`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("dbbed53700e3c69a")
    SIZE = 182
    PLACES = {
        "creator": (8, 32),
        "market_id": (40, 32),
        "matcher": (72, 32),
        "price_per_second": (104, 8),
        "min_timeout_seconds": (112, 4),
        "max_timeout_seconds": (116, 4),
        "job_ttl": (120, 4),
        "start_allowance": (124, 4),
        "grace": (128, 4),
        "verdict_floor": (132, 4),
        "min_stake": (136, 8),
        "min_reputation": (144, 2),
        "audit_bps": (146, 2),
        "max_attempts": (148, 1),
        "payer": (149, 32),
        "bump": (181, 1),
    }

    creator: Address
    market_id: bytes
    # Signs every assignment together with the node's worker.
    matcher: Address
    # Least rate of a job in base units per second.
    price_per_second: int
    # Times in seconds. A job is checked against the timeouts at creation and copies the others.
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    start_allowance: int
    grace: int
    # Least time for a verdict. Eight timeouts add to it.
    verdict_floor: int
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
            start_allowance=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_floor=read.unsigned(4),
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
                layout.unsigned(self.start_allowance, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_floor, 4),
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
    SIZE = 473
    PLACES = {
        "buyer": (8, 32),
        "market": (40, 32),
        "payer": (72, 32),
        "nonce": (104, 8),
        "sequence": (112, 8),
        "spec_hash": (120, 32),
        "cap": (152, 8),
        "rate": (160, 8),
        "start_allowance": (168, 4),
        "timeout_seconds": (172, 4),
        "grace": (176, 4),
        "verdict_window": (180, 4),
        "late_window": (184, 4),
        "max_attempts": (188, 1),
        "attempt": (189, 1),
        "declines": (190, 1),
        "gpu_vendor": (191, 1),
        "gpu_count": (192, 1),
        "min_vram_mib": (193, 4),
        "audit_bps": (197, 2),
        "protocol_bps": (199, 2),
        "stakers_bps": (201, 2),
        "operations_bps": (203, 2),
        "status": (205, 1),
        "created_at": (206, 8),
        "expires_at": (214, 8),
        "node": (222, 32),
        "operator": (254, 32),
        "worker_key": (286, 32),
        "payout": (318, 32),
        "assigned_at": (350, 8),
        "deadline": (358, 8),
        "ratio_bps": (366, 4),
        "baseline_bps": (370, 4),
        "epoch": (374, 8),
        "factor": (382, 4),
        "receipt_hash": (386, 32),
        "seconds_used": (418, 4),
        "submitted_at": (422, 8),
        "submitted_slot": (430, 8),
        "verdict_deadline": (438, 8),
        "late_until": (446, 8),
        "sentence": (454, 8),
        "ended_at": (462, 8),
        "reject_reason": (470, 1),
        "blame": (471, 1),
        "bump": (472, 1),
    }

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
    # Most base units that the job can cost: the rate times the timeout. They are locked in the buyer account.
    cap: int
    # Price in base units per second used.
    rate: int
    # Seconds of an attempt: for image and inputs, for the run, for the receipt.
    start_allowance: int
    timeout_seconds: int
    grace: int
    # Seconds for the verdict, and the seconds after it in which a late verdict still counts.
    verdict_window: int
    late_window: int
    max_attempts: int
    # Assignments so far. It numbers the attempts.
    attempt: int
    # Assignments that were declined before their run. They use up no attempt.
    declines: int
    gpu_vendor: GpuVendor
    gpu_count: int
    min_vram_mib: int
    # Share of attempts that the oracles repeat, in bps. An assignment may raise it to all of them.
    audit_bps: int
    # Fee shares as of creation.
    protocol_bps: int
    stakers_bps: int
    operations_bps: int
    status: JobStatus
    created_at: int
    # Last second at which the job can be assigned. It is set once.
    expires_at: int
    # Node account; zero while posted, like the next three, which it no longer can change.
    node: Address
    operator: Address
    worker_key: Address
    # Token account that gets the node's share.
    payout: Address
    assigned_at: int
    # Last second at which the receipt is accepted.
    deadline: int
    # The node's ratio to the oracles' seconds, and the one at the end of its probation, as of the assignment.
    ratio_bps: int
    baseline_bps: int
    # Epoch of the oracles that judge the attempt, as of the assignment.
    epoch: int
    # What a second that is found wrong costs, in seconds' prices. Zero while posted.
    factor: int
    receipt_hash: bytes
    seconds_used: int
    submitted_at: int
    # Slot of the receipt. Blocks after it decide whether the attempt is repeated.
    submitted_slot: int
    verdict_deadline: int
    # Last second at which a verdict counts. Then anyone can refund the buyer.
    late_until: int
    # What the end costs the node's stake: from the assignment the price of a timeout, after a rejection the verdict's.
    sentence: int
    # Time of the rejection or final timeout; zero before.
    ended_at: int
    # Why the job was rejected, and what the verdict blames.
    reject_reason: RejectReason
    blame: Blame
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
            start_allowance=read.unsigned(4),
            timeout_seconds=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_window=read.unsigned(4),
            late_window=read.unsigned(4),
            max_attempts=read.unsigned(1),
            attempt=read.unsigned(1),
            declines=read.unsigned(1),
            gpu_vendor=read.member(GpuVendor, 1),
            gpu_count=read.unsigned(1),
            min_vram_mib=read.unsigned(4),
            audit_bps=read.unsigned(2),
            protocol_bps=read.unsigned(2),
            stakers_bps=read.unsigned(2),
            operations_bps=read.unsigned(2),
            status=read.member(JobStatus, 1),
            created_at=read.signed(8),
            expires_at=read.signed(8),
            node=read.address(),
            operator=read.address(),
            worker_key=read.address(),
            payout=read.address(),
            assigned_at=read.signed(8),
            deadline=read.signed(8),
            ratio_bps=read.unsigned(4),
            baseline_bps=read.unsigned(4),
            epoch=read.unsigned(8),
            factor=read.unsigned(4),
            receipt_hash=read.raw(32),
            seconds_used=read.unsigned(4),
            submitted_at=read.signed(8),
            submitted_slot=read.unsigned(8),
            verdict_deadline=read.signed(8),
            late_until=read.signed(8),
            sentence=read.unsigned(8),
            ended_at=read.signed(8),
            reject_reason=read.member(RejectReason, 1),
            blame=read.member(Blame, 1),
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
                layout.unsigned(self.start_allowance, 4),
                layout.unsigned(self.timeout_seconds, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_window, 4),
                layout.unsigned(self.late_window, 4),
                layout.unsigned(self.max_attempts, 1),
                layout.unsigned(self.attempt, 1),
                layout.unsigned(self.declines, 1),
                layout.unsigned(self.gpu_vendor, 1),
                layout.unsigned(self.gpu_count, 1),
                layout.unsigned(self.min_vram_mib, 4),
                layout.unsigned(self.audit_bps, 2),
                layout.unsigned(self.protocol_bps, 2),
                layout.unsigned(self.stakers_bps, 2),
                layout.unsigned(self.operations_bps, 2),
                layout.unsigned(self.status, 1),
                layout.signed(self.created_at, 8),
                layout.signed(self.expires_at, 8),
                layout.address(self.node),
                layout.address(self.operator),
                layout.address(self.worker_key),
                layout.address(self.payout),
                layout.signed(self.assigned_at, 8),
                layout.signed(self.deadline, 8),
                layout.unsigned(self.ratio_bps, 4),
                layout.unsigned(self.baseline_bps, 4),
                layout.unsigned(self.epoch, 8),
                layout.unsigned(self.factor, 4),
                layout.raw(self.receipt_hash, 32),
                layout.unsigned(self.seconds_used, 4),
                layout.signed(self.submitted_at, 8),
                layout.unsigned(self.submitted_slot, 8),
                layout.signed(self.verdict_deadline, 8),
                layout.signed(self.late_until, 8),
                layout.unsigned(self.sentence, 8),
                layout.signed(self.ended_at, 8),
                layout.unsigned(self.reject_reason, 1),
                layout.unsigned(self.blame, 1),
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
