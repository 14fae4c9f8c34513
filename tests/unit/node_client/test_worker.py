"""The worker's conversation with the API: answers, slots, duplicates, heartbeats, and coming back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.clock import ManualClock
from hypernode.domain.spec import spec_hash
from hypernode.domain.status import JobStatus
from hypernode.errors import BlobStoreUnavailable, EngineUnavailable, RpcUnavailable
from hypernode.wire.nodes import Accept, Assigned, Assignment, Decline, ErrorMessage, Heartbeat, NodeMessage
from hypernode_node_client.journal import Journal
from hypernode_node_client.session import ApiSession, SessionLost, SessionRefused
from hypernode_node_client.worker.worker import PAUSES
from tests.programs.jobs import JobCookie
from tests.support.instant_blobs import InstantBlobs
from tests.support.scripted_api import ScriptedApi, ScriptedSession, breathe
from tests.support.shop import INPUT, SPEC, Shop

# More turns of the loop than any exchange below takes.
TURNS = 300


class Desk(ScriptedApi):
    """An API that says only what a test tells it to, to an worker that runs until the test ends."""

    def __init__(self, shop: Shop, jobs: list[JobCookie]) -> None:
        super().__init__(shop, jobs)
        self.sessions: list[ScriptedSession] = []
        self.refusal: Exception | None = None
        self.mute = False

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[ApiSession]:
        if self.refusal is not None:
            raise self.refusal
        self.sessions.append(ScriptedSession(self))
        yield self.sessions[-1]

    async def hear(self, session: ScriptedSession, message: NodeMessage) -> None:
        if self.mute:
            raise SessionLost("nobody listens")
        self.heard.append(message)

    async def say(self, *messages: Any) -> None:
        for message in messages:
            self.sessions[-1].say(message)
        await settle()

    def answers(self) -> list[NodeMessage]:
        return [message for message in self.heard if isinstance(message, Accept | Decline | Assigned)]


async def settle() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def a_desk(folder: Path, jobs: int = 2) -> Desk:
    shop = Shop(folder, blobs=InstantBlobs())
    for data in (INPUT, SPEC.to_bytes()):
        await shop.blobs.put(data)
    made = [
        JobCookie(shop.world, shop.job.buyer, shop.market, nonce, shop.node) for nonce in range(1, jobs + 1)
    ]
    for job in made:
        job.create(spec_hash=spec_hash(SPEC))
    return Desk(shop, made)


@asynccontextmanager
async def serving(desk: Desk, slots: int = 2, **parts: Any) -> AsyncIterator[asyncio.Task[None]]:
    worker = desk.worker(Journal(None), slots=slots)
    for name, part in parts.items():
        setattr(worker, f"_{name}", part)
    task = asyncio.create_task(worker.run())
    await settle()
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_an_offer_is_accepted_and_its_assignment_brought_to_the_chain(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    offer = desk.offer(desk.jobs[0])
    async with serving(desk):
        await desk.say(offer)
        assert desk.answers() == [Accept(offer_id=offer.offer_id)]
        await desk.say(Assignment(offer_id=offer.offer_id, transaction=await desk.assignment(desk.jobs[0])))
        assert isinstance(desk.answers()[-1], Assigned)
        assert desk.jobs[0].state.node == desk.shop.node.address


async def test_an_offer_sent_twice_is_answered_once_and_keeps_its_slot(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    offer = desk.offer(desk.jobs[0])
    async with serving(desk, slots=1):
        await desk.say(offer, offer)
        assert desk.answers() == [Accept(offer_id=offer.offer_id)]
        assignment = Assignment(offer_id=offer.offer_id, transaction=await desk.assignment(desk.jobs[0]))
        await desk.say(assignment, assignment)
        assert [type(answer) for answer in desk.answers()] == [Accept, Assigned]


async def test_a_second_offer_of_a_job_in_hand_is_declined(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    async with serving(desk, slots=3):
        await desk.say(desk.offer(desk.jobs[0]), desk.offer(desk.jobs[0]))
        assert [type(answer) for answer in desk.answers()] == [Accept, Decline]


async def test_no_more_offers_are_accepted_than_there_are_slots(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    first, second = (desk.offer(job) for job in desk.jobs)
    async with serving(desk, slots=1):
        await desk.say(first, second)
        assert desk.answers()[1:] == [Decline(offer_id=second.offer_id, reason="no free slot")]


async def test_an_objection_of_the_api_frees_the_slot(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    first, second = (desk.offer(job) for job in desk.jobs)
    async with serving(desk, slots=1):
        await desk.say(first, ErrorMessage(error="OfferGone", detail="", offer_id=first.offer_id), second)
        assert [type(answer) for answer in desk.answers()] == [Accept, Accept]


async def test_an_assignment_nobody_asked_for_is_not_signed(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    async with serving(desk):
        await desk.say(Assignment(offer_id="stray", transaction=await desk.assignment(desk.jobs[0])))
        assert desk.answers() == []
        assert desk.jobs[0].state.status is JobStatus.POSTED


@pytest.mark.parametrize("transaction", ["junk", "", "AAAA"])
async def test_an_assignment_that_is_no_transaction_frees_the_slot(tmp_path: Path, transaction: str) -> None:
    desk = await a_desk(tmp_path)
    first, second = (desk.offer(job) for job in desk.jobs)
    async with serving(desk, slots=1):
        await desk.say(first, Assignment(offer_id=first.offer_id, transaction=transaction))
        await desk.say(second)
        assert [type(answer) for answer in desk.answers()] == [Accept, Accept]


class Broken:
    """A collaborator whose every call fails."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def __getattr__(self, name: str) -> Any:
        async def call(*args: Any, **kwargs: Any) -> Any:
            raise self._fault

        return call


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("sandbox", EngineUnavailable("no Docker\nengine\x00answers")),
        ("artifacts", BlobStoreUnavailable("502\nsee https://example.org " + "x" * 300)),
    ],
)
async def test_a_fault_over_an_offer_declines_it_and_the_agent_lives(
    tmp_path: Path, part: str, fault: Exception
) -> None:
    desk = await a_desk(tmp_path)
    broken: dict[str, Any] = {part: Broken(fault)}
    async with serving(desk, **broken) as running:
        await desk.say(desk.offer(desk.jobs[0]))
        (answer,) = desk.answers()
        assert isinstance(answer, Decline)
        assert Decline.model_validate(answer.model_dump()) == answer
        assert type(fault).__name__ in answer.reason
        assert not running.done()


