"""Time in plain words, and lengths as people write them."""

import pytest

from hypernode.domain.words import Window, length, parse_length
from hypernode.errors import InvalidDuration

DAY, HOUR = 86_400, 3_600
NOW = 1_767_225_600


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (61, "1 minute 1 second"),
        (HOUR, "1 hour"),
        (HOUR + 1, "1 hour"),
        (2 * DAY + 3 * HOUR + 59, "2 days 3 hours"),
        (DAY + 5, "1 day"),
    ],
)
def test_a_length_is_told_by_its_two_largest_units(seconds, words):
    assert length(seconds) == words


@pytest.mark.parametrize(
    ("text", "seconds"), [("3d", 3 * DAY), ("1d12h", DAY + 12 * HOUR), ("90s", 90), ("2m", 120)]
)
def test_a_length_is_read_as_it_is_written(text, seconds):
    assert parse_length(text) == seconds


@pytest.mark.parametrize("text", ["", "3", "3 d", "-1d", "1s1d", "٣d", "days"])
def test_what_is_no_length_is_refused_with_an_example(text):
    with pytest.raises(InvalidDuration) as refusal:
        parse_length(text)
    assert "3d12h" in (refusal.value.fix or "")


def test_a_window_says_what_is_possible_seen_from_now():
    window = Window("anyone may execute it", NOW + DAY, NOW + 3 * DAY)
    assert window.words(NOW) == (
        "anyone may execute it from 2026-01-02 00:00:00 UTC (in 1 day) until 2026-01-04 00:00:00 UTC"
    )
    assert window.words(NOW + DAY) == (
        "anyone may execute it now until 2026-01-04 00:00:00 UTC (closes in 2 days)"
    )
    assert window.words(NOW + 3 * DAY) == (
        "anyone may execute it until 2026-01-04 00:00:00 UTC, which is over"
    )
    assert Window("it", NOW).words(NOW) == "it now"


@pytest.mark.parametrize(("at", "is_open"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_windows_last_second_belongs_to_what_comes_after_it(at, is_open):
    assert Window("it", NOW, NOW + 10).is_open(NOW + at) is is_open
