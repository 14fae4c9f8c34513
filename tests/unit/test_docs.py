"""Tests that every link and every repository path in the Markdown pages leads to something."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
FILES = subprocess.run(LISTED, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
PAGES = [path for path in FILES if path.endswith(".md") and (ROOT / path).is_file()]
TESTS = [f"/{path}" for path in FILES if path.startswith("tests/")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
# Text in backticks is a path if it begins with a folder of ours, or names a file by its suffix.
CODE = re.compile(r"`((?:[\w.@-]+/)*[\w.@-]+/?)`")
SOURCE = re.compile(r"/[\w.@-]+\.(py|rs|ts|md|toml|json|sh)$|^test_\w+\.py$")
FOLDERS = {path.split("/")[0] for path in FILES if "/" in path}
MADE_LATER = ("benchmarks/results/", "demo-output/")
# Pages whose old paths are being rewritten with the code that they describe. Remove them as they are done.
NOT_REWRITTEN = {
    "docs/attestation.md",
    "docs/programs/governance.md",
    "docs/programs/markets.md",
    "docs/programs/rewards.md",
    "docs/toolchain.md",
}


def anchors(page: Path) -> set[str]:
    """Return the fragment of every heading of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_path(text: str) -> bool:
    return bool(SOURCE.search(text)) or ("/" in text and text.split("/")[0] in FOLDERS)


def exists(page: str, path: str) -> bool:
    """Accept paths from the root, from a program's own folder on its page, and the ends of test paths."""
    program = ROOT / "programs" / Path(page).stem
    at_home = any((base / path).exists() for base in (ROOT, program, program / "src"))
    return at_home or any(test.endswith(f"/{path}") for test in TESTS)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(page: str) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", (ROOT / page).read_text())):
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        if ":" not in target and (not path.exists() or (anchor and anchor not in anchors(path))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", sorted({*PAGES} - NOT_REWRITTEN))
def test_every_path_exists(page: str) -> None:
    named = filter(is_path, CODE.findall(FENCE.sub("", (ROOT / page).read_text())))
    broken = [path for path in named if not path.startswith(MADE_LATER) and not exists(page, path)]
    assert broken == []


def test_there_are_pages_to_check() -> None:
    assert {"README.md", "docs/README.md", "docs/adr/0001-record-decisions.md"} <= set(PAGES)
