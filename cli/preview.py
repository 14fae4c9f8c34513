"""What a command is about to sign, shown before it signs, and the question whether to go on."""

from __future__ import annotations

import sys

import click

from cli.context import Context
from hypernode.domain.money import format_hyper

YES_HELP = "Do not ask."
DRY_RUN_HELP = "Show what would move, and stop."


def asks(run: click.Command) -> click.Command:
    """Add --yes and --dry-run to a command that signs."""
    run.params += [
        click.Option(["--yes", "-y"], is_flag=True, help=YES_HELP),
        click.Option(["--dry-run"], is_flag=True, help=DRY_RUN_HELP),
    ]
    return run


def agreed(context: Context, what: str, *lines: str, yes: bool, dry_run: bool) -> bool:
    """Show what will be signed; ask where somebody can answer. False means: shown, do not send.

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
    """Say in which direction base units of HYPER move."""
    if amount == 0:
        return "no tokens move"
    where = "wallet -> stake" if amount > 0 else "stake and rewards -> wallet"
    return f"{format_hyper(abs(amount))} HYPER  {where}"
