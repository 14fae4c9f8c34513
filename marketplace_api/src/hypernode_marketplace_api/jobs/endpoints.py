"""Owns the HTTP routes of quotes, markets and jobs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn, AttestationList, AttestationView
from hypernode.wire.fields import AddressText
from hypernode.wire.jobs import JobDetail, JobLogs, JobOutputs, JobPage, JobReceipt, JobStatusText
from hypernode.wire.quotes import MarketList, Quote, QuoteRequest
from hypernode_marketplace_api.auth.endpoints import SignedBy
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.jobs.attestations import AttestationDesk
from hypernode_marketplace_api.jobs.evidence import EvidenceDesk
from hypernode_marketplace_api.jobs.quotes import QuoteDesk
from hypernode_marketplace_api.jobs.service import MAX_PAGE, JobService


def quote_router(desk: QuoteDesk) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["quotes"])

    @router.post("/quotes", responses=problems(404, 409, 422, 429))
    async def quote(request: QuoteRequest) -> Quote:
        """Price a spec and say how many nodes could run it now. Promises nothing."""
        return await desk.quote(request.spec, request.market, request.rate)

    @router.get("/markets", responses=problems(429))
    async def list_markets() -> MarketList:
        return await desk.markets()

    return router


def job_router(
    jobs: JobService, evidence: EvidenceDesk, attestations: AttestationDesk, signed_by: SignedBy
) -> APIRouter:
    router = APIRouter(prefix="/v1/jobs", tags=["jobs"])

    @router.get("", responses=problems(422, 429))
    async def list_jobs(
        buyer: AddressText | None = None,
        status: JobStatusText | None = None,
        cursor: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    ) -> JobPage:
        """List jobs from the newest on; `next_cursor` continues."""
        return await jobs.page(buyer, status, cursor, limit)

    @router.get("/{job}", responses=problems(404, 422, 429))
    async def get_job(job: AddressText) -> JobDetail:
        """Show the latest job with every event of it on chain."""
        return await jobs.detail(job)

    @router.get("/{job}/logs", responses=problems(404, 422, 429))
    async def get_logs(job: AddressText) -> JobLogs:
        return await evidence.logs(job)

    @router.get("/{job}/outputs", responses=problems(404, 422, 429))
    async def get_outputs(job: AddressText) -> JobOutputs:
        return await evidence.outputs(job)

    @router.get("/{job}/receipt", responses=problems(404, 422, 429))
    async def get_receipt(job: AddressText) -> JobReceipt:
        """Say which blob is the receipt, and how its worker signed it."""
        return await evidence.receipt(job)

    @router.get("/{job}/attestations", responses=problems(404, 422, 429))
    async def list_attestations(job: AddressText) -> AttestationList:
        return await attestations.of(job)

    @router.post("/{job}/attestations", status_code=201, responses=problems(401, 403, 404, 409, 422, 429))
    async def add_attestation(
        job: AddressText, attestation: AttestationIn, oracle: Annotated[Address, Depends(signed_by)]
    ) -> AttestationView:
        """Bring an oracle's verdict on a submitted job; the request is signed by the same key."""
        return await attestations.take(job, oracle, attestation)

    return router
