"""Text of docs/sdk.md: every public name with its signature and its docstring."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypernode
from reference.members import fields, members, short

EXAMPLES = Path(__file__).parents[1] / "examples"
HEAD = """# Python SDK

This page is written by `python -m reference` from the docstrings; do not edit it.

```python
{example}```

`hypernode.sync` has the same names without `async`; its iterators are plain iterators.
Amounts are integers of base units: 1 HYPER is 1,000,000. Times are Unix seconds.

The API is not trusted with money. Before a job is signed, its quote is compared with the spec, the market,
the rate (yours, or the market's floor on chain), the timeout and the cap. The receipt, the outcome and the
amounts of an ended job are compared with the chain's events. A difference raises `ApiMismatch`.

| Example | What it does |
|---|---|
{examples}
"""
# Which part of the page names each name.
PARTS: Mapping[str, str] = {
    "Connect": "Hypernode Cluster Key Wallet Balance Nodes NodeView ChainEvent",
    "Run jobs": "Jobs JobOptions Quote PostedJob Job JobDetail JobView TimelineEntry JobResult Outputs "
    "Outcome",
    "Describe jobs": "JobSpec InputFile Resources GpuRequest GpuVendor DeterminismClass",
    "Stake, report and vote": "StakerClient Move SlashingClient GovernanceClient TreasuryClient Holdings "
    "EconomyReader Plan Transfer",
    "Amounts and addresses": "HYPER format_hyper parse_hyper Address",
}
ERRORS = "Errors"


def render() -> str:
    """Return the whole page."""
    named = {name for names in PARTS.values() for name in names.split()}
    parts = {**PARTS, ERRORS: " ".join(name for name in hypernode.__all__ if name not in named)}
    examples = "\n".join(
        f"| [{path.stem}](../sdk/python/examples/{path.name}) | {_first_line(path)} |"
        for path in sorted(EXAMPLES.glob("*.py"))
    )
    example = (EXAMPLES / "hello_job.py").read_text().split('"""', 2)[2].lstrip()
    page = [HEAD.format(example=example, examples=examples).rstrip()]
    for title, names in parts.items():
        page.append(f"## {title}")
        if title == ERRORS:
            page.append(_errors(names.split()))
        else:
            page += [_entry(name, getattr(hypernode, name)) for name in names.split()]
    return "\n\n".join(page) + "\n"


def _first_line(path: Path) -> str:
    return path.read_text().splitlines()[0].strip('"').partition(" Usage:")[0]


def _errors(names: list[str]) -> str:
    rows = ["Every error is a `HypernodeError` and has `code`, `detail`, `fix` and `about`.", ""]
    rows += ["| Error | Base | Raised when |", "|---|---|---|"]
    for name in names:
        kind = getattr(hypernode, name)
        rows.append(f"| `{name}` | `{kind.__bases__[0].__name__}` | {' '.join(_doc(kind).split())} |")
    return "\n".join(rows)


def _entry(name: str, found: Any) -> str:
    if isinstance(found, int):
        return f"### {name}\n\n`{found}`: the base units of one HYPER."
    if inspect.isfunction(found):
        arguments = ", ".join(
            f"{key}: {short(kind)}" for key, kind in typing.get_type_hints(found).items() if key != "return"
        )
        returned = short(typing.get_type_hints(found)["return"])
        return f"### {name}\n\n`{name}({arguments}) -> {returned}`\n\n{_doc(found)}"
    if isinstance(found, typing.NewType):
        return f"### {name}\n\nText: base58 of 32 bytes."
    lines = [f"### {name}", _doc(found), *_values(found), *(_fields(found))]
    for member in members(found):
        lines.append(f"- `{_signature(member)}`" + (f": {_indented(member.doc)}" if member.doc else ""))
    return "\n\n".join(filter(None, [lines[0], lines[1], "\n".join(lines[2:])]))


def _values(found: Any) -> list[str]:
    return [f"- `{item.name}`" for item in found] if hasattr(found, "__members__") else []


def _fields(found: Any) -> list[str]:
    return [f"- `{name}: {short(kind)}`" for name, kind in fields(found).items()]


def _signature(member: Any) -> str:
    returned = short(member.hints["return"])
    if member.kind == "property":
        return f"{member.name}: {returned}"
    before = "await " if member.is_coroutine else ""
    return f"{before}{member.name}({member.parameters(short)}) -> {returned}"


def _doc(found: Any) -> str:
    return inspect.getdoc(found) or ""


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines()).lstrip()
