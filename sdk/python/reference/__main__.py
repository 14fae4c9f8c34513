"""`python -m reference [--check]`: write docs/sdk.md, sync.pyi and tables of accounts, or fail if stale."""

import argparse
import sys
from pathlib import Path

from reference import layouts, page, stub

SDK = Path(__file__).parents[1]
ROOT = SDK.parents[1]


def texts() -> dict[Path, str]:
    """Return the text of each generated file."""
    return {
        ROOT / "docs" / "sdk.md": page.render(),
        SDK / "src" / "hypernode" / "sync.pyi": stub.render(),
        **layouts.render(ROOT / "docs" / "programs"),
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is stale")
    options = parser.parse_args(arguments)
    stale = [path for path, text in texts().items() if not path.exists() or path.read_text() != text]
    if options.check:
        if stale:
            names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
            sys.stderr.write(f"stale: {names}; run `make generate`\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
