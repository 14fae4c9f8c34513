"""Cursors of list pages: opaque text that is checked when it comes back."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypernode.domain.types import parse_address
from hypernode.errors import InvalidAddress
from hypernode_marketplace_api.errors import Malformed
from hypernode_marketplace_api.models.base import MAX_BIGINT

MAX_PAGE = 100
# Longer than any that a list returns.
MAX_CURSOR = 200

Row = TypeVar("Row")
Place = tuple[int | str, ...]


def cursor_of(*place: int | str) -> str:
    return base64.urlsafe_b64encode(":".join(map(str, place)).encode()).decode()


def place_of(cursor: str | None, *kinds: type[int] | type[str]) -> Place | None:
    """Return where a page ended: numbers and addresses of these kinds; None without a cursor."""
    if cursor is None:
        return None
    try:
        parts = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").split(":")
        if len(parts) != len(kinds):
            raise ValueError(f"{len(parts)} parts, not {len(kinds)}")
        return tuple(_part(kind, part) for kind, part in zip(kinds, parts, strict=True))
    except (binascii.Error, ValueError, InvalidAddress) as error:
        raise Malformed("cursor: not one that this list returned") from error


def position_of(cursor: str | None) -> int | None:
    """Return the one number of a cursor: the position of an event, or the number of a proposal."""
    place = place_of(cursor, int)
    return int(place[0]) if place else None


def cut(rows: Sequence[Row], limit: int, place: Callable[[Row], Place]) -> tuple[Sequence[Row], str | None]:
    """Return a page of rows that were asked for one too many, and the cursor of the next page."""
    page = rows[:limit]
    return page, cursor_of(*place(page[-1])) if len(rows) > limit else None


def _part(kind: type[int] | type[str], part: str) -> int | str:
    if kind is str:
        return parse_address(part)
    if not (part.isascii() and part.isdigit() and int(part) <= MAX_BIGINT):
        raise ValueError(f"{part} is not a number of a cursor")
    return int(part)
