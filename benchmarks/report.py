"""Report of a benchmark: where it ran, its table, and its file in benchmarks/results."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Column:
    title: str
    key: str


def circumstances() -> dict[str, Any]:
    """Return what a reader needs to judge a figure: the machine, the versions, how busy it was."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "versions": {"python": platform.python_version(), "solders": version("solders")},
        "load": [round(value, 2) for value in os.getloadavg()],
    }


def publish(
    name: str, columns: Sequence[Column], rows: Sequence[dict[str, Any]], notes: Sequence[str]
) -> Path:
    """Print the table and write the file; returns where."""
    place = circumstances()
    versions = ", ".join(f"{tool} {number}" for tool, number in place["versions"].items())
    print(f"{name}: {place['machine']}; {versions}; load {place['load'][0]}\n")
    table = [[column.title for column in columns]]
    table += [[_cell(row[column.key]) for column in columns] for row in rows]
    widths = [max(len(line[index]) for line in table) for index in range(len(columns))]
    for line in table:
        first, *rest = (
            text.ljust(width) if index == 0 else text.rjust(width)
            for index, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *rest)))
    print("".join(f"\n{note}" for note in notes))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    document = {"name": name, **place, "notes": list(notes), "rows": list(rows)}
    path.write_text(json.dumps(document, indent=2) + "\n")
    return path


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
