"""Next actions of a proposal: who may send which instruction, and when. Pure.

A deadline's own second belongs to what comes after it, as on chain (docs/programs/governance.md).
"""

from dataclasses import dataclass

from hypernode.domain.staking import DAY
from hypernode.wire.dao import ActionView, Role

# As the program has them: when a draft is stale, and how long an ended proposal stays readable on chain.
DRAFT_LIFE = 7 * DAY
RETENTION = 30 * DAY
MAX_INSTRUCTIONS = 8


@dataclass(frozen=True)
class Standing:
    """What decides who may act: the proposal's state, and the guardian's mandate."""

    status: str
    kind: str
    proposer: str
    count: int
    created_at: int
    execution_window: int
    voting_ends_at: int
    eta: int
    ended_at: int
    closed: bool
    guardian: str | None
    guardian_until: int

    @property
    def window_ends_at(self) -> int:
        """When the time to queue, and then to execute, is over."""
        return (self.eta or self.voting_ends_at) + self.execution_window


def actions(standing: Standing, now: int) -> list[ActionView]:
    """Return what may be sent now or later, soonest first; what can never be sent again is left out."""
    found = _FOR.get(standing.status, _ended)(standing)
    shown = [_at(action, now) for action in found if action.closes_at is None or action.closes_at > now]
    return sorted(shown, key=lambda action: action.opens_at)


def _draft(it: Standing) -> list[ActionView]:
    stale_at = it.created_at + DRAFT_LIFE + 1
    complete = (it.kind == "Text") == (it.count == 0)
    return [
        *([_may("add_instruction", "proposer", it.proposer, it.created_at)] if _has_room(it) else []),
        *([_may("activate", "proposer", it.proposer, it.created_at, stale_at)] if complete else []),
        _may("cancel", "proposer", it.proposer, it.created_at),
        _may("cancel", "anyone", None, stale_at),
    ]


def _has_room(it: Standing) -> bool:
    return it.kind != "Text" and it.count < MAX_INSTRUCTIONS


def _active(it: Standing) -> list[ActionView]:
    return [
        _may("vote", "stakers", None, it.created_at, it.voting_ends_at),
        _may("cancel", "proposer", it.proposer, it.created_at, it.voting_ends_at),
        _may("finalize", "anyone", None, it.voting_ends_at),
        *_veto(it),
    ]


def _succeeded(it: Standing) -> list[ActionView]:
    return [
        _may("queue", "anyone", None, it.voting_ends_at, it.window_ends_at),
        _may("expire", "anyone", None, it.window_ends_at),
        *_veto(it),
    ]


def _queued(it: Standing) -> list[ActionView]:
    return [
        _may("execute", "anyone", None, it.eta, it.window_ends_at),
        _may("expire", "anyone", None, it.window_ends_at),
        *_veto(it),
    ]


def _ended(it: Standing) -> list[ActionView]:
    votes = [_may("close_vote", "stakers", None, it.ended_at)]
    return votes if it.closed else [*votes, _may("close_proposal", "anyone", None, it.ended_at + RETENTION)]


def _veto(it: Standing) -> list[ActionView]:
    if it.guardian is None:
        return []
    return [_may("veto", "guardian", it.guardian, it.created_at, it.guardian_until)]


_FOR = {"Draft": _draft, "Active": _active, "Succeeded": _succeeded, "Queued": _queued}


def _may(
    instruction: str, by: Role, wallet: str | None, opens_at: int, closes_at: int | None = None
) -> ActionView:
    return ActionView(
        instruction=instruction, by=by, wallet=wallet, opens_at=opens_at, closes_at=closes_at, open=False
    )


def _at(action: ActionView, now: int) -> ActionView:
    return action.model_copy(update={"open": now >= action.opens_at})
