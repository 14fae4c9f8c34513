"""Check of our English: refuses the words of docs/language.toml in comments, strings and pages.

Usage: python docs/check_language.py. Exit code 1 if a word is found.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = (".md", ".mk", ".py", ".rs", ".sh", ".toml", ".ts", ".tsx", "Makefile")
SKIPPED = re.compile(r"(^|/)(generated|vectors|artifacts|results)/|^docs/language\.toml$|/test_language\.py$")
PYTHON_PROSE = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
# A string, a Rust character (so that a quote in it opens nothing), a line comment or a block comment.
C_PROSE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*.*?\*/", re.DOTALL)
HASH_PROSE = re.compile(r"\"[^\"\n]*\"|#[^\n]*")
# Inline code and comment marks: neither is English.
BLANKED = re.compile(r"`[^`\n]*`|^[ \t]*(?://[/!]?|#+|/?\*+)|\"", re.MULTILINE)


def compiled(words: dict[str, str]) -> dict[re.Pattern[str], str]:
    """Compile the words to avoid. Without capitals a word matches any case; a space matches a line break."""
    return {
        re.compile(rf"\b(?:{word})\b".replace(" ", r"\s+"), re.I if word == word.lower() else 0): use
        for word, use in words.items()
    }


def hits(path: str, source: str, words: dict[re.Pattern[str], str]) -> Iterator[tuple[int, str]]:
    """Yield line and complaint for each word to avoid in what people read of one file."""
    prose = prose_of(path, source)
    for pattern, use in words.items():
        for match in pattern.finditer(prose):
            line = prose.count("\n", 0, match.start()) + 1
            yield line, f'"{" ".join(match[0].split())}": write {use}'


def prose_of(path: str, source: str) -> str:
    """Return the source with everything but comments, strings and page text replaced by spaces."""
    if path.endswith(".md"):
        spans = [(0, len(source))]
    elif path.endswith(".py"):
        spans = list(_python_spans(source))
    else:
        pattern = C_PROSE if path.endswith((".rs", ".ts", ".tsx")) else HASH_PROSE
        spans = [match.span() for match in pattern.finditer(source)]
    text, end = "", 0
    for start, stop in spans:
        text += _blank(source[end:start]) + BLANKED.sub(lambda mark: _blank(mark[0]), source[start:stop])
        end = stop
    return text + _blank(source[end:])


def _python_spans(source: str) -> Iterator[tuple[int, int]]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in PYTHON_PROSE:
            yield starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def main() -> int:
    words = compiled(tomllib.loads((ROOT / "docs/language.toml").read_text())["words"])
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    paths = [path for path in listed if path.endswith(SUFFIXES) and not SKIPPED.search(path)]
    # A file that is deleted but not yet staged is still listed.
    sources = {path: (ROOT / path).read_text() for path in paths if (ROOT / path).is_file()}
    found = [(path, *hit) for path, source in sources.items() for hit in hits(path, source, words)]
    for path, line, complaint in sorted(found):
        print(f"{path}:{line}: {complaint}")
    print(f"language: {len(sources)} files, {len(found)} hits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
