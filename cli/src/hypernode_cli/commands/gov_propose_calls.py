"""`hyper gov propose upgrade` and `file`: proposals that change code or hold any instructions."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from hypernode.client.handover import PROGRAMS
from hypernode.client.upgrades import change_code
from hypernode.domain.types import Address
from hypernode_cli.commands.gov_files import FORM, read_instructions
from hypernode_cli.commands.gov_propose import ADDRESS, KINDS, How, form, plain, put
from hypernode_cli.context import Context, command


@form
@click.option("--spill", type=ADDRESS, help="Who gets the buffer's rent.  [default: the proposer]")
@click.argument("buffer", type=ADDRESS)
@click.argument("program", type=click.Choice(list(PROGRAMS)))
@command("upgrade")
async def upgrade(
    context: Context, program: str, buffer: Address, spill: Address | None, **how: Unpack[How]
) -> None:
    """Replace the code of PROGRAM by BUFFER, whose authority must be the DAO."""
    rent_to = spill or context.signer(how["key"]).address
    await put(
        context,
        lambda chain: change_code(chain, program=PROGRAMS[program], buffer=buffer, spill=rent_to),
        how,
    )


@form
@click.option("--kind", type=click.Choice(list(KINDS)), default="generic", show_default=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@command("file")
async def file(context: Context, file: Path, kind: str, **how: Unpack[How]) -> None:
    """Propose the instructions in a JSON FILE, which the DAO's authority may sign."""
    calls = read_instructions(file)
    await put(context, lambda _: plain(KINDS[kind], calls), how)


file.epilog = f"FILE holds {FORM}"
