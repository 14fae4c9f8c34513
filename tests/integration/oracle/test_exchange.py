"""Oracles and workers without an API: findings and evidence go from one to the other over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import base58
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from hypernode.blobs import MemoryBlobs
from hypernode.chain import addresses
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.keys import Key
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.status import JobStatus, RejectReason, Verdict
from hypernode.domain.types import Address, Cid
from hypernode.errors import BlobStoreUnavailable
from hypernode.wire.evidence import (
    EVIDENCE_PATH,
    BlobHead,
    EvidenceChallenge,
    EvidenceHello,
    EvidenceRefused,
    EvidenceWelcome,
    FromOracle,
    evidence_signing_bytes,
    from_oracle,
)
from hypernode_node_client.evidence import EvidenceService
from hypernode_node_client.journal import Journal
from hypernode_node_client.shelf import Shelf
from hypernode_node_client.worker import Attempts
from hypernode_oracle.links import MOST_GREETING_OF_ONE, WorkerLinks
from hypernode_oracle.oracle import Oracle
from hypernode_oracle.peers import PeerBoard
from tests.programs.jobs import CAP, RATE
from tests.support.exchange import AwayBoard, boards_over_http
from tests.support.shop import SPEC, Shop
from tests.support.waiting import until

METERED = 4


class AwayBlobs(MemoryBlobs):
    """The store of an API that can be taken away."""

    away = False

    async def put(self, data: bytes) -> Cid:
        self._check()
        return await super().put(data)

    async def get(self, cid: str) -> bytes:
        self._check()
        return await super().get(cid)

    def _check(self) -> None:
        if self.away:
            raise BlobStoreUnavailable("the API does not answer")


@dataclass
class Town:
    """A shop whose oracles talk over HTTP and whose worker serves its evidence; nobody needs the API."""

    shop: Shop
    blobs: AwayBlobs
    links: list[WorkerLinks]
    boards: list[PeerBoard]
    urls: dict[Address, str]
    shelf: Shelf
    services: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def keys(self) -> list[Key]:
        return self.shop.world.oracles

    def service(self) -> EvidenceService:
        shop = self.shop
        return EvidenceService(
            node=shop.node.address,
            worker_key=shop.node.worker_key,
            chain=shop.chain,
            shelf=self.shelf,
            oracles=self.urls,
            pause=lambda _: 0.0,
        )

    def start(self, service: EvidenceService) -> None:
        self.services.append(asyncio.create_task(service.run()))

    async def delivered(self, service: EvidenceService | None) -> None:
        """Work the job to its receipt; without a service nothing is kept for the oracles."""
        shop = self.shop
        key = await shop.assigned()
        if service is None:
            await shop.deliver()
        else:
            attempts = Attempts(
                node=shop.node.address,
                worker_key=shop.node.worker_key,
                chain=shop.chain,
                artifacts=shop.attempts(Journal(None))._artifacts,
                sandbox=shop.a_sandbox(),
                journal=Journal(None),
                keep=service.keep,
            )
            assert await attempts.work(key) is not None
        await shop.arrange()

    async def connected(self) -> None:
        worker = self.shop.node.worker_key.address
        await until(lambda: all(worker in links.connected for links in self.links))

    def oracles(self) -> list[Oracle]:
        return [
            self.shop.oracle(number, board=board, workers=links)
            for number, (board, links) in enumerate(zip(self.boards, self.links, strict=True))
        ]

    async def until_ended(self) -> None:
        for _ in range(6):
            for oracle in self.oracles():
                await oracle.step()
            if not self.shop.job.exists:
                return
        raise AssertionError("the job never ended")


@asynccontextmanager
async def a_town(folder: Path) -> AsyncIterator[Town]:
    blobs = AwayBlobs()
    shop = Shop(folder, blobs=blobs)
    links = [WorkerLinks(key.address, shop.chain) for key in shop.world.oracles]
    async with AsyncExitStack() as stack:
        urls: dict[Address, str] = {}
        boards = await boards_over_http(stack, AwayBoard(), shop.world.oracles, links, urls)
        town = Town(shop, blobs, links, boards, urls, Shelf(folder / "shelf"))
        try:
            yield town
        finally:
            for task in town.services:
                task.cancel()
            await asyncio.gather(*town.services, return_exceptions=True)


async def test_a_drawn_job_settles_by_worker_and_oracles_alone(tmp_path: Path) -> None:
    """The API goes away after the submission: its board and its store are copies."""
    async with a_town(tmp_path) as town:
        service = town.service()
        town.start(service)
        await town.delivered(service)
        town.blobs.away = True
        await town.connected()
        _, available, _ = town.shop.balance
        await town.until_ended()
        price = RATE * METERED
        fees = price * 1_000 // 10_000 + price * 500 // 10_000
        assert town.shop.balance == (price - fees, available + CAP - price, 0)


async def test_the_api_may_be_gone_before_the_receipt_is_sent(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        service = town.service()
        town.start(service)
        put = town.blobs.put

        async def gone_when_published(data: bytes) -> Cid:
            town.blobs.away = town.blobs.away or len(await _known(town.blobs)) >= 2
            return await put(data)

        town.blobs.put = gone_when_published  # type: ignore[method-assign]
        await town.delivered(service)
        assert town.blobs.away
        await town.connected()
        await town.until_ended()
        assert town.shop.node.earned > 0


async def test_a_restarted_worker_serves_what_it_owes(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.delivered(town.service())  # killed before it could connect
        town.blobs.away = True
        town.shelf = Shelf(tmp_path / "shelf")
        town.start(town.service())
        await town.connected()
        await town.until_ended()
        assert town.shop.node.earned > 0


async def test_a_node_that_serves_nothing_bears_the_loss(tmp_path: Path) -> None:
    """Neither worker nor store has it: at first nobody decides, at the end it counts against the node."""
    async with a_town(tmp_path) as town:
        await town.delivered(None)
        town.blobs.away = True
        town.blobs._blobs.clear()
        for oracle in town.oracles():
            await oracle.step()
        assert town.shop.job.state.status is JobStatus.SUBMITTED
        # Spec and inputs are the buyer's, and still there.
        town.blobs.away = False
        for data in (SPEC.to_bytes(), b"what the job reads\n"):
            await town.blobs.put(data)
        town.shop.world.at(town.shop.job.state.verdict_deadline - 5)
        await town.until_ended()
        (given,) = {
            (one.verdict, one.reason) for one in await town.boards[0].attestations(town.shop.job.address)
        }
        assert given == (int(Verdict.REJECT), int(RejectReason.MISSING_BLOB))


async def test_an_evil_store_turns_nothing(tmp_path: Path) -> None:
    """A store with other bytes under every name is not asked for what the worker has."""
    async with a_town(tmp_path) as town:
        service = town.service()
        town.start(service)
        await town.delivered(service)
        for cid in await _known(town.blobs):
            town.blobs.tamper(cid, b"evil")
        await town.connected()
        await town.until_ended()
        assert town.shop.node.earned > 0


class Drip:
    """Workers that answer nothing, and count who waits."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    async def get(self, worker_key: Address, cid: str) -> bytes | None:
        self.waiting.append(cid)
        await asyncio.Event().wait()
        return None


