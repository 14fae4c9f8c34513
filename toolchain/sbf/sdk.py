"""Copy of the standard library with support for Solana, and the description of the compile target."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from . import cache
from .compiler import RUSTC, Compiler
from .errors import ToolchainError
from .std_edits import EDITS, Edit

SOURCE = Path("/usr/lib/rustlib/src/rust")
LINKER_NAME = "sbf-link"


@dataclass(frozen=True)
class Sdk:
    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def target(self) -> Path:
        return self.folder / "sbf-solana.json"

    @property
    def name(self) -> str:
        return self.folder.name


def prepare(compiler: Compiler) -> Sdk:
    """Return the copy at its fixed path. Create it unless it exists unchanged."""
    target = target_text()
    edits = (text for edit in EDITS for text in (edit.path, edit.old, edit.new))
    name = f"{compiler.rustc}-{cache.digest([compiler.commit, target, *edits])}"
    cache.own(cache.SDK)
    sdk = Sdk(cache.SDK / name)
    seal = cache.SDK / f"{name}.sha256"
    if sdk.folder.is_dir() and seal.is_file() and seal.read_text() == cache.digest_tree(sdk.folder):
        return sdk
    print(f"==> copying the standard library to {sdk.folder}")
    unfinished = replace(sdk, folder=cache.SDK / f"{name}.{os.getpid()}")
    copy_library(unfinished.folder)
    unfinished.target.write_text(target)
    shutil.rmtree(sdk.folder, ignore_errors=True)
    unfinished.folder.rename(sdk.folder)
    seal.write_text(cache.digest_tree(sdk.folder))
    return sdk


def copy_library(folder: Path) -> None:
    if not (SOURCE / "library").is_dir():
        raise ToolchainError(f"{SOURCE} holds no library source: reinstall rust-web-src")
    shutil.copytree(SOURCE / "library", folder / "library")
    for workspace_file in ("Cargo.toml", "Cargo.lock"):
        if (SOURCE / workspace_file).is_file():
            shutil.copy(SOURCE / workspace_file, folder)
    for edit in EDITS:
        apply(edit, folder / "library")


def apply(edit: Edit, library: Path) -> None:
    path = library / edit.path
    text = path.read_text()
    if text.count(edit.old) != 1:
        raise ToolchainError(
            f"{edit.path} of this Rust version contains {text.count(edit.old)} times, not once:\n{edit.old}\n"
            "check the upstream change and correct std_edits.py"
        )
    path.write_text(text.replace(edit.old, edit.new))


def target_text() -> str:
    """Return the target, derived from the compiler's own BPF target so that the data layout matches."""
    command = [RUSTC, "-Zunstable-options", "--print", "target-spec-json", "--target", "bpfel-unknown-none"]
    bootstrap = os.environ | {"RUSTC_BOOTSTRAP": "1"}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=bootstrap)
    target = json.loads(answer.stdout)
    target |= {"os": "solana", "linker": LINKER_NAME, "metadata": {}}
    # The VM has one thread, so every atomic operation is lowered to a plain one.
    target["atomic-cas"] = True
    target.pop("min-atomic-width", None)
    return json.dumps(target, indent=1, sort_keys=True) + "\n"
