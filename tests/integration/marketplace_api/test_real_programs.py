"""The API over the real programs on the real VM: what it shows and signs is what the chain takes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import base58
import httpx
import pytest

from hypernode.blobs import MemoryBlobs
from hypernode.chain.lite import LiteChain
from hypernode.chain.transactions import Draft
from hypernode.domain.clock import ManualClock
from hypernode.domain.spec import spec_hash
from hypernode.domain.status import Verdict
from hypernode.wire.attestations import AttestationIn
from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.kernel import Collaborators
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.leases import MemoryLeases
from hypernode_marketplace_api.settings import Settings
from tests.integration.marketplace_api.world import NodeDouble, World, a_spec
from tests.programs.cookies import MarketCookie, NodeCookie, a_buyer, a_market, a_node
from tests.programs.jobs import CAP, RATE, TIMEOUT, JobCookie, a_job
from tests.programs.world import World as Programs

SPEC = a_spec(timeout_seconds=TIMEOUT)


@dataclass
class Live:
    """The API's world over a chain that runs the programs."""

    api: World
    programs: Programs
    chain: LiteChain
    market: MarketCookie

    async def tick(self) -> None:
        self.api.clock.set(self.programs.now)
        await self.api.index()
        await self.api.match()

    async def connect(self, node: NodeCookie, slots: int = 1) -> NodeDouble:
        await self.api.index()
        double = NodeDouble(self.api, node.address, node.operator.address, node.worker_key)
        assert (await double.connect())["type"] == "welcome"
        await double.say({"type": "heartbeat", "free_slots": slots})
        assert (await double.hear())["type"] == "heartbeat_ack"
        return double

    async def post(self, nonce: int = 1) -> JobCookie:
        await self.api.collaborators.blobs.put(SPEC.to_bytes())
        return a_job(
            self.programs,
            nonce=nonce,
            buyer=a_buyer(self.programs, f"buyer {nonce}"),
            market=self.market,
            spec_hash=spec_hash(SPEC),
        )

    async def shown(self, job: JobCookie) -> dict[str, object]:
        shown: dict[str, object] = (await self.api.client.get(f"/v1/jobs/{job.address}")).json()
        return shown


@pytest.fixture
async def live(database: Database) -> AsyncIterator[Live]:
    programs = Programs.ready()
    market = a_market(programs)
    chain = LiteChain(programs.lite)
    clock, monotonic = ManualClock(programs.now), ManualClock(0)
    collaborators = Collaborators(
        database=database,
        chain=chain,
        blobs=MemoryBlobs(),
        leases=MemoryLeases(monotonic.now),
        matcher=market.matcher,
        clock=clock,
        monotonic=monotonic.now,
    )
    settings = Settings()
    app = create_app(settings, collaborators, run_loops=False)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        api = World(app, app.state.kernel, collaborators, chain, clock, monotonic, client, settings)  # type: ignore[arg-type]
        yield Live(api, programs, chain, market)


async def take(live: Live, node: NodeCookie, double: NodeDouble) -> None:
    """Accept the offer that is waiting, co-sign the assignment and send it, as an worker does."""
    offer = await double.hear()
    await double.say({"type": "accept", "offer_id": offer["offer_id"]})
    assignment = await double.hear()
    assert assignment["type"] == "assignment", assignment
    draft = Draft.decode(assignment["transaction"])
    assert draft.missing == {node.worker_key.address}
    signature = await live.chain.submit(draft.sign(node.worker_key).encode())
    await double.say({"type": "assigned", "offer_id": offer["offer_id"], "signature": signature})


async def test_job_is_matched_assigned_and_settled_on_the_real_programs(live: Live) -> None:
    node = a_node(live.programs)
    double = await live.connect(node)
    job = await live.post()
    await live.tick()
    await take(live, node, double)
    assert job.state.node == node.address
    job.node = node
    await live.tick()
    assert (await live.shown(job))["status"] == "Assigned"
    job.submit(seconds=30)
    await live.tick()
    assert (await live.shown(job))["status"] == "Submitted"
    job.settle()
    await live.tick()
    shown = await live.shown(job)
    assert (shown["status"], shown["paid"], shown["refunded"]) == (
        "Settled",
        str(30 * RATE),
        str(CAP - 30 * RATE),
    )
    assert [entry["name"] for entry in shown["timeline"]] == [  # type: ignore[attr-defined]
        "JobCreated",
        "JobAssigned",
        "ReceiptSubmitted",
        "JobSettled",
    ]
    assert (await live.api.client.get(f"/v1/nodes/{node.address}")).json()["reputation"]["ok"] == 1


async def test_expired_assignment_is_offered_again_and_timed_out_in_the_end(live: Live) -> None:
    job = await live.post()
    for name in ("first", "second"):
        node = a_node(live.programs, name)
        double = await live.connect(node)
        await live.tick()
        await take(live, node, double)
        live.programs.at(job.state.deadline + 1)
        job.expire()
        await double.drop()
        await live.tick()
    shown = await live.shown(job)
    assert (shown["status"], shown["refunded"], shown["attempt"]) == ("TimedOut", str(CAP), 2)


async def test_rejected_job_names_its_gate(live: Live) -> None:
    node = a_node(live.programs)
    double = await live.connect(node)
    job = await live.post()
    await live.tick()
    await take(live, node, double)
    job.node = node
    job.submit(seconds=30).settle(Verdict.REJECT)
    await live.tick()
    shown = await live.shown(job)
    assert (shown["status"], shown["reject_reason"]) == ("Rejected", "OutputMismatch")
    assert shown["refunded"] == str(CAP)


async def test_oracle_s_verdict_is_the_one_the_program_would_take(live: Live) -> None:
    node = a_node(live.programs)
    double = await live.connect(node)
    job = await live.post()
    await live.tick()
    await take(live, node, double)
    job.node = node
    job.submit(seconds=30)
    await live.tick()
    attestation, oracle = job.attestation(), live.programs.oracles[0]
    signature = base58.b58encode(oracle.sign(attestation.digest())).decode()
    body = AttestationIn.of(attestation, oracle.address, signature).model_dump(mode="json")
    answer = await live.api.post_signed(oracle, f"/v1/jobs/{job.address}/attestations", body)
    assert answer.status_code == 201, answer.text


async def test_cancelled_job_is_refunded_and_its_address_used_again(live: Live) -> None:
    job = await live.post()
    await live.tick()
    job.cancel()
    await live.tick()
    assert (await live.shown(job))["status"] == "Cancelled"
    job.create(spec_hash=spec_hash(SPEC))
    await live.tick()
    assert (await live.shown(job))["status"] == "Posted"
    rows = (await live.api.client.get(f"/v1/jobs?buyer={job.buyer.owner.address}")).json()["jobs"]
    assert sorted(row["status"] for row in rows) == ["Cancelled", "Posted"]


async def test_stake_that_leaves_takes_the_node_out_of_the_match(live: Live) -> None:
    node = a_node(live.programs, stake=0)
    double = await live.connect(node)
    await live.post()
    await live.tick()
    assert double.nothing_heard()
    node.put_stake(1_000_000_000)
    await live.tick()
    assert (await double.hear())["type"] == "offer"
