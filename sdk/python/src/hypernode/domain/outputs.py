"""The output manifest: the blob that lists a job's output files; the output root is computed from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from hypernode.domain.canonical import canonical_bytes, parse_canonical
from hypernode.domain.document import DocumentReader
from hypernode.domain.merkle import OutputFile, in_tree_order, output_root
from hypernode.errors import InvalidManifest

OUTPUTS_TYPE = "hn/outputs/1"


@dataclass(frozen=True, slots=True)
class OutputManifest:
    """Files in tree order: one list of files has one manifest."""

    files: tuple[OutputFile, ...]

    @classmethod
    def of(cls, files: Iterable[OutputFile]) -> Self:
        return cls(in_tree_order(files))

    @property
    def root(self) -> bytes:
        return output_root(self.files)

    @property
    def total_bytes(self) -> int:
        return sum(file.size for file in self.files)

    def to_document(self) -> dict[str, Any]:
        return {
            "type": OUTPUTS_TYPE,
            "files": [
                {"path": file.path, "mode": file.mode, "size": file.size, "sha256": file.sha256.hex()}
                for file in self.files
            ],
        }

    @classmethod
    def from_document(cls, document: Any) -> Self:
        reader = DocumentReader(document, error=InvalidManifest)
        reader.kind(OUTPUTS_TYPE)
        files = tuple(_read_file(item) for item in reader.objects("files"))
        reader.finish()
        if files != in_tree_order(files):
            raise InvalidManifest("files", "must be sorted by the bytes of their paths")
        return cls(files)

    def to_bytes(self) -> bytes:
        return canonical_bytes(self.to_document())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        return cls.from_document(parse_canonical(data))


def _read_file(reader: DocumentReader) -> OutputFile:
    file = OutputFile(
        path=reader.text("path"),
        mode=reader.integer("mode"),
        size=reader.integer("size"),
        sha256=reader.digest("sha256"),
    )
    reader.finish()
    return file
