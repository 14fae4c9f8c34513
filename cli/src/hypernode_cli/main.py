"""The `hyper` command: reads arguments, runs a command, turns typed errors into sentences and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from pydantic import ValidationError

from hypernode.errors import HypernodeError
from hypernode_cli.commands.gov import gov
from hypernode_cli.commands.job import job
from hypernode_cli.commands.localnet import localnet
from hypernode_cli.commands.node import node
from hypernode_cli.commands.rewards import rewards
from hypernode_cli.commands.slash import slash
from hypernode_cli.commands.stack import down, status, up
from hypernode_cli.commands.stake import stake
from hypernode_cli.commands.treasury import treasury
from hypernode_cli.commands.wallet import wallet
from hypernode_cli.output import Output

FAILED = 1
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hypernode-cli", prog_name="hyper")
def hyper() -> None:
    """Buy and sell GPU time, settled on Solana.

    Start with `hyper up`, then `hyper job run --help`. Every command takes --json.
    """


for command in (up, down, status, localnet, wallet, job, node, stake, rewards, slash, gov, treasury):
    hyper.add_command(command)
# The moves that people look for by their own names.
for name in ("unstake", "restake", "withdraw"):
    hyper.add_command(stake.commands[name])


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; `node:start` is read as `node start`."""
    arguments = split_colon(list(sys.argv[1:] if argv is None else argv))
    output = Output(as_json=wants_json(arguments))
    try:
        hyper.main(arguments, prog_name="hyper", standalone_mode=False)
    except click.ClickException as error:
        _show_usage(output, error)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        output.problem("Interrupted", "interrupted")
        sys.exit(INTERRUPTED)
    except (HypernodeError, OSError, ValidationError) as error:
        _show_failure(output, error)
        sys.exit(FAILED)


def split_colon(arguments: list[str]) -> list[str]:
    """Accept `group:command` where `group command` is meant."""
    if arguments and ":" in arguments[0] and not arguments[0].startswith("-"):
        group, _, command = arguments[0].partition(":")
        return [group, command, *arguments[1:]]
    return arguments


def wants_json(arguments: list[str]) -> bool:
    """Tell whether --json is meant for us; what stands after `--` is the job's own command line."""
    ours = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in ours


def _show_failure(output: Output, error: HypernodeError | OSError | ValidationError) -> None:
    if isinstance(error, HypernodeError):
        output.failure(error)
    elif isinstance(error, BrokenPipeError):
        # Whoever read our output has seen enough (`hyper job list | head`): Python must not flush into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        fix = "check the path and its permissions, and that the disk has room"
        output.problem("FileUnusable", f"{where}{error.strerror or error}", fix)
    else:
        fault = error.errors(include_url=False)[0]
        member = ".".join(str(part) for part in fault["loc"])
        detail = f"an answer or a setting cannot be read as {error.title}: {member}: {fault['msg']}"
        output.problem("Unreadable", detail, "is every part of the same version? try: hyper status")


def _show_usage(output: Output, error: click.ClickException) -> None:
    if not output.as_json:
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = "hyper" if context is None else context.command_path
    output.problem(type(error).__name__, error.format_message(), f"{path} --help")


if __name__ == "__main__":
    main()
