"""`hyper status` and `hyper down`: the running services of one home folder."""

from __future__ import annotations

from hypernode.errors import EngineUnavailable
from hypernode_cli.commands.processes import Processes
from hypernode_cli.commands.services import Ports, Services
from hypernode_cli.context import Context, command


@command("down")
async def down(context: Context) -> None:
    """Stop all services of this home. The chain, keys and journals stay.

    A running job loses its container. The next start runs it again if its deadline allows.
    """
    stopped = await stop_all(context, Services(context.home, Ports(0, 0, 0)))
    context.output.result({"stopped": stopped}, f"stopped: {', '.join(stopped) or 'nothing was running'}")


@command("status")
async def status(context: Context) -> None:
    """List the running services of this home."""
    rows = [
        {"service": name, "pid": record.pid, "log": str(Processes(context.home).log_path(name))}
        for name, record in Processes(context.home).running().items()
    ]
    context.output.rows(rows, ("service", "pid", "log"), empty="nothing is running: hyper up")


async def stop_all(context: Context, services: Services) -> list[str]:
    """Stop all services and remove their containers; return the names of the stopped services."""
    stopped = services.stop()
    try:
        await services.sweep()
    except EngineUnavailable as fault:
        context.output.note(f"warning: containers were not looked for: {fault}")
    return stopped
