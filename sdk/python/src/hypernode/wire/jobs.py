"""HTTP models of a job: its row, its timeline, its logs and its outputs."""

from typing import Any, Literal

from pydantic import Field

from hypernode.wire.fields import U32, U64, AddressText, CidText, HashText, SignatureText, WireModel

# "Ended": gone from the chain, but the event that says how was cut from its transaction's logs.
JobStatusText = Literal[
    "Posted",
    "Assigned",
    "Submitted",
    "Settled",
    "Rejected",
    "Cancelled",
    "Expired",
    "TimedOut",
    "Unverified",
    "Declined",
    "Accepted",
    "Ended",
]


class JobView(WireModel):
    """One job address: (`job`, `sequence`) never recurs. Amounts are base units."""

    job: AddressText
    sequence: U64
    buyer: AddressText
    market: AddressText
    status: JobStatusText
    spec_hash: HashText
    spec_cid: CidText
    cap: U64
    rate: U64
    timeout_seconds: U32
    attempt: int
    node: AddressText | None
    created_at: int
    assigned_at: int | None
    deadline: int | None
    submitted_at: int | None
    verdict_deadline: int | None
    late_until: int | None
    ended_at: int | None
    seconds_used: U32 | None
    receipt_hash: HashText | None
    # Known from the verdict on: how the run ended, what it left, and what stands behind that.
    ending: str | None
    exit_code: int | None
    output_root: HashText | None
    audit: str | None
    own_seconds: U32 | None
    paid: U64
    refunded: U64
    reject_reason: str | None


class StopIn(WireModel):
    """The buyer's signature that ends one running attempt (docs/receipt.md#stop)."""

    sequence: U64
    attempt: int = Field(ge=0, le=255)
    signature: SignatureText


class StopView(WireModel):
    job: AddressText
    sequence: U64
    attempt: int
    received_at: int


class JobPage(WireModel):
    jobs: list[JobView]
    next_cursor: str | None = None


class TimelineEntry(WireModel):
    """An event of the chain, as written down once and never changed."""

    name: str
    signature: str
    index: int
    slot: U64
    at: int
    attempt: int | None
    data: dict[str, Any]


class JobDetail(JobView):
    timeline: list[TimelineEntry]


class JobLogs(WireModel):
    """`final` logs are the blob named in the receipt; others are what the node has sent so far."""

    job: AddressText
    sequence: U64
    attempt: int
    final: bool
    truncated: bool
    text: str


class OutputEntry(WireModel):
    path: str
    mode: int
    size: int
    sha256: HashText
    cid: CidText


class JobOutputs(WireModel):
    """`root` is recomputed from `files` and equals the one in the receipt."""

    job: AddressText
    sequence: U64
    manifest_cid: CidText
    root: HashText
    files: list[OutputEntry]


class FrozenTerms(WireModel):
    """What a job's account froze at its assignment. The account is closed when the job ends."""

    attempt: int
    operator: AddressText
    worker_key: AddressText
    audit_bps: int
    ratio_bps: U32
    baseline_bps: U32
    protocol_bps: int
    stakers_bps: int
    operations_bps: int


class JobReceipt(WireModel):
    """`signature` is the worker's over the receipt's hash; absent until the worker has sent it.

    `frozen` is absent if the API did not see the job's account while this attempt was live.
    """

    job: AddressText
    sequence: U64
    attempt: int
    receipt_cid: CidText
    worker_key: AddressText | None
    signature: SignatureText | None
    frozen: FrozenTerms | None = None
