"""`make demo`: runs six paid jobs and prints every token movement; exits with 0 if the sums hold."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from demo import ledger, scenes
from demo.stage import Stage, raised
from hypernode.domain.money import HYPER_DECIMALS
from hypernode.errors import HypernodeError
from hypernode_cli.output import Output

OUTPUT = Path("demo-output")
RECIPE = Path(__file__).parents[1] / "deploy" / "runtime-image" / "build.py"


def main() -> int:
    image = subprocess.run((sys.executable, str(RECIPE)), check=True, capture_output=True, text=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hypernode-demo-") as home:
        try:
            asyncio.run(play(Path(home), image.stdout.strip()))
        except HypernodeError as error:
            Output().failure(error)
            return 1
    click.echo(f"\nAll six jobs ended as they must, in {time.monotonic() - began:.0f} s.")
    click.echo(f"Open {OUTPUT / 'animation.gif'}: the output file of the first job.")
    return 0


async def play(home: Path, image: str) -> None:
    click.echo("Starting a local chain, the API and three oracles")
    async with raised(home, Output()) as stage:
        _show(await scenes.honest(stage, image, OUTPUT))
        _show(await scenes.dishonest(stage, image))
        _show(await scenes.declined(stage, image))
        click.echo("(from here on the demo moves the clock of its local chain past deadlines)")
        _show(await scenes.killed(stage, image))
        _show(await scenes.stopped(stage, image))
        _show(await scenes.unfit(stage, image))
        await ledger.close_accounts(stage)
        await _books(stage)


def _show(shown: scenes.Shown) -> None:
    click.echo(f"{click.style(shown.title, bold=True)}: {shown.result}")


async def _books(stage: Stage) -> None:
    """Print every movement, and check the sum."""
    found = await ledger.movements(stage)
    totals = await ledger.check(stage, found)
    sums = [
        {"movement": f"all {what}s", "HYPER": _exact(totals[what]), "to": "", "job": ""}
        for what in ("deposit", "payment", "fee", "refund")
    ]
    rows = [
        {"movement": one.what, "HYPER": _exact(one.amount), "to": one.to, "job": one.job[:8]} for one in found
    ]
    click.echo("\nEvery token movement of the buyer")
    Output().rows([*rows, *sums], ("movement", "HYPER", "to", "job"), empty="no token moved")
    click.echo(
        f"deposits {totals['deposit']} = payments {totals['payment']} + fees {totals['fee']} "
        f"+ refunds {totals['refund']} base units"
    )


def _exact(amount: int) -> str:
    whole, part = divmod(amount, 10**HYPER_DECIMALS)
    return f"{whole}.{part:06d}"


if __name__ == "__main__":
    sys.exit(main())
