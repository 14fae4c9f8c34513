"""Entry point of the oracle service; `python -m hypernode_oracle.main` with HYPERNODE_ORACLE_* set."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from structlog.contextvars import bind_contextvars

from hypernode.blobs import HttpBlobs
from hypernode.chain.blocks import DrawBlocks, RpcBlocks
from hypernode.chain.keys import Key
from hypernode.chain.notices import WebSocketNotices
from hypernode.chain.ports import MARKETS
from hypernode.chain.rpc import Rpc
from hypernode.chain.rpc_client import RpcClient
from hypernode.client.api import ApiClient
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn, AttestationList
from hypernode.wire.findings import FindingIn, FindingList
from hypernode_oracle.exchange import exchange_app, serving
from hypernode_oracle.journal import Journal
from hypernode_oracle.links import WorkerLinks
from hypernode_oracle.oracle import Oracle
from hypernode_oracle.peers import PeerBoard, peer_http, peers_of
from hypernode_oracle.repetition import Repeater
from hypernode_oracle.settings import Settings
from hypernode_oracle.verification import Verifier
from hypernode_oracle.verification.evidence import EvidenceReader
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import Sandbox
from hypernode_service.logs import configure
from hypernode_service.running import until_stopped

log = structlog.get_logger()


class ApiBoard:
    """The board that the marketplace API keeps."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    async def publish(self, job: Address, attestation: AttestationIn) -> Sequence[AttestationIn]:
        body = attestation.model_dump(mode="json")
        return (await self._api.post(AttestationList, _path(job), body)).attestations

    async def attestations(self, job: Address) -> Sequence[AttestationIn]:
        return (await self._api.get(AttestationList, _path(job))).attestations

    async def tell(self, job: Address, finding: FindingIn) -> Sequence[FindingIn]:
        body = finding.model_dump(mode="json")
        return (await self._api.post(FindingList, f"/v1/jobs/{job}/findings", body)).findings

    async def findings(self, job: Address) -> Sequence[FindingIn]:
        return (await self._api.get(FindingList, f"/v1/jobs/{job}/findings")).findings


def _path(job: Address) -> str:
    return f"/v1/jobs/{job}/attestations"


async def run(settings: Settings, sandbox: Sandbox | None = None) -> None:
    """Serve until SIGTERM or SIGINT; whatever was going on is taken up again next time."""
    key = Key.load(settings.key)
    bind_contextvars(oracle=key.address)
    box = sandbox or DockerSandbox(settings.work, waived_runc=settings.waived_runc)
    await box.check()
    journal = Journal(settings.journal_path)
    blobs = HttpBlobs(settings.api_url, key)
    requests = RequestSigner(key, SystemClock())
    endpoints = [Rpc.open(url) for url in (settings.rpc_url, *settings.block_rpc_urls)]
    async with (
        await RpcClient.connect(settings.rpc_url) as chain,
        WebSocketNotices(settings.ws_url, [MARKETS]) as notices,
        ApiClient(settings.api_url, requests) as api,
        peer_http() as http,
    ):
        peers = peers_of(key.address, settings.peers, http)
        links = WorkerLinks(key.address, chain)
        board = PeerBoard(ApiBoard(api), peers)
        evidence = EvidenceReader(blobs, links)
        for name in await box.names():
            await box.remove(name)
        oracle = Oracle(
            key=key,
            chain=chain,
            board=board,
            draws=DrawBlocks([RpcBlocks(rpc) for rpc in endpoints]),
            geometry=settings.geometry,
            verifier=Verifier(chain=chain, evidence=evidence, blob_patience=settings.blob_patience),
            repeater=Repeater(evidence, box, settings.judged_at_once),
            journal=journal,
        )
        async with serving(exchange_app(board, links), settings.host, settings.port) as port:
            log.info("oracle up", oracle=key.address, port=port, peers=len(peers))
            await until_stopped(oracle.serve(notices))
    for rpc in endpoints:
        await rpc.close()
    await blobs.close()
    journal.close()


if __name__ == "__main__":
    configure("oracle")
    asyncio.run(run(Settings()))  # type: ignore[call-arg]
