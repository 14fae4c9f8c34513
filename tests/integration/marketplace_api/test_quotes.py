"""Quotes, markets and lists of jobs over HTTP."""

from typing import Any

import pytest

from hypernode.chain.generated.markets import Config
from hypernode.domain.attestation import Audit
from hypernode.domain.cid import cid_of_bytes, digest_of_cid
from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.spec import GpuRequest, Resources, spec_hash
from hypernode.domain.status import Outcome
from hypernode.domain.types import GpuVendor
from tests.integration.marketplace_api.world import World, a_spec
from tests.support.accounts import MARKET, blank
from tests.support.documents import an_address
from tests.support.scripted_chain import JobStory

RECEIPT = bytes([1]) * 32
FRAME = b"frame bytes"
MANIFEST = OutputManifest.of([OutputFile("frame.ppm", 0o644, len(FRAME), digest_of_cid(cid_of_bytes(FRAME)))])
LOGS = b"rendered 1 frame\n"


# --- quotes


async def quote(world: World, spec: Any = None, **given: Any) -> Any:
    document = (spec or a_spec()).to_document()
    return await world.client.post("/v1/quotes", json={"spec": document, **given})


async def test_quote_prices_the_timeout_at_the_market_s_rate(world: World) -> None:
    await world.index()
    answer = (await quote(world)).json()
    assert (answer["rate"], answer["cap"], answer["price_estimate"]) == ("100", "60000", "60000")
    assert answer["spec_hash"] == spec_hash(a_spec()).hex()
    assert (answer["fitting_nodes"], answer["online_nodes"]) == (0, 0)


async def test_quote_counts_fitting_nodes_and_says_why_others_do_not(world: World) -> None:
    await world.online("cpu")
    await world.online("busy", slots=0, gpu_vendor=GpuVendor.NVIDIA, gpu_count=1, vram_mib=24_000)
    assert (await quote(world)).json()["fitting_nodes"] == 2
    gpu = a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 16_000)))
    answer = (await quote(world, gpu)).json()
    # The busy one fits: waiting is enough.
    assert (answer["fitting_nodes"], answer["unfit"]) == (1, {"GpuVendor": 1, "Busy": 1})


async def test_quote_estimates_from_what_the_same_spec_took_before(world: World) -> None:
    for number, seconds in enumerate((20, 30, 40)):
        job = await world.post(f"job {number}", sequence=number)
        job.assign(an_address("node"))
        job.submit(RECEIPT, seconds)
        job.settle()
    await world.index()
    answer = (await quote(world)).json()
    assert (answer["estimated_seconds"], answer["price_estimate"]) == (30, "3000")
    assert (await quote(world, a_spec(seed=9))).json()["price_estimate"] == "60000"


async def test_the_network_s_minimum_rate_is_a_floor_in_every_market(world: World) -> None:
    world.chain.markets_config = blank(Config, min_rate=250)
    await world.index()
    answer = (await quote(world)).json()
    assert (answer["rate"], answer["cap"]) == ("250", "150000")
    refused = await quote(world, rate=249)
    assert (refused.status_code, refused.json()["error"]) == (409, "RateTooLow")
    assert "250" in refused.json()["fix"]


async def test_quote_says_what_is_verified_and_what_is_not(world: World) -> None:
    await world.index()
    assert (await quote(world)).json()["verification"] == {
        "level": "sampled",
        "audit_bps": 500,
        "reason": None,
    }
    gpu = a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 16_000)))
    found = (await quote(world, gpu)).json()["verification"]
    assert (found["level"], found["reason"]) == ("none", "the oracles have no GPU")


@pytest.mark.parametrize("audit", [Audit.UNREPEATABLE, Audit.IMPOSSIBLE])
async def test_a_spec_that_oracles_could_not_repeat_is_labelled_before_it_is_paid_again(
    world: World, audit: Audit
) -> None:
    job = await world.post("job")
    job.assign(an_address("node"))
    job.submit(RECEIPT, 20)
    job.settle(audit)
    await world.index()
    assert (await quote(world)).json()["verification"]["level"] == "none"
    assert (await quote(world, a_spec(seed=9))).json()["verification"]["level"] == "sampled"


@pytest.mark.parametrize(
    ("given", "status", "error"),
    [
        ({"rate": 99}, 409, "RateTooLow"),
        ({"market": an_address("missing")}, 404, "MarketNotFound"),
        ({"rate": -1}, 422, "Malformed"),
        ({"rate": str(2**64)}, 422, "Malformed"),
        ({"rate": str(2**64 - 1)}, 422, "InvalidAmount"),
        ({"market": "x"}, 422, "Malformed"),
    ],
)
async def test_quote_refusals_are_typed(world: World, given: Any, status: int, error: str) -> None:
    await world.index()
    answer = await quote(world, **given)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_quote_for_a_spec_that_breaks_a_rule_names_the_member(world: World) -> None:
    await world.index()
    answer = await world.client.post(
        "/v1/quotes", json={"spec": {**a_spec().to_document(), "network": "host"}}
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "InvalidJobSpec")
    assert "network" in answer.json()["detail"]
    answer = await quote(world, a_spec(timeout_seconds=3_601))
    assert (answer.status_code, answer.json()["error"]) == (409, "TimeoutOutOfBounds")


async def test_markets_are_listed_with_the_default(world: World) -> None:
    await world.index()
    listed = (await world.client.get("/v1/markets")).json()
    assert listed["default"] == MARKET
    assert listed["markets"][0]["matched_here"] is True


# --- lists


async def test_pages_cover_every_job_once_newest_first(world: World) -> None:
    for number in range(7):
        world.chain.time += number % 2  # some share a second
        JobStory(world.chain, f"job {number}", created_at=world.chain.time, sequence=number)
    await world.index()
    seen: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = (await world.client.get(f"/v1/jobs?limit=2{cursor}")).json()
        seen += page["jobs"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len({(job["job"], job["sequence"]) for job in seen}) == len(seen) == 7
    assert [job["created_at"] for job in seen] == sorted((job["created_at"] for job in seen), reverse=True)


async def test_lists_filter_by_buyer_and_status(world: World) -> None:
    mine = JobStory(world.chain, "mine", buyer=an_address("me"))
    JobStory(world.chain, "other")
    JobStory(world.chain, "gone", buyer=an_address("me")).refund(Outcome.CANCELLED)
    await world.index()
    listed = await world.client.get(f"/v1/jobs?buyer={an_address('me')}&status=Posted")
    assert [job["job"] for job in listed.json()["jobs"]] == [mine.address]
