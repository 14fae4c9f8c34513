"""Build folders outside the checkout. The name of each folder changes with its inputs."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from .errors import ToolchainError

ROOT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hypernode" / "toolchain"

# The path of the library source is part of the crate hashes and so of a program's bytes. It must be the same
# on every machine and writable without root.
SDK = Path("/var/tmp/hypernode-sbf")


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a hexadecimal name that changes with any of the parts or their order."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little") + data)
    return total.hexdigest()[:16]


def digest_tree(folder: Path, *, without: frozenset[str] = frozenset()) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not without & set(p.parts))
    return digest(part for p in files for part in (p.relative_to(folder).as_posix(), p.read_bytes()))


def keep_only(folder: Path, name: str) -> Path:
    """Return `folder/name` and delete its siblings: cargo notices neither a new linker nor a new library."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.iterdir():
        if stale.name != name:
            shutil.rmtree(stale)
    return folder / name


def own(folder: Path) -> None:
    """Create a folder in a world-writable place, and refuse one that another user created."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise ToolchainError(f"{folder} belongs to another user, and its content is compiled: remove it")
