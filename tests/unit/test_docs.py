"""Tests that every link and every repository path in the Markdown pages leads somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = subprocess.run(
    ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout
PAGES = [page for page in LISTED.splitlines() if (ROOT / page).is_file()]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
# A backticked word with a slash is a path if it begins with a folder of ours or ends like a file of ours.
CODE = re.compile(r"`([\w.@-]+(?:/[\w.@-]+)+/?)`")
FILE = re.compile(r"\.(py|rs|ts|md|toml|json|sh)$")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
# Where pages leave out the folder: a program's own sources and tests, and the package that a page is about.
BASES = (".", "programs/{stem}", "programs/{stem}/src", "tests/programs", "tests/vectors")
MADE_LATER = ("benchmarks/results/", "demo-output/")


def heading_anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(page: str) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", (ROOT / page).read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        if not path.exists() or (anchor and anchor not in heading_anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    broken = []
    for path in CODE.findall(FENCE.sub("", (ROOT / page).read_text())):
        if path.startswith(MADE_LATER) or not (path.split("/")[0] in FOLDERS or FILE.search(path)):
            continue
        bases = [base.format(stem=Path(page).stem) for base in BASES]
        if not any((ROOT / base / path).exists() for base in bases):
            broken.append(path)
    assert broken == []


def test_there_are_pages_to_check() -> None:
    assert {"README.md", "docs/README.md", "docs/adr/0001-record-decisions.md"} <= set(PAGES)
