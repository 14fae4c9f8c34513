"""`hyper up`: a local marketplace on one machine."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import click

from hypernode.config import API_PORT, RPC_PORT, WS_PORT
from hypernode.domain.money import HYPER
from hypernode.errors import ConfigError
from hypernode_cli.commands.node_setup import prepare_node, runtime_waiver
from hypernode_cli.commands.running import stop_all
from hypernode_cli.commands.services import NODE, ORACLE_NAMES, WELCOMED, Ports, Services
from hypernode_cli.context import WALLET, Context, command
from hypernode_cli.errors import ExtraMissing

# HYPER of a new wallet on a local chain.
WELCOME = 10_000 * HYPER
PORT = click.IntRange(1, 65_535)


@click.option("--rpc-port", type=PORT, help=f"By default where it was last, or {RPC_PORT}.")
@click.option("--ws-port", type=PORT, help=f"By default where it was last, or {WS_PORT}.")
@click.option("--api-port", type=PORT, help=f"By default where it was last, or {API_PORT}.")
@click.option("--no-node", is_flag=True, help="Start no node; add one with node:init and node:start.")
@click.option("--reset", is_flag=True, help="Forget the chain and everything on it first; keys are kept.")
@click.option("--detach", is_flag=True, help="Return once everything answers; `hyper down` stops it.")
@command("up")
async def up(
    context: Context,
    rpc_port: int | None,
    ws_port: int | None,
    api_port: int | None,
    no_node: bool,
    reset: bool,
    detach: bool,
) -> None:
    """Start a local chain, the API, three oracles and one node. Running services stay."""
    ExtraMissing.check(["up"])
    home = context.home
    ports = Ports.of(home, rpc=rpc_port, ws=ws_port, api=api_port)
    # Oracles repeat jobs, so they need the engine even without a node.
    waiver = await runtime_waiver(context.output, home / NODE / "work")
    services = Services(home, ports, waived_runc=waiver)
    if reset:
        await _forget(services)
    # SIGTERM ends a start as Ctrl-C does.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, signal.raise_signal, signal.SIGINT)
    try:
        document = await _raise(context, services, with_node=not no_node)
    except BaseException:
        # A foreground start leaves no service behind, even after Ctrl-C.
        if not detach and services.started:
            services.stop(*services.started)
        raise
    context.output.result(
        document,
        *(f"{name:<7} {document[name]}" for name in ("rpc", "ws", "api", "wallet")),
        "next    hyper job run --help" + ("" if detach else "   (Ctrl-C stops everything)"),
    )
    if not detach:
        await _interrupted()
        await stop_all(context, services)


async def _raise(context: Context, services: Services, *, with_node: bool) -> dict[str, Any]:
    """Start every service that does not run yet; return once all of them answer."""
    home = context.home
    with context.output.progress("starting the chain") as bar:
        cluster = await services.start_chain()
        bar.step("starting the API and the oracles", 0.3)
        # Oracles wait for the API themselves, so they load at the same time.
        for name in ORACLE_NAMES:
            services.start_oracle(cluster, name)
        await services.start_api(cluster)
        if with_node:
            bar.step("starting a node", 0.8)
            prepared = await prepare_node(context, cluster, NODE)
            services.start_node(cluster, NODE, prepared.operator)
            await services.online(cluster, prepared.node)
        for name in ORACLE_NAMES:
            await services.watching(name)
        wallet = context.ensure_key(WALLET)
        if not (home / WELCOMED).exists():
            from hypernode_localnet.genesis import fund  # of the extra `up`

            await fund(cluster, wallet.address, WELCOME)
            (home / WELCOMED).touch()
    where = {"rpc": cluster.rpc_url, "ws": cluster.ws_url, "api": cluster.api_url}
    return {**where, "wallet": wallet.address, "running": sorted(services.processes.running())}


async def _forget(services: Services) -> None:
    if services.processes.running():
        raise ConfigError("services are running", fix="hyper down, then again")
    await services.sweep()
    await asyncio.to_thread(services.forget_chain)


async def _interrupted() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
