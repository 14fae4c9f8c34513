"""The `hyper` command: reads arguments, runs a command, turns typed errors into sentences and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from cli.commands.job import job
from cli.commands.localnet import localnet
from cli.commands.node import node
from cli.commands.stack import down, status, up
from cli.commands.stake import stake
from cli.commands.wallet import wallet
from cli.output import Output
from hypernode.errors import HypernodeError

FAILED = 1
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hypernode", prog_name="hyper")
def hyper() -> None:
    """Buy and sell GPU time, settled on Solana.

    Start with `hyper up`, then `hyper job run --help`. Every command takes --json.
    """


for command in (up, down, status, localnet, wallet, job, node, stake):
    hyper.add_command(command)


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; `node:start` is read as `node start`."""
    arguments = split_colon(list(sys.argv[1:] if argv is None else argv))
    output = Output(as_json="--json" in arguments)
    try:
        hyper.main(arguments, prog_name="hyper", standalone_mode=False)
    except HypernodeError as error:
        output.failure(error)
        sys.exit(FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        output.note("interrupted")
        sys.exit(INTERRUPTED)


def split_colon(arguments: list[str]) -> list[str]:
    """Accept `group:command` where `group command` is meant."""
    if arguments and ":" in arguments[0] and not arguments[0].startswith("-"):
        group, _, command = arguments[0].partition(":")
        return [group, command, *arguments[1:]]
    return arguments


if __name__ == "__main__":
    main()
