"""The cluster description: a signed document with the programs and oracle epochs of one chain.

Who has it can check a job receipt without asking any service (docs/job-receipt.md).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from hypernode.domain.attestation import MAX_THRESHOLD, MIN_THRESHOLD
from hypernode.domain.canonical import canonical_hash
from hypernode.domain.document import SIGNATURE_BYTES, U8_MAX, U32_MAX, DocumentReader
from hypernode.domain.draw import MAX_GROUPS, Geometry
from hypernode.domain.http_signature import Signer
from hypernode.domain.types import Address, GpuVendor
from hypernode.errors import InvalidCluster

CLUSTER_TYPE = "hn/cluster/1"
SIGNATURE_DOMAIN = b"hn/cluster-signature/1"
# Where a service publishes the description of its cluster.
WELL_KNOWN = "/.well-known/hypernode-cluster.json"
PROGRAMS = ("governance", "markets", "rewards", "slashing", "staking")
_NAME = re.compile(r"[ -~]{1,64}")
_URL = re.compile(r"https?://[!-~]{1,250}")

# True if the key signed exactly this message: (key, message, signature).
Verify = Callable[[Address, bytes, bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OracleMachine:
    """The machine on which an oracle repeats jobs. Sizes are MiB."""

    cpu_millis: int
    memory_mib: int
    disk_mib: int
    gpu_vendor: GpuVendor = GpuVendor.NONE
    gpu_count: int = 0
    vram_mib: int = 0

    def to_document(self) -> dict[str, Any]:
        gpu = {"vendor": self.gpu_vendor.label, "count": self.gpu_count, "vram_mib": self.vram_mib}
        return {
            "cpu_millis": self.cpu_millis,
            "memory_mib": self.memory_mib,
            "disk_mib": self.disk_mib,
            "gpu": gpu if self.gpu_count else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """One oracle of an epoch. Null members are not published."""

    key: Address
    wallet: Address | None
    address: str | None = None
    machine: OracleMachine | None = None

    def to_document(self) -> dict[str, Any]:
        machine = None if self.machine is None else self.machine.to_document()
        return {"key": self.key, "wallet": self.wallet, "address": self.address, "machine": machine}


@dataclass(frozen=True, slots=True, kw_only=True)
class OracleEpoch:
    """One numbered oracle set: `threshold` of its oracles decide. Their order is the one on chain."""

    epoch: int
    threshold: int
    oracles: tuple[Oracle, ...]
    geometry: Geometry

    @property
    def keys(self) -> tuple[Address, ...]:
        return tuple(oracle.key for oracle in self.oracles)

    def to_document(self) -> dict[str, Any]:
        draw = {
            "groups": self.geometry.groups,
            "slots": self.geometry.slots,
            "distance": self.geometry.distance,
        }
        oracles = [oracle.to_document() for oracle in self.oracles]
        return {
            "epoch": str(self.epoch),
            "threshold": self.threshold,
            "oracles": oracles,
            "draw": draw,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDescription:
    """Genesis hash, programs, mint and oracle epochs of one chain, and the key that vouches for them."""

    name: str
    genesis: bytes
    governance: Address
    markets: Address
    rewards: Address
    slashing: Address
    staking: Address
    mint: Address
    epochs: tuple[OracleEpoch, ...]
    signer: Address

    def epoch(self, number: int) -> OracleEpoch | None:
        """Return the oracle set of an epoch; None if the description does not have it."""
        return next((epoch for epoch in self.epochs if epoch.epoch == number), None)

    def to_document(self) -> dict[str, Any]:
        return {
            "type": CLUSTER_TYPE,
            "name": self.name,
            "genesis": self.genesis.hex(),
            "programs": {name: getattr(self, name) for name in PROGRAMS},
            "mint": self.mint,
            "epochs": [epoch.to_document() for epoch in self.epochs],
            "signer": self.signer,
        }

    @classmethod
    def from_document(cls, document: Any) -> Self:
        return cls._read(DocumentReader(document, error=InvalidCluster))

    @classmethod
    def _read(cls, reader: DocumentReader) -> Self:
        reader.kind(CLUSTER_TYPE)
        name = reader.text("name")
        if _NAME.fullmatch(name) is None:
            raise reader.refuse("name", "must have 1 to 64 printable ASCII characters")
        programs = reader.object("programs")
        addresses = {program: programs.address(program) for program in PROGRAMS}
        programs.finish()
        described = cls(
            name=name,
            genesis=reader.digest("genesis"),
            mint=reader.address("mint"),
            epochs=tuple(_read_epoch(epoch) for epoch in reader.objects("epochs")),
            signer=reader.address("signer"),
            **addresses,
        )
        reader.finish()
        numbers = [epoch.epoch for epoch in described.epochs]
        if not numbers or numbers != sorted(set(numbers)):
            raise reader.refuse("epochs", "must name at least one epoch, each once and in order")
        return described


@dataclass(frozen=True, slots=True)
class SignedCluster:
    """A description with the signature of its signer, as a service publishes it."""

    description: ClusterDescription
    signature: bytes

    @classmethod
    def sign(cls, description: ClusterDescription, signer: Signer) -> Self:
        """Sign a description with the key that it names."""
        if signer.address != description.signer:
            raise InvalidCluster("signer", f"is {description.signer}, not the key {signer.address}")
        return cls(description, signer.sign(cluster_signing_bytes(description)))

    def to_document(self) -> dict[str, Any]:
        return {"description": self.description.to_document(), "signature": self.signature.hex()}

    @classmethod
    def from_document(cls, document: Any, verify: Verify) -> Self:
        """Return the description; raise `InvalidCluster` unless the signer that it names signed it."""
        reader = DocumentReader(document, error=InvalidCluster)
        description = ClusterDescription._read(reader.object("description"))
        signature = reader.hex("signature", SIGNATURE_BYTES)
        reader.finish()
        if not verify(description.signer, cluster_signing_bytes(description), signature):
            raise reader.refuse("signature", f"is not one of {description.signer} over this description")
        return cls(description, signature)


def cluster_signing_bytes(description: ClusterDescription) -> bytes:
    """Return the 54 bytes that the signer signs: a domain, then the SHA-256 of the RFC 8785 bytes."""
    return SIGNATURE_DOMAIN + canonical_hash(description.to_document())


def _read_epoch(reader: DocumentReader) -> OracleEpoch:
    draw = reader.object("draw")
    geometry = Geometry(
        groups=draw.integer("groups", 1, MAX_GROUPS),
        slots=draw.integer("slots", 1, U32_MAX),
        distance=draw.integer("distance", 1, U32_MAX),
    )
    draw.finish()
    epoch = OracleEpoch(
        epoch=reader.u64("epoch"),
        threshold=reader.integer("threshold", MIN_THRESHOLD, MAX_THRESHOLD),
        oracles=tuple(_read_oracle(oracle) for oracle in reader.objects("oracles")),
        geometry=geometry,
    )
    reader.finish()
    wanted = 2 * epoch.threshold - 1
    if len(epoch.oracles) != wanted or len(set(epoch.keys)) != wanted:
        raise reader.refuse("oracles", f"must be {wanted} oracles with different keys")
    return epoch


def _read_oracle(reader: DocumentReader) -> Oracle:
    oracle = Oracle(
        key=reader.address("key"),
        wallet=None if reader.is_null("wallet") else reader.address("wallet"),
        address=None if reader.is_null("address") else _read_url(reader),
        machine=None if reader.is_null("machine") else _read_machine(reader.object("machine")),
    )
    reader.finish()
    return oracle


def _read_url(reader: DocumentReader) -> str:
    text = reader.text("address")
    if _URL.fullmatch(text) is None:
        raise reader.refuse("address", "must be null or an http or https URL")
    return text


def _read_machine(reader: DocumentReader) -> OracleMachine:
    vendor, count, vram = (GpuVendor.NONE, 0, 0) if reader.is_null("gpu") else _read_gpu(reader.object("gpu"))
    machine = OracleMachine(
        cpu_millis=reader.integer("cpu_millis", 1, U32_MAX),
        memory_mib=reader.integer("memory_mib", 1, U32_MAX),
        disk_mib=reader.integer("disk_mib", 1, U32_MAX),
        gpu_vendor=vendor,
        gpu_count=count,
        vram_mib=vram,
    )
    reader.finish()
    return machine


def _read_gpu(reader: DocumentReader) -> tuple[GpuVendor, int, int]:
    vendor = reader.named("vendor", GpuVendor)
    if vendor is GpuVendor.NONE:
        raise reader.refuse("vendor", "must be nvidia or amd; a machine without a GPU has gpu null")
    found = vendor, reader.integer("count", 1, U8_MAX), reader.integer("vram_mib", 0, U32_MAX)
    reader.finish()
    return found
