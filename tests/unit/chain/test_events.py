"""Events count only for the program that was running when they were logged."""

import base64

import pytest

from hypernode.chain.errors import LogsTruncated
from hypernode.chain.events import UnknownEvent, decode_events, require_events
from hypernode.chain.generated import markets, staking
from hypernode.chain.layout import LayoutError

MARKETS, STAKING = markets.PROGRAM_ID, staking.PROGRAM_ID
STRANGER = "Stranger111111111111111111111111111111111"
PAUSE = markets.PauseSet.DISCRIMINATOR


def data(raw: bytes) -> str:
    return "Program data: " + base64.b64encode(raw).decode()


def a_pause_event() -> bytes:
    """The smallest event, whatever its fields: as many bytes as it asks for."""
    for size in range(256):
        raw = PAUSE + bytes(size)
        try:
            markets.PauseSet.decode(raw)
        except LayoutError:
            continue
        return raw
    raise AssertionError("PauseSet has no such size")


def call(program: str, depth: int, *inside: str, ended: str = "success") -> list[str]:
    return [f"Program {program} invoke [{depth}]", *inside, f"Program {program} {ended}"]


def test_an_event_of_the_running_program_is_read() -> None:
    events, whole = decode_events(call(MARKETS, 1, data(a_pause_event())))
    assert [event.name for event in events] == ["PauseSet"]
    assert whole


def test_another_program_cannot_speak_for_ours() -> None:
    assert decode_events(call(STRANGER, 1, data(a_pause_event()))) == ((), True)


def test_a_program_that_we_call_cannot_speak_for_us() -> None:
    logs = call(MARKETS, 1, *call(STRANGER, 2, data(a_pause_event())))
    assert decode_events(logs) == ((), True)


def test_our_event_after_a_call_still_counts() -> None:
    logs = call(MARKETS, 1, *call(STRANGER, 2), data(a_pause_event()))
    assert len(decode_events(logs)[0]) == 1


def test_a_logged_sentence_cannot_pose_as_the_runtime() -> None:
    fake = f"Program log: x\nProgram {MARKETS} invoke [2]"
    logs = call(STRANGER, 1, fake, f"Program log: Program {MARKETS} invoke [2]", data(a_pause_event()))
    assert decode_events(logs) == ((), True)


def test_the_same_bytes_from_the_other_program_of_ours_are_not_its_event() -> None:
    [event], whole = decode_events(call(STAKING, 1, data(a_pause_event())))
    assert isinstance(event, UnknownEvent)
    assert (event.PROGRAM, event.data, whole) == (STAKING, a_pause_event(), True)


@pytest.mark.parametrize(
    "line",
    [data(b"newkind!" + bytes(8)), data(a_pause_event() + b"field"), data(PAUSE), "Program data: ???"],
    ids=["new discriminator", "new field", "field gone", "not base64"],
)
def test_an_event_of_a_newer_program_is_kept_raw_between_the_others(line: str) -> None:
    events, whole = decode_events(call(MARKETS, 1, data(a_pause_event()), line, data(a_pause_event())))
    assert [event.name for event in events] == ["PauseSet", "UnknownEvent", "PauseSet"]
    assert whole
    with pytest.raises(LayoutError, match="does not know"):
        require_events(call(MARKETS, 1, line))


def test_an_unknown_member_of_a_closed_list_makes_an_unknown_event() -> None:
    raw = bytearray(markets.JobRejected.DISCRIMINATOR)
    raw += b"\xff" * 400
    [event], _ = decode_events(call(MARKETS, 1, data(bytes(raw))))
    assert isinstance(event, UnknownEvent)


def test_logs_that_were_cut_say_so() -> None:
    logs = [f"Program {MARKETS} invoke [1]", data(a_pause_event()), "Log truncated"]
    events, whole = decode_events(logs)
    assert (len(events), whole) == (1, False)
    with pytest.raises(LogsTruncated):
        require_events(logs)


@pytest.mark.parametrize(
    "logs",
    [
        [f"Program {MARKETS} invoke [2]"],
        [f"Program {MARKETS} success"],
        [f"Program {MARKETS} invoke [1]", f"Program {STAKING} success"],
    ],
)
def test_logs_that_contradict_themselves_count_as_cut(logs: list[str]) -> None:
    assert not decode_events(logs)[1]
