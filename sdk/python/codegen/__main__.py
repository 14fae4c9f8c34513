"""Command `python -m codegen [--check]`: write the typed client of every program, or fail if it is stale."""

import argparse
import sys
from pathlib import Path

from codegen.idl import load
from codegen.modules import formatted, render_package
from hypernode.chain.programs import artifacts

# Accounts that other programs read: their IDL lists them too, but does not say whose they are.
HOMES = {"Pool": "staking", "Stake": "staking"}
GENERATED = Path(__file__).parents[1] / "src" / "hypernode" / "chain" / "generated"


def render(idl_folder: Path) -> dict[str, str]:
    """Return the text of every generated module by its path."""
    modules = {}
    for path in sorted(idl_folder.glob("*.json")):
        foreign = frozenset(name for name, home in HOMES.items() if home != path.stem)
        for name, text in render_package(load(path), foreign).items():
            modules[f"{path.stem}/{name}"] = text
    return formatted(modules)


def stale(modules: dict[str, str], folder: Path) -> list[str]:
    """Return the paths of modules that are missing, differ, or belong to no program any more."""
    present = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.py")}
    present.pop("__init__.py", None)
    return sorted(name for name in modules.keys() | present.keys() if modules.get(name) != present.get(name))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    parser.add_argument("--idl", type=Path, default=None, help="folder of IDL files")
    parser.add_argument("--out", type=Path, default=GENERATED, help="folder of the generated modules")
    options = parser.parse_args(arguments)
    modules = render(options.idl or artifacts() / "idl")
    if options.check:
        names = stale(modules, options.out)
        if names:
            sys.stderr.write(f"stale: {', '.join(names)}; run `make generate`\n")
        return 1 if names else 0
    for name in stale(modules, options.out):
        path = options.out / name
        if name in modules:
            path.parent.mkdir(exist_ok=True)
            path.write_text(modules[name])
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