async def test_a_worker_that_never_answers_holds_one_place_and_is_missing_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hypernode_oracle.verification.verifier.FIRST_SECONDS", 0)
    monkeypatch.setattr("hypernode_oracle.verification.verifier.WINDOW_SHARE", 10**9)
    shop, drip = Shop(tmp_path), Drip()
    await shop.submitted()
    oracles = [shop.oracle(number, workers=drip) for number in range(3)]
    for oracle in oracles:
        await oracle.step()
    assert shop.job.state.status is JobStatus.SUBMITTED, "it may still come"
    assert len(drip.waiting) == 3
    shop.world.at(shop.job.state.verdict_deadline - 5)
    for _ in range(4):
        for oracle in oracles:
            await oracle.step()
    assert not shop.job.exists
    assert shop.node.earned == 0


async def test_one_worker_s_jobs_are_read_one_after_the_other(tmp_path: Path) -> None:
    shop, drip = Shop(tmp_path), Drip()
    await shop.submitted()
    oracle = shop.oracle(0, workers=drip)
    deliberation = oracle._deliberation
    oracles = shop.world.read(OracleSet, addresses.oracle_set())
    attempts = [AttemptKey(shop.job.address, number, 1) for number in range(3)]
    reads = [
        asyncio.create_task(deliberation.decide(attempt, shop.job.state, oracles)) for attempt in attempts
    ]
    await until(lambda: bool(drip.waiting))
    await asyncio.sleep(0)
    assert len(drip.waiting) == 1
    for read in reads:
        read.cancel()
    await asyncio.gather(*reads, return_exceptions=True)


