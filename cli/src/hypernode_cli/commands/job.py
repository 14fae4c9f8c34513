"""`hyper job list`, `show` and `logs`: jobs as the API knows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import click

from hypernode.domain.money import format_hyper
from hypernode.domain.types import Address
from hypernode.wire.jobs import JobDetail, JobLogs, JobPage, JobStatusText, JobView, TimelineEntry
from hypernode_cli.context import AddressArgument, Context, command

ADDRESS = AddressArgument()
# What stands behind a verdict, for people.
_AUDITS = {
    "None": "not repeated; the draw did not choose this job",
    "Repeated": "repeated by the oracles with the same result",
    "Unrepeatable": "not verified: the program gives other outputs each time",
    "Impossible": "not verified: the oracles cannot run it",
    "Replicated": "repeated by other nodes with the same result",
}
# Members of an event that its name does not say; --json has all.
TOLD = ("attempt", "node", "seconds_used", "reject_reason", "decline_reason", "signers", "score")
COLUMNS = ("job", "status", "exit_code", "node", "cap", "paid", "refunded", "created_at")


@click.option("--status", type=click.Choice(get_args(JobStatusText), case_sensitive=False))
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@command("list")
async def list_(context: Context, status: str | None, limit: int) -> None:
    """List the jobs of this wallet, newest first."""
    views: list[JobView] = []
    wanted = {"buyer": context.wallet_address()} | ({} if status is None else {"status": status})
    async with context.api() as api:
        while len(views) < limit:
            page = await api.get(JobPage, "/v1/jobs", wanted)
            views += page.jobs
            if page.next_cursor is None:
                break
            wanted["cursor"] = page.next_cursor
    rows = [view.model_dump(mode="json") | _for_people(context, view) for view in views[:limit]]
    empty = "no jobs yet: hyper job run --help" if status is None else f"no job of this wallet is {status}"
    context.output.rows(rows, COLUMNS, empty=empty)


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


def _for_people(context: Context, view: JobView) -> dict[str, str]:
    """Return amounts in HYPER and the time as a date; nothing for a program."""
    if context.output.as_json:
        return {}
    amounts = {name: format_hyper(getattr(view, name)) for name in ("cap", "paid", "refunded")}
    return {**amounts, "created_at": _date(view.created_at)}


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _timeline(detail: JobDetail) -> list[str]:
    head = [
        f"{detail.job}  {detail.status}{f' ({detail.reject_reason})' if detail.reject_reason else ''}",
        f"cap {format_hyper(detail.cap)}, paid {format_hyper(detail.paid)}, "
        f"unlocked {format_hyper(detail.refunded)} HYPER",
        f"node {detail.node or '-'}, attempt {detail.attempt}",
    ]
    if detail.ending is not None:
        code = f" with exit code {detail.exit_code}" if detail.ending == "Exited" else ""
        head.append(f"ended: {detail.ending.lower()}{code}")
        head.append(f"audit: {_AUDITS[detail.audit or 'None']}")
    if detail.late_until is not None and detail.ended_at is None:
        due, until = _date(detail.verdict_deadline or 0), _date(detail.late_until)
        head.append(f"a verdict is due by {due} and counts until {until}")
    return head + [f"  {_date(entry.at)}  {entry.name:<16}  {_told(entry)}" for entry in detail.timeline]


def _told(entry: TimelineEntry) -> str:
    """Return what an event adds to the job's own line."""
    return "  ".join(f"{name} {value}" for name, value in entry.data.items() if name in TOLD)
