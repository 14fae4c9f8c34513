"""Tests of buying from an API that lies, on the real programs: nothing is signed, and no token moves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hypernode import ApiMismatch, Jobs, NonceTaken
from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.markets import Job
from hypernode.client import BuyerClient
from hypernode.client.jobs import describe
from hypernode.domain.spec import spec_hash
from hypernode.domain.status import DeterminismClass
from hypernode.wire.quotes import Quote
from tests.support.documents import an_address, digest
from tests.support.fake_market import a_quote
from tests.support.scripted_buyer import ScriptedBuyer
from tests.support.shop import Shop

IMAGE = "sha256:" + "ab" * 32
SECONDS = 600
HELD = 1_000_000
# Each is one member of a quote that decides what is signed or shown, with a value that an honest API has not.
LIES: dict[str, Any] = {
    "spec_hash": digest("another spec").hex(),
    "spec_cid": "bafkreibdp655jcbrtkprfzs6crc7zevzlfi3h7rmqi6q4xb2egyd4akkzm",
    "market": an_address("another market"),
    "rate": "2",
    "timeout_seconds": SECONDS + 1,
    "cap": str(SECONDS + 1),
    "price_estimate": str(SECONDS + 1),
    "estimated_seconds": SECONDS + 1,
}
# These decide only whether to wait for a node, which costs nothing; the client computes the last two itself.
HARMLESS = {"fitting_nodes", "online_nodes", "unfit", "longest_lock_seconds", "verification"}


class Buyer:
    """A wallet with tokens on the real programs, before an API whose quotes a test alters."""

    def __init__(self, folder: Path, **lies: Any) -> None:
        self.shop, self.script = Shop(folder), ScriptedBuyer()
        world = self.shop.world
        self.key = world.funded("a new buyer")
        world.run(
            [tokens.create_ata(payer=self.key.address, owner=self.key.address, mint=world.mint)], [self.key]
        )
        world.give(addresses.ata(self.key.address, world.mint), HELD)
        self.script.answers["/v1/quotes"] = [partial(a_quote, **lies)]
        self.sent = 0
        self.client = BuyerClient(
            Counting(self, self.shop.chain),
            self.script.api,
            self.script.blobs,
            self.key,
            mint=world.mint,
            market=self.shop.market.address,
        )
        self.jobs = Jobs(self.client, self.script.blobs)

    async def require_untouched(self) -> None:
        balance = await self.client.balance()
        assert (self.sent, balance.wallet, balance.available, balance.locked) == (0, HELD, 0, 0)


class Counting:
    """The chain, counting the transactions that are sent."""

    def __init__(self, buyer: Buyer, chain: Any) -> None:
        self._buyer, self._chain = buyer, chain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chain, name)

    async def send(self, steps: Sequence[Any], signers: Sequence[Any], payer: Any = None) -> str:
        self._buyer.sent += 1
        signature: str = await self._chain.send(steps, signers, payer)
        return signature


def test_the_lies_are_about_every_member_of_a_quote() -> None:
    assert LIES.keys() | HARMLESS == set(Quote.model_fields)


@pytest.mark.parametrize("member", LIES)
async def test_a_quote_with_one_altered_member_is_refused(tmp_path: Path, member: str) -> None:
    buyer = Buyer(tmp_path, **{member: LIES[member]})
    with pytest.raises(ApiMismatch, match=member):
        await buyer.jobs.run(IMAGE, ["true"], timeout_seconds=SECONDS, inputs={"a": b"never stored"})
    await buyer.require_untouched()
    assert not buyer.script.blobs._blobs


@pytest.mark.parametrize("rate", [None, 3])
async def test_a_higher_rate_with_its_own_cap_is_refused(tmp_path: Path, rate: int | None) -> None:
    """The quote is right in itself: only the market on chain, or the buyer, knows the rate."""
    buyer = Buyer(tmp_path, rate="5", cap=str(5 * SECONDS))
    with pytest.raises(ApiMismatch, match=f"rate 5 .* asked for {rate or 1}"):
        await buyer.jobs.run(IMAGE, ["true"], timeout_seconds=SECONDS, rate=rate)
    await buyer.require_untouched()


async def test_no_api_can_call_a_job_verified_that_is_not(tmp_path: Path) -> None:
    buyer = Buyer(tmp_path, verification={"level": "always", "audit_bps": 10_000})
    quote = await buyer.jobs.quote(IMAGE, ["true"], timeout_seconds=SECONDS, determinism=DeterminismClass.D4)
    assert (quote.verification.level, quote.verification.audit_bps) == ("none", 0)
    quote = await buyer.jobs.quote(IMAGE, ["true"], timeout_seconds=SECONDS)
    assert (quote.verification.level, quote.verification.audit_bps) == ("sampled", 500)


async def test_an_api_may_know_why_nothing_is_verified(tmp_path: Path) -> None:
    known = {"level": "none", "audit_bps": 0, "reason": "oracles tried"}
    quote = await Buyer(tmp_path, verification=known).jobs.quote(IMAGE, ["true"], timeout_seconds=SECONDS)
    assert quote.verification.model_dump() == known


async def test_an_api_that_ignores_the_minimum_rate_is_refused_before_money_moves(tmp_path: Path) -> None:
    buyer = Buyer(tmp_path)
    world = buyer.shop.world
    change = instructions.set_min_rate(authority=world.authority.address, min_rate=7)
    world.run([change], [world.authority])
    with pytest.raises(ApiMismatch, match="rate"):
        await buyer.jobs.run(IMAGE, ["true"], timeout_seconds=SECONDS)
    await buyer.require_untouched()


async def test_an_altered_quote_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ApiMismatch, match="cap"):
        await Buyer(tmp_path, cap="1").jobs.quote(IMAGE, ["true"], timeout_seconds=SECONDS)


async def test_what_is_signed_is_what_was_asked(tmp_path: Path) -> None:
    buyer = Buyer(tmp_path, fitting_nodes=7)
    job = await buyer.jobs.run(IMAGE, ["true"], timeout_seconds=SECONDS, rate=2)
    spec, _ = await describe(IMAGE, ["true"], timeout_seconds=SECONDS)
    found = await buyer.shop.chain.read(Job, job.id)
    assert found is not None
    assert (found.spec_hash, found.rate, found.cap) == (spec_hash(spec), 2, 2 * SECONDS)
    assert (found.timeout_seconds, found.market) == (SECONDS, buyer.shop.market.address)


async def test_an_api_that_denies_a_job_does_not_make_the_buyer_pay_twice(tmp_path: Path) -> None:
    """The job has ended, so the chain would take the nonce again; the API answers 404 for it."""
    buyer = Buyer(tmp_path)
    first = await buyer.jobs.run(IMAGE, ["true"], nonce=7)
    await first.cancel()
    again = await buyer.jobs.run(IMAGE, ["true"], nonce=7)
    assert again.posted is not None
    assert (again.id, again.posted.again, buyer.sent) == (first.id, True, 2)
    with pytest.raises(NonceTaken):
        await buyer.jobs.run(IMAGE, ["false"], nonce=7)
