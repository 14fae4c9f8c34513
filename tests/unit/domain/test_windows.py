"""Tests of a job's times, against the shared vectors."""

from typing import Any

import pytest

from hypernode.domain.windows import late_window, longest_commitment, longest_lock, verdict_window
from tests.support.documents import vectors


@pytest.mark.parametrize("case", vectors("windows")["cases"], ids=lambda case: case["timeout_seconds"])
def test_windows_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    timeout = case["timeout_seconds"]
    assert verdict_window(timeout, case["floor"]) == case["verdict_window"]
    assert late_window(timeout) == case["late_window"]


def test_a_commitment_is_the_attempt_both_windows_and_the_time_for_a_report() -> None:
    seconds = longest_commitment(100, start_allowance=60, grace=30, verdict_floor=600)
    assert seconds == 190 + 600 + 800 + 86_400 + 2 * 86_400


def test_a_lock_is_every_attempt_and_both_windows_of_the_last() -> None:
    seconds = longest_lock(100, ttl=60, attempts=3, start_allowance=60, grace=30, verdict_floor=600)
    assert seconds == 60 + 3 * 190 + 600 + 800 + 86_400
