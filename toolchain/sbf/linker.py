"""Build of the linker, once for each version of its source, of rustc and of LLVM."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import cache, packages
from .compiler import CARGO, LLVM, Compiler, environment
from .errors import ToolchainError
from .sdk import LINKER_NAME

SOURCE = Path(__file__).parents[1] / "linker"


@dataclass(frozen=True)
class BuiltLinker:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name


def cargo_environment() -> dict[str, str]:
    prefixes = {"LLVM_SYS_221_PREFIX": LLVM, "LLVM_PREFIX": LLVM}
    return environment(dict(os.environ)) | prefixes | {"RUSTFLAGS": f"-L {LLVM}/lib"}


def build(compiler: Compiler) -> BuiltLinker:
    source = cache.digest_tree(SOURCE, without=frozenset({"target"}))
    libraries = [packages.version(name) or "" for name in ("rustc-web", "libllvm22")]
    name = cache.digest([source, compiler.commit, compiler.llvm, *libraries])
    linker = BuiltLinker(cache.ROOT / "linker" / name)
    if (linker.folder / LINKER_NAME).is_file():
        return linker
    print("==> building the linker (minutes the first time)")
    # The dependencies stay built, so that a change of the linker's source takes seconds.
    target = cache.ROOT / "linker-target"
    command = [CARGO, "build", "--quiet", "--release", "--locked", f"--target-dir={target}"]
    if subprocess.run(command, cwd=SOURCE, env=cargo_environment(), check=False).returncode:
        raise ToolchainError("the linker's build failed: see cargo's message above")
    cache.keep_only(linker.folder.parent, name).mkdir(exist_ok=True)
    shutil.copy(target / "release" / LINKER_NAME, linker.folder)
    return linker
