"""`hyper localnet` commands: the local chain alone, and its clock."""

from __future__ import annotations

import click

from hypernode.chain.rpc import Rpc
from hypernode.config import RPC_PORT, WS_PORT
from hypernode_cli.commands.services import Ports, Services
from hypernode_cli.context import Context, command

PORT = click.IntRange(1, 65_535)


@click.option("--rpc-port", type=PORT, help=f"By default where it was last, or {RPC_PORT}.")
@click.option("--ws-port", type=PORT, help=f"By default where it was last, or {WS_PORT}.")
@command("start")
async def start(context: Context, rpc_port: int | None, ws_port: int | None) -> None:
    """Start the local chain with the Hypernode programs and a faucet, in the background."""
    ports = Ports.of(context.home, rpc=rpc_port, ws=ws_port)
    cluster = await Services(context.home, ports).start_chain()
    context.output.result({"rpc": cluster.rpc_url, "ws": cluster.ws_url}, f"chain at {cluster.rpc_url}")


@command("clock")
async def clock(context: Context) -> None:
    """Show the slot and the time of the chain."""
    await _show(context, "hypernode_clock")


@click.argument("seconds", type=click.IntRange(min=0))
@command("advance")
async def advance(context: Context, seconds: int) -> None:
    """Move the time of the chain forward by SECONDS, so that deadlines pass at once."""
    await _show(context, "hypernode_advanceTime", seconds)


async def _show(context: Context, method: str, *params: int) -> None:
    rpc = Rpc.open(context.cluster().rpc_url)
    try:
        answer = await rpc.call(method, *params)
    finally:
        await rpc.close()
    context.output.result(answer, f"slot {answer['slot']}, time {answer['unixTimestamp']}")
