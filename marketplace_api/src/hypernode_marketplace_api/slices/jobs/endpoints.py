"""HTTP routes of jobs."""

from typing import Annotated

from fastapi import APIRouter, Query

from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn, AttestationList
from hypernode.wire.fields import AddressText
from hypernode.wire.findings import FindingIn, FindingList
from hypernode.wire.jobs import (
    JobDetail,
    JobLogs,
    JobOutputs,
    JobPage,
    JobReceipt,
    JobStatusText,
    StopIn,
    StopView,
)
from hypernode_marketplace_api.auth.endpoints import Signer
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Slice, the
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.slices.jobs.attestations import AttestationDesk
from hypernode_marketplace_api.slices.jobs.blobs import blobs
from hypernode_marketplace_api.slices.jobs.evidence import EvidenceDesk
from hypernode_marketplace_api.slices.jobs.findings import FindingDesk
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.jobs.stops import StopDesk

Jobs = Annotated[JobService, the(JobService)]
Evidence = Annotated[EvidenceDesk, the(EvidenceDesk)]
Findings = Annotated[FindingDesk, the(FindingDesk)]
Stops = Annotated[StopDesk, the(StopDesk)]
Attestations = Annotated[AttestationDesk, the(AttestationDesk)]


router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


@router.get("", responses=problems(422, 429))
async def list_jobs(
    jobs: Jobs,
    buyer: AddressText | None = None,
    status: JobStatusText | None = None,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> JobPage:
    """List jobs from the newest on; `next_cursor` continues."""
    return await jobs.page(buyer, status, cursor, limit)


@router.get("/{job}", responses=problems(404, 422, 429))
async def get_job(jobs: Jobs, job: AddressText) -> JobDetail:
    """Show the latest job with every event of it on chain."""
    return await jobs.detail(job)


@router.get("/{job}/logs", responses=problems(404, 422, 429))
async def get_logs(evidence: Evidence, job: AddressText) -> JobLogs:
    return await evidence.logs(job)


@router.get("/{job}/outputs", responses=problems(404, 422, 429))
async def get_outputs(evidence: Evidence, job: AddressText) -> JobOutputs:
    return await evidence.outputs(job)


@router.get("/{job}/receipt", responses=problems(404, 422, 429))
async def get_receipt(evidence: Evidence, job: AddressText) -> JobReceipt:
    """Say which blob is the receipt, and how its worker signed it."""
    return await evidence.receipt(job)


@router.get("/{job}/attestations", responses=problems(404, 422, 429))
async def list_attestations(attestations: Attestations, job: AddressText) -> AttestationList:
    return await attestations.list(job)


@router.post("/{job}/attestations", status_code=201, responses=problems(401, 403, 404, 409, 422, 429))
async def add_attestation(
    attestations: Attestations, job: AddressText, attestation: AttestationIn, oracle: Signer
) -> AttestationList:
    """Bring an oracle's attestation of a submitted job, signed by the same key; all that it has come back."""
    return await attestations.take(job, oracle, attestation)


@router.post("/{job}/stop", status_code=201, responses=problems(401, 403, 404, 409, 422, 429))
async def stop_job(stops: Stops, job: AddressText, stop: StopIn, _: Signer) -> StopView:
    """End the run of a job by its buyer's signature; any key may bring it. The seconds used are paid."""
    return await stops.take(Address(job), stop)


@router.get("/{job}/findings", responses=problems(404, 422, 429))
async def list_findings(findings: Findings, job: AddressText) -> FindingList:
    """List what oracles have told one another about the current attempt."""
    return await findings.list(job)


@router.post("/{job}/findings", status_code=201, responses=problems(401, 403, 404, 409, 422, 429))
async def add_finding(
    findings: Findings, job: AddressText, finding: FindingIn, oracle: Signer
) -> FindingList:
    """Bring an oracle's commitment, or open it, signed by the same key; all of the attempt come back."""
    return await findings.take(job, oracle, finding)


SLICE = Slice(routers=(router, blobs))
