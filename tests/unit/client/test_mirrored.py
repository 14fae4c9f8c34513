"""Reading what one wrote: a client waits until the API has seen the chain as it was after its transaction."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hypernode.client import ApiClient, BuyerClient, buyer
from hypernode.domain.clock import ManualClock
from hypernode.domain.http_signature import RequestSigner
from tests.support.accounts import MATCHER
from tests.support.documents import an_address
from tests.support.instant_blobs import InstantBlobs
from tests.support.scripted_chain import ScriptedChain

SLOT = 100


def client(answer: Callable[[], httpx.Response]) -> BuyerClient:
    chain = ScriptedChain()
    chain.slot = SLOT
    transport = httpx.MockTransport(lambda _: answer())
    api = ApiClient("http://api.test", RequestSigner(MATCHER, ManualClock()), transport=transport)
    return BuyerClient(chain, api, InstantBlobs(), MATCHER, mint=an_address("m"), market=an_address("k"))


def health(slot: int | None) -> httpx.Response:
    document: dict[str, Any] = {
        "status": "healthy",
        "parts": {},
        "indexer_slot": slot,
        "indexer_lag_slots": 0,
    }
    return httpx.Response(200, content=json.dumps(document))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buyer, "WATCH_SECONDS", 0)


async def test_it_waits_until_the_api_has_seen_the_whole_slot() -> None:
    """An API that looked in the middle of the slot may have missed what came later in it."""
    slots = [None, SLOT - 1, SLOT, SLOT + 1, SLOT + 2]
    assert await client(lambda: health(slots.pop(0))).mirrored()
    assert slots == [SLOT + 2]


async def test_an_api_that_stays_behind_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buyer, "MIRROR_SECONDS", 0)
    assert not await client(lambda: health(SLOT)).mirrored()


async def test_an_api_that_is_away_makes_no_error_of_what_the_chain_has() -> None:
    assert not await client(lambda: httpx.Response(503, content=b"{}")).mirrored()
