"""Next actions of a proposal: who may send which instruction, and when, by the guards of the program. Pure.

A deadline's own second belongs to what comes after it, as on chain (docs/programs/governance.md).
"""

from dataclasses import dataclass
from typing import Literal

from hypernode.domain.governance import ProposalKind, ProposalStatus
from hypernode.domain.staking import DAY
from hypernode.domain.types import Address

# Constants of the program: when a draft is stale, and how long an ended proposal's account stays.
DRAFT_LIFE = 7 * DAY
RETENTION = 30 * DAY
MAX_INSTRUCTIONS = 8

Role = Literal["proposer", "stakers", "guardian", "anyone"]


@dataclass(frozen=True, slots=True)
class Action:
    """An instruction that may be sent from one second to before another (None: no limit)."""

    instruction: str
    by: Role
    wallet: Address | None
    opens_at: int
    closes_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides who may act: the proposal's state, and the guardian's mandate."""

    status: ProposalStatus
    kind: ProposalKind
    proposer: Address
    count: int
    created_at: int
    execution_window: int
    voting_ends_at: int
    eta: int
    ended_at: int
    guardian: Address | None
    guardian_until: int
    closed: bool = False

    @property
    def stale_at(self) -> int:
        """The first second at which any wallet may cancel a draft."""
        return self.created_at + DRAFT_LIFE + 1

    @property
    def window_ends_at(self) -> int:
        """When the time to queue, and then to execute, is over."""
        return (self.eta or self.voting_ends_at) + self.execution_window


def actions(it: Standing, now: int) -> tuple[Action, ...]:
    """Return what may be sent now or later, the usual next step first."""
    found = _FOR.get(it.status, _ended)(it)
    return tuple(action for action in found if action.closes_at is None or action.closes_at > now)


def _draft(it: Standing) -> list[Action]:
    text = it.kind is ProposalKind.TEXT
    has_room = not text and it.count < MAX_INSTRUCTIONS
    complete = text == (it.count == 0)
    return [
        *([Action("add_instruction", "proposer", it.proposer, it.created_at)] if has_room else []),
        *([Action("activate", "proposer", it.proposer, it.created_at, it.stale_at)] if complete else []),
        Action("cancel", "proposer", it.proposer, it.created_at),
        Action("cancel", "anyone", None, it.stale_at),
    ]


def _active(it: Standing) -> list[Action]:
    return [
        Action("vote", "stakers", None, it.created_at, it.voting_ends_at),
        Action("cancel", "proposer", it.proposer, it.created_at, it.voting_ends_at),
        Action("finalize", "anyone", None, it.voting_ends_at),
        *_veto(it),
    ]


def _succeeded(it: Standing) -> list[Action]:
    return [
        Action("queue", "anyone", None, it.voting_ends_at, it.window_ends_at),
        Action("expire", "anyone", None, it.window_ends_at),
        *_veto(it),
    ]


def _queued(it: Standing) -> list[Action]:
    return [
        Action("execute", "anyone", None, it.eta, it.window_ends_at),
        Action("expire", "anyone", None, it.window_ends_at),
        *_veto(it),
    ]


def _ended(it: Standing) -> list[Action]:
    votes = Action("close_vote", "stakers", None, it.ended_at)
    return (
        [votes] if it.closed else [Action("close_proposal", "anyone", None, it.ended_at + RETENTION), votes]
    )


def _veto(it: Standing) -> list[Action]:
    if it.guardian is None:
        return []
    return [Action("veto", "guardian", it.guardian, it.created_at, it.guardian_until)]


_FOR = {
    ProposalStatus.DRAFT: _draft,
    ProposalStatus.ACTIVE: _active,
    ProposalStatus.SUCCEEDED: _succeeded,
    ProposalStatus.QUEUED: _queued,
}
