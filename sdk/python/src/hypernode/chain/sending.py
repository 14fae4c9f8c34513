"""Sender of one transaction, which ends with certainty: it landed, was refused, or can never land."""

import asyncio
import random
from typing import Any

from hypernode.chain.errors import TransactionExpired, transaction_error
from hypernode.chain.rpc import Rpc, RpcRefused
from hypernode.chain.transactions import Draft
from hypernode.errors import RpcUnavailable, TransactionFailed

# A slot is 400 ms: asking faster at first finds local chains at once, later it only makes noise.
FIRST_WAIT_SECONDS = 0.02
LONGEST_WAIT_SECONDS = 0.4
# A leader may drop a packet; the same signed bytes may be sent again without a second effect.
RESEND_SECONDS = 2.0
ALREADY_PROCESSED = "AlreadyProcessed"
_SETTLED = ("confirmed", "finalized")


class SentBefore(TransactionFailed):
    """An equal transaction with the same block hash has landed before, so this one has no effect."""


class Sender:
    """Send, send again, and wait for the end of a transaction."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc

    async def send(
        self, draft: Draft, last_valid_block_height: int | None = None, *, new: bool = False
    ) -> str:
        """Return the signature once the transaction is confirmed; raise why it never will be.

        Bytes that have landed already are confirmed, but not for a `new` transaction, which nobody has sent:
        then they are another one's, this one has no effect, and `SentBefore` says so.
        """
        if draft.missing:
            raise TransactionFailed(f"signatures missing: {', '.join(sorted(draft.missing))}")
        wire = draft.encode()
        if last_valid_block_height is None:
            last_valid_block_height = (await self._rpc.latest_blockhash()).last_valid_block_height
        await self._offer(draft, wire, new)
        await self._confirm(draft, wire, last_valid_block_height)
        return draft.signature

    async def _offer(self, draft: Draft, wire: str, new: bool) -> None:
        try:
            await self._rpc.send(wire)
        except RpcRefused as refused:
            simulated = refused.data if isinstance(refused.data, dict) else {}
            cause = simulated.get("err")
            if cause == ALREADY_PROCESSED:
                if new:
                    raise SentBefore(
                        "an equal transaction has just landed", signature=draft.signature
                    ) from None
                return
            if cause is None:
                raise TransactionFailed(str(refused), signature=draft.signature) from refused
            raise _error(draft, cause, simulated.get("logs") or ()) from refused

    async def _confirm(self, draft: Draft, wire: str, last_valid_block_height: int) -> None:
        wait, since_sent = FIRST_WAIT_SECONDS, 0.0
        while True:
            status = await self._rpc.signature_status(draft.signature)
            if status is not None and status["err"] is not None:
                raise _error(draft, status["err"], await self._logs(draft.signature))
            if status is not None and status["confirmationStatus"] in _SETTLED:
                return
            pause = random.uniform(wait / 2, wait)
            await asyncio.sleep(pause)
            since_sent += pause
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            if since_sent >= RESEND_SECONDS:
                await self._again(draft, wire, last_valid_block_height, landed=status is not None)
                since_sent = 0.0

    async def _again(self, draft: Draft, wire: str, last_valid_block_height: int, *, landed: bool) -> None:
        """Send the same bytes again, or give up when they can no longer land."""
        if landed:
            return
        if await self._rpc.block_height() > last_valid_block_height:
            if await self._rpc.signature_status(draft.signature) is None:
                raise TransactionExpired("its block hash is too old", signature=draft.signature)
            return
        try:
            await self._rpc.send(wire, preflight=False)
        except (RpcRefused, RpcUnavailable):
            return  # the first sending may still land; the next look at its status tells

    async def _logs(self, signature: str) -> list[str]:
        found = await self._rpc.transaction(signature)
        return [] if found is None else list(found["meta"].get("logMessages") or [])


def _error(draft: Draft, cause: Any, logs: Any) -> TransactionFailed:
    if cause == "BlockhashNotFound":
        return TransactionExpired("its block hash is not known any more", signature=draft.signature)
    return transaction_error(cause, draft.programs, logs, draft.signature)
