"""`hyper gov` commands of voters, proposers and the guardian."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from hypernode.client import GovernanceClient, Plan
from hypernode.domain.governance import VoteChoice
from hypernode.errors import InvalidDocument
from hypernode_cli.commands.gov_files import read_instructions
from hypernode_cli.context import Context, command
from hypernode_cli.preview import carried_out, signs

CHOICES = {choice.label.lower(): choice for choice in VoteChoice}
NUMBER = click.IntRange(0, 2**64 - 1)
_number = click.argument("number", type=NUMBER)


@signs
@click.argument("choice", type=click.Choice(list(CHOICES)))
@_number
@command("vote")
async def vote(context: Context, number: int, choice: str, key: str, yes: bool, dry_run: bool) -> None:
    """Vote with the weight that was locked before the proposal. A vote is final."""
    await _move(context, number, key, lambda client: client.vote(number, CHOICES[choice]), yes, dry_run)


@signs
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_number
@command("add")
async def add(context: Context, number: int, file: Path, key: str, yes: bool, dry_run: bool) -> None:
    """Add the instruction in a JSON FILE to your draft. See `hyper gov propose file --help`."""
    calls = read_instructions(file)
    if len(calls) != 1:
        raise InvalidDocument(str(file), f"{len(calls)} instructions", fix="one at a time")
    await _move(context, number, key, lambda client: client.add(number, calls[0]), yes, dry_run)


@signs
@click.option("--nodes", is_flag=True, help="Stop new nodes.")
@click.option("--jobs", is_flag=True, help="Stop new jobs.")
@command("pause")
async def pause(context: Context, jobs: bool, nodes: bool, key: str, yes: bool, dry_run: bool) -> None:
    """Stop new jobs or new nodes, as the guardian. Only a vote lifts the pause."""
    if not jobs and not nodes:
        raise click.UsageError("name what to stop: --jobs, --nodes or both")
    async with context.governance(key) as client:
        await carried_out(context, client, await client.pause(jobs + 2 * nodes), yes=yes, dry_run=dry_run)


def _about(
    name: str, prepare: Callable[[GovernanceClient, int], Awaitable[Plan]], sentence: str
) -> click.Command:
    """Return a command whose only argument is the number of a proposal."""

    async def run(context: Context, number: int, key: str, yes: bool, dry_run: bool) -> None:
        await _move(context, number, key, lambda client: prepare(client, number), yes, dry_run)

    run.__doc__ = sentence
    return signs(_number(command(name)(run)))


activate = _about(
    "activate", GovernanceClient.activate, "Open the vote on your draft. Nothing can be added after that."
)
finalize = _about("finalize", GovernanceClient.finalize, "Count the votes once the vote is over. Anyone may.")
queue = _about(
    "queue", GovernanceClient.queue, "Start the waiting time of a proposal that passed. Anyone may."
)
execute = _about(
    "execute", GovernanceClient.execute, "Execute a proposal after its waiting time. Anyone may."
)
expire = _about(
    "expire",
    GovernanceClient.expire,
    "Declare that a proposal was not queued or executed in time. Anyone may.",
)
cancel = _about("cancel", GovernanceClient.cancel, "Cancel your proposal before its vote is over.")
veto = _about("veto", GovernanceClient.veto, "Stop a proposal for good, as the guardian.")
close = _about(
    "close", GovernanceClient.close, "Close a proposal 30 days after its end and return its rent. Anyone may."
)


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
