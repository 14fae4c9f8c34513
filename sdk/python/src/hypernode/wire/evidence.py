"""Messages between a worker and an oracle that reads its evidence (docs/findings.md#evidence)."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from hypernode.domain.types import Address, address_bytes
from hypernode.wire.fields import AddressText, CidText, LineText, SignatureText, WireModel

# Domain separator of the signature in `EvidenceHello`.
EVIDENCE_DOMAIN = b"hn/evidence-hello/1"
# Where an oracle listens for workers.
EVIDENCE_PATH = "/v1/evidence"
# A blob follows its `BlobHead` in binary frames of this size; the last may be shorter.
FRAME_BYTES = 1024 * 1024


def evidence_signing_bytes(oracle: Address, nonce: bytes) -> bytes:
    """Return the 83 bytes that a worker signs: the domain, the oracle's key, the 32-byte nonce."""
    return EVIDENCE_DOMAIN + address_bytes(oracle) + nonce


class EvidenceChallenge(WireModel):
    type: Literal["challenge"] = "challenge"
    oracle: AddressText
    nonce: str = Field(pattern=r"^[0-9a-f]{64}$")


class EvidenceHello(WireModel):
    """`job` is one that the worker has in hand: an oracle talks to no other worker."""

    type: Literal["hello"] = "hello"
    job: AddressText
    worker_key: AddressText
    signature: SignatureText


class EvidenceWelcome(WireModel):
    type: Literal["welcome"] = "welcome"


class EvidenceRefused(WireModel):
    type: Literal["refused"] = "refused"
    detail: LineText


class BlobRequest(WireModel):
    type: Literal["get"] = "get"
    cid: CidText


class BlobHead(WireModel):
    """`size` is null for a blob that the worker does not have; else as many bytes follow in frames."""

    type: Literal["blob"] = "blob"
    cid: CidText
    size: int | None = Field(default=None, ge=0)


FromWorker = Annotated[EvidenceHello | BlobHead, Field(discriminator="type")]
FromOracle = Annotated[
    EvidenceChallenge | EvidenceWelcome | EvidenceRefused | BlobRequest, Field(discriminator="type")
]
from_worker: TypeAdapter[EvidenceHello | BlobHead] = TypeAdapter(FromWorker)
from_oracle: TypeAdapter[EvidenceChallenge | EvidenceWelcome | EvidenceRefused | BlobRequest] = TypeAdapter(
    FromOracle
)
