"""Views of jobs, made from their rows or accounts."""

from collections.abc import Sequence

from hypernode.chain.generated.markets import Job
from hypernode.domain.types import Address
from hypernode.wire.jobs import JobDetail, TimelineEntry
from hypernode_marketplace_api.models import ChainEventRow, JobRow
from hypernode_marketplace_api.models.accounts import job_columns
from hypernode_marketplace_api.views import view


def job_detail(row: JobRow, timeline: Sequence[ChainEventRow]) -> JobDetail:
    return view(JobDetail, row, timeline=[view(TimelineEntry, event) for event in timeline])


def job_detail_from_chain(address: Address, job: Job) -> JobDetail:
    """Show a job that is not in the mirror yet."""
    row = JobRow(job=address, sequence=job.sequence, paid=0, **job_columns(job))
    return job_detail(row, ())
