"""Owns reading events out of a transaction's logs.

Every program may write "Program data:" lines, so a line only counts for the program that was running when
it was written. The runtime's own lines tell which: `invoke [n]` enters, `success` and `failed` leave. What a
program says itself starts with "Program log:" and so can never look like one of those.
"""

import base64
import binascii
import re
from collections.abc import Sequence

from hypernode.chain.errors import LogsTruncated
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.layout import Event, LayoutError
from hypernode.domain.types import Address

_INVOKE = re.compile(r"Program (\w{32,44}) invoke \[(\d+)\]")
_LEAVE = re.compile(r"Program (\w{32,44}) (?:success|failed: .*)", re.DOTALL)
_DATA = "Program data: "
_TRUNCATED = "Log truncated"

EVENT_TYPES: dict[tuple[Address, bytes], type[Event]] = {
    (event.PROGRAM, event.DISCRIMINATOR): event
    for program in (governance, markets, rewards, slashing, staking)
    for event in program.EVENT_TYPES
}
_PROGRAMS = frozenset(program for program, _ in EVENT_TYPES)


def decode_events(logs: Sequence[str]) -> tuple[tuple[Event, ...], bool]:
    """Return the events of our programs in order, and whether the logs are whole."""
    events: list[Event] = []
    stack: list[Address] = []
    for line in logs:
        if line == _TRUNCATED:
            return tuple(events), False
        if entered := _INVOKE.fullmatch(line):
            stack.append(Address(entered[1]))
            if len(stack) != int(entered[2]):
                raise LayoutError(f"call depth {entered[2]} does not follow the logs before it")
        elif left := _LEAVE.fullmatch(line):
            if not stack or stack.pop() != left[1]:
                raise LayoutError(f"{left[1]} ends without having begun")
        elif line.startswith(_DATA) and stack and stack[-1] in _PROGRAMS:
            events.append(_decode(stack[-1], line.removeprefix(_DATA)))
    return tuple(events), True


def require_events(logs: Sequence[str]) -> tuple[Event, ...]:
    """Return all events of a transaction, or refuse logs that were cut."""
    events, whole = decode_events(logs)
    if not whole:
        raise LogsTruncated(f"only {len(events)} events before the cut")
    return events


def _decode(program: Address, text: str) -> Event:
    try:
        data = b"".join(base64.b64decode(part, validate=True) for part in text.split(" "))
    except binascii.Error as error:
        raise LayoutError("log data is not base64") from error
    for (owner, discriminator), event in EVENT_TYPES.items():
        if owner == program and data.startswith(discriminator):
            return event.decode(data)
    raise LayoutError(f"{program} emitted an event this client does not know: {data[:8].hex()}")
