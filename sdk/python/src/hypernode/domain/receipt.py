"""The receipt: a node's signed claim of its run, its time and its runtime (docs/receipt.md)."""

import struct
from dataclasses import dataclass
from typing import Any, Self

from hypernode.domain.canonical import canonical_bytes, canonical_hash, parse_canonical
from hypernode.domain.document import SIGNATURE_BYTES, U8_MAX, U32_MAX, DocumentReader
from hypernode.domain.result import Ending, Result
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import DomainError, HashMismatch, InvalidReceipt

RECEIPT_TYPE = "hn/receipt/2"
SIGNATURE_DOMAIN = b"hn/receipt-signature/1"
STOP_DOMAIN = b"hn/stop/1"
# domain; cluster, program, job; sequence, attempt
_STOP = struct.Struct("<9s32s32s32sQB")


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
    # Makes the hash on chain tell nothing of the result before the verdict.
    salt: bytes
    output_root: bytes
    outputs: bytes
    logs: bytes
    logs_truncated: bool
    ending: Ending
    exit_code: int
    # The buyer's signature over `stop_bytes`, if the buyer ended the run.
    stop: bytes | None
    started_at: int
    finished_at: int
    seconds_used: int
    usage: Usage
    runtime: RuntimeInfo

    @property
    def result(self) -> Result:
        """What is compared: for a run that did not exit by itself its ending alone."""
        if self.ending is not Ending.EXITED:
            return Result(self.ending)
        return Result(Ending.EXITED, self.exit_code, self.output_root)

    def to_document(self) -> dict[str, Any]:
        return {
            "type": RECEIPT_TYPE,
            "job": self.job,
            "sequence": str(self.sequence),
            "attempt": self.attempt,
            "node": self.node,
            "worker_key": self.worker_key,
            "salt": self.salt.hex(),
            "output_root": self.output_root.hex(),
            "outputs": self.outputs.hex(),
            "logs": self.logs.hex(),
            "logs_truncated": self.logs_truncated,
            "ending": self.ending.name.lower(),
            "exit_code": self.exit_code,
            "stop": None if self.stop is None else self.stop.hex(),
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
            salt=reader.digest("salt"),
            output_root=reader.digest("output_root"),
            outputs=reader.digest("outputs"),
            logs=reader.digest("logs"),
            logs_truncated=reader.flag("logs_truncated"),
            ending=reader.named("ending", Ending),
            exit_code=reader.integer("exit_code", 0, U8_MAX),
            stop=reader.optional_hex("stop", SIGNATURE_BYTES),
            started_at=reader.integer("started_at"),
            finished_at=reader.integer("finished_at"),
            seconds_used=reader.integer("seconds_used", 0, U32_MAX),
            usage=_read_usage(reader.object("usage")),
            runtime=_read_runtime(reader.object("runtime")),
        )
        reader.finish()
        if (receipt.ending is Ending.STOPPED) is (receipt.stop is None):
            raise reader.refuse("stop", "must be there exactly for the ending stopped")
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


def stop_bytes(cluster: bytes, program: Address, job: Address, sequence: int, attempt: int) -> bytes:
    """Return the 114 bytes that a buyer signs to end one attempt of its job."""
    try:
        return _STOP.pack(STOP_DOMAIN, cluster, address_bytes(program), address_bytes(job), sequence, attempt)
    except struct.error as cause:
        raise DomainError(f"a number of the stop is out of range: {cause}") from cause


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
