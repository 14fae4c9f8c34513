"""`hyper node` commands: set up and run a worker on this machine."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import click

from hypernode.chain import addresses
from hypernode.chain.keys import Key
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.staking import DAY, MAX_DURATION, MIN_DURATION
from hypernode.errors import ConfigError
from hypernode.wire.nodes import NodeView
from hypernode_cli.commands.node_setup import DEFAULT_STAKE, prepare_node, require_machine, runtime_waiver
from hypernode_cli.commands.processes import grown, tail
from hypernode_cli.commands.services import API, CHAIN, NODE, ORACLE_NAMES, Ports, Services
from hypernode_cli.context import Context, command

LOG_LINES = 50
DAYS = click.IntRange(MIN_DURATION // DAY, MAX_DURATION // DAY)
# A node's name becomes the name of its process, its folder and its keys, so it must be unique in a home.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_RESERVED = {CHAIN, API, *ORACLE_NAMES, "chain", "blobs", "keys", "logs", "run"}
# Seconds between two looks at a followed log.
FOLLOW_SECONDS = 0.3


class NodeName(click.ParamType[str]):
    """A name that no service and no folder of this home has."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:
        if not _NAME.fullmatch(value):
            self.fail(f"{value!r} is not 1 to 32 of a-z, 0-9 and -", param, context)
        if value in _RESERVED:
            self.fail(f"{value!r} is the name of another service", param, context)
        return str(value)


NAME = NodeName()


@click.option(
    "--name", type=NAME, default=NODE, show_default=True, help="Names keys, state and logs of this node."
)
@click.option("--stake", default=format_hyper(DEFAULT_STAKE), show_default=True, help="HYPER to lock.")
@click.option("--days", type=DAYS, default=MIN_DURATION // DAY, show_default=True, help="Notice, 14 to 365.")
@click.option("--waive-runc", default="", help="Vouch for this exact runc version.")
@command("init")
async def init(context: Context, name: str, stake: str, days: int, waive_runc: str) -> None:
    """Make this machine a node: check it, make keys, stake and register."""
    cluster = context.cluster()
    waiver = waive_runc
    if not waiver and "faucet" in cluster.keys:
        waiver = await runtime_waiver(context.output, context.home / name / "work")
    checks = await require_machine(context, name, waiver)
    prepared = await prepare_node(context, cluster, name, parse_hyper(stake), days * DAY)
    document = {
        "node": prepared.node,
        "operator": prepared.operator,
        "worker_key": prepared.worker_key,
        "stake": prepared.stake,
        "checks": {check.name: check.detail for check in checks},
    }
    context.output.result(
        document,
        *(f"ok  {check.name:<7} {check.detail}" for check in checks),
        f"node     {prepared.node}",
        f"operator {prepared.operator} (stake {format_hyper(prepared.stake)} HYPER)",
        f"next     hyper node:start{'' if name == NODE else f' --name {name}'}",
    )


@click.option("--name", type=NAME, default=NODE, show_default=True, help="Which node of this home.")
@click.option("--slots", type=click.IntRange(min=1), default=1, show_default=True, help="Jobs at once.")
@click.option("--waive-runc", default="", help="Vouch for this exact runc version.")
@command("start")
async def start(context: Context, name: str, slots: int, waive_runc: str) -> None:
    """Start the worker in the background. `hyper node:logs --follow` shows its log."""
    cluster, operator = context.cluster(), _operator(context, name)
    waiver = waive_runc
    if not waiver and "faucet" in cluster.keys:
        waiver = await runtime_waiver(context.output, context.home / name / "work")
    services = Services(context.home, Ports(0, 0, 0), waived_runc=waiver)
    services.start_node(cluster, name, operator.address, slots=slots)
    address = addresses.node(operator.address)
    await services.online(cluster, address, name)
    context.output.result({"node": address, "state": "online"}, f"{address} is online")


@click.option("--name", type=NAME, default=NODE, show_default=True, help="Which node of this home.")
@command("status")
async def status(context: Context, name: str) -> None:
    """Show this node as the chain and the API see it."""
    record = Services(context.home, Ports(0, 0, 0)).processes.find(name)
    address = addresses.node(_operator(context, name).address)
    async with context.api() as api:
        view = await api.get(NodeView, f"/v1/nodes/{address}")
    context.output.result(
        {"process": None if record is None else record.pid, **view.model_dump(mode="json")},
        f"process    {'not running' if record is None else f'pid {record.pid}'}",
        f"node       {view.node} ({view.state})",
        f"stake      {format_hyper(view.stake)} HYPER",
        f"reputation {view.reputation.score} {view.reputation.tier} "
        f"({view.reputation.ok} ok, {view.reputation.rejected} rejected, {view.reputation.timed_out} late)",
        f"jobs       {view.active_jobs} running",
    )


@click.option("--name", type=NAME, default=NODE, show_default=True, help="Which node of this home.")
@click.option("--follow", "-f", is_flag=True, help="Go on until interrupted.")
@click.option("--lines", type=click.IntRange(min=0), default=LOG_LINES, show_default=True)
@command("logs")
async def logs(context: Context, name: str, follow: bool, lines: int) -> None:
    """Print the log of the worker."""
    path = Services(context.home, Ports(0, 0, 0)).processes.log_path(name)
    text = tail(path, lines)
    if context.output.as_json:
        context.output.result({"log": str(path), "lines": text.splitlines()})
        return
    context.output.text(text)
    if follow:
        await _follow(context, path)


@click.option("--name", type=NAME, default=NODE, show_default=True, help="Which node of this home.")
@command("stop")
async def stop(context: Context, name: str) -> None:
    """Stop the worker."""
    stopped = Services(context.home, Ports(0, 0, 0)).processes.stop(name)
    context.output.result({"stopped": stopped}, f"{name} {'stopped' if stopped else 'was not running'}")


async def _follow(context: Context, path: Path) -> None:
    _, size = grown(path, 0)
    while True:
        await asyncio.sleep(FOLLOW_SECONDS)
        text, size = grown(path, size)
        context.output.text(text)


def _operator(context: Context, name: str) -> Key:
    path = context.key_path(f"{name}-operator")
    if not path.exists():
        raise ConfigError(f"there is no node {name!r} here", fix="set it up first: hyper node:init")
    return context.key(path.stem)
