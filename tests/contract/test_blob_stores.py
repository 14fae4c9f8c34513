"""What every blob store promises, run over memory, a folder, S3 and HTTP."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest

from hypernode.blobs import BlobStore, HttpBlobs, MemoryBlobs
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.clock import ManualClock
from hypernode.errors import (
    ApiError,
    BlobNotFound,
    BlobStoreUnavailable,
    BlobTooLarge,
    HashMismatch,
    InvalidCid,
)
from hypernode_marketplace_api.resources.object_store import MEMORY_URL, ObstoreBlobs
from tests.support.documents import an_address
from tests.support.object_server import serving

MAX_BYTES = 1_000


@dataclass
class Case:
    """A store, and a way to change the bytes it holds behind its back, where there is one."""

    store: BlobStore
    tamper: Callable[[str, bytes], None] | None = None


class StillSigner:
    address = an_address("key")

    def sign(self, message):
        return bytes(64)


def memory(tmp_path, server, monkeypatch):
    store = MemoryBlobs(max_bytes=MAX_BYTES)
    return Case(store, store.tamper)


def object_memory(tmp_path, server, monkeypatch):
    return Case(ObstoreBlobs(MEMORY_URL, max_bytes=MAX_BYTES))


def folder(tmp_path, server, monkeypatch):
    home = tmp_path / "a folder" / "blobs"

    def tamper(cid, data):
        next(home.rglob(cid)).write_bytes(data)

    return Case(ObstoreBlobs(home, max_bytes=MAX_BYTES), tamper)


def folder_url(tmp_path, server, monkeypatch):
    return Case(ObstoreBlobs(f"file://{tmp_path}/blobs", max_bytes=MAX_BYTES))


def s3(tmp_path, server, monkeypatch):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT": server.url,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return Case(ObstoreBlobs("s3://bucket/blobs", max_bytes=MAX_BYTES), _tamper_objects(server))


def http(tmp_path, server, monkeypatch):
    store = HttpBlobs(server.url, StillSigner(), clock=ManualClock(), max_bytes=MAX_BYTES)
    return Case(store, _tamper_objects(server))


def _tamper_objects(server):
    def tamper(cid, data):
        path = next(path for path in server.objects if path.endswith(cid))
        server.objects[path] = data

    return tamper


STORES = (memory, object_memory, folder, folder_url, s3, http)
TAMPERABLE = (memory, folder, s3, http)


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture(params=STORES, ids=lambda make: make.__name__)
async def case(request, tmp_path, server, monkeypatch):
    case = request.param(tmp_path, server, monkeypatch)
    yield case
    if isinstance(case.store, HttpBlobs):
        await case.store.close()


@pytest.mark.parametrize("data", [b"", b"hello", bytes(range(256)), b"\0" * MAX_BYTES])
async def test_a_blob_comes_back_under_the_hash_of_its_bytes(case, data):
    cid = await case.store.put(data)
    assert cid == cid_of_bytes(data)
    assert await case.store.has(cid)
    assert await case.store.get(cid) == data


async def test_putting_a_blob_again_changes_nothing(case):
    assert await case.store.put(b"twice") == await case.store.put(b"twice")
    assert await case.store.get(cid_of_bytes(b"twice")) == b"twice"


async def test_an_absent_blob_is_not_found(case):
    cid = cid_of_bytes(b"absent")
    assert not await case.store.has(cid)
    with pytest.raises(BlobNotFound):
        await case.store.get(cid)


async def test_a_blob_above_the_cap_is_refused_and_not_kept(case):
    data = b"x" * (MAX_BYTES + 1)
    with pytest.raises(BlobTooLarge):
        await case.store.put(data)
    assert not await case.store.has(cid_of_bytes(data))


@pytest.mark.parametrize("cid", ["", "../../etc/passwd", "bafkrei", cid_of_bytes(b"x").upper()])
async def test_a_name_that_is_no_cid_never_reaches_the_store(case, cid):
    calls: list[Awaitable[object]] = [case.store.get(cid), case.store.has(cid)]
    for call in calls:
        with pytest.raises(InvalidCid):
            await call


@pytest.mark.parametrize("case", TAMPERABLE, indirect=True)
async def test_changed_bytes_are_refused(case):
    cid = await case.store.put(b"honest")
    case.tamper(cid, b"forged")
    with pytest.raises(HashMismatch):
        await case.store.get(cid)


@pytest.mark.parametrize("case", TAMPERABLE, indirect=True)
async def test_a_blob_that_grew_above_the_cap_is_not_read(case):
    cid = await case.store.put(b"honest")
    case.tamper(cid, b"x" * (MAX_BYTES + 1))
    with pytest.raises(BlobTooLarge):
        await case.store.get(cid)


async def test_a_folder_never_shows_half_a_blob(tmp_path):
    await ObstoreBlobs(tmp_path).put(b"whole")
    files = [name for _, _, names in os.walk(tmp_path) for name in names]
    assert files == [cid_of_bytes(b"whole")]


async def test_uploads_are_signed_and_reads_are_not(server):
    store = HttpBlobs(server.url, StillSigner(), clock=ManualClock(1_000))
    await store.get(await store.put(b"signed"))
    await store.close()
    (put, path, sent), (get, _, asked) = server.requests
    assert (put, path, get) == ("PUT", f"/v1/blobs/{cid_of_bytes(b'signed')}", "GET")
    sent = {name.lower(): value for name, value in sent.items()}
    assert sent["x-hypernode-key"] == an_address("key")
    assert sent["x-hypernode-timestamp"] == "1000"
    assert not any(name.lower().startswith("x-hypernode") for name in asked)


@pytest.mark.parametrize(
    ("status", "error"), [(500, BlobStoreUnavailable), (503, BlobStoreUnavailable), (413, BlobTooLarge)]
)
async def test_answers_of_the_api_become_typed_errors(status, error):
    store = HttpBlobs("http://api", transport=httpx.MockTransport(lambda request: httpx.Response(status)))
    with pytest.raises(error):
        await store.put(b"data")
    await store.close()


@pytest.mark.parametrize(
    ("body", "name"),
    [({"error": "SignatureStale", "detail": "late"}, "SignatureStale"), ([], "UnexpectedAnswer")],
)
async def test_a_refusal_keeps_the_name_that_the_api_gave(body, name):
    transport = httpx.MockTransport(lambda request: httpx.Response(401, json=body))
    store = HttpBlobs("http://api", StillSigner(), transport=transport)
    for call in (store.put(b"data"), store.get(cid_of_bytes(b"data"))):
        with pytest.raises(ApiError) as refusal:
            await call
        assert (refusal.value.status, refusal.value.code) == (401, name)
    await store.close()


async def test_an_api_that_does_not_answer_is_unavailable():
    def refuse(request):
        raise httpx.ConnectError("refused")

    store = HttpBlobs("http://api", transport=httpx.MockTransport(refuse))
    with pytest.raises(BlobStoreUnavailable):
        await store.get(cid_of_bytes(b"data"))
    await store.close()
