"""Commands: `build` writes programs/artifacts, `check` compares a rebuild, `packages` installs packages."""

import argparse
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from . import artifacts, check, linker, packages, sdk
from .compile import Builder
from .compiler import Compiler
from .errors import ToolchainError


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("command", choices=["build", "check", "packages"])
    parser.add_argument("--into", type=Path, help="folder to build into (default: programs/artifacts)")
    options = parser.parse_args(arguments)
    # Print each step when it begins, even if the output goes to a file.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    started = time.monotonic()
    try:
        if options.command == "build":
            _build(options.into)
        elif options.command == "check":
            _check()
        else:
            packages.install_missing()
            return 0
    except ToolchainError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"==> done in {time.monotonic() - started:.0f} s")
    return 0


def _build(into: Path | None) -> None:
    builder, compiler = prepare()
    folder = into or artifacts.COMMITTED
    artifacts.build_all(builder, compiler, folder)
    probe = artifacts.build_probe(builder, folder / "probe")
    if into is None:
        shutil.move(probe, artifacts.COMMITTED_PROBE)
        probe.parent.rmdir()
    artifacts.print_sizes(folder)


def _check() -> None:
    check.intact()
    builder, compiler = prepare()
    with TemporaryDirectory(prefix="hypernode-programs-") as folder:
        rebuilt = Path(folder)
        artifacts.build_all(builder, compiler, rebuilt)
        artifacts.build_probe(builder, rebuilt / "probe")
        artifacts.print_sizes(rebuilt)
        check.compare(rebuilt)


def prepare() -> tuple[Builder, Compiler]:
    packages.install_missing()
    compiler = Compiler.installed()
    print(f"==> rustc {compiler.rustc}, cargo {compiler.cargo}, LLVM {compiler.llvm}")
    library = sdk.prepare(compiler)
    return Builder(linker.build(compiler), library), compiler
