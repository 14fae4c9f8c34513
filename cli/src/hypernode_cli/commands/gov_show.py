"""`hyper gov list`, `show` and `settings`: proposals in words, and who controls each program."""

from __future__ import annotations

from typing import Any

import click

from hypernode.chain import addresses
from hypernode.chain.decoding import Call, decode_call
from hypernode.chain.generated.governance import Proposal
from hypernode.client import ContentMissing, GovernanceReader
from hypernode.client.handover import Control, controls
from hypernode.client.proposals import outlook
from hypernode.client.upgrades import code_line
from hypernode.domain.governance import passes
from hypernode.domain.money import format_hyper
from hypernode.domain.types import ZERO_ADDRESS
from hypernode.domain.words import Window, instant, length
from hypernode_cli.commands.gov_files import text_path
from hypernode_cli.context import Context, command
from hypernode_cli.preview import window_document


@click.option("--open", "only_open", is_flag=True, help="Only those that have not ended.")
@command("list")
async def list_(context: Context, only_open: bool) -> None:
    """List the proposals that are not closed, newest first."""
    async with context.chain() as chain:
        dao = GovernanceReader(chain)
        config, now, found = await dao.config(), await dao.now(), await dao.proposals()
    rows = [
        {
            "number": one.id,
            "kind": one.kind.label,
            "status": one.status.label,
            "for": one.for_weight,
            "against": one.against_weight,
            "next": outlook(one, config, now)[0].words(now),
        }
        for one in found
        if not (only_open and one.status.is_end)
    ]
    if not context.output.as_json:
        rows = [row | {name: format_hyper(row[name]) for name in ("for", "against")} for row in rows]  # type: ignore[arg-type]
    context.output.rows(rows, ("number", "kind", "status", "for", "against", "next"), empty="no proposals")


@click.argument("number", type=click.IntRange(0, 2**64 - 1))
@command("show")
async def show(context: Context, number: int) -> None:
    """Show what a proposal does, its votes, and who may do what next."""
    async with context.chain() as chain:
        dao = GovernanceReader(chain)
        one, config, now = await dao.proposal(number), await dao.config(), await dao.now()
        try:
            calls = [decode_call(call) for call in await dao.contents(number)]
        except ContentMissing as fault:
            context.output.note(f"warning: {fault}")
            calls = []
        code = [line for call in calls if (line := await code_line(chain, call)) is not None]
    path = text_path(context, one.description_hash)
    about = path.read_text() if path.is_file() else None
    windows = outlook(one, config, now)
    context.output.result(
        _document(one, calls, windows, now, about) | {"code": code},
        *_lines(one, calls, windows, now, about),
        *code,
    )


@command("settings")
async def settings(context: Context) -> None:
    """Show what the DAO needs to decide, its guardian, and who controls each program."""
    async with context.chain() as chain:
        dao = GovernanceReader(chain)
        config, now, rows = await dao.config(), await dao.now(), await controls(chain)
    mandate = config.guardian if config.guardian != ZERO_ADDRESS else None
    until = Window("guardian may veto and pause", closes_at=config.guardian_expires_at).words(now)
    context.output.result(
        {
            "authority": addresses.dao_authority(),
            "guardian": mandate,
            "guardian_expires_at": config.guardian_expires_at or None,
            **{name: getattr(config, name) for name in _NUMBERS},
            "programs": control_documents(rows),
        },
        f"to propose takes weight {format_hyper(config.proposal_threshold)},"
        f" to decide {config.quorum_bps / 100:g} % of all weight",
        f"votes last {length(config.voting_period)}; then texts and parameters wait"
        f" {length(config.timelock_parameters)}, all else {length(config.timelock_critical)};"
        f" to queue or execute there are {length(config.execution_window)}",
        "there is no guardian" if mandate is None else f"{mandate} as {until}",
        *control_lines(rows),
    )


def control_documents(rows: list[Control]) -> list[dict[str, Any]]:
    return [
        {
            "program": row.program,
            "address": row.address,
            "config_authority": row.config_authority,
            "upgrade_authority": row.upgrade_authority,
        }
        for row in rows
    ]


def control_lines(rows: list[Control]) -> list[str]:
    """Return the lines of the table program, config authority, upgrade authority."""
    head = f"{'program':<11}{'config authority':<46}upgrade authority"
    return [
        head,
        *(
            f"{row.program:<11}{_name(row.config_authority):<46}{_name(row.upgrade_authority)}"
            for row in rows
        ),
    ]


def _name(authority: str | None) -> str:
    if authority is None:
        return "nobody"
    return f"the DAO ({authority[:8]}…)" if authority == addresses.dao_authority() else authority


_NUMBERS = (
    "version",
    "proposal_count",
    "proposal_threshold",
    "quorum_bps",
    "voting_period",
    "timelock_parameters",
    "timelock_critical",
    "execution_window",
    "min_voting_period",
    "min_timelock_parameters",
    "min_timelock_critical",
)


def _document(
    one: Proposal, calls: list[Call], windows: tuple[Window, ...], now: int, about: str | None
) -> dict[str, Any]:
    return {
        "proposal": one.id,
        "address": addresses.proposal(one.id),
        "kind": one.kind.label,
        "status": one.status.label,
        "proposer": one.proposer,
        "about": about,
        "description_hash": one.description_hash.hex(),
        "created_at": one.created_at,
        "voting_ends_at": one.voting_ends_at or None,
        "eta": one.eta or None,
        "ended_at": one.ended_at or None,
        "for": one.for_weight,
        "against": one.against_weight,
        "abstain": one.abstain_weight,
        "quorum": one.quorum_weight,
        "total_weight": one.total_weight,
        "would_pass": _passes(one),
        "executed": one.executed,
        "count": one.count,
        "instructions": [
            {
                "program": call.program,
                "name": call.name,
                "values": None if call.values is None else dict(call.values),
                "accounts": dict(call.accounts),
            }
            for call in calls
        ],
        "next": [window_document(window, now) for window in windows],
    }


def _lines(
    one: Proposal, calls: list[Call], windows: tuple[Window, ...], now: int, about: str | None
) -> list[str]:
    voted = one.for_weight + one.against_weight + one.abstain_weight
    missing = max(0, one.quorum_weight - voted)
    quorum = "the quorum is reached" if not missing else f"{format_hyper(missing)} are missing for the quorum"
    lines = [
        f"proposal {one.id}  {one.kind.label}  {one.status.label}  by {one.proposer}",
        about.strip() if about else f"text with SHA-256 {one.description_hash.hex()}",
        f"for {format_hyper(one.for_weight)}, against {format_hyper(one.against_weight)},"
        f" abstain {format_hyper(one.abstain_weight)} of {format_hyper(one.total_weight)}: {quorum};"
        f" {'would pass' if _passes(one) else 'would not pass'}",
    ]
    for index, call in enumerate(calls):
        lines.append(f"{'done' if index < one.executed else 'does'}  {call}")
        lines += [f"      {name} {address}" for name, address in call.accounts]
    if one.ended_at:
        lines.append(f"ended {instant(one.ended_at)}")
    return [*lines, *(window.words(now) for window in windows)]


def _passes(one: Proposal) -> bool:
    return passes((one.for_weight, one.against_weight, one.abstain_weight), one.quorum_weight)
