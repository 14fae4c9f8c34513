"""Compiler that builds the programs, and its exact versions."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import ToolchainError

# Debian's tools by path, because a rustup toolchain earlier on PATH has another LLVM and no library source.
RUSTC = "/usr/bin/rustc"
CARGO = "/usr/bin/cargo"
LLVM = "/usr/lib/llvm-22"


@dataclass(frozen=True)
class Compiler:
    rustc: str
    commit: str
    llvm: str
    cargo: str

    @staticmethod
    def installed() -> "Compiler":
        facts = dict(line.split(": ", 1) for line in _ask(RUSTC, "-vV").splitlines() if ": " in line)
        linked = _ask(f"{LLVM}/bin/llvm-config", "--version").strip()
        if facts["LLVM version"] != linked:
            raise ToolchainError(
                f"rustc writes the bitcode of LLVM {facts['LLVM version']}, but the linker reads that of "
                f"{linked}: upgrade rustc-web and llvm-22-dev together"
            )
        return Compiler(
            rustc=facts["release"],
            commit=facts["commit-hash"],
            llvm=linked,
            cargo=_ask(CARGO, "--version").split()[1],
        )


def _ask(*command: str) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise ToolchainError(
            f"`{' '.join(command)}` failed ({error}): reinstall its Debian package"
        ) from error


def environment(base: dict[str, str], *first_on_path: Path) -> dict[str, str]:
    """Return an environment for cargo without the caller's own Rust settings."""
    foreign = ("RUST", "CARGO_BUILD", "CARGO_PROFILE", "CARGO_TARGET", "CARGO_ENCODED", "CARGO_UNSTABLE")
    kept = {name: value for name, value in base.items() if not name.startswith(foreign)}
    path = [*(str(folder) for folder in first_on_path), "/usr/bin", base.get("PATH", "")]
    return kept | {"RUSTC": RUSTC, "PATH": ":".join(path)}
