"""The receipt: a node's signed claim of its run, its time and its runtime (docs/receipt.md)."""

from dataclasses import dataclass
from typing import Any, Self

from hypernode.domain.canonical import canonical_bytes, canonical_hash, parse_canonical
from hypernode.domain.document import DocumentReader
from hypernode.domain.types import Address
from hypernode.errors import HashMismatch, InvalidReceipt

RECEIPT_TYPE = "hn/receipt/1"
SIGNATURE_DOMAIN = b"hn/receipt-signature/1"
U8_MAX = 2**8 - 1
U32_MAX = 2**32 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    cpu_ns: int = 0
    peak_memory_bytes: int = 0
    output_bytes: int = 0

    def to_document(self) -> dict[str, str]:
        return {
            "cpu_ns": str(self.cpu_ns),
            "peak_memory_bytes": str(self.peak_memory_bytes),
            "output_bytes": str(self.output_bytes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeInfo:
    """What ran the container: versions, the hash of the seccomp profile, the image that really ran."""

    engine: str
    runc: str
    seccomp: bytes
    image: str

    def to_document(self) -> dict[str, str]:
        return {
            "engine": self.engine,
            "runc": self.runc,
            "seccomp": self.seccomp.hex(),
            "image": self.image,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    job: Address
    sequence: int
    attempt: int
    node: Address
    worker_key: Address
    exec_hash: bytes
    output_root: bytes
    outputs: bytes
    logs: bytes
    logs_truncated: bool
    exit_code: int
    started_at: int
    finished_at: int
    seconds_used: int
    usage: Usage
    runtime: RuntimeInfo

    def to_document(self) -> dict[str, Any]:
        return {
            "type": RECEIPT_TYPE,
            "job": self.job,
            "sequence": str(self.sequence),
            "attempt": self.attempt,
            "node": self.node,
            "worker_key": self.worker_key,
            "exec_hash": self.exec_hash.hex(),
            "output_root": self.output_root.hex(),
            "outputs": self.outputs.hex(),
            "logs": self.logs.hex(),
            "logs_truncated": self.logs_truncated,
            "exit_code": self.exit_code,
            "started_at": self.started_at,
            "finished_at": self.finished_at,
            "seconds_used": self.seconds_used,
            "usage": self.usage.to_document(),
            "runtime": self.runtime.to_document(),
        }

    @classmethod
    def from_document(cls, document: Any) -> Self:
        reader = DocumentReader(document, error=InvalidReceipt)
        reader.kind(RECEIPT_TYPE)
        receipt = cls(
            job=reader.address("job"),
            sequence=reader.u64("sequence"),
            attempt=reader.integer("attempt", 1, U8_MAX),
            node=reader.address("node"),
            worker_key=reader.address("worker_key"),
            exec_hash=reader.digest("exec_hash"),
            output_root=reader.digest("output_root"),
            outputs=reader.digest("outputs"),
            logs=reader.digest("logs"),
            logs_truncated=reader.flag("logs_truncated"),
            exit_code=reader.integer("exit_code", 0, U8_MAX),
            started_at=reader.integer("started_at"),
            finished_at=reader.integer("finished_at"),
            seconds_used=reader.integer("seconds_used", 0, U32_MAX),
            usage=_read_usage(reader.object("usage")),
            runtime=_read_runtime(reader.object("runtime")),
        )
        reader.finish()
        return receipt

    def to_bytes(self) -> bytes:
        return canonical_bytes(self.to_document())

    @classmethod
    def from_bytes(cls, data: bytes, expected_hash: bytes | None = None) -> Self:
        receipt = cls.from_document(parse_canonical(data))
        if expected_hash is not None and receipt_hash(receipt) != expected_hash:
            raise HashMismatch("the receipt is not the one its hash names")
        return receipt


def receipt_hash(receipt: Receipt) -> bytes:
    return canonical_hash(receipt.to_document())


def receipt_signing_bytes(digest: bytes) -> bytes:
    """Return what the worker key signs: a domain, so that no other signed message can be a receipt."""
    return SIGNATURE_DOMAIN + digest


def _read_usage(reader: DocumentReader) -> Usage:
    usage = Usage(
        cpu_ns=reader.u64("cpu_ns"),
        peak_memory_bytes=reader.u64("peak_memory_bytes"),
        output_bytes=reader.u64("output_bytes"),
    )
    reader.finish()
    return usage


def _read_runtime(reader: DocumentReader) -> RuntimeInfo:
    runtime = RuntimeInfo(
        engine=reader.text("engine"),
        runc=reader.text("runc"),
        seccomp=reader.digest("seccomp"),
        image=reader.text("image"),
    )
    reader.finish()
    return runtime
