"""`hyper gov`: what voters, proposers, the guardian and anybody do with proposals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from hypernode.client import GovernanceClient, Plan
from hypernode.domain.governance import VoteChoice
from hypernode.errors import InvalidDocument
from hypernode_cli.commands.gov_bootstrap import bootstrap
from hypernode_cli.commands.gov_files import read_instructions
from hypernode_cli.commands.gov_propose_calls import propose
from hypernode_cli.commands.gov_show import list_, settings, show
from hypernode_cli.context import Context, command
from hypernode_cli.preview import carried_out, signs

CHOICES = {choice.label.lower(): choice for choice in VoteChoice}
NUMBER = click.IntRange(0, 2**64 - 1)
_number = click.argument("number", type=NUMBER)


@click.group()
def gov() -> None:
    """Propose, vote, and carry out what was voted for."""


for part in (propose, bootstrap, list_, settings, show):
    gov.add_command(part)


@signs
@click.argument("choice", type=click.Choice(list(CHOICES)))
@_number
@command(gov, "vote")
async def vote(context: Context, number: int, choice: str, key: str, yes: bool, dry_run: bool) -> None:
    """Vote with the weight that was locked before the proposal was made; it cannot be changed."""
    await _move(context, number, key, lambda client: client.vote(number, CHOICES[choice]), yes, dry_run)


@signs
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_number
@command(gov, "add")
async def add(context: Context, number: int, file: Path, key: str, yes: bool, dry_run: bool) -> None:
    """Add the instruction in a JSON FILE to a draft of yours; `gov propose file --help` shows its form."""
    calls = read_instructions(file)
    if len(calls) != 1:
        raise InvalidDocument(str(file), f"{len(calls)} instructions", fix="one at a time")
    await _move(context, number, key, lambda client: client.add(number, calls[0]), yes, dry_run)


@signs
@click.option("--nodes", is_flag=True, help="Stop new nodes.")
@click.option("--jobs", is_flag=True, help="Stop new jobs.")
@command(gov, "pause")
async def pause(context: Context, jobs: bool, nodes: bool, key: str, yes: bool, dry_run: bool) -> None:
    """Stop new jobs or nodes as the guardian; no refund is stopped, and only a vote lifts it."""
    if not jobs and not nodes:
        raise click.UsageError("name what to stop: --jobs, --nodes or both")
    async with context.governance(key) as client:
        await carried_out(context, client, await client.pause(jobs + 2 * nodes), yes=yes, dry_run=dry_run)


def _about(
    name: str, prepare: Callable[[GovernanceClient, int], Awaitable[Plan]], sentence: str
) -> click.Command:
    """Make a command whose only argument is a proposal's number."""

    async def run(context: Context, number: int, key: str, yes: bool, dry_run: bool) -> None:
        await _move(context, number, key, lambda client: prepare(client, number), yes, dry_run)

    run.__doc__ = sentence
    return signs(_number(command(gov, name)(run)))


_about(
    "activate",
    GovernanceClient.activate,
    "Open the vote on a draft of yours; nothing can be added after that.",
)
_about("finalize", GovernanceClient.finalize, "Have the votes counted once the vote is over; anybody may.")
_about("queue", GovernanceClient.queue, "Start the wait of what was carried; anybody may.")
_about("execute", GovernanceClient.execute, "Do what was voted for, after its wait; anybody may.")
_about("expire", GovernanceClient.expire, "Declare that nobody queued or executed it in time; anybody may.")
_about("cancel", GovernanceClient.cancel, "Take a proposal of yours back before its vote is over.")
_about("veto", GovernanceClient.veto, "Stop a proposal for good, as the guardian.")
_about("close", GovernanceClient.close, "Close what ended 30 days ago, its rent goes back; anybody may.")


async def _move(
    context: Context,
    number: int,
    key: str,
    prepare: Callable[[GovernanceClient], Awaitable[Plan]],
    yes: bool,
    dry_run: bool,
) -> None:
    async with context.governance(key) as client:
        await carried_out(context, client, await prepare(client), yes=yes, dry_run=dry_run, proposal=number)
