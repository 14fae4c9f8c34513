"""The output root: an RFC 6962-style Merkle tree over a job's output files (docs/output-root.md)."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hypernode.domain.paths import clash, path_fault
from hypernode.errors import InvalidManifest

LEAF_DOMAIN = b"hn/leaf/1"
EMPTY_ROOT = hashlib.sha256(LEAF_DOMAIN + b"/empty").digest()
PLAIN_MODE = 0o644
EXECUTABLE_MODE = 0o755


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file below /job/out; its mode says only whether it can be executed."""

    path: str
    mode: int
    size: int
    sha256: bytes

    def __post_init__(self) -> None:
        fault = path_fault(self.path)
        if fault:
            raise InvalidManifest("path", f"{self.path!r} {fault}")
        if self.mode not in (PLAIN_MODE, EXECUTABLE_MODE):
            raise InvalidManifest("mode", f"must be 0o644 or 0o755, not {self.mode:#o}")
        if not 0 <= self.size < 2**53:
            raise InvalidManifest("size", f"{self.size} is out of range")
        if len(self.sha256) != 32:
            raise InvalidManifest("sha256", "must have 32 bytes")


def normal_mode(mode: int) -> int:
    """Reduce a file system's mode to the part that every replica agrees on."""
    return EXECUTABLE_MODE if mode & 0o111 else PLAIN_MODE


def in_tree_order(files: Iterable[OutputFile]) -> tuple[OutputFile, ...]:
    """Sort by the bytes of the path, so no locale and no directory order matters."""
    ordered = tuple(sorted(files, key=lambda file: file.path.encode()))
    twice = clash(file.path for file in ordered)
    if twice is not None:
        raise InvalidManifest("files", f"{twice!r} occurs twice, or is both file and folder")
    return ordered


def output_root(files: Iterable[OutputFile]) -> bytes:
    leaves = [leaf_hash(file) for file in in_tree_order(files)]
    return _root(leaves) if leaves else EMPTY_ROOT


def leaf_hash(file: OutputFile) -> bytes:
    path = file.path.encode()
    return hashlib.sha256(
        b"\x00"
        + LEAF_DOMAIN
        + struct.pack("<I", len(path))
        + path
        + struct.pack("<IQ", file.mode & 0o777, file.size)
        + file.sha256
    ).digest()


def _root(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)  # the largest power of two below the count
    return hashlib.sha256(b"\x01" + _root(hashes[:split]) + _root(hashes[split:])).digest()
