"""Conversion of an event to the JSON of its row and back. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from enum import IntEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from hypernode.chain.events import EVENT_TYPES
from hypernode.chain.generated import governance, rewards, slashing, staking
from hypernode.chain.layout import Event, LayoutError
from hypernode.domain.types import ZERO_ADDRESS, Address

# Larger integers lose digits in a JSON reader that knows only doubles, so they travel as decimal strings.
MAX_SAFE_INTEGER = 2**53 - 1

# The field of an event that names its subject, by which the history of the subject is found.
_SUBJECTS = {
    staking.PROGRAM_ID: "owner",
    rewards.PROGRAM_ID: "owner",
    slashing.PROGRAM_ID: "report",
    governance.PROGRAM_ID: "proposal",
}
_KINDS: dict[tuple[str, str], type[Event]] = {
    (program, kind.__name__): kind for (program, _), kind in EVENT_TYPES.items()
}


def event_data(event: Event) -> dict[str, Any]:
    """Return an event as a JSON object: hashes in hex, closed lists by name."""
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def event_of(program: str, name: str, data: Mapping[str, Any]) -> Event:
    """Return the event that `event_data` wrote down."""
    kind = _KINDS.get((program, name))
    if kind is None:
        raise LayoutError(f"{name} of {program} was stored by a newer release; update this replica")
    hints = _hints(program, name)
    return kind(**{field.name: _typed(hints[field.name], data[field.name]) for field in fields(kind)})


def subject_of(event: Event) -> Address | None:
    """Return the wallet, report or proposal that an event of the economy is about."""
    return address_or_none(getattr(event, _SUBJECTS.get(event.PROGRAM, ""), None))


def address_or_none(value: Any) -> Address | None:
    return Address(value) if isinstance(value, str) and value != ZERO_ADDRESS else None


@cache
def _hints(program: str, name: str) -> dict[str, Any]:
    return get_type_hints(_KINDS[program, name])


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, IntEnum):
        return label(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_SAFE_INTEGER:
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _typed(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if hint is bytes:
        return bytes.fromhex(value)
    if hint is int:
        return int(value)
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return next(member for member in hint if label(member) == value)
    return value


def label(member: IntEnum) -> str:
    return str(getattr(member, "label", member.name))
