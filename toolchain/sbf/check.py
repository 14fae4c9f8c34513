"""Owns the comparison of the committed programs with a rebuild, by bytes or else by their tests."""

import json
import os
import subprocess
from pathlib import Path

from .artifacts import CHECKOUT, COMMITTED, COMMITTED_PROBE, PROBE, RECORD, SUMS, sums
from .errors import ToolchainError

PYTHON = CHECKOUT / ".venv" / "bin" / "python"
# The name is hypernode.chain's; the toolchain runs before that package is installed.
ARTIFACTS_VARIABLE = "HYPERNODE_ARTIFACTS"


def intact() -> None:
    """Every committed file is the one that the checksums name."""
    if (COMMITTED / SUMS).read_text() != sums(COMMITTED):
        raise ToolchainError(
            f"programs/artifacts does not fit its {SUMS}: run `make programs`, commit all of it"
        )


def compare(rebuilt: Path) -> None:
    intact()
    recorded = json.loads((COMMITTED / RECORD).read_text())["compiler"]
    present = json.loads((rebuilt / RECORD).read_text())["compiler"]
    if recorded == present:
        print(f"==> the recorded compiler (rustc {present['rustc']}): comparing byte for byte")
        _compare_bytes(rebuilt)
    else:
        print(
            f"==> another compiler ({present}) than the recorded one ({recorded}): no byte can be compared,"
        )
        print("    so the whole program suite runs on the rebuilt programs instead")
        _run_suite(rebuilt)


def _compare_bytes(rebuilt: Path) -> None:
    pairs = [(COMMITTED / name, rebuilt / name) for name in (SUMS, *_names(rebuilt))]
    pairs.append((COMMITTED_PROBE, rebuilt / "probe" / f"{PROBE}.so"))
    different = [old.relative_to(CHECKOUT) for old, new in pairs if old.read_bytes() != new.read_bytes()]
    if different:
        listed = ", ".join(map(str, different))
        raise ToolchainError(
            f"not what the source builds to: {listed}. Run `make programs` and commit the result"
        )
    print(f"==> {len(pairs)} files are equal, byte for byte")


def _names(folder: Path) -> list[str]:
    return [line.split()[1] for line in (folder / SUMS).read_text().splitlines()]


def _run_suite(rebuilt: Path) -> None:
    command = [str(PYTHON), "-m", "pytest", "-q", "tests/programs"]
    replaced = {
        ARTIFACTS_VARIABLE: str(rebuilt),
        "HYPERNODE_PROBE": str(rebuilt / "probe" / f"{PROBE}.so"),
        # Another compiler may cost other compute units; the gate is for the committed programs.
        "HYPERNODE_REBUILT": "1",
    }
    if not PYTHON.is_file():
        raise ToolchainError("the program suite needs the Python packages: run `bash deploy/setup.sh python`")
    if subprocess.run(command, cwd=CHECKOUT, env=os.environ | replaced, check=False).returncode:
        raise ToolchainError("the program suite fails on the rebuilt programs")
