"""A buyer's stop over HTTP: who may bring which, and that the worker gets it however often it connects."""

from typing import Any

import base58
import pytest

from hypernode.chain.generated.markets import PROGRAM_ID
from hypernode.chain.keys import Key
from hypernode.domain.receipt import stop_bytes
from tests.integration.marketplace_api.world import NodeDouble, World, a_key
from tests.support.documents import an_address
from tests.support.scripted_chain import JobStory

BUYER = a_key("the buyer")


async def running(world: World, node: NodeDouble | None = None) -> JobStory:
    """Return a job that a node runs, of a buyer whose key the test has."""
    job = await world.post("job", buyer=BUYER.address)
    job.assign(an_address("node") if node is None else node.node)
    await world.index()
    return job


def stop_of(job: JobStory, key: Key = BUYER, **changes: Any) -> dict[str, Any]:
    account = job.account
    sequence, attempt = (
        changes.get("sequence", account.sequence),
        changes.get("attempt", account.attempt),
    )
    signed = stop_bytes(job.chain.genesis, PROGRAM_ID, job.address, sequence, attempt)
    return {
        "sequence": str(sequence),
        "attempt": attempt,
        "signature": base58.b58encode(key.sign(signed)).decode(),
    }


async def bring(world: World, job: JobStory, document: dict[str, Any]) -> Any:
    return await world.post_signed(BUYER, f"/v1/jobs/{job.address}/stop", document)


async def beat(node: NodeDouble, *jobs: str) -> None:
    await node.say({"type": "heartbeat", "active_jobs": list(jobs), "free_slots": 0})
    assert (await node.hear())["type"] == "heartbeat_ack"


async def test_the_worker_is_told_once_a_connection(world: World) -> None:
    node = await world.online()
    job = await running(world, node)
    await beat(node, job.address)
    document = stop_of(job)
    answer = await bring(world, job, document)
    assert (answer.status_code, answer.json()["job"]) == (201, job.address)
    for _ in range(2):
        await world.node_service.relay_stops()
    told = await node.hear()
    assert told == {"type": "stop", "job": job.address, **document}
    await beat(node, job.address)  # nothing else was said

    await node.connect()
    await beat(node, job.address)
    await world.node_service.relay_stops()
    assert (await node.hear())["type"] == "stop"


async def test_a_worker_that_does_not_run_the_job_is_told_nothing(world: World) -> None:
    node, other = await world.online("one"), await world.online("two")
    job = await running(world, node)
    await beat(node, job.address)
    await bring(world, job, stop_of(job))
    await world.node_service.relay_stops()
    assert (await node.hear())["type"] == "stop"
    await beat(other)


async def test_the_same_stop_again_changes_nothing(world: World) -> None:
    job = await running(world)
    first = await bring(world, job, stop_of(job))
    world.pass_time(5)
    again = await bring(world, job, stop_of(job))
    assert (again.status_code, again.json()) == (201, first.json())


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"key": a_key("a stranger")}, 401, "SignatureInvalid"),
        ({"attempt": 2}, 409, "JobNotRunning"),
        ({"sequence": 99}, 409, "JobNotRunning"),
    ],
    ids=["stranger", "another attempt", "another job at the address"],
)
async def test_a_stop_that_the_buyer_did_not_sign_for_this_attempt_is_refused(
    world: World, change: dict[str, Any], status: int, error: str
) -> None:
    node = await world.online()
    job = await running(world, node)
    answer = await bring(world, job, stop_of(job, **change))
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    await beat(node, job.address)
    await world.node_service.relay_stops()
    await beat(node, job.address)


async def test_what_no_node_runs_says_what_to_do(world: World) -> None:
    waiting = await world.post("waiting", buyer=BUYER.address)
    answer = await bring(world, waiting, stop_of(waiting, attempt=1))
    assert (answer.status_code, answer.json()["fix"]) == (409, "no node has it yet: cancel it")
    job = await running(world)
    job.submit(bytes(32), 5)
    answer = await bring(world, job, stop_of(job))
    assert "verdict" in answer.json()["fix"]
    job.settle()
    await world.index()
    assert (await bring(world, job, stop_of(job))).json()["error"] == "JobNotRunning"
    missing = await world.post_signed(BUYER, f"/v1/jobs/{an_address('none')}/stop", stop_of(job))
    assert missing.status_code == 404
