"""`hyper receipt verify`: check a job receipt against a cluster description, without any service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from hypernode.chain.keys import verify as verify_signature
from hypernode.domain.check import Check, CheckResult
from hypernode.domain.job_receipt import holds, verify_job_receipt
from hypernode.errors import DomainError
from hypernode_cli.commands.descriptions import load_description, read_json
from hypernode_cli.context import Context, command

FILE = click.Path(path_type=Path, dir_okay=False)
_WORDS = {CheckResult.HOLDS: "holds", CheckResult.FAILS: "FAILS", CheckResult.NOT_CHECKED: "not checked"}


class ReceiptFails(DomainError):
    """A job receipt contradicts itself, its signatures, or the cluster description."""


@click.option("--cluster", "cluster_file", type=FILE, help="Cluster description; by default the joined one.")
@click.argument("file", type=FILE)
@command("verify")
async def verify(context: Context, file: Path, cluster_file: Path | None) -> None:
    """Check a job receipt: hashes, draw, signatures and money. No service is asked."""
    cluster = load_description(context, cluster_file).description
    checks = verify_job_receipt(read_json(file), cluster, verify_signature)
    held, failed = (
        sum(check.result is result for check in checks) for result in (CheckResult.HOLDS, CheckResult.FAILS)
    )
    context.output.result(
        {
            "holds": holds(checks),
            "cluster": {"name": cluster.name, "signer": cluster.signer},
            "checks": [
                {"name": one.name, "result": one.result.value, "member": one.member, "detail": one.detail}
                for one in checks
            ],
        },
        *map(_line, checks),
        f"{held} checks hold, {failed} fail; cluster {cluster.name}, signed by {cluster.signer}",
    )
    require(checks, str(file), cluster.name)


def require(checks: Sequence[Check], what: str, cluster: str) -> None:
    """Raise `ReceiptFails` if a check failed; name the members that are at fault."""
    failed = [check.member for check in checks if check.result is CheckResult.FAILS]
    if failed:
        detail = f"{what} is not a valid job receipt of {cluster}: {', '.join(failed)}"
        raise ReceiptFails(detail, fix=_FIX)


_FIX = "do not rely on it; get the receipt again, or the description of the cluster it names"


def _line(check: Check) -> str:
    """Return a line for a person: the member only where it is at fault."""
    where = f"{check.member}: " if check.result is CheckResult.FAILS else ""
    return f"{_WORDS[check.result]:<11}  {check.name:<16}  {where}{check.detail}".rstrip()
