"""`hyper slash` commands: report faults, vote on reports, execute sentences and claim what they pay."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from hypernode.chain import addresses
from hypernode.chain.generated.slashing import Report
from hypernode.client import Plan, SlashingClient, SlashingReader
from hypernode.client.reports import convicts, is_of_job, outlook
from hypernode.domain.cid import cid_of_digest, digest_of_cid
from hypernode.domain.fault import FaultReason
from hypernode.domain.money import format_hyper
from hypernode.domain.types import Address
from hypernode.errors import InvalidCid
from hypernode_cli.context import AddressArgument, Context, command
from hypernode_cli.preview import carried_out, signs, window_document

ADDRESS = AddressArgument()
REASONS = {reason.name.lower().replace("_", "-"): reason for reason in FaultReason if not reason.is_of_job}
VERDICTS = {"uphold": True, "not-uphold": False}


@signs
@click.option("--evidence", required=True, help="File that shows the fault, or the content id of a blob.")
@click.option("--reason", type=click.Choice(list(REASONS)), required=True)
@click.argument("accused", type=ADDRESS)
@command("report")
async def report(
    context: Context,
    accused: Address,
    reason: str,
    evidence: str,
    key: str,
    yes: bool,
    dry_run: bool,
) -> None:
    """Report a staker, with a bond. Validators vote on the report."""
    digest = read_evidence(evidence)
    async with context.slasher(key) as slasher:
        plan = await slasher.report(accused, REASONS[reason], digest)
        found = {"report": addresses.report(accused, digest), "evidence": cid_of_digest(digest)}
        await carried_out(context, slasher, plan, yes=yes, dry_run=dry_run, **found)


@signs
@click.argument("job", type=ADDRESS)
@command("open")
async def open_(context: Context, job: Address, key: str, yes: bool, dry_run: bool) -> None:
    """Report the node of a rejected or timed-out job. Anyone may; oracles do."""
    async with context.slasher(key) as client:
        await carried_out(context, client, await client.open_from_job(job), yes=yes, dry_run=dry_run, job=job)


@signs
@click.argument("verdict", type=click.Choice(list(VERDICTS)))
@click.argument("address", type=ADDRESS, metavar="REPORT")
@command("vote")
async def vote(context: Context, address: Address, verdict: str, key: str, yes: bool, dry_run: bool) -> None:
    """Vote on a report with a stake that was locked before it."""
    uphold = VERDICTS[verdict]
    await _move(context, address, key, lambda client: client.vote(address, uphold=uphold), yes, dry_run)


def _about(
    name: str, prepare: Callable[[SlashingClient, Address], Awaitable[Plan]], sentence: str
) -> click.Command:
    """Return a command whose only argument is a report."""

    async def run(context: Context, address: Address, key: str, yes: bool, dry_run: bool) -> None:
        await _move(context, address, key, lambda client: prepare(client, address), yes, dry_run)

    run.__doc__ = sentence
    made = command(name)(run)
    return signs(click.argument("address", type=ADDRESS, metavar="REPORT")(made))


resolve = _about("resolve", SlashingClient.resolve, "Count the votes once the vote is over. Anyone may.")
appeal = _about(
    "appeal", SlashingClient.appeal, "Ask for a second vote by more validators, as the accused, with a bond."
)
execute = _about(
    "execute", SlashingClient.execute, "Take the sentence from the stake and burn it. Anyone may."
)
claim = _about(
    "claim", SlashingClient.claim, "Take what a report owes you as reporter, accused or validator."
)
close = _about(
    "close", SlashingClient.close, "Close a report that owes nothing and return its rent. Anyone may."
)


@click.option("--open", "only_open", is_flag=True, help="Only those that have not ended.")
@command("list")
async def list_(context: Context, only_open: bool) -> None:
    """List the reports that are not closed, newest first."""
    async with context.chain() as chain:
        reader = SlashingReader(chain)
        now, found = await reader.now(), await reader.reports()
    rows = [
        {
            "report": address,
            "accused": one.accused,
            "reason": one.reason.label,
            "status": one.status.label,
            "next": outlook(one, now)[0].words(now),
        }
        for address, one in found.items()
        if not (only_open and one.status.is_end)
    ]
    context.output.rows(rows, ("report", "accused", "reason", "status", "next"), empty="no reports")


@click.argument("address", type=ADDRESS, metavar="REPORT")
@command("show")
async def show(context: Context, address: Address) -> None:
    """Show a report: the votes, what it pays, and who may do what next."""
    async with context.chain() as chain:
        reader = SlashingReader(chain)
        one, now, votes = await reader.report_at(address), await reader.now(), await reader.votes(address)
    windows = outlook(one, now)
    context.output.result(
        {
            **_document(address, one),
            "votes": [
                {
                    "validator": cast.validator,
                    "round": cast.round,
                    "uphold": cast.uphold,
                    "weight": cast.weight,
                }
                for cast in votes
            ],
            "next": [window_document(window, now) for window in windows],
        },
        f"{address}  {one.status.label}",
        f"{one.accused} is accused of {one.reason.label} by "
        + (f"the end of job {one.job}" if is_of_job(one) else one.reporter),
        *([f"evidence  {cid_of_digest(one.evidence)}"] if any(one.evidence) else []),
        f"takes     {format_hyper(one.amount)} HYPER of the stake",
        f"round {one.round}   {one.voters} validators: uphold {format_hyper(one.uphold_weight)},"
        f" not uphold {format_hyper(one.overturn_weight)} of {format_hyper(one.total_weight)};"
        f" {'would convict' if convicts(one) else 'would not convict'}",
        *([f"slashed   {format_hyper(one.slashed)} HYPER"] if one.slashed else []),
        *(window.words(now) for window in windows),
    )


def read_evidence(text: str) -> bytes:
    """Return the digest of a file, or the digest that a content id holds."""
    if Path(text).is_file():
        return hashlib.sha256(Path(text).read_bytes()).digest()
    try:
        return digest_of_cid(text)
    except InvalidCid as fault:
        raise InvalidCid(
            f"{text!r} is neither a file nor a content id", fix="name a file, or the id of an uploaded blob"
        ) from fault


async def _move(
    context: Context,
    address: Address,
    key: str,
    prepare: Callable[[SlashingClient], Awaitable[Plan]],
    yes: bool,
    dry_run: bool,
) -> None:
    async with context.slasher(key) as client:
        await carried_out(context, client, await prepare(client), yes=yes, dry_run=dry_run, report=address)


def _document(address: Address, one: Report) -> dict[str, Any]:
    return {
        "report": address,
        "status": one.status.label,
        "accused": one.accused,
        "reporter": None if is_of_job(one) else one.reporter,
        "job": one.job if is_of_job(one) else None,
        "sequence": one.sequence,
        "reason": one.reason.label,
        "evidence": cid_of_digest(one.evidence) if any(one.evidence) else None,
        "amount": one.amount,
        "round": one.round,
        "voters": one.voters,
        "uphold_weight": one.uphold_weight,
        "overturn_weight": one.overturn_weight,
        "total_weight": one.total_weight,
        "would_convict": convicts(one),
        "opened_at": one.opened_at,
        "voting_ends_at": one.voting_ends_at or None,
        "executable_at": one.executable_at or None,
        "ended_at": one.ended_at or None,
        "slashed": one.slashed,
        "burned": one.burned,
        "due": {
            "reporter": one.reporter_due,
            "accused": one.accused_due,
            "validators": one.validators_due,
        },
    }
