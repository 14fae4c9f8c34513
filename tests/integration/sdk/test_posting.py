"""Tests of posting on the real programs: jobs posted at once, each funded by what the others left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hypernode import Jobs
from hypernode.chain import addresses, tokens
from hypernode.client import BuyerClient, InsufficientFunds
from tests.support.fake_market import a_quote
from tests.support.scripted_buyer import ScriptedBuyer
from tests.support.shop import Shop, Stepping

IMAGE = "sha256:" + "ab" * 32
# Base units, and seconds at a rate of 1.
CAP = 600


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def jobs_of(shop: Shop, tokens_held: int, answer: Any = a_quote) -> tuple[BuyerClient, Jobs]:
    """Return the jobs of a wallet that has these tokens and no buyer account."""
    world, script = shop.world, ScriptedBuyer()
    key = world.funded("a new buyer")
    world.run([tokens.create_ata(payer=key.address, owner=key.address, mint=world.mint)], [key])
    world.give(addresses.ata(key.address, world.mint), tokens_held)
    script.answers["/v1/quotes"] = [answer]
    chain = Stepping(shop.chain)
    client = BuyerClient(chain, script.api, script.blobs, key, mint=world.mint, market=shop.market.address)
    return client, Jobs(client, script.blobs)


async def test_jobs_posted_at_once_are_all_funded(shop: Shop) -> None:
    client, jobs = jobs_of(shop, 3 * CAP)
    posted = await asyncio.gather(*(jobs.run(IMAGE, ["true"]) for _ in range(3)))
    assert len({job.id for job in posted}) == 3
    balance = await client.balance()
    assert (balance.locked, balance.available) == (sum(job.posted.cap for job in posted if job.posted), 0)


async def test_one_job_more_than_the_wallet_pays_is_refused_and_uploads_nothing(shop: Shop) -> None:
    client, jobs = jobs_of(shop, CAP // 2)
    with pytest.raises(InsufficientFunds, match="the job locks"):
        await jobs.run(IMAGE, ["true"], inputs={"a": b"never stored"})
    assert (await client.balance()).locked == 0
