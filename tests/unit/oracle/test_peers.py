"""Peers that are away, slow, lying or greedy: each costs little and stops nothing."""

import asyncio

import httpx
import pytest

from hypernode.domain.types import Address
from hypernode.errors import ApiError
from hypernode.wire.said import MOST_SAID, Said
from hypernode_oracle.board import MemoryBoard
from hypernode_oracle.peers import AWAY, MOST_BYTES, MOST_OF_ONE, Peer, PeerBoard
from tests.support.exchange import ORACLES, AwayBoard, a_finding, an_attestation

JOB = Address("11111111111111111111111111111112")


class Scripted(Peer):
    """A peer that answers what the test wants, and counts how often it is asked."""

    def __init__(self, number: int, said: Said | Exception) -> None:
        self.key, self.answer, self.asked = ORACLES[number].address, said, 0

    async def said(self, job: Address) -> Said:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def saying(*numbers: int, by: int) -> Scripted:
    return Scripted(by, Said(findings=[a_finding(number) for number in numbers]))


async def test_a_peer_that_is_away_is_not_asked_again_at_once() -> None:
    now = 100.0
    away = Scripted(1, ApiError(0, "PeerAway", "no answer"))
    board = PeerBoard(MemoryBoard(), [away, saying(2, by=2)], monotonic=lambda: now)
    for _ in range(5):
        assert list(await board.findings(JOB)) == [a_finding(2)]
    assert away.asked == 1
    now += AWAY.most(1)
    away.answer = Said(findings=[a_finding(1)])
    assert list(await board.findings(JOB)) == [a_finding(2), a_finding(1)] or away.asked == 2


async def test_a_slow_peer_delays_no_look_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hypernode_oracle.peers.SOURCE_SECONDS", 0.01)

    class Hanging(Scripted):
        async def said(self, job: Address) -> Said:
            await asyncio.Event().wait()
            raise AssertionError("nobody sets it")

    board = PeerBoard(AwayBoard(), [Hanging(1, Said()), saying(2, by=2)])
    async with asyncio.timeout(30):
        assert list(await board.findings(JOB)) == [a_finding(2)]


async def test_only_what_an_oracle_says_of_itself_is_passed_on() -> None:
    """A liar can put no words into another's mouth at a third oracle."""
    board = PeerBoard(AwayBoard(), [saying(1, 2, by=1)])
    assert list(await board.findings(JOB)) == [a_finding(1), a_finding(2)]
    assert board.said(JOB).findings == [a_finding(1)]


async def test_what_one_told_to_one_alone_reaches_all() -> None:
    """A member cannot show its finding to one oracle and hide it from the next."""
    first = PeerBoard(AwayBoard(), [saying(2, by=2)])
    await first.findings(JOB)
    silent = Scripted(2, Said())
    second = PeerBoard(AwayBoard(), [Scripted(0, first.said(JOB)), silent])
    assert list(await second.findings(JOB)) == [a_finding(2)]


async def test_one_oracle_takes_a_bounded_place() -> None:
    greedy = Said(findings=[a_finding(1, attempt=attempt) for attempt in range(1, 40)])
    board = PeerBoard(AwayBoard(), [Scripted(1, greedy)], most_jobs=2)
    await board.findings(JOB)
    assert len(board.said(JOB).findings) == MOST_OF_ONE
    assert board.said(JOB).findings[-1] == a_finding(1, attempt=39)
    for number in range(3, 6):
        await board.tell(Address(f"1111111111111111111111111111111{number}"), a_finding(0))
    assert board.said(JOB) == Said()


async def test_an_opened_finding_replaces_its_commitment() -> None:
    board = PeerBoard(AwayBoard(), [])
    await board.tell(JOB, a_finding(0, opened=False))
    await board.tell(JOB, a_finding(0))
    assert board.said(JOB).findings == [a_finding(0)]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="not JSON"),
        httpx.Response(200, json={"findings": [{"oracle": "x"}]}),
        httpx.Response(200, content=b" " * (MOST_BYTES + 1)),
        httpx.Response(200, json={"attestations": [an_attestation(0).model_dump()] * (MOST_SAID + 1)}),
    ],
    ids=["error", "text", "another shape", "too long", "too many"],
)
async def test_an_answer_that_makes_no_sense_is_none(answer: httpx.Response) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer)) as http:
        peer = Peer(ORACLES[1].address, "http://oracle.example", http)
        with pytest.raises(ApiError):
            await peer.said(JOB)
        board = PeerBoard(MemoryBoard(), [peer])
        assert list(await board.tell(JOB, a_finding(0))) == [a_finding(0)]
