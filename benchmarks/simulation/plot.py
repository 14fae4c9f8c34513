"""An SVG bar chart, written by hand: no plotting library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, ROW, TOP = 860, 250, 90, 22, 60
GOOD, BAD, INK, GRID = "#2f6f4f", "#a33", "#222", "#ddd"


@dataclass(frozen=True)
class Bar:
    """One bar with its error, in the chart's unit."""

    label: str
    value: float
    error: float


def bars(title: str, unit: str, rows: Sequence[Bar], low: float, high: float) -> str:
    """Return a chart of horizontal bars around zero; what exceeds the range is cut, its number is not."""

    def x(value: float) -> float:
        return LEFT + (min(high, max(low, value)) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    height = TOP + ROW * len(rows) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="24" font-size="16">{escape(title)}</text>',
        f'<text x="12" y="44" fill="#666">{escape(unit)}</text>',
    ]
    for step in range(5):
        value = low + (high - low) * step / 4
        parts.append(_line(x(value), height - 24, GRID))
        parts.append(f'<text x="{x(value):.1f}" y="{height - 8}" text-anchor="middle">{value:g}</text>')
    parts.append(_line(x(0), height - 24, INK))
    for number, row in enumerate(rows):
        y = TOP + ROW * number
        start, end = sorted((x(0), x(row.value)))
        colour = BAD if row.value > row.error else GOOD
        parts += [
            f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(row.label)}</text>',
            f'<rect x="{start:.1f}" y="{y + 4}" width="{max(1.0, end - start):.1f}" height="14" '
            f'fill="{colour}"/>',
            f'<line x1="{x(row.value - row.error):.1f}" x2="{x(row.value + row.error):.1f}" y1="{y + 11}" '
            f'y2="{y + 11}" stroke="{INK}"/>',
            f'<text x="{WIDTH - 8}" y="{y + 15}" text-anchor="end">{row.value:+.2f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _line(x: float, bottom: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{bottom}" stroke="{colour}"/>'
