"""Reader of the events in a transaction's logs.

Every program may write "Program data:" lines, so a line only counts for the program that was running when
it was written. The runtime's own lines name it: `invoke [n]` enters, `success` and `failed` leave. A
program's own text starts with "Program log:" and so cannot look like one of those.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class UnknownEvent(Event):
    """An event that this release cannot decode, as the bytes that its program logged."""

    program: Address
    data: bytes
    fault: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "PROGRAM", self.program)  # of other events a class has one program


def decode_events(logs: Sequence[str]) -> tuple[tuple[Event, ...], bool]:
    """Return the events of our programs in order, and whether the logs are whole.

    A newer program may emit events, members and fields that this release does not know: such an event is an
    `UnknownEvent`, so that a reader can keep it and go on. Logs that contradict themselves count as cut.
    """
    events: list[Event] = []
    stack: list[Address] = []
    for line in logs:
        if line == _TRUNCATED:
            return tuple(events), False
        if entered := _INVOKE.fullmatch(line):
            stack.append(Address(entered[1]))
            if len(stack) != int(entered[2]):
                return tuple(events), False
        elif left := _LEAVE.fullmatch(line):
            if not stack or stack.pop() != left[1]:
                return tuple(events), False
        elif line.startswith(_DATA) and stack and stack[-1] in _PROGRAMS:
            events.append(_decode(stack[-1], line.removeprefix(_DATA)))
    return tuple(events), True


def require_events(logs: Sequence[str]) -> tuple[Event, ...]:
    """Return all events of a transaction; refuse cut logs and unknown events."""
    events, whole = decode_events(logs)
    if not whole:
        raise LogsTruncated(f"only {len(events)} events before the cut")
    for event in events:
        if isinstance(event, UnknownEvent):
            raise LayoutError(f"{event.program} emitted an event this client does not know: {event.fault}")
    return events


def _decode(program: Address, text: str) -> Event:
    try:
        data = b"".join(base64.b64decode(part, validate=True) for part in text.split(" "))
    except binascii.Error:
        return UnknownEvent(program, text.encode(), "not base64")
    for (owner, discriminator), event in EVENT_TYPES.items():
        if owner == program and data.startswith(discriminator):
            try:
                return event.decode(data)
            except LayoutError as error:
                return UnknownEvent(program, data, f"{event.__name__}: {error}")
    return UnknownEvent(program, data, f"discriminator {data[:8].hex()}")
