"""The `hyper` command: reads arguments, runs one command, and prints typed errors with their fix."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from types import ModuleType

import click

from hypernode.errors import HypernodeError
from hypernode_cli.errors import ExtraMissing, LeftRunning
from hypernode_cli.output import Output
from hypernode_cli.tree import HYPER

FAILED = 1
INTERRUPTED = 130

# httpx imports its own command line where rich is installed (0.1 s); without `main` in it, httpx goes on.
sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

hyper = click.version_option(package_name="hypernode-cli", prog_name="hyper")(HYPER)


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; `node:start` means `node start`."""
    arguments = split_colon(list(sys.argv[1:] if argv is None else argv))
    output = Output(as_json=wants_json(arguments))
    if output.as_json:
        logging.lastResort = None  # standard error is one JSON document, without warnings of the SDK
    try:
        hyper.main(arguments, prog_name="hyper", standalone_mode=False)
    except click.ClickException as error:
        _show_usage(output, error)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        output.problem("Interrupted", "interrupted")
        sys.exit(INTERRUPTED)
    except HypernodeError as error:
        output.failure(error)
        sys.exit(INTERRUPTED if isinstance(error, LeftRunning) else FAILED)
    except ModuleNotFoundError as error:
        output.failure(ExtraMissing.of(error, arguments))
        sys.exit(FAILED)
    except OSError as error:
        _show_os_error(output, error)
        sys.exit(FAILED)
    except ValueError as error:
        _show_unreadable(output, error)
        sys.exit(FAILED)


def split_colon(arguments: list[str]) -> list[str]:
    """Accept `group:command` for `group command`, and `group:group:command` for a command two groups deep."""
    if arguments and ":" in arguments[0] and not arguments[0].startswith("-"):
        return [*arguments[0].split(":"), *arguments[1:]]
    return arguments


def wants_json(arguments: list[str]) -> bool:
    """Return whether --json is an option of ours; words after `--` are the job's own command line."""
    ours = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in ours


def _show_os_error(output: Output, error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        # The reader of our output has closed it (`hyper job list | head`): Python must not flush into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    where = f"{error.filename}: " if error.filename else ""
    fix = "check the path and its permissions, and that the disk has room"
    output.problem("FileUnusable", f"{where}{error.strerror or error}", fix)


def _show_unreadable(output: Output, error: ValueError) -> None:
    """Print a document that does not fit its model; raise any other ValueError again."""
    from pydantic import ValidationError  # slow to import, and loaded already where it can be raised

    if not isinstance(error, ValidationError):
        raise error
    fault = error.errors(include_url=False)[0]
    member = ".".join(str(part) for part in fault["loc"])
    detail = f"{error.title} cannot be read: {member}: {fault['msg']}"
    output.problem("Unreadable", detail, "check that all parts have the same version: hyper status")


def _show_usage(output: Output, error: click.ClickException) -> None:
    if not output.as_json:
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = "hyper" if context is None else context.command_path
    output.problem(type(error).__name__, error.format_message(), f"{path} --help")


if __name__ == "__main__":
    main()
