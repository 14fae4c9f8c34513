"""`hyper gov bootstrap`: hands every program from one key to the DAO."""

from __future__ import annotations

import click

from hypernode.chain import addresses
from hypernode.chain.instructions.governance import DAY, Guardian
from hypernode.client import Handover
from hypernode.client.handover import LOCAL_SETTINGS, NOBODY, REAL_SETTINGS, controls
from hypernode.domain.types import Address
from hypernode.domain.words import length
from hypernode.errors import ConfigError
from hypernode_cli.commands.gov_show import control_documents, control_lines
from hypernode_cli.context import AddressArgument, Context, command
from hypernode_cli.preview import agreed, asks

ADDRESS = AddressArgument()
WHAT = "hand every program to the DAO; only a vote can undo it"


@asks
@click.option("--local", is_flag=True, help="Votes and waiting times of seconds, to try it out.")
@click.option("--guardian-days", type=click.IntRange(1, 366), default=365, show_default=True)
@click.option("--guardian", type=ADDRESS, help="Who may veto and pause at first.  [default: no guardian]")
@click.option("--operations", type=ADDRESS, help="Token account of operations; by default the present one.")
@click.option(
    "--key", default="authority", show_default=True, help="Name of the key that controls the programs now."
)
@command("bootstrap")
async def bootstrap(
    context: Context,
    key: str,
    operations: Address | None,
    guardian: Address | None,
    guardian_days: int,
    local: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Set up the DAO and hand every program to it. Finished steps are kept."""
    signer = context.signer(key)
    async with context.chain() as chain:
        config = await chain.config()
        if config is None:
            raise ConfigError("this cluster has no markets yet", fix="hyper up, or hyper localnet start")
        now, settings = (await chain.clock()).unix_timestamp, LOCAL_SETTINGS if local else REAL_SETTINGS
        first = Guardian(address=guardian, expires_at=now + guardian_days * DAY) if guardian else NOBODY
        handover = Handover(
            chain,
            signer,
            mint=context.cluster().mint,
            operations=operations or config.operations,
            guardian=first,
            settings=settings,
        )
        steps = await handover.steps()
        floors = settings.floors
        lines = [
            *(f"{step.state:<8}{step.what}" + (f" ({step.blocked})" * bool(step.blocked)) for step in steps),
            f"a vote never lasts less than {length(floors.voting_period)}; what passed waits at least"
            f" {length(floors.timelock_parameters)}, money and code {length(floors.timelock_critical)}",
        ]
        ready = all(step.done for step in steps)
        if (dry_run or not ready) and not agreed(context, WHAT, *lines, yes=yes, dry_run=dry_run):
            return
        signatures = await handover.carry_out(steps)
        rows = await controls(chain)
        found = await chain.config()
    context.output.result(
        {
            "authority": addresses.dao_authority(),
            "treasury": addresses.dao_treasury(),
            "operations_fees": None if found is None else found.operations,
            "steps": [{"what": step.what, "was": step.state} for step in steps],
            "signatures": signatures,
            "programs": control_documents(rows),
        },
        f"{len(signatures)} steps done, {len(steps) - len(signatures)} were done before",
        *control_lines(rows),
    )
