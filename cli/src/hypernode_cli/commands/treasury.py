"""`hyper treasury` commands: show the DAO's money and release what is unlocked."""

from __future__ import annotations

import click

from hypernode.chain import addresses
from hypernode.client import Treasury
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.words import instant
from hypernode_cli.context import Context, command
from hypernode_cli.preview import carried_out, signs


@command("show")
async def show(context: Context) -> None:
    """Show what the treasury holds, what can be released, and what was released so far."""
    async with context.chain() as chain:
        dao = Treasury(chain)
        config, held = await dao.config(), await dao.holdings()
    context.output.result(
        {
            "treasury": {"account": addresses.dao_treasury(), "amount": held.treasury},
            "unlocks": {"account": addresses.unlocks(), "amount": held.unlocks},
            "community": {"account": addresses.community_pool(), "amount": held.community},
            "operations": {"account": config.operations, "amount": held.operations},
            "released": {
                "releases": config.release_count,
                "community": config.community_total,
                "burned": config.burned_total,
                "operations": config.operations_total,
            },
        },
        f"treasury    {format_hyper(held.treasury)} HYPER, which only votes spend",
        f"unlocks     {format_hyper(held.unlocks)} HYPER wait to be released ({addresses.unlocks()})",
        f"community   {format_hyper(held.community)} HYPER on their way to stakers",
        f"operations  {format_hyper(held.operations)} HYPER ({config.operations})",
        f"released    {format_hyper(config.community_total)} HYPER to stakers,"
        f" {format_hyper(config.burned_total)} burned, {format_hyper(config.operations_total)} to operations,"
        f" in {config.release_count} releases",
    )


@signs
@command("release")
async def release(context: Context, key: str, yes: bool, dry_run: bool) -> None:
    """Split what waits: 30 % to stakers, 20 % burned, the rest to operations. Anyone may."""
    async with context.treasury(key) as client:
        await carried_out(context, client, await client.release(), yes=yes, dry_run=dry_run)


@signs
@click.argument("amount")
@command("deposit-unlock")
async def deposit_unlock(context: Context, amount: str, key: str, yes: bool, dry_run: bool) -> None:
    """Add AMOUNT to the next release. It cannot be taken back."""
    units = parse_hyper(amount)
    async with context.treasury(key) as client:
        await carried_out(context, client, await client.deposit_unlock(units), yes=yes, dry_run=dry_run)


@command("releases")
async def releases(context: Context) -> None:
    """List all releases, newest first."""
    async with context.chain() as chain:
        found = await Treasury(chain).releases()
    names = ("amount", "community", "burned", "operations")
    shown = (lambda units: units) if context.output.as_json else format_hyper
    when = (lambda at: at) if context.output.as_json else instant
    rows = [
        {
            "number": one.number,
            "released_at": when(one.released_at),
            **{name: shown(getattr(one, name)) for name in names},
        }
        for one in found
    ]
    context.output.rows(rows, ("number", "released_at", *names), empty="nothing was released yet")
