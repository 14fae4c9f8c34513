"""Preview of what a command is going to sign, and the question before it signs."""

from __future__ import annotations

import sys
from typing import Any, Protocol

import click

from hypernode.client import Plan
from hypernode.domain.money import format_hyper
from hypernode.domain.words import Window
from hypernode_cli.context import WALLET, Context

YES_HELP = "Do not ask."
DRY_RUN_HELP = "Show what would move, and stop."


class Signer(Protocol):
    """A client that prepares plans and sends them."""

    async def now(self) -> int: ...

    async def send(self, plan: Plan) -> tuple[str, ...]: ...


def signs(run: click.Command) -> click.Command:
    """Add --key, --yes and --dry-run to a command that signs with one named key."""
    run.params.append(
        click.Option(["--key"], default=WALLET, show_default=True, help="Name of the key that signs.")
    )
    return asks(run)


def asks(run: click.Command) -> click.Command:
    """Add --yes and --dry-run to a command that signs."""
    run.params += [
        click.Option(["--yes", "-y"], is_flag=True, help=YES_HELP),
        click.Option(["--dry-run"], is_flag=True, help=DRY_RUN_HELP),
    ]
    return run


def agreed(context: Context, what: str, *lines: str, yes: bool, dry_run: bool) -> bool:
    """Show what will be signed, and ask a person; return whether to send it.

    A program (--json, or no terminal) is not asked: it asked for this by running the command, and has
    --dry-run to look first.
    """
    if dry_run:
        document = {"dry_run": True, "what": what, "preview": list(lines)}
        context.output.result(document, f"would {what}", *lines)
        return False
    for line in (what, *lines):
        context.output.note(line)
    if not yes and not context.output.as_json and sys.stdin.isatty():
        click.confirm("Sign and send?", abort=True, err=True)
    return True


def tokens(amount: int) -> str:
    """Return the amount and the direction of a movement, for a person."""
    if amount == 0:
        return "no tokens move"
    where = "wallet -> stake" if amount > 0 else "stake and rewards -> wallet"
    return f"{format_hyper(abs(amount))} HYPER  {where}"


async def carried_out(
    context: Context, client: Signer, plan: Plan, *, yes: bool, dry_run: bool, **facts: Any
) -> bool:
    """Show a plan, ask, send it and print the result; return whether it was sent."""
    now = await client.now()
    if not agreed(context, plan.what, *plan.words(now), yes=yes, dry_run=dry_run):
        return False
    signatures = await client.send(plan)
    windows = [window_document(window, now) for window in plan.windows]
    document = {**facts, "what": plan.what, "signatures": list(signatures), "windows": windows}
    context.output.result(document, f"done: {plan.what}", *(window.words(now) for window in plan.windows))
    return True


def window_document(window: Window, now: int) -> dict[str, Any]:
    """Return a window as a document: times in unix seconds, None for no limit."""
    opens, closes = window.opens_at or None, window.closes_at or None
    return {"what": window.what, "opens_at": opens, "closes_at": closes, "open": window.is_open(now)}
