"""Signed requests: whose, exactly which, how recent, and only once."""

import asyncio
import json

import pytest

from hypernode.blobs import MemoryBlobs
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.http_signature import (
    KEY_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
)
from tests.integration.marketplace_api.world import World, a_key

DATA = b"some input"
TARGET = f"/v1/blobs/{cid_of_bytes(DATA)}"


async def test_signed_upload_is_kept_and_read_back(world: World) -> None:
    assert (await world.put_blob(DATA)).status_code == 201
    answer = await world.client.get(TARGET)
    assert answer.content == DATA
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await world.client.head(TARGET)).status_code == 200


async def test_replay_of_a_request_is_refused(world: World) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    assert (await world.client.put(TARGET, content=DATA, headers=headers)).status_code == 201
    again = await world.client.put(TARGET, content=DATA, headers=headers)
    assert (again.status_code, again.json()["error"]) == (409, "NonceReused")


async def test_of_many_replays_at_once_one_succeeds(world: World) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    answers = await asyncio.gather(
        *(world.client.put(TARGET, content=DATA, headers=headers) for _ in range(25))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 24


async def test_two_keys_may_use_the_same_nonce(world: World) -> None:
    for name in ("first", "second"):
        headers = world.signed(a_key(name), "PUT", TARGET, DATA)
        assert (await world.client.put(TARGET, content=DATA, headers=headers)).status_code == 201


@pytest.mark.parametrize("missing", [KEY_HEADER, TIMESTAMP_HEADER, NONCE_HEADER, SIGNATURE_HEADER])
async def test_each_header_is_needed(world: World, missing: str) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    del headers[missing]
    answer = await world.client.put(TARGET, content=DATA, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (401, "SignatureMissing")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (KEY_HEADER, "1" * 32),
        (KEY_HEADER, "not base58 !"),
        (TIMESTAMP_HEADER, "-1"),
        (TIMESTAMP_HEADER, "1e9"),
        (NONCE_HEADER, "AB" * 16),
        (NONCE_HEADER, "ab" * 15),
        (SIGNATURE_HEADER, "1" * 64),
        (SIGNATURE_HEADER, "0OIl"),
    ],
)
async def test_changed_or_malformed_header_is_refused(world: World, header: str, value: str) -> None:
    headers = {**world.signed(a_key("uploader"), "PUT", TARGET, DATA), header: value}
    answer = await world.client.put(TARGET, content=DATA, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] in {"SignatureInvalid", "SignatureStale"}


@pytest.mark.parametrize("seconds", [-61, 61])
async def test_old_and_future_requests_are_refused(world: World, seconds: int) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    world.clock.advance(seconds)
    answer = await world.client.put(TARGET, content=DATA, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (401, "SignatureStale")


@pytest.mark.parametrize("seconds", [-60, 60])
async def test_a_minute_of_skew_is_allowed(world: World, seconds: int) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    world.clock.advance(seconds)
    assert (await world.client.put(TARGET, content=DATA, headers=headers)).status_code == 201


async def test_forgetting_nonces_never_reopens_a_request(world: World) -> None:
    """At the last second a request is valid, its nonce is still known; after that it may go."""
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    await world.client.put(TARGET, content=DATA, headers=headers)
    for advance in (60, 1):
        world.clock.advance(advance)
        await world.authenticator.forget_old_nonces()
        answer = await world.client.put(TARGET, content=DATA, headers=headers)
        assert answer.json()["error"] in {"NonceReused", "SignatureStale"}


async def test_signature_does_not_carry_over_to_another_target_or_method(world: World) -> None:
    other = f"/v1/blobs/{cid_of_bytes(b'other')}"
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    answers = [await world.client.put(other, content=DATA, headers=headers)]
    for method, target in (("PUT", f"{TARGET}?a=1"), ("POST", TARGET)):
        headers = world.signed(a_key("uploader"), method, target, DATA)
        answers.append(await world.client.put(TARGET, content=DATA, headers=headers))
    assert {answer.json()["error"] for answer in answers} == {"SignatureInvalid"}


async def test_body_that_is_not_the_named_blob_is_refused(world: World) -> None:
    headers = world.signed(a_key("uploader"), "PUT", TARGET, DATA)
    answer = await world.client.put(TARGET, content=b"other bytes", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (422, "HashMismatch")
    assert (await world.client.head(TARGET)).status_code == 404


async def test_blob_that_the_store_has_lost_or_changed_is_not_handed_out(world: World) -> None:
    await world.put_blob(DATA)
    blobs = world.collaborators.blobs
    assert isinstance(blobs, MemoryBlobs)
    blobs.tamper(cid_of_bytes(DATA), b"other bytes")
    answer = await world.client.get(TARGET)
    assert (answer.status_code, answer.json()["error"]) == (503, "BlobStoreUnavailable")


async def test_blob_above_the_cap_is_refused(world: World) -> None:
    data = bytes(world.settings.max_blob_bytes + 1)
    answer = await world.put_blob(data)
    assert (answer.status_code, answer.json()["error"]) == (413, "BodyTooLarge")


async def test_failed_signatures_do_not_use_up_the_owner_s_allowance(world: World) -> None:
    victim = a_key("victim")
    forged = {**world.signed(victim, "PUT", TARGET, DATA), SIGNATURE_HEADER: "1" * 64}
    for _ in range(20):
        assert (await world.client.put(TARGET, content=DATA, headers=forged)).status_code == 401
    assert (await world.put_blob(DATA, victim)).status_code == 201


async def test_requests_from_one_address_are_limited(world: World) -> None:
    answers = [await world.client.get("/v1/markets") for _ in range(world.settings.rate_burst + 1)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "1"
    assert json.loads(answers[-1].content)["error"] == "RateLimited"
    world.monotonic.advance(1)
    assert (await world.client.get("/v1/markets")).status_code == 200
