"""`hyper rewards`: what stakers earn, and taking it."""

from __future__ import annotations

import click

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.rewards import Accumulator
from hypernode.chain.generated.staking import Pool
from hypernode.domain.money import format_hyper
from hypernode.domain.rewards import flow_rate, yield_bps
from hypernode.domain.staking import DAY
from hypernode.errors import ConfigError
from hypernode_cli.context import WALLET, Context, command
from hypernode_cli.preview import agreed, asks, tokens

KEY_HELP = "Name of the key that staked."


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command("show")
async def show(context: Context, key: str) -> None:
    """Show what stakers earn now, the yield at this rate, and what you can claim."""
    async with context.staker(key) as client, context.chain() as chain:
        accumulator = await chain.read(Accumulator, addresses.accumulator())
        pool = await chain.read(Pool, addresses.pool())
        if accumulator is None or pool is None:
            raise ConfigError("this cluster has no rewards program yet", fix="hyper gov bootstrap")
        now, earned = (await chain.clock()).unix_timestamp, await client.claimable()
    daily = sum(flow_rate(flow, now, DAY) for flow in (accumulator.fees, accumulator.community))
    estimate = yield_bps(daily, DAY, pool.total_staked)
    context.output.result(
        {
            "owner": client.owner,
            "claimable": earned,
            "daily_flow": daily,
            "yield_bps": estimate,
            "total_staked": pool.total_staked,
            "total_weight": pool.total_weight,
            "distributed": accumulator.distributed,
            "claimed": accumulator.claimed,
        },
        f"claimable  {format_hyper(earned)} HYPER",
        f"flowing    {format_hyper(daily)} HYPER a day to {format_hyper(pool.total_staked)} HYPER staked",
        f"yield      {estimate / 100:.2f} % a year on the average stake, if it went on like today",
        f"so far     {format_hyper(accumulator.distributed)} HYPER earned by stakers,"
        f" {format_hyper(accumulator.claimed)} claimed",
    )


@asks
@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command("claim")
async def claim(context: Context, key: str, yes: bool, dry_run: bool) -> None:
    """Move what the stake has earned to its wallet."""
    async with context.staker(key) as client:
        move = await client.claim()
        if agreed(context, move.what, tokens(move.amount), yes=yes, dry_run=dry_run):
            signature = await client.send(move)
            context.output.result(
                {"owner": client.owner, "claimed": -move.amount, "signature": signature},
                f"claimed {format_hyper(-move.amount)} HYPER",
            )


@click.option("--key", default=WALLET, show_default=True, help="Name of the key that pays the fee.")
@command("distribute")
async def distribute(context: Context, key: str) -> None:
    """Book all earnings up to now. Anyone may; every staking command does it too."""
    async with context.chain() as chain:
        signature = await chain.send([instructions.distribute()], [context.key(key)])
    context.output.result({"signature": signature}, "everything due by now is distributed")
