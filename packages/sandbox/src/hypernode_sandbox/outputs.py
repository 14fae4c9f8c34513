"""Reader of a job's output files: plain files only, within the size limits, without following links."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from hypernode.domain.merkle import normal_mode
from hypernode.domain.paths import path_fault
from hypernode.errors import OutputRefused
from hypernode_sandbox.ports import Output
from hypernode_sandbox.workdir import MAX_OUTPUT_FILES


def collect(root: Path, max_bytes: int) -> tuple[Output, ...]:
    """Return every file below a folder; raises `OutputRefused` for links, devices, bad names and excess."""
    total = 0
    found: list[Output] = []
    for path, entry in _walk(root, ""):
        total += entry.stat(follow_symlinks=False).st_size
        if total > max_bytes or len(found) >= MAX_OUTPUT_FILES:
            raise OutputRefused(
                f"the outputs exceed {max_bytes} bytes", fix="raise max_output_bytes in the spec"
            )
        found.append(_read(path, entry))
    return tuple(found)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            path = f"{prefix}{entry.name}"
            fault = path_fault(path)
            if fault:
                raise OutputRefused(f"output {path!r} {fault}")
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                yield from _walk(Path(entry.path), f"{path}/")
            elif stat.S_ISREG(mode):
                yield path, entry
            else:
                raise OutputRefused(
                    f"output {path!r} is not a plain file", fix="leave only files below /job/out"
                )


def _read(path: str, entry: os.DirEntry[str]) -> Output:
    handle = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        return Output.of(path, normal_mode(mode), file.read())
