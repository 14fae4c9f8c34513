"""Host folders of a run: inputs, and outputs of limited size."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from hypernode.domain.paths import path_fault
from hypernode.errors import InvalidJobSpec
from hypernode_sandbox.profile import Mounts

# Limits the inodes, so that empty files cannot fill the host's table.
MAX_OUTPUT_FILES = 65_536


class Workdir:
    """Folder of one node's runs, with a subfolder for each run's name."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def mounts(self, name: str) -> Mounts:
        return Mounts(self._root / name / "in", self._root / name / "out")

    def prepare(self, name: str, inputs: Mapping[str, bytes], max_output_bytes: int) -> Mounts:
        """Write the inputs and an empty output folder; do nothing if this was done for the run before.

        As root the output folder is a tmpfs of the size that the spec allows, so no job can fill the disk.
        For other users only the size of a single file is limited (ulimit fsize) while a job runs.
        """
        mounts = self.mounts(name)
        if mounts.outputs.exists():
            return mounts
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path, data in inputs.items():
            fault = path_fault(path)
            if fault:
                raise InvalidJobSpec("inputs", f"{path!r} {fault}")
            target = mounts.inputs / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            target.chmod(0o444)
        mounts.inputs.mkdir(parents=True, exist_ok=True)
        mounts.outputs.mkdir(mode=0o777)
        if os.geteuid() == 0:
            options = f"size={max_output_bytes},nr_inodes={MAX_OUTPUT_FILES},mode=0777,nosuid,nodev"
            _run("mount", "-t", "tmpfs", "-o", options, "hypernode-out", str(mounts.outputs))
        mounts.outputs.chmod(0o777)
        return mounts

    def mark_stopped(self, name: str) -> None:
        """Write down that a run is to be ended from outside."""
        folder = self._root / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "stopped").touch()

    def is_stopped(self, name: str) -> bool:
        return (self._root / name / "stopped").exists()

    def remove(self, name: str) -> None:
        folder = self._root / name
        outputs = folder / "out"
        if os.path.ismount(outputs):
            # Lazy, because a reader may still have a file open.
            _run("umount", "--lazy", str(outputs))
        shutil.rmtree(folder, ignore_errors=True)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._root.iterdir()) if self._root.exists() else []


def _run(*argv: str) -> None:
    subprocess.run(argv, check=True, capture_output=True)
