"""Command that runs a local chain until it is stopped: `python -m hypernode_localnet --state DIR`."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from pathlib import Path

import click

from hypernode.config import RPC_PORT, WS_PORT
from hypernode.domain.types import parse_address
from hypernode.errors import HypernodeError
from hypernode_localnet.service import Localnet, Options


@click.command()
@click.option("--rpc-port", type=int, default=RPC_PORT, show_default=True)
@click.option("--ws-port", type=int, default=WS_PORT, show_default=True)
@click.option(
    "--state", type=click.Path(path_type=Path, file_okay=False), help="Keep the chain in this folder."
)
@click.option("--reset", is_flag=True, help="Delete the chain in the state folder first.")
@click.option("--upgrade-authority", help="Deploy our programs on a new chain, upgradeable by this address.")
@click.option("--json", "as_json", is_flag=True, help="Print the URLs as one JSON line.")
def main(
    rpc_port: int,
    ws_port: int,
    state: Path | None,
    reset: bool,
    upgrade_authority: str | None,
    as_json: bool,
) -> None:
    """Serve a one-process Solana chain on the loopback interface."""
    if reset and state is not None:
        shutil.rmtree(state, ignore_errors=True)
    try:
        asyncio.run(_run(Options(rpc_port, ws_port, state), upgrade_authority, as_json))
    except HypernodeError as error:
        sys.exit(f"error: {error}\n  fix: {error.fix}" if error.fix else f"error: {error}")


async def _run(options: Options, upgrade_authority: str | None, as_json: bool) -> None:
    async with Localnet(options) as net:
        if upgrade_authority is not None:
            net.deploy(parse_address(upgrade_authority))
        where = {"rpc_url": net.rpc_url, "ws_url": net.ws_url}
        sys.stdout.write(
            json.dumps(where) + "\n" if as_json else f"chain at {net.rpc_url} and {net.ws_url}\n"
        )
        sys.stdout.flush()
        await net.run()


if __name__ == "__main__":
    main()
