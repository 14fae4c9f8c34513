"""The node protocol: messages between a node and the API over a WebSocket.

Every frame is one JSON object whose member `type` names the message. The server opens with a challenge.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from hypernode.wire.fields import U32, U64, AddressText, CidText, LineText, SignatureText, WireModel

# Domain separator of the signature in `Hello`: the worker signs these bytes followed by the 32-byte nonce.
HELLO_DOMAIN = b"hn/node-hello/1"
NONCE_BYTES = 32

MAX_LOG_CHUNK = 16 * 1024  # Larger chunks only delay the others on the same connection.


def hello_signing_bytes(nonce: bytes) -> bytes:
    return HELLO_DOMAIN + nonce


class Gpu(WireModel):
    vendor: Literal["nvidia", "amd"]
    model: LineText = Field(max_length=120)
    vram_mib: U32
    device: LineText = Field(default="", max_length=120)
    driver: LineText = Field(default="", max_length=60)


class Hardware(WireModel):
    """What a node says about its machine. The chain holds its hash; only GPU facts on chain bind."""

    cpu_millis: U32
    memory_mib: U32
    disk_mib: U32 = 0
    gpus: list[Gpu] = Field(default_factory=list, max_length=64)
    region: LineText = Field(default="", max_length=40)


# --- client to server


class Hello(WireModel):
    """`signature` is the worker's over `hello_signing_bytes` of the challenge's nonce.

    `ask` is the least rate, in base units a second, that the node works for.
    """

    type: Literal["hello"] = "hello"
    node: AddressText
    worker_key: AddressText
    signature: SignatureText
    hardware: Hardware
    worker_version: LineText = Field(max_length=40)
    ask: U64 = 0


class Heartbeat(WireModel):
    """`images` are image references the node has at hand, so that a job need not wait for a pull."""

    type: Literal["heartbeat"] = "heartbeat"
    active_jobs: list[AddressText] = Field(default_factory=list, max_length=1024)
    free_slots: int = Field(ge=0, le=1024)
    images: list[Annotated[LineText, Field(max_length=300)]] = Field(default_factory=list, max_length=64)


class Accept(WireModel):
    type: Literal["accept"] = "accept"
    offer_id: LineText = Field(max_length=64)


class Decline(WireModel):
    type: Literal["decline"] = "decline"
    offer_id: LineText = Field(max_length=64)
    reason: LineText = Field(default="", max_length=200)


class Assigned(WireModel):
    type: Literal["assigned"] = "assigned"
    offer_id: LineText = Field(max_length=64)
    signature: SignatureText


class Log(WireModel):
    """Live output, best effort; the log blob of the receipt is the record."""

    type: Literal["log"] = "log"
    job: AddressText
    attempt: int = Field(ge=0, le=255)
    chunk: str = Field(max_length=MAX_LOG_CHUNK)


class ReceiptNotice(WireModel):
    """Says which blob holds the signed receipt of a job whose receipt is on chain."""

    type: Literal["receipt"] = "receipt"
    job: AddressText
    attempt: int = Field(ge=0, le=255)
    receipt_cid: CidText
    signature: SignatureText


NodeMessage = Annotated[
    Hello | Heartbeat | Accept | Decline | Assigned | Log | ReceiptNotice, Field(discriminator="type")
]
node_message: TypeAdapter[NodeMessage] = TypeAdapter(NodeMessage)

# --- server to client


class Challenge(WireModel):
    type: Literal["challenge"] = "challenge"
    nonce: str = Field(pattern=r"^[0-9a-f]{64}$")


class Welcome(WireModel):
    type: Literal["welcome"] = "welcome"
    heartbeat_seconds: int
    lease_seconds: int


class HeartbeatAck(WireModel):
    type: Literal["heartbeat_ack"] = "heartbeat_ack"


class Offer(WireModel):
    """`attempt` is the one the job gets by being assigned; `expires_at` is by the API's clock."""

    type: Literal["offer"] = "offer"
    offer_id: str
    job: AddressText
    attempt: int
    spec_cid: CidText
    cap: U64
    rate: U64
    timeout_seconds: U32
    expires_at: int


class Assignment(WireModel):
    """`transaction`: base64 of an `assign_job` transaction signed by the matcher, fee payer the worker."""

    type: Literal["assignment"] = "assignment"
    offer_id: str
    transaction: str


class ErrorMessage(WireModel):
    """`offer_id` names the offer that is void by this, if one is."""

    type: Literal["error"] = "error"
    error: str
    detail: str
    offer_id: str | None = None


class Stop(WireModel):
    """The buyer ends the run of one attempt; `signature` is the buyer's (docs/receipt.md#stop)."""

    type: Literal["stop"] = "stop"
    job: AddressText
    sequence: U64
    attempt: int = Field(ge=0, le=255)
    signature: SignatureText


ServerMessage = Annotated[
    Challenge | Welcome | HeartbeatAck | Offer | Assignment | Stop | ErrorMessage, Field(discriminator="type")
]
server_message: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)

# --- HTTP


class NodeReputation(WireModel):
    score: int
    tier: str
    ok: U32
    rejected: U32
    timed_out: U32


class NodeView(WireModel):
    """A node as the chain and its heartbeats show it; `state` is this API's view of its connection."""

    node: AddressText
    operator: AddressText
    worker_key: AddressText
    state: Literal["online", "suspect", "offline", "retired"]
    state_since: int
    gpu_vendor: Literal["none", "nvidia", "amd"]
    gpu_count: int
    vram_mib: U32
    active_jobs: int
    free_slots: int | None = None
    stake: U64
    reputation: NodeReputation
    hardware: Hardware | None = None
    worker_version: str | None = None


class NodePage(WireModel):
    nodes: list[NodeView]
    next_cursor: str | None = None
