"""`hyper gov propose` commands: one form for each setting that a vote may change."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from hypernode.chain.instruction import Instruction
from hypernode.chain.ports import ChainPort
from hypernode.client import GovernanceClient, changes
from hypernode.client.changes import Change
from hypernode.domain.attestation import MAX_THRESHOLD, MIN_THRESHOLD
from hypernode.domain.governance import ProposalKind
from hypernode.domain.money import parse_hyper
from hypernode.domain.types import ZERO_ADDRESS, Address
from hypernode_cli.commands.gov_files import text_path
from hypernode_cli.context import AddressArgument, Context, LengthArgument, command
from hypernode_cli.preview import carried_out, signs

ADDRESS, LENGTH = AddressArgument(), LengthArgument()
BPS = click.IntRange(0, 10_000)
KINDS = {kind.label.lower(): kind for kind in ProposalKind}
ABOUT_HELP = "Text for voters: its hash goes on chain, the text stays in this home folder."

Propose = Callable[[ChainPort], Awaitable[Change]]


class How(TypedDict):
    """The options that every form has."""

    about: str | None
    about_file: Path | None
    draft: bool
    key: str
    yes: bool
    dry_run: bool


def form(run: click.Command) -> click.Command:
    run.params += [
        click.Option(["--about"], help=ABOUT_HELP),
        click.Option(
            ["--about-file"], type=click.Path(path_type=Path, dir_okay=False), help="The same, in a file."
        ),
        click.Option(["--draft"], is_flag=True, help="Do not open the vote yet: gov add, then gov activate."),
    ]
    return signs(run)


@form
@click.option("--operations", type=ADDRESS, help="Token account of the operations fees.")
@click.option("--stakers", type=ADDRESS, help="Token account of the stakers' fees.")
@click.option("--treasury", type=ADDRESS, help="Token account of the rest of the protocol's fees.")
@click.option("--operations-bps", type=BPS)
@click.option("--stakers-bps", type=BPS, help="A part of the protocol's.")
@click.option("--protocol-bps", type=BPS, help="Basis points of a job's price.")
@command("fees")
async def fees(
    context: Context,
    protocol_bps: int | None,
    stakers_bps: int | None,
    operations_bps: int | None,
    treasury: Address | None,
    stakers: Address | None,
    operations: Address | None,
    **how: Unpack[How],
) -> None:
    """Change the fees of later jobs, and who gets them."""
    wished = {
        "protocol_bps": protocol_bps,
        "stakers_bps": stakers_bps,
        "operations_bps": operations_bps,
        "treasury": treasury,
        "stakers": stakers,
        "operations": operations,
    }
    await put(context, lambda chain: changes.change_fees(chain, **wished), how)


@form
@click.argument("amount")
@command("rate")
async def rate(context: Context, amount: str, **how: Unpack[How]) -> None:
    """Set the least HYPER a second of new jobs in every market. Posted jobs keep theirs."""
    units = parse_hyper(amount)
    await put(context, lambda chain: changes.change_min_rate(chain, min_rate=units), how)


@form
@click.option("--nodes/--no-nodes", default=False, help="Stop new nodes, or allow them.")
@click.option("--jobs/--no-jobs", default=False, help="Stop new jobs, or allow them.")
@command("pause")
async def pause(context: Context, jobs: bool, nodes: bool, **how: Unpack[How]) -> None:
    """Pause what is named and lift every other pause. Refunds always go on."""
    await put(context, lambda chain: changes.change_pause(chain, jobs=jobs, nodes=nodes), how)


@form
@click.option(
    "--threshold",
    type=click.IntRange(MIN_THRESHOLD, MAX_THRESHOLD),
    required=True,
    help="How many must agree: 2 of 3, 3 of 5 or 4 of 7.",
)
@click.argument("oracles", type=ADDRESS, nargs=-1, required=True)
@command("oracles")
async def oracles(context: Context, threshold: int, oracles: tuple[Address, ...], **how: Unpack[How]) -> None:
    """Replace all oracle keys. The old ones still judge the jobs of their epoch."""
    await put(context, lambda chain: changes.change_oracles(chain, threshold=threshold, oracles=oracles), how)


@form
@click.option("--community", type=LENGTH, help="For the community's part of releases, like 30d.")
@click.option("--fees", type=LENGTH, help="For fees, like 12h.")
@command("windows")
async def windows(context: Context, fees: int | None, community: int | None, **how: Unpack[How]) -> None:
    """Change the time over which new rewards flow to stakers."""
    wished = {"fee_window": fees, "community_window": community}
    await put(context, lambda chain: changes.change_windows(chain, **wished), how)


@form
@click.option("--daily-cap-bps", type=BPS, help="Of a stake, that one day may take.")
@click.option("--reason-bps", help="Of a free stake, for Offline, RepeatedFailures, Malicious: 500,500,5000.")
@click.option("--appeal-quorum-bps", type=BPS)
@click.option("--quorum-bps", type=BPS, help="Of all weight, that must vote to uphold.")
@click.option("--min-validator-stake", help="HYPER that a validator must have locked.")
@click.option("--appeal-period", type=LENGTH, help="Like 7d.")
@click.option("--voting-period", type=LENGTH, help="Like 3d.")
@click.option("--appeal-bond", help="HYPER.")
@click.option("--bond", help="HYPER that a reporter puts in.")
@command("slashing")
async def slashing(
    context: Context,
    bond: str | None,
    appeal_bond: str | None,
    min_validator_stake: str | None,
    reason_bps: str | None,
    voting_period: int | None,
    appeal_period: int | None,
    quorum_bps: int | None,
    appeal_quorum_bps: int | None,
    daily_cap_bps: int | None,
    **how: Unpack[How],
) -> None:
    """Change the parameters of later reports."""
    wished = {
        "bond": _units(bond),
        "appeal_bond": _units(appeal_bond),
        "min_validator_stake": _units(min_validator_stake),
        "reason_bps": _numbers(reason_bps),
        "voting_period": voting_period,
        "appeal_period": appeal_period,
        "quorum_bps": quorum_bps,
        "appeal_quorum_bps": appeal_quorum_bps,
        "daily_cap_bps": daily_cap_bps,
    }
    await put(context, lambda chain: changes.change_slashing(chain, **wished), how)


@form
@click.option("--execution-window", type=LENGTH, help="How long a carried proposal may be executed, like 7d.")
@click.option("--timelock-critical", type=LENGTH, help="Wait of money, upgrades and these settings, like 3d.")
@click.option("--timelock-parameters", type=LENGTH, help="Wait of texts and parameters, like 1d.")
@click.option("--voting-period", type=LENGTH, help="Like 3d.")
@click.option("--threshold", help="Weight in HYPER that it takes to propose.")
@click.option("--quorum-bps", type=BPS, help="Of all weight, that must take part.")
@command("params")
async def params(
    context: Context,
    quorum_bps: int | None,
    threshold: str | None,
    voting_period: int | None,
    timelock_parameters: int | None,
    timelock_critical: int | None,
    execution_window: int | None,
    **how: Unpack[How],
) -> None:
    """Change what the DAO itself needs to decide."""
    wished = {
        "quorum_bps": quorum_bps,
        "proposal_threshold": _units(threshold),
        "voting_period": voting_period,
        "timelock_parameters": timelock_parameters,
        "timelock_critical": timelock_critical,
        "execution_window": execution_window,
    }
    await put(context, lambda chain: changes.change_governance(chain, **wished), how)


@form
@click.option("--days", type=click.IntRange(0, 366), default=365, show_default=True, help="From now.")
@click.option("--none", "nobody", is_flag=True, help="Leave the DAO without a guardian.")
@click.argument("guardian", type=ADDRESS, required=False)
@command("guardian")
async def guardian(
    context: Context, guardian: Address | None, nobody: bool, days: int, **how: Unpack[How]
) -> None:
    """Name who may veto and pause, and for how long."""
    if (guardian is None) != nobody:
        raise click.UsageError("name an address, or --none")
    wanted = guardian or ZERO_ADDRESS
    await put(context, lambda chain: changes.change_guardian(chain, guardian=wanted, days=days), how)


@form
@click.argument("account", type=ADDRESS)
@command("operations")
async def operations(context: Context, account: Address, **how: Unpack[How]) -> None:
    """Name the token account that gets the operations share of releases."""
    await put(context, lambda chain: changes.change_operations(chain, operations=account), how)


@form
@click.argument("amount")
@click.argument("destination", type=ADDRESS)
@command("transfer")
async def transfer(context: Context, destination: Address, amount: str, **how: Unpack[How]) -> None:
    """Pay AMOUNT of HYPER from the treasury to the token account DESTINATION."""
    units = parse_hyper(amount)
    await put(context, lambda chain: changes.spend(chain, destination=destination, amount=units), how)


@form
@command("text")
async def text(context: Context, **how: Unpack[How]) -> None:
    """Propose a text. Nothing is executed."""
    await put(context, lambda _: plain(ProposalKind.TEXT, []), how)


async def plain(kind: ProposalKind, calls: list[Instruction]) -> Change:
    return Change(kind, tuple(calls), ())


async def put(context: Context, make: Propose, how: How) -> None:
    about = how["about_file"].read_text() if how["about_file"] else how["about"]
    if not about:
        raise click.UsageError("say what it is about: --about TEXT or --about-file FILE")
    digest = hashlib.sha256(about.encode()).digest()
    signer = context.signer(how["key"])
    async with context.chain() as chain:
        client, change = GovernanceClient(chain, signer), await make(chain)
        number = (await client.config()).proposal_count
        plan = await client.propose(change.kind, digest, change.calls, activate=not how["draft"])
        plan = replace(plan, notes=(*change.differences, *plan.notes))
        sent = await carried_out(
            context, client, plan, yes=how["yes"], dry_run=how["dry_run"], proposal=number
        )
    if sent:
        path = text_path(context, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(about)


def _units(text: str | None) -> int | None:
    return None if text is None else parse_hyper(text)


def _numbers(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise click.BadParameter(f"{text!r} are not five numbers, like 100,500,500,2000,5000") from None
