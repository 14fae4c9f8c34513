"""Folder of built programs: the files, their checksums and the record of the compilers that built them."""

import hashlib
import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .compile import BUILD_STD, CODEGEN, Builder
from .compiler import Compiler
from .idl import assemble
from .linker import SOURCE as LINKER_SOURCE

CHECKOUT = Path(__file__).parents[2]
COMMITTED = CHECKOUT / "programs" / "artifacts"
PROGRAMS = ("staking", "markets", "rewards", "slashing", "governance")
# A program without a framework, committed as a binary, so that the linker's tests run without Rust.
PROBE = "arithmetic_probe"
PROBE_WORKSPACE = Path(__file__).parents[1] / "testdata" / PROBE
COMMITTED_PROBE = CHECKOUT / "tests" / "support" / f"{PROBE}.so"
RECORD = "toolchain.json"
SUMS = "SHA256SUMS"


def build_all(builder: Builder, compiler: Compiler, into: Path) -> None:
    """Build every program and IDL, and write the record of the compilers."""
    (into / "idl").mkdir(parents=True, exist_ok=True)
    for program in PROGRAMS:
        print(f"==> compiling {program}")
        builder.program(CHECKOUT, program, into)
    for program in PROGRAMS:
        print(f"==> describing {program}")
        described = assemble(builder.idl_sections(CHECKOUT, program))
        (into / "idl" / f"{program}.json").write_text(json.dumps(described, indent=1) + "\n")
    (into / RECORD).write_text(json.dumps(record(compiler, builder), indent=2) + "\n")
    (into / SUMS).write_text(sums(into))


def build_probe(builder: Builder, into: Path) -> Path:
    print("==> compiling the linker's test program")
    return builder.program(PROBE_WORKSPACE, PROBE, into)


def record(compiler: Compiler, builder: Builder) -> dict[str, Any]:
    linker = _locked(LINKER_SOURCE / "Cargo.lock")
    programs = _locked(CHECKOUT / "Cargo.lock")
    return {
        "compiler": asdict(compiler),
        "linker": {name: linker[name] for name in ("sbf-link", "sbpf-linker", "bpf-linker", "llvm-sys")},
        "anchor": programs["anchor-lang"],
        "library": builder.sdk.name,
        "flags": [*CODEGEN, *BUILD_STD],
    }


def sums(folder: Path) -> str:
    """Return the checksums in the format of `sha256sum -c`."""
    files = [f"{program}.so" for program in PROGRAMS] + [f"idl/{program}.json" for program in PROGRAMS]
    return "".join(f"{sha256(folder / name)}  {name}\n" for name in sorted(files))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def print_sizes(folder: Path) -> None:
    for path in sorted(folder.glob("*.so")):
        print(f"{path.stat().st_size:>9,} bytes  {path.name}  sha256 {sha256(path)[:16]}")


def _locked(lock: Path) -> dict[str, str]:
    packages = tomllib.loads(lock.read_text())["package"]
    return {package["name"]: package["version"] for package in packages}
