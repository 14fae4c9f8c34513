"""`hyper up`, `hyper down`, `hyper status`: the whole marketplace on one machine."""

from __future__ import annotations

import asyncio
import shutil
import signal

import click

from cli.commands.node_setup import prepare_node, runtime_waiver
from cli.commands.processes import Processes
from cli.commands.services import NODE, ORACLE_NAMES, Ports, Services
from cli.context import WALLET, Context, command
from hypernode.config import API_PORT, RPC_PORT, WS_PORT, Cluster
from hypernode.domain.money import HYPER
from hypernode.errors import ConfigError
from hypernode.localnet.genesis import ensure_key, fund

# What a new wallet on a local chain starts with.
WELCOME = 10_000 * HYPER


@click.group()
def _root() -> None:
    """Holds the commands until the main group takes them."""


@click.option("--rpc-port", type=int, default=RPC_PORT, show_default=True)
@click.option("--ws-port", type=int, default=WS_PORT, show_default=True)
@click.option("--api-port", type=int, default=API_PORT, show_default=True)
@click.option("--no-node", is_flag=True, help="Start no node; add one with node:init and node:start.")
@click.option("--reset", is_flag=True, help="Forget the chain and everything on it first.")
@click.option("--detach", is_flag=True, help="Return once everything answers; `hyper down` stops it.")
@command(_root, "up")
async def up(
    context: Context, rpc_port: int, ws_port: int, api_port: int, no_node: bool, reset: bool, detach: bool
) -> None:
    """Start a local chain, the API, three oracles and one node."""
    home = context.home
    if reset:
        if Processes(home).running():
            raise ConfigError("services are running", fix="hyper down, then again")
        shutil.rmtree(home, ignore_errors=True)
    waiver = "" if no_node else await runtime_waiver(context.output, home / NODE / "work")
    services = Services(home, Ports(rpc_port, ws_port, api_port), waived_runc=waiver)
    with context.output.progress("starting the chain") as bar:
        cluster = await services.start_chain()
        bar.step("starting the API", 0.3)
        await services.start_api(cluster)
        bar.step("starting the oracles", 0.6)
        for name in ORACLE_NAMES:
            services.start_oracle(cluster, name)
        if not no_node:
            bar.step("starting a node", 0.8)
            prepared = await prepare_node(context, cluster, NODE)
            services.start_node(cluster, NODE, prepared.operator)
            await services.online(cluster, prepared.node)
        wallet = ensure_key(context.key_path(WALLET))
        if not (home / "welcomed").exists():
            await fund(cluster, wallet.address, WELCOME)
            (home / "welcomed").touch()
    context.output.result(
        {**_where(cluster), "wallet": wallet.address, "running": sorted(services.processes.running())},
        *(f"{name:<7} {url}" for name, url in _where(cluster).items()),
        f"wallet  {wallet.address}",
        "next    hyper job run --help" + ("" if detach else "   (Ctrl-C stops everything)"),
    )
    if not detach:
        await _interrupted()
        services.stop()


@command(_root, "down")
async def down(context: Context) -> None:
    """Stop everything that `hyper up` and `node:start --detach` started; nothing is lost."""
    stopped = Services(context.home, Ports(0, 0, 0)).stop()
    context.output.result({"stopped": stopped}, f"stopped: {', '.join(stopped) or 'nothing was running'}")


@command(_root, "status")
async def status(context: Context) -> None:
    """Show which services run here."""
    rows = [
        {"service": name, "pid": record.pid, "log": str(Processes(context.home).log_path(name))}
        for name, record in Processes(context.home).running().items()
    ]
    context.output.rows(rows, ("service", "pid", "log"), empty="nothing is running: hyper up")


def _where(cluster: Cluster) -> dict[str, str]:
    return {"rpc": cluster.rpc_url, "ws": cluster.ws_url, "api": cluster.api_url}


async def _interrupted() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
