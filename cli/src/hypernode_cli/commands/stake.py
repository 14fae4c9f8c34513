"""`hyper stake` commands: lock HYPER for weight, votes, rewards and the right to run jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import click

from hypernode.client import Move, StakerClient
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.staking import DAY, MAX_DURATION, MIN_DURATION, capacity, stake_tier
from hypernode_cli.context import WALLET, Context, command
from hypernode_cli.preview import agreed, asks, tokens

DAYS = click.IntRange(MIN_DURATION // DAY, MAX_DURATION // DAY)
KEY_HELP = "Name of the key that stakes (the wallet, or a node's operator)."
_key = click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)


@asks
@_key
@click.option("--days", type=DAYS, default=MIN_DURATION // DAY, show_default=True, help="Notice, 14 to 365.")
@click.argument("amount")
@command("add")
async def add(context: Context, amount: str, days: int, key: str, yes: bool, dry_run: bool) -> None:
    """Lock AMOUNT. An existing stake grows, and keeps its notice unless --days is longer."""
    units = parse_hyper(amount)
    await _move(context, key, lambda client: client.add(units, days * DAY), yes, dry_run)


@asks
@_key
@click.argument("days", type=DAYS)
@command("extend")
async def extend(context: Context, days: int, key: str, yes: bool, dry_run: bool) -> None:
    """Lengthen the notice to DAYS, which raises the weight. The notice never gets shorter."""
    await _move(context, key, lambda client: client.extend(days * DAY), yes, dry_run)


@asks
@_key
@command("unstake")
async def unstake(context: Context, key: str, yes: bool, dry_run: bool) -> None:
    """Give notice. Weight and votes end at once; the HYPER is free when the notice ends."""
    await _move(context, key, StakerClient.unstake, yes, dry_run)


@asks
@_key
@command("restake")
async def restake(context: Context, key: str, yes: bool, dry_run: bool) -> None:
    """Take back the notice. The weight returns and can vote on later proposals."""
    await _move(context, key, StakerClient.restake, yes, dry_run)


@asks
@_key
@command("withdraw")
async def withdraw(context: Context, key: str, yes: bool, dry_run: bool) -> None:
    """Take back the HYPER after the notice, with the rewards that are not claimed yet."""
    await _move(context, key, StakerClient.withdraw, yes, dry_run)


@_key
@command("show")
async def show(context: Context, key: str) -> None:
    """Show the stake: its weight, the jobs it allows and what it has earned."""
    async with context.staker(key) as client:
        await _show(context, client)


async def _move(
    context: Context, key: str, prepare: Callable[[StakerClient], Awaitable[Move]], yes: bool, dry_run: bool
) -> None:
    async with context.staker(key) as client:
        move = await prepare(client)
        lines = (tokens(move.amount), f"weight after it: {format_hyper(move.weight_after)}")
        if agreed(context, move.what, *lines, yes=yes, dry_run=dry_run):
            await client.send(move)
            await _show(context, client)


async def _show(context: Context, client: StakerClient) -> None:
    found, earned = await client.stake(), await client.claimable()
    if found is None:
        context.output.result({"owner": client.owner, "amount": 0}, f"{client.owner} has no stake")
        return
    free_at = found.unstake_at + found.duration if found.unstake_at else None
    tier = stake_tier(found.weight)
    context.output.result(
        {
            "owner": client.owner,
            "amount": found.amount,
            "weight": found.weight,
            "stake_tier": tier,
            "duration": found.duration,
            "unstake_at": found.unstake_at or None,
            "withdrawable_at": free_at,
            "open_reports": found.holds,
            "held": found.held_amount,
            "claimable": earned,
            "jobs_at_once": capacity(found.amount - found.held_amount),
        },
        f"{client.owner}: {format_hyper(found.amount)} HYPER, weight {format_hyper(found.weight)} ({tier})",
        f"notice {found.duration // DAY} days"
        + ("" if free_at is None else f", given; can be taken back at {free_at} (unix seconds)"),
        f"allows {capacity(found.amount - found.held_amount)} jobs at once",
        f"earned {format_hyper(earned)} HYPER that can be claimed now",
        *(
            [
                f"held by {found.holds} open report(s) until they end;"
                f" {format_hyper(found.held_amount)} HYPER of it are confirmed and back no job"
            ]
            if found.holds
            else []
        ),
    )
