"""Oracles that talk over real HTTP, and what they say, for tests of the exchange."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack

import base58

from hypernode.chain.keys import Key
from hypernode.chain.lite import LiteChain
from hypernode.domain.attestation import Audit
from hypernode.domain.types import Address
from hypernode.errors import ApiError
from hypernode.wire.attestations import AttestationIn
from hypernode.wire.findings import FindingIn
from hypernode_oracle.board import Board
from hypernode_oracle.exchange import exchange_app, serving
from hypernode_oracle.links import WorkerLinks
from hypernode_oracle.peers import Peer, PeerBoard, peer_http
from tests.programs.world import World, named_key

HOST = "127.0.0.1"
ORACLES = [named_key(f"oracle {number}") for number in range(3)]


class AwayBoard:
    """An API that does not answer."""

    async def publish(self, job: Address, attestation: AttestationIn) -> Sequence[AttestationIn]:
        raise self._away

    async def attestations(self, job: Address) -> Sequence[AttestationIn]:
        raise self._away

    async def tell(self, job: Address, finding: FindingIn) -> Sequence[FindingIn]:
        raise self._away

    async def findings(self, job: Address) -> Sequence[FindingIn]:
        raise self._away

    @property
    def _away(self) -> ApiError:
        return ApiError(0, "ApiUnavailable", "nobody answers")


async def boards_over_http(
    stack: AsyncExitStack,
    api: Board,
    keys: Sequence[Key] = ORACLES,
    links: Sequence[WorkerLinks] | None = None,
    urls: dict[Address, str] | None = None,
) -> list[PeerBoard]:
    """Return a board for each oracle; each serves on a port of its own until the stack is closed.

    `urls` gets the address of each oracle.
    """
    boards: list[PeerBoard] = []
    http = await stack.enter_async_context(peer_http())
    peers: list[list[Peer]] = []
    for _ in keys:
        peers.append([])
        boards.append(PeerBoard(api, peers[-1]))
    for number, key in enumerate(keys):
        of_workers = WorkerLinks(key.address, LiteChain(World().lite)) if links is None else links[number]
        port = await stack.enter_async_context(serving(exchange_app(boards[number], of_workers), HOST, 0))
        url = f"http://{HOST}:{port}"
        if urls is not None:
            urls[key.address] = url
        for other, known in enumerate(peers):
            if other != number:
                known.append(Peer(key.address, url, http))
    return boards


def a_finding(number: int, *, opened: bool = True, attempt: int = 1) -> FindingIn:
    """Return a finding in its form alone: boards check no signature."""
    return FindingIn(
        oracle=ORACLES[number].address,
        sequence=7,
        attempt=attempt,
        stage=1,
        commitment=bytes([number, attempt] * 16).hex(),
        signature=base58.b58encode(bytes([1]) * 64).decode(),
        content=bytes(48).hex() if opened else None,
        salt=bytes(32).hex() if opened else None,
    )


def an_attestation(number: int, attempt: int = 1) -> AttestationIn:
    return AttestationIn(
        oracle=ORACLES[number].address,
        sequence=7,
        attempt=attempt,
        epoch=0,
        verdict=1,
        reason=0,
        ending=1,
        exit_code=0,
        root=bytes(32).hex(),
        audit=int(Audit.NONE),
        draw_id=bytes(8).hex(),
        own=0,
        blame=0,
        digest=bytes(32).hex(),
        signature=base58.b58encode(bytes([number + 1]) * 64).decode(),
    )
