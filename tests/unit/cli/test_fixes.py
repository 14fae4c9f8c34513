"""Tests of the table of fixes: each SDK error that a command repairs gets that command."""

from __future__ import annotations

import pytest

import hypernode.client
from hypernode import errors
from hypernode.client import AlreadyVoted, InsufficientFunds, NothingToClaim, NotNow
from hypernode.client.changes import NoRewards
from hypernode.client.plan import TooLate, VotingOver
from hypernode.client.upgrades import NotReplaceable
from hypernode.errors import ApiError, HypernodeError, InvalidTransition, NoKey
from hypernode_cli.fixes import FIXES, fix_for

# Names that the API or a program gives; the SDK has no class of their own for them.
FOREIGN = {
    "JobNotFound",
    "LogsNotFound",
    "NodeNotFound",
    "NothingAtStake",
    "OutcomeKept",
    "CoolingDown",
    "DailyCapReached",
    "Unclaimed",
    "RetentionNotOver",
    "TimelockNotOver",
    "DurableNonce",
}


def test_every_name_of_the_table_is_an_error() -> None:
    known = {NoRewards.__name__, TooLate.__name__, VotingOver.__name__, NotReplaceable.__name__}
    known |= vars(errors).keys() | set(hypernode.client.__all__) | set(hypernode.__all__)
    assert FIXES.keys() - known == FOREIGN


@pytest.mark.parametrize(
    ("error", "fix"),
    [
        (NoKey("no key"), "make one with `hyper wallet new`"),
        (VotingOver("over", about=7), "hyper gov finalize 7"),
        (VotingOver("over", about="address"), "hyper slash resolve address"),
        (TooLate("late", about=7), "hyper gov expire 7, and propose it again"),
        (NotNow("no", about=7), "see what can be done: hyper gov show 7"),
        (AlreadyVoted("twice", about=7), "hyper gov show 7"),
        (NothingToClaim("nothing", about="address"), "hyper slash show address"),
        (NothingToClaim("nothing"), "see hyper rewards show"),
        (InsufficientFunds("poor", about="treasury"), "what it holds: hyper treasury show"),
        (InvalidTransition("gone", about="address"), "hyper job show address"),
        (InvalidTransition("no arrow"), None),
        (ApiError(404, "JobNotFound", "no job"), "see which there are: hyper job list"),
        (HypernodeError("unknown"), None),
        (NoKey("no key", fix="its own"), "its own"),
    ],
)
def test_the_fix_of_an_error(error: HypernodeError, fix: str | None) -> None:
    assert fix_for(error) == fix
