"""Owns the Debian packages that a build needs, and installs those that are missing."""

import os
import shutil
import subprocess

from .errors import ToolchainError

# cargo is Debian's too: its version decides crate hashes, and so the order of read-only data in a program.
NEEDED = {
    "rustc-web": "the compiler",
    "cargo-web": "the build tool that belongs to it",
    "rust-web-src": "the source of the standard library",
    "llvm-22-dev": "the LLVM that writes the same bitcode as that compiler",
    "libpolly-22-dev": "a library that LLVM's own build settings name",
    "g++": "to link host tools and LLVM's C++ library",
    "ca-certificates": "to fetch crates",
}


def install_missing() -> None:
    missing = [name for name in NEEDED if not version(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise ToolchainError(
            f"missing {', '.join(missing)}, which are Debian packages: build on Debian 12 or newer"
        )
    for name in missing:
        print(f"==> installing {name}: {NEEDED[name]}")
    _apt("update", "-qq")
    _apt("install", "-y", "-qq", "--no-install-recommends", *missing)


def version(package: str) -> str | None:
    """Return the installed version, or None."""
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    installed = answer.returncode == 0 and answer.stdout.startswith("ii ")
    return answer.stdout.removeprefix("ii ") if installed else None


def _apt(*arguments: str) -> None:
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise ToolchainError(
            f"`{' '.join(command)}` failed ({error}): the programs cannot be built on this machine. "
            f"Install {', '.join(NEEDED)} by hand and run again"
        ) from error
