"""Cargo calls that build the programs, one call for each, with every flag that changes their bytes."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import cache
from .compiler import CARGO, environment
from .errors import ToolchainError
from .linker import BuiltLinker
from .sdk import Sdk

# No panic runtime, no position independence (the VM loads at one address), no atomics.
CODEGEN = ("-Cpanic=abort", "-Crelocation-model=static", "-Cpasses=lower-atomic")
BUILD_STD = (
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=compiler-builtins-mem",
    "-Zjson-target-spec",
)


@dataclass(frozen=True)
class Builder:
    """Compiles packages of cargo workspaces with one linker and one standard library."""

    linker: BuiltLinker
    sdk: Sdk

    def program(self, workspace: Path, package: str, into: Path) -> Path:
        """Build one program and copy it at once, because the next build may overwrite it as a dependency."""
        command = [CARGO, "build", "--quiet", "--release", "--locked", "-p", package, *BUILD_STD]
        command += [f"--target={self.sdk.target}", f"--target-dir={self.target_folder}"]
        self._run(command, workspace, self._environment(workspace))
        built = self.target_folder / self.sdk.target.stem / "release" / f"lib{package}.so"
        program = into / f"{package}.so"
        into.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built, program)
        return program

    def idl_sections(self, workspace: Path, package: str) -> str:
        """Run the tests that Anchor generates on the host, and return the IDL sections that they print."""
        command = [CARGO, "test", "--quiet", "--locked", "--lib", "-p", package, "--features=idl-build"]
        command += [f"--target-dir={self.target_folder}", "__anchor_private_print_idl"]
        command += ["--", "--show-output", "--test-threads=1"]
        return self._run(command, workspace, environment(dict(os.environ)), capture=True)

    @property
    def target_folder(self) -> Path:
        name = cache.digest([self.linker.name, self.sdk.name])
        return cache.keep_only(cache.ROOT / "target", name)

    def _environment(self, workspace: Path) -> dict[str, str]:
        registries = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo") / "registry" / "src"
        remaps = (
            f"--remap-path-prefix={registries}=/registry",
            f"--remap-path-prefix={self.sdk.library}=/rust/library",
            f"--remap-path-prefix={workspace}=/workspace",
        )
        return environment(dict(os.environ), self.linker.folder) | {
            # Lets Debian's stable compiler accept nightly flags.
            "RUSTC_BOOTSTRAP": "1",
            "RUSTC_BOOTSTRAP_SYNTHETIC_TARGET": "1",
            "__CARGO_TESTS_ONLY_SRC_ROOT": str(self.sdk.library),
            "CARGO_ENCODED_RUSTFLAGS": "\x1f".join((*CODEGEN, *remaps)),
        }

    def _run(self, command: list[str], workspace: Path, env: dict[str, str], capture: bool = False) -> str:
        output = subprocess.PIPE if capture else None
        done = subprocess.run(command, cwd=workspace, env=env, stdout=output, text=True, check=False)
        if done.returncode:
            raise ToolchainError(f"`{' '.join(command)}` failed: {(done.stdout or '')[-4000:]}")
        return done.stdout or ""
