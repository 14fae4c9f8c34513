"""`hyper job list`, `show` and `logs`: jobs as the API knows them."""

from __future__ import annotations

import json
from typing import Any, get_args

import click

from hypernode.domain.money import format_hyper
from hypernode.domain.types import Address
from hypernode.wire.jobs import JobDetail, JobLogs, JobPage, JobStatusText
from hypernode_cli.context import AddressArgument, Context, command

ADDRESS = AddressArgument()
COLUMNS = ("job", "status", "node", "cap", "paid", "refunded", "created_at")


@click.option("--status", type=click.Choice(get_args(JobStatusText), case_sensitive=False))
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@command("list")
async def list_(context: Context, status: str | None, limit: int) -> None:
    """List the jobs of this wallet, newest first."""
    rows: list[dict[str, Any]] = []
    wanted = {"buyer": context.wallet_address()} | ({} if status is None else {"status": status})
    async with context.api() as api:
        while len(rows) < limit:
            page = await api.get(JobPage, "/v1/jobs", wanted)
            rows += [view.model_dump(mode="json") for view in page.jobs]
            if page.next_cursor is None:
                break
            wanted["cursor"] = page.next_cursor
    context.output.rows(rows[:limit], COLUMNS, empty="no jobs yet: hyper job run --help")


@click.argument("address", type=ADDRESS)
@command("show")
async def show(context: Context, address: Address) -> None:
    """Show one job and its timeline."""
    async with context.api() as api:
        detail = await api.get(JobDetail, f"/v1/jobs/{address}")
    context.output.result(detail.model_dump(mode="json"), *_timeline(detail))


@click.argument("address", type=ADDRESS)
@command("logs")
async def logs(context: Context, address: Address) -> None:
    """Print the standard output and standard error of a job."""
    async with context.api() as api:
        found = await api.get(JobLogs, f"/v1/jobs/{address}/logs")
    if context.output.as_json:
        context.output.result(found.model_dump(mode="json"))
        return
    context.output.text(found.text)
    if found.truncated:
        context.output.note("(cut off: the job wrote more than its log limit)")


def _timeline(detail: JobDetail) -> list[str]:
    head = [
        f"{detail.job}  {detail.status}{f' ({detail.reject_reason})' if detail.reject_reason else ''}",
        f"cap {format_hyper(detail.cap)}, paid {format_hyper(detail.paid)}, "
        f"unlocked {format_hyper(detail.refunded)} HYPER",
        f"node {detail.node or '-'}, attempt {detail.attempt}",
    ]
    return head + [f"  {entry.at}  {entry.name:<16} {json.dumps(entry.data)}" for entry in detail.timeline]
