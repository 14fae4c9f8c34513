"""Upgrades of a program by a vote: the buffer that holds the new code, and who may change it."""

from __future__ import annotations

from hypernode.chain import addresses
from hypernode.chain.decoding import Call
from hypernode.chain.loader import CodeBuffer, ProgramData, upgrade
from hypernode.chain.ports import ChainPort
from hypernode.client.changes import Change, OutOfBounds
from hypernode.domain.governance import ProposalKind
from hypernode.domain.types import Address
from hypernode.errors import DomainError

DAO = addresses.dao_authority()


class NotReplaceable(DomainError):
    """The DAO may not replace this program's code."""


async def change_code(chain: ChainPort, *, program: Address, buffer: Address, spill: Address) -> Change:
    """Replace a program's code by what a buffer holds; the buffer's rent goes to `spill`.

    The proposal names the buffer, not its bytes, so the DAO must be the buffer's authority already: nobody
    can write to it between vote and execution.
    """
    deployed = await chain.read(ProgramData, addresses.program_data(program))
    if deployed is None or deployed.upgrade_authority != DAO:
        holder = None if deployed is None else deployed.upgrade_authority
        raise NotReplaceable(f"{holder or 'nobody'} may replace the code of {program}, not the DAO")
    waiting = await chain.read(CodeBuffer, buffer)
    if waiting is None:
        raise OutOfBounds(f"no code waits at {buffer}", fix="solana program write-buffer FILE.so")
    if waiting.authority != DAO:
        raise OutOfBounds(
            f"{waiting.authority or 'nobody'} is the authority of {buffer}, not the DAO: what was voted for "
            "could be changed",
            fix=f"solana program set-buffer-authority {buffer} --new-buffer-authority {DAO}",
        )
    call = upgrade(program=program, buffer=buffer, spill=spill, authority=DAO)
    line = f"code: of slot {deployed.deployed_slot} -> SHA-256 {waiting.code_hash.hex()}"
    return Change(ProposalKind.UPGRADE, (call,), (line,))


async def code_line(chain: ChainPort, call: Call) -> str | None:
    """Say what code an upgrade would bring, to compare with a build of one's own; None for other calls."""
    if (call.program, call.name) != ("loader", "upgrade"):
        return None
    buffer = dict(call.accounts)["buffer"]
    waiting = await chain.read(CodeBuffer, buffer)
    if waiting is None:
        return f"no code waits at {buffer} now"
    frozen = "nobody can change it" if waiting.authority == DAO else "WARNING: it can still be changed"
    return f"code that waits at {buffer}: SHA-256 {waiting.code_hash.hex()}, {frozen}"
