"""`hyper gov propose upgrade` and `file`: what is not a setting, but a program's code or any instructions."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from hypernode.client.handover import PROGRAMS
from hypernode.client.upgrades import change_code
from hypernode.domain.types import Address
from hypernode_cli.commands.gov_files import FORM, read_instructions
from hypernode_cli.commands.gov_propose import ADDRESS, KINDS, How, form, plain, propose, put
from hypernode_cli.context import Context, command

# The group, now with all its forms.
__all__ = ["propose"]


@form
@click.option("--spill", type=ADDRESS, help="Who gets the buffer's rent.  [default: the proposer]")
@click.argument("buffer", type=ADDRESS)
@click.argument("program", type=click.Choice(list(PROGRAMS)))
@command(propose, "upgrade")
async def upgrade(
    context: Context, program: str, buffer: Address, spill: Address | None, **how: Unpack[How]
) -> None:
    """Replace the code of PROGRAM by what BUFFER holds; the DAO must be the buffer's authority."""
    rent_to = spill or context.signer(how["key"]).address
    await put(
        context,
        lambda chain: change_code(chain, program=PROGRAMS[program], buffer=buffer, spill=rent_to),
        how,
    )


@form
@click.option("--kind", type=click.Choice(list(KINDS)), default="generic", show_default=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@command(propose, "file")
async def file(context: Context, file: Path, kind: str, **how: Unpack[How]) -> None:
    """Propose the instructions in a JSON FILE; the DAO's authority signs where they name it as signer."""
    calls = read_instructions(file)
    await put(context, lambda _: plain(KINDS[kind], calls), how)


file.epilog = f"FILE holds {FORM}"
