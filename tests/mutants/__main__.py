"""`make mutants`: build every planted defect as a program, and see the named test fail because of it."""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("mutants.toml")
CLASSES = range(1, 26)
# pytest's own: some test failed; all passed.
FAILED, PASSED = 1, 0

sys.path.insert(0, str(CHECKOUT / "toolchain"))

from sbf.artifacts import COMMITTED  # noqa: E402  # the toolchain is not a package
from sbf.compile import Builder  # noqa: E402
from sbf.errors import ToolchainError  # noqa: E402
from sbf.main import prepare  # noqa: E402


@dataclass(frozen=True)
class Mutant:
    """A defect: one text replaced in one file, and the test that must notice."""

    number: int
    what: str
    program: str
    file: str
    find: str
    replace: str
    test: str

    def plant(self, workspace: Path) -> None:
        path = workspace / "programs" / self.file
        source = path.read_text()
        if source.count(self.find) != 1:
            raise SystemExit(f"class {self.number}: the text to replace is not in {self.file} exactly once")
        path.write_text(source.replace(self.find, self.replace))


def mutants() -> list[Mutant]:
    """Return the list; every class has one."""
    entries = tomllib.loads(LIST.read_text())["mutant"]
    found = [Mutant(number=entry.pop("class"), **entry) for entry in entries]
    missing = set(CLASSES) - {mutant.number for mutant in found}
    if missing:
        raise SystemExit(f"no mutant for the classes {sorted(missing)}")
    return found


def source_into(workspace: Path) -> None:
    """Copy what cargo needs; the original is never touched."""
    shutil.rmtree(workspace / "programs", ignore_errors=True)
    for name in ("Cargo.toml", "Cargo.lock"):
        shutil.copy2(CHECKOUT / name, workspace / name)
    for member in tomllib.loads((CHECKOUT / "Cargo.toml").read_text())["workspace"]["members"]:
        shutil.copytree(CHECKOUT / member, workspace / member)


def outcome(tests: list[str], artifacts: Path) -> int:
    """Run tests on some programs; return pytest's exit status."""
    # The table of compute units and the toolchain's checks are of the committed programs.
    env = os.environ | {"HYPERNODE_ARTIFACTS": str(artifacts), "HYPERNODE_REBUILT": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", *tests]
    finished = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    if finished.returncode not in (FAILED, PASSED):
        raise SystemExit(f"pytest could not run {tests}:\n{finished.stdout[-2000:]}{finished.stderr[-2000:]}")
    return finished.returncode


def killed(mutant: Mutant, builder: Builder, workspace: Path) -> bool:
    """Build one mutant into a copy of the artifacts, and run its test on it."""
    source_into(workspace)
    mutant.plant(workspace)
    artifacts = workspace / "artifacts"
    shutil.rmtree(artifacts, ignore_errors=True)
    shutil.copytree(COMMITTED, artifacts)
    builder.program(workspace, mutant.program, artifacts)
    return outcome([mutant.test], artifacts) == FAILED


def main() -> int:
    """Try all mutants, or those of the classes that are named: `python -m tests.mutants 26 27`."""
    wanted = {int(word) for word in sys.argv[1:]}
    found = [mutant for mutant in mutants() if not wanted or mutant.number in wanted]
    print(f"==> the {len(found)} tests on the sound programs", flush=True)
    if outcome(sorted({mutant.test for mutant in found}), COMMITTED) != PASSED:
        raise SystemExit("a test fails without any mutant, so it proves nothing")
    builder, _ = prepare()
    survivors = 0
    with TemporaryDirectory(prefix="hypernode-mutants-") as folder:
        for mutant in found:
            began = time.monotonic()
            dead = killed(mutant, builder, Path(folder))
            survivors += not dead
            verdict = "killed" if dead else "SURVIVED"
            seconds = time.monotonic() - began
            print(f"{mutant.number:>2}  {verdict:<8}  {mutant.program:<10}  {mutant.what}  ({seconds:.0f} s)")
            print(f"    {mutant.test.removeprefix('tests/')}", flush=True)
    print(f"{len(found) - survivors} of {len(found)} mutants killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolchainError as error:
        sys.exit(f"error: {error}")
