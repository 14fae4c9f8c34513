"""Tests of the pace at which a sender asks: it grows to its longest wait, and never becomes a busy loop."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from hypernode.chain.keys import Key
from hypernode.chain.rpc import Rpc
from hypernode.chain.sending import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, RESEND_SECONDS, Sender
from hypernode.chain.transactions import Draft
from tests.support.documents import digest

LOOKS = 60


class SlowRpc:
    """A node on which a transaction lands after `LOOKS` looks at its status."""

    def __init__(self) -> None:
        self.sent = self.looks = 0

    async def send(self, wire: str, **_: Any) -> None:
        self.sent += 1

    async def block_height(self) -> int:
        return 0

    async def signature_status(self, signature: str) -> dict[str, Any] | None:
        self.looks += 1
        return {"err": None, "confirmationStatus": "confirmed"} if self.looks > LOOKS else None


async def test_the_wait_for_a_transaction_grows_and_its_bytes_are_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    payer = Key.from_seed(digest("payer"))
    rpc, draft = SlowRpc(), Draft.build([], [payer], payer.address, payer.address)
    await Sender(cast(Rpc, rpc)).send(draft, last_valid_block_height=100)
    assert pauses[0] <= FIRST_WAIT_SECONDS
    assert all(LONGEST_WAIT_SECONDS / 2 <= pause <= LONGEST_WAIT_SECONDS for pause in pauses[10:])
    assert rpc.sent - 1 == pytest.approx(sum(pauses) / RESEND_SECONDS, rel=0.25)