@pytest.mark.parametrize("name", ["x" * 65, "a\nb"])
async def test_an_offer_that_cannot_be_answered_is_ignored_and_the_agent_lives(
    tmp_path: Path, name: str
) -> None:
    desk = await a_desk(tmp_path)
    async with serving(desk, slots=1) as running:
        await desk.say(desk.offer(desk.jobs[0], offer_id=name), desk.offer(desk.jobs[1]))
        assert [type(answer) for answer in desk.answers()] == [Accept]
        assert not running.done()


async def test_heartbeats_go_on_and_tell_what_is_free(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    async with serving(desk, slots=2):
        beats = [message for message in desk.heard if isinstance(message, Heartbeat)]
        assert len(beats) > 2
        assert beats[0] == Heartbeat(active_jobs=[], free_slots=2)


async def test_a_heartbeat_that_fails_ends_the_connection_and_a_new_one_is_opened(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    desk.mute = True
    async with serving(desk):
        assert len(desk.sessions) > 1
        desk.mute = False
        await settle()
        sessions = len(desk.sessions)
        await settle()
        assert len(desk.sessions) == sessions
        await desk.say(desk.offer(desk.jobs[0]))
        assert [type(answer) for answer in desk.answers()] == [Accept]


async def test_an_offer_of_an_earlier_connection_holds_no_slot(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    first, second = (desk.offer(job) for job in desk.jobs)
    async with serving(desk, slots=1):
        await desk.say(first)
        await desk.say(None)
        await desk.say(second)
        assert [type(answer) for answer in desk.answers()] == [Accept, Accept]


def test_nodes_do_not_all_come_back_in_the_same_moment() -> None:
    waits = {PAUSES(5) for _ in range(20)}
    assert len(waits) > 10
    assert all(0 <= seconds <= PAUSES.most(5) for seconds in waits)


class Pauses:
    """Takes down how long the worker meant to wait."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await breathe(seconds)


async def test_it_comes_back_later_and_later_but_never_too_late(
    tmp_path: Path,
) -> None:
    desk, pauses = await a_desk(tmp_path), Pauses()
    desk.refusal = SessionLost("away")
    async with serving(desk, sleep=pauses, pause=PAUSES.most):
        while len(pauses.taken) < 12:
            await settle()
    assert pauses.taken[:4] == [0.2, 0.4, 0.8, 1.6]
    assert pauses.taken == sorted(pauses.taken)
    assert pauses.taken[-1] == PAUSES.longest


async def test_a_connection_that_brings_nothing_is_a_failure_as_well(
    tmp_path: Path,
) -> None:
    desk, pauses = await a_desk(tmp_path), Pauses()
    async with serving(desk, sleep=pauses, pause=PAUSES.most):
        for _ in range(3):
            await desk.say(None)
        await desk.say(ErrorMessage(error="Busy", detail=""), None)
    waits = [seconds for seconds in pauses.taken if seconds != ScriptedSession.heartbeat_seconds]
    assert waits == [0.2, 0.4, 0.8, 0.2]


async def test_a_refusal_ends_the_agent_with_what_mends_it(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    desk.refusal = SessionRefused("no node", fix="register the node")
    async with serving(desk) as running:
        with pytest.raises(SessionRefused):
            await running


async def test_recovery_waits_for_a_chain_that_is_away(tmp_path: Path) -> None:
    desk = await a_desk(tmp_path)
    key = await desk.shop.assigned()
    attempts, asked = desk.shop.attempts(Journal(None)), 0
    unfinished = attempts.unfinished

    async def away_at_first() -> list[AttemptKey]:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise RpcUnavailable("away")
        return await unfinished()

    attempts.unfinished = away_at_first  # type: ignore[method-assign]
    async with serving(desk, attempts=attempts):
        while desk.shop.job.state.status is not JobStatus.SUBMITTED:
            await settle()
    assert desk.shop.sandbox.runs == [key.run_name]


class Owed:
    """Attempts of a node that owes nothing; counts how often the chain is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def unfinished(self) -> list[AttemptKey]:
        self.asked += 1
        return []

    async def sweep(self, keep: list[AttemptKey]) -> None:
        assert keep == []


async def test_heartbeats_do_not_ask_the_chain_but_a_minute_does(tmp_path: Path) -> None:
    desk, owed, clock = await a_desk(tmp_path), Owed(), ManualClock()
    async with serving(desk, attempts=owed, clock=clock):
        beats, asked = len(desk.heard), owed.asked
        await settle()
        assert len(desk.heard) > beats
        assert owed.asked == asked == 2  # at the start, and at the connection
        clock.advance(75)
        await settle()
        assert owed.asked == 3


async def test_after_a_failed_assignment_the_chain_is_asked_soon_then_less_often(
    tmp_path: Path,
) -> None:
    desk, owed, clock = await a_desk(tmp_path), Owed(), ManualClock()
    offer = desk.offer(desk.jobs[0])
    async with serving(desk, attempts=owed, clock=clock, chain=Broken(RpcUnavailable("no answer"))):
        await desk.say(offer)
        assignment = await desk.assignment(desk.jobs[0])
        asked = owed.asked
        await desk.say(Assignment(offer_id=offer.offer_id, transaction=assignment))
        seconds = []
        for second in range(1, 128):
            clock.advance(1)
            await settle()
            if owed.asked > asked:
                asked = owed.asked
                seconds.append(second)
        assert seconds[:7] == [1, 3, 7, 15, 31, 63, 127]


async def test_a_slot_that_is_taken_or_free_again_is_told_at_once(tmp_path: Path) -> None:
    """Otherwise the next job of a buyer is offered in vain, or waits for the next heartbeat."""

    async def never(seconds: float) -> None:
        await asyncio.Event().wait()

    desk = await a_desk(tmp_path)
    offer = desk.offer(desk.jobs[0])
    async with serving(desk, sleep=never):
        await desk.say(offer)
        await desk.say(Assignment(offer_id=offer.offer_id, transaction=await desk.assignment(desk.jobs[0])))
        await settle()
        assert desk.jobs[0].state.status is JobStatus.SUBMITTED
        beats = [message for message in desk.heard if isinstance(message, Heartbeat)]
        assert [beat.free_slots for beat in beats] == [2, 1, 2]
        taken = desk.heard.index(beats[1])
        assert any(isinstance(message, Assigned) for message in desk.heard[taken:])
