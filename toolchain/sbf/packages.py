"""Debian packages that a build needs, and their installation."""

import os
import shutil
import subprocess

from .errors import ToolchainError

# cargo is Debian's too: its version changes crate hashes, and so the order of read-only data in a program.
NEEDED = {
    "rustc-web": "the compiler",
    "cargo-web": "the build tool of the same version",
    "rust-web-src": "the source of the standard library",
    "llvm-22-dev": "the LLVM with the compiler's bitcode format",
    "libpolly-22-dev": "a library that LLVM's build settings require",
    "g++": "to link host tools and LLVM's C++ library",
    "ca-certificates": "to fetch crates",
}


def install_missing() -> None:
    missing = [name for name in NEEDED if not version(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise ToolchainError(
            f"the Debian packages {', '.join(missing)} are missing: build on Debian 12 or newer"
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
            f"`{' '.join(command)}` failed ({error}), so this machine cannot build the programs. "
            f"Install {', '.join(NEEDED)} by hand and run again"
        ) from error
