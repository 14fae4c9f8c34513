"""Comparison of the committed programs with a rebuild: by bytes, or by tests if the compilers differ."""

import json
import os
import subprocess
from pathlib import Path

from .artifacts import CHECKOUT, COMMITTED, COMMITTED_PROBE, PROBE, RECORD, SUMS, sums
from .errors import ToolchainError

PYTHON = CHECKOUT / ".venv" / "bin" / "python"
# The SDK reads this variable. Its name is repeated because the toolchain runs without the SDK.
ARTIFACTS_VARIABLE = "HYPERNODE_ARTIFACTS"


def intact() -> None:
    """Refuse committed files that differ from their checksums."""
    if (COMMITTED / SUMS).read_text() != sums(COMMITTED):
        raise ToolchainError(
            f"programs/artifacts does not match its {SUMS}: run `make programs` and commit all files"
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
            f"==> the compiler ({present}) is not the recorded one ({recorded}), so bytes cannot be compared:"
        )
        print("    running the program tests on the rebuilt programs instead")
        _run_suite(rebuilt)


def _compare_bytes(rebuilt: Path) -> None:
    pairs = [(COMMITTED / name, rebuilt / name) for name in (SUMS, *_names(rebuilt))]
    pairs.append((COMMITTED_PROBE, rebuilt / "probe" / f"{PROBE}.so"))
    different = [old.relative_to(CHECKOUT) for old, new in pairs if old.read_bytes() != new.read_bytes()]
    if different:
        listed = ", ".join(map(str, different))
        raise ToolchainError(
            f"the source does not build these files: {listed}. Run `make programs` and commit the result"
        )
    print(f"==> {len(pairs)} files are equal, byte for byte")


def _names(folder: Path) -> list[str]:
    return [line.split()[1] for line in (folder / SUMS).read_text().splitlines()]


def _run_suite(rebuilt: Path) -> None:
    command = [str(PYTHON), "-m", "pytest", "-q", "tests/programs"]
    replaced = {
        ARTIFACTS_VARIABLE: str(rebuilt),
        "HYPERNODE_PROBE": str(rebuilt / "probe" / f"{PROBE}.so"),
        # Another compiler gives other compute units; their limits apply to the committed programs only.
        "HYPERNODE_REBUILT": "1",
    }
    if not PYTHON.is_file():
        raise ToolchainError("the program tests need the Python packages: run `bash deploy/setup.sh python`")
    if subprocess.run(command, cwd=CHECKOUT, env=os.environ | replaced, check=False).returncode:
        raise ToolchainError("the program tests fail on the rebuilt programs")
