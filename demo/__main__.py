"""`make demo`: four paid jobs on real parts and a table of every token that moved; exit 0 if all held."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from demo import ledger, scenes
from demo.stage import Stage, raised
from hypernode.domain.money import HYPER_DECIMALS
from hypernode.errors import HypernodeError
from hypernode_cli.output import Output

OUTPUT = Path("demo-output")
RECIPE = Path(__file__).parents[1] / "deploy" / "runtime-image" / "build.py"
console = Console(highlight=False)


def main() -> int:
    image = subprocess.run((sys.executable, str(RECIPE)), check=True, capture_output=True, text=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hypernode-demo-") as home:
        try:
            asyncio.run(play(Path(home), image.stdout.strip()))
        except HypernodeError as error:
            Output().failure(error)
            return 1
    console.print(f"\nAll four came out as they must, in {time.monotonic() - began:.0f} s.")
    console.print(f"Open {OUTPUT / 'animation.gif'}: the file the first job was paid for.")
    return 0


async def play(home: Path, image: str) -> None:
    console.print("Starting a local chain, the API and three oracles")
    async with raised(home, Output()) as stage:
        _show(await scenes.honest(stage, image, OUTPUT))
        _show(await scenes.dishonest(stage, image))
        await stage.node("bob")
        # The refused job only waits for its time to run out, so the killed node's scene plays meanwhile.
        for shown in await asyncio.gather(scenes.killed(stage, image), scenes.nobody(stage, image)):
            _show(shown)
        await ledger.close_accounts(stage)
        await _books(stage)


def _show(shown: scenes.Shown) -> None:
    console.print(f"[bold]{shown.title}[/bold]: {shown.result}")


async def _books(stage: Stage) -> None:
    """Print every movement and the sum that must hold."""
    found = await ledger.movements(stage)
    table = Table("movement", "to", "HYPER", "job", title="\nEvery token movement of the buyer")
    table.columns[2].justify = "right"
    for movement in found:
        table.add_row(movement.what, movement.to, _exact(movement.amount), movement.job[:8])
    totals = await ledger.check(stage, found)
    table.add_section()
    for what in ("deposit", "payment", "fee", "refund"):
        table.add_row(f"all {what}s", "", _exact(totals[what]), "")
    console.print(table)
    console.print(
        f"deposits {totals['deposit']} = payments {totals['payment']} + fees {totals['fee']} "
        f"+ refunds {totals['refund']} base units"
    )


def _exact(amount: int) -> str:
    whole, part = divmod(amount, 10**HYPER_DECIMALS)
    return f"{whole}.{part:06d}"


if __name__ == "__main__":
    sys.exit(main())
