"""Reader of landed transactions with their typed events, in an order that a cursor can resume."""

from collections.abc import Sequence
from typing import Any

from hypernode.chain.errors import transaction_error
from hypernode.chain.events import decode_events
from hypernode.chain.ports import ChainEvent, ChainTransaction
from hypernode.chain.rpc import SIGNATURE_PAGE, Rpc
from hypernode.chain.transactions import Draft
from hypernode.domain.types import Address


class RpcHistory:
    """Follow the transactions of a program, or of one account, through a node."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc

    async def since(
        self, program: Address, signature: str | None, limit: int | None
    ) -> list[ChainTransaction]:
        return await self._landed(await self._listed(program, signature), limit, program)

    async def of(self, account: Address, program: Address) -> list[ChainTransaction]:
        """Return the transactions that name one account, with the events of one program in them."""
        return await self._landed(await self._listed(account, None), None, program)

    async def _landed(
        self, listed: list[dict[str, Any]], limit: int | None, program: Address
    ) -> list[ChainTransaction]:
        landed = []
        for entry in listed[:limit]:
            found = await self._rpc.transaction(entry["signature"])
            if found is None:
                break
            landed.append(_shown(entry["signature"], found, program))
        return landed

    async def _listed(self, address: Address, until: str | None) -> list[dict[str, Any]]:
        """Page from the newest back to the cursor, and return the oldest first."""
        newest_first: list[dict[str, Any]] = []
        while True:
            before = newest_first[-1]["signature"] if newest_first else None
            page = await self._rpc.signatures(address, until, before)
            newest_first += page
            if len(page) < SIGNATURE_PAGE:
                return newest_first[::-1]


def _shown(signature: str, found: dict[str, Any], program: Address) -> ChainTransaction:
    meta = found["meta"]
    return landed(
        signature=signature,
        slot=found["slot"],
        block_time=found.get("blockTime") or 0,
        error=meta["err"],
        logs=meta.get("logMessages") or (),
        wire=found["transaction"][0],
        program=program,
    )


def landed(
    *,
    signature: str,
    slot: int,
    block_time: int,
    error: Any,
    logs: Sequence[str],
    wire: str,
    program: Address,
) -> ChainTransaction:
    """Return a transaction with the events that `program` emitted in it, or with its typed error."""
    if error is not None:
        programs = Draft.decode(wire).programs
        cause = transaction_error(error, programs, logs, signature)
        return ChainTransaction(signature, slot, block_time, cause, ())
    events, whole = decode_events(logs)
    own = tuple(
        ChainEvent(signature, index, slot, block_time, program, event)
        for index, event in enumerate(events)
        if program == event.PROGRAM
    )
    return ChainTransaction(signature, slot, block_time, None, own, whole)