async def test_the_shelf_is_tidied_after_the_verdict(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        service = town.service()
        await town.delivered(service)
        (key,) = town.shelf.attempts()
        service.compare({key})
        assert town.shelf.attempts() == [key]
        town.shelf.tidy(set(), now=0.0)
        assert town.shelf.attempts() == [key], "a buyer may still want it"
        town.shelf.tidy({key}, now=10.0**11)
        assert town.shelf.attempts() == [key], "it waits for a verdict"
        town.shelf.tidy(set(), now=10.0**11)
        assert town.shelf.attempts() == []
        assert town.shelf.find(cid_of_bytes(SPEC.to_bytes())) is None


# --- who may connect


async def greeting(town: Town, hello: Callable[[Key, EvidenceChallenge], EvidenceHello]) -> FromOracle:
    """Return what the first oracle answers to a greeting."""
    key = town.keys[0]
    url = town.urls[key.address].replace("http", "ws", 1) + EVIDENCE_PATH
    async with connect(url) as socket:
        challenge = from_oracle.validate_json(await socket.recv())
        assert isinstance(challenge, EvidenceChallenge)
        assert challenge.oracle == key.address
        await socket.send(hello(key, challenge).model_dump_json())
        return from_oracle.validate_json(await socket.recv())


def signed_hello(town: Town, worker: Key, oracle: Address, nonce: str) -> EvidenceHello:
    signature = worker.sign(evidence_signing_bytes(oracle, bytes.fromhex(nonce)))
    return EvidenceHello(
        job=town.shop.job.address,
        worker_key=worker.address,
        signature=base58.b58encode(signature).decode(),
    )


async def test_the_worker_of_a_job_in_hand_is_welcome(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.delivered(town.service())
        worker = town.shop.node.worker_key
        answer = await greeting(town, lambda key, asked: signed_hello(town, worker, key.address, asked.nonce))
        assert isinstance(answer, EvidenceWelcome)


@pytest.mark.parametrize("who", ["stranger", "other oracle's challenge", "old nonce", "ended job"])
async def test_nobody_else_is(tmp_path: Path, who: str) -> None:
    async with a_town(tmp_path) as town:
        await town.delivered(town.service())
        worker, shop = town.shop.node.worker_key, town.shop
        if who == "ended job":
            shop.world.at(shop.job.state.late_until + 1)
            shop.job.expire()

        def hello(key: Key, asked: EvidenceChallenge) -> EvidenceHello:
            oracle = town.keys[1].address if who.startswith("other") else key.address
            nonce = bytes(32).hex() if who == "old nonce" else asked.nonce
            return signed_hello(town, shop.world.oracles[2] if who == "stranger" else worker, oracle, nonce)

        assert isinstance(await greeting(town, hello), EvidenceRefused)
        assert worker.address not in town.links[0].connected


async def test_one_host_cannot_take_all_places_for_greetings(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town, AsyncExitStack() as stack:
        await town.delivered(town.service())
        url = town.urls[town.keys[0].address].replace("http", "ws", 1) + EVIDENCE_PATH
        for _ in range(MOST_GREETING_OF_ONE):
            silent = await stack.enter_async_context(connect(url))
            await silent.recv()
        one_more = await stack.enter_async_context(connect(url))
        with pytest.raises(ConnectionClosed):
            await one_more.recv()
        await silent.close()
        await until(lambda: town.links[0].greeting < MOST_GREETING_OF_ONE)
        worker = town.shop.node.worker_key
        answer = await greeting(town, lambda key, asked: signed_hello(town, worker, key.address, asked.nonce))
        assert isinstance(answer, EvidenceWelcome)


# --- workers that answer badly


@pytest.mark.parametrize("answer", ["other bytes", "too short", "junk", "another blob", "hangs up"])
async def test_a_worker_that_answers_badly_is_one_that_has_nothing(tmp_path: Path, answer: str) -> None:
    async with a_town(tmp_path) as town:
        await town.delivered(town.service())
        worker, links = town.shop.node.worker_key, town.links[0]
        key = town.keys[0].address
        wanted = cid_of_bytes(b"wanted")
        async with connect(town.urls[key].replace("http", "ws", 1) + EVIDENCE_PATH) as socket:
            challenge = from_oracle.validate_json(await socket.recv())
            assert isinstance(challenge, EvidenceChallenge)
            await socket.send(signed_hello(town, worker, key, challenge.nonce).model_dump_json())
            await socket.recv()
            asking = asyncio.create_task(links.get(worker.address, wanted))
            await socket.recv()
            head = BlobHead(cid=cid_of_bytes(b"x") if answer == "another blob" else wanted, size=6)
            if answer == "hangs up":
                await socket.close()
            else:
                await socket.send("{}" if answer == "junk" else head.model_dump_json())
                await socket.send(b"no" if answer == "too short" else b"banana")
            assert await asking is None


async def _known(blobs: MemoryBlobs) -> list[str]:
    return sorted(blobs._blobs)
