"""Promises of every board: the fake of one process, and what oracles tell one another over HTTP."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn
from hypernode.wire.findings import FindingIn
from hypernode_oracle.board import Board, MemoryBoard
from tests.support.exchange import AwayBoard, a_finding, an_attestation, boards_over_http

JOB = Address("11111111111111111111111111111112")
OTHER = Address("11111111111111111111111111111113")


@pytest.fixture(params=["memory", "peers", "peers without an API"])
async def boards(request: pytest.FixtureRequest) -> AsyncIterator[list[Board]]:
    """Return the board of each of three oracles."""
    if request.param == "memory":
        yield [MemoryBoard()] * 3
        return
    api = MemoryBoard() if request.param == "peers" else AwayBoard()
    async with AsyncExitStack() as stack:
        yield list(await boards_over_http(stack, api))


async def test_nothing_was_said_of_a_new_job(boards: list[Board]) -> None:
    assert list(await boards[0].findings(JOB)) == []
    assert list(await boards[0].attestations(JOB)) == []


async def test_every_oracle_hears_what_one_tells(boards: list[Board]) -> None:
    finding, attestation = a_finding(0), an_attestation(0)
    assert finding in await boards[0].tell(JOB, finding)
    assert attestation in await boards[0].publish(JOB, attestation)
    for board in boards:
        assert list(await board.findings(JOB)) == [finding]
        assert list(await board.attestations(JOB)) == [attestation]


async def test_to_say_it_again_changes_nothing(boards: list[Board]) -> None:
    finding, attestation = a_finding(1), an_attestation(1)
    for _ in range(3):
        await boards[1].tell(JOB, finding)
        await boards[1].publish(JOB, attestation)
    assert list(await boards[2].findings(JOB)) == [finding]
    assert list(await boards[2].attestations(JOB)) == [attestation]


async def test_the_answer_has_what_the_others_said(boards: list[Board]) -> None:
    said: list[FindingIn] = []
    given: list[AttestationIn] = []
    for number, board in enumerate(boards):
        finding, attestation = a_finding(number), an_attestation(number)
        said.append(finding)
        given.append(attestation)
        assert {one.oracle for one in await board.tell(JOB, finding)} == {one.oracle for one in said}
        assert {one.oracle for one in await board.publish(JOB, attestation)} == {one.oracle for one in given}


async def test_jobs_are_told_apart(boards: list[Board]) -> None:
    await boards[0].tell(JOB, a_finding(0))
    await boards[0].publish(JOB, an_attestation(0))
    assert list(await boards[1].findings(OTHER)) == []
    assert list(await boards[1].attestations(OTHER)) == []


async def test_an_opened_finding_is_heard_as_opened(boards: list[Board]) -> None:
    closed = a_finding(2, opened=False)
    await boards[2].tell(JOB, closed)
    assert [one.content for one in await boards[0].findings(JOB)] == [None]
    await boards[2].tell(JOB, a_finding(2))
    assert a_finding(2) in await boards[0].findings(JOB)
