"""Make the runtime image that example jobs use: Debian 12 with Python, NumPy and Pillow; print its digest.

Jobs name images by digest. Where a registry answers, any digest-pinned public image will do; this one is
built on the host from Debian packages alone, so that a machine without a registry can run jobs too.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAME = "hypernode/runtime"
# Raised when `load` makes another image of the same packages.
FORMAT = 1
SUITE = "bookworm"
PACKAGES = ("python3-minimal", "python3-numpy", "python3-pil")
# What no job reads, and what would differ from build to build.
DROPPED = (
    "usr/share/doc",
    "usr/share/man",
    "usr/share/locale",
    "var/cache/apt",
    "var/lib/apt/lists",
    "var/log",
)
LABEL = "hypernode.recipe"


def main() -> int:
    recipe = hashlib.sha256(repr((FORMAT, SUITE, PACKAGES, DROPPED)).encode()).hexdigest()
    found = image_of(recipe)
    if found is None:
        say("making the runtime image from Debian packages (about a minute, once)")
        began = time.monotonic()
        found = build(recipe)
        say(f"runtime image ready in {time.monotonic() - began:.0f} s")
    sys.stdout.write(found + "\n")
    return 0


def image_of(recipe: str) -> str | None:
    """Return the id of the image made by this very recipe, if the engine has it."""
    query = ("docker", "image", "ls", "-q", "--no-trunc", "--filter", f"label={LABEL}={recipe}")
    done = subprocess.run(query, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"Docker does not answer: {done.stderr.strip()}")
    listed = done.stdout.split()
    return listed[0] if listed else None


def build(recipe: str) -> str:
    with tempfile.TemporaryDirectory(prefix="hypernode-runtime-") as folder:
        root = Path(folder) / "rootfs"
        bootstrap = ("debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, str(root))
        log = Path(folder) / "debootstrap.log"
        with log.open("wb") as output:
            done = subprocess.run(bootstrap, stdout=output, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            tail = log.read_text(errors="replace").splitlines()[-10:]
            raise SystemExit("debootstrap failed:\n" + "\n".join(tail))
        for path in DROPPED:
            shutil.rmtree(root / path, ignore_errors=True)
        # mount points of a job, because its root file system is read-only
        for path in ("job/in", "job/out"):
            (root / path).mkdir(parents=True)
        return load(root, recipe)


def load(root: Path, recipe: str) -> str:
    """Hand the tree to the engine in one layer, with sorted names and one date, and return the image id."""
    pack = ("tar", "--sort=name", "--mtime=@0", "--numeric-owner", "-C", str(root), "-c", ".")
    settings = ("--change", f"LABEL {LABEL}={recipe}", "--change", 'CMD ["python3"]')
    with subprocess.Popen(pack, stdout=subprocess.PIPE) as tar:
        receive = ("docker", "import", *settings, "-", f"{NAME}:{recipe[:12]}")
        done = subprocess.run(receive, stdin=tar.stdout, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"docker import failed: {done.stderr.strip()}")
    if tar.returncode != 0:
        raise SystemExit("tar failed")
    return done.stdout.strip()


def say(text: str) -> None:
    sys.stderr.write(f"==> {text}\n")


if __name__ == "__main__":
    sys.exit(main())
