"""The job specification: what to run, on which resources, within which limits (docs/spec.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from hypernode.domain import spec_rules as rules
from hypernode.domain.canonical import canonical_bytes, canonical_hash, parse_canonical
from hypernode.domain.document import DocumentReader
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import GpuVendor
from hypernode.errors import HashMismatch, InvalidJobSpec

SPEC_TYPE = "hn/spec/1"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A blob that the job finds read-only at /job/in/<path>."""

    path: str
    sha256: bytes
    size: int

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {"path": self.path, "sha256": self.sha256.hex(), "size": self.size}


@dataclass(frozen=True, slots=True)
class GpuRequest:
    """GPUs that a job needs; `min_vram_mib` is MiB for each."""

    vendor: GpuVendor = GpuVendor.NONE
    count: int = 0
    min_vram_mib: int = 0

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {"vendor": self.vendor.label, "count": self.count, "min_vram_mib": self.min_vram_mib}


@dataclass(frozen=True, slots=True)
class Resources:
    """What a container may use: 1,000 `cpu_millis` are one core; sizes are MiB."""

    cpu_millis: int = 1_000
    memory_mib: int = 512
    pids: int = 128
    tmpfs_mib: int = 64
    gpu: GpuRequest = field(default_factory=GpuRequest)

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            "cpu_millis": self.cpu_millis,
            "memory_mib": self.memory_mib,
            "pids": self.pids,
            "tmpfs_mib": self.tmpfs_mib,
            "gpu": self.gpu.to_document(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """What a job runs, and its limits. The constructor raises `InvalidJobSpec` if a rule is broken."""

    image: str
    command: tuple[str, ...]
    workdir: str = "/job"
    env: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[InputFile, ...] = ()
    resources: Resources = field(default_factory=Resources)
    timeout_seconds: int = 600
    max_output_bytes: int = 256 * rules.MIB
    max_log_bytes: int = rules.MIB
    network: str = rules.NO_NETWORK
    seed: int = 0
    determinism: DeterminismClass = DeterminismClass.D0

    def __post_init__(self) -> None:
        rules.check_image(self.image)
        rules.check_command(self.command)
        rules.check_workdir(self.workdir)
        rules.check_env(self.env)
        rules.check_inputs([(file.path, file.sha256, file.size) for file in self.inputs])
        rules.check_resources(self.resources.to_document())
        rules.check_bounds(self.timeout_seconds, self.max_output_bytes, self.max_log_bytes, self.seed)
        rules.check_network(self.network)
        rules.check_document_size(len(canonical_bytes(self.to_document())))

    @property
    def image_digest(self) -> str:
        """The digest "sha256:<64 hex>" that the container engine must report for the image."""
        return self.image[self.image.rindex("sha256:") :]

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            "type": SPEC_TYPE,
            "image": self.image,
            "command": list(self.command),
            "workdir": self.workdir,
            "env": dict(self.env),
            "inputs": [file.to_document() for file in self.inputs],
            "resources": self.resources.to_document(),
            "timeout_seconds": self.timeout_seconds,
            "max_output_bytes": self.max_output_bytes,
            "max_log_bytes": self.max_log_bytes,
            "network": self.network,
            "seed": self.seed,
            "determinism": self.determinism.value,
        }

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """Return the spec of a complete document: every member present, none unknown."""
        reader = DocumentReader(document, error=InvalidJobSpec)
        reader.kind(SPEC_TYPE)
        spec = cls(
            image=reader.text("image"),
            command=reader.texts("command"),
            workdir=reader.text("workdir"),
            env=reader.object("env").strings(),
            inputs=tuple(_read_input(item) for item in reader.objects("inputs")),
            resources=_read_resources(reader.object("resources")),
            timeout_seconds=reader.integer("timeout_seconds"),
            max_output_bytes=reader.integer("max_output_bytes"),
            max_log_bytes=reader.integer("max_log_bytes"),
            network=reader.text("network"),
            seed=reader.integer("seed"),
            determinism=_read_determinism(reader),
        )
        reader.finish()
        return spec

    @classmethod
    def from_draft(cls, draft: Any) -> Self:
        """Return the spec of an incomplete document; absent members take the defaults of this class."""
        if not isinstance(draft, Mapping):
            raise InvalidJobSpec("document", "must be a JSON object")
        return cls.from_document(_merge(_draft_defaults(), draft))

    def to_bytes(self) -> bytes:
        """Return the blob of this spec; its content id carries `spec_hash`."""
        return canonical_bytes(self.to_document())

    @classmethod
    def from_bytes(cls, data: bytes, expected_hash: bytes | None = None) -> Self:
        """Return the spec of a blob; raise `HashMismatch` if it has another hash."""
        spec = cls.from_document(parse_canonical(data))
        if expected_hash is not None and spec_hash(spec) != expected_hash:
            raise HashMismatch("the spec is not the one its hash names")
        return spec


def spec_hash(spec: JobSpec) -> bytes:
    return canonical_hash(spec.to_document())


def _read_input(reader: DocumentReader) -> InputFile:
    file = InputFile(path=reader.text("path"), sha256=reader.digest("sha256"), size=reader.integer("size"))
    reader.finish()
    return file


def _read_resources(reader: DocumentReader) -> Resources:
    gpu = reader.object("gpu")
    resources = Resources(
        cpu_millis=reader.integer("cpu_millis"),
        memory_mib=reader.integer("memory_mib"),
        pids=reader.integer("pids"),
        tmpfs_mib=reader.integer("tmpfs_mib"),
        gpu=GpuRequest(
            vendor=_read_vendor(gpu), count=gpu.integer("count"), min_vram_mib=gpu.integer("min_vram_mib")
        ),
    )
    gpu.finish()
    reader.finish()
    return resources


def _read_vendor(reader: DocumentReader) -> GpuVendor:
    label = reader.text("vendor")
    for vendor in GpuVendor:
        if vendor.label == label:
            return vendor
    raise reader.refuse("vendor", f"{label!r} is unknown", fix='use "none", "nvidia" or "amd"')


def _read_determinism(reader: DocumentReader) -> DeterminismClass:
    name = reader.text("determinism")
    try:
        return DeterminismClass(name)
    except ValueError:
        raise reader.refuse("determinism", f"{name!r} is unknown", fix="use D0, D1, D2, D3 or D4") from None


def _draft_defaults() -> dict[str, Any]:
    # image and command have no default, so a draft without them is refused as incomplete
    example = JobSpec(image=f"sha256:{'0' * 64}", command=("true",)).to_document()
    return {name: value for name, value in example.items() if name not in ("image", "command")}


def _merge(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**defaults, **given}
    for name, default in defaults.items():
        if isinstance(default, Mapping) and isinstance(given.get(name), Mapping):
            merged[name] = _merge(default, given[name])
    return merged
