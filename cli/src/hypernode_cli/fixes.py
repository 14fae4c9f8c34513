"""Table of the commands that fix an error: the SDK's errors name none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypernode.errors import HypernodeError

Fix = str | Callable[[HypernodeError], str | None]


def fix_for(error: HypernodeError) -> str | None:
    """Return the fix of an error: its own, or the command that repairs the cause."""
    if error.fix:
        return error.fix
    # The name that a program or the API gave comes first, then the class and its bases.
    for name in (error.code, *(kind.__name__ for kind in type(error).__mro__)):
        found = FIXES.get(name)
        if found is not None:
            return found if isinstance(found, str) else found(error)
    return None


def _show(error: HypernodeError) -> str | None:
    """Name the command that shows the proposal (a number) or the report (an address)."""
    if error.about is None:
        return None
    group = "gov" if isinstance(error.about, int) else "slash"
    return f"hyper {group} show {error.about}"


def _job(error: HypernodeError) -> str | None:
    return None if error.about is None else f"hyper job show {error.about}"


def _unfit(error: HypernodeError) -> str:
    if error.about == 0:
        return "start a node (hyper node:init, hyper node:start), or post with --anyway and wait for one"
    return "ask for less, or post with --anyway and wait for another node"


def _count(error: HypernodeError) -> str:
    verb = "gov finalize" if isinstance(error.about, int) else "slash resolve"
    return f"hyper {verb} {error.about}"


def _fund(error: HypernodeError) -> str:
    if error.about == "treasury":
        return "what it holds: hyper treasury show"
    return "fund the wallet (on a local chain: hyper wallet airdrop) or lower the timeout"


# By class name: importing the classes would load the whole SDK for every command.
_BOOTSTRAP = "hyper gov bootstrap"
FIXES: Mapping[str, Fix] = {
    # Setting up
    "NoCluster": "start a chain with `hyper up`, or set HYPERNODE_HOME",
    "NoKey": "make one with `hyper wallet new`",
    "NoMarkets": "check rpc_url and market in cluster.json; a local chain has one: hyper up",
    "NoGovernance": _BOOTSTRAP,
    "NoRewards": _BOOTSTRAP,
    "NoSlashing": _BOOTSTRAP,
    "NotReplaceable": _BOOTSTRAP,
    "NotInCharge": "sign with the key in charge (--key NAME), or decide it by a vote (hyper gov propose)",
    # Connections
    "ApiUnavailable": "is it up? try: hyper status",
    "RpcUnavailable": "is the chain up? try: hyper status, then hyper up",
    "EngineUnavailable": "is Docker up? try: docker info",
    # Jobs and nodes
    "InsufficientFunds": _fund,
    "InvalidTransition": _job,
    "NoNodeFits": _unfit,
    "JobNotFound": "see which there are: hyper job list",
    "LogsNotFound": "see how far it is: hyper job show ADDRESS",
    "NoSuchOutput": _job,
    "NonceTaken": lambda error: f"choose another --nonce, or see that job: {_job(error)}",
    "ApiMismatch": "do not pay here: check api_url and rpc_url in cluster.json",
    "NodeNotFound": "register it: hyper node:init",
    # Stakes and rewards
    "NothingStaked": "hyper stake add AMOUNT",
    "NothingToClaim": lambda error: _show(error) or "see hyper rewards show",
    "TooLittleWeight": "lock more, or longer, before that: hyper stake add, hyper stake extend",
    # Proposals and reports
    "UnknownProposal": "see which there are: hyper gov list",
    "UnknownReport": "see which there are: hyper slash list",
    "AlreadyVoted": _show,
    "CannotJudge": _show,
    "VotingOver": _count,
    "TooLate": lambda error: f"hyper gov expire {error.about}, and propose it again",
    "NotNow": lambda error: f"see what can be done: {_show(error)}",
    "NotYours": "sign with that key: --key NAME",
    "NotGuardian": "see who is: hyper gov settings; sign with --key NAME",
    "NothingToRelease": "bring some: hyper treasury deposit-unlock AMOUNT",
    # Names that a program gives
    "NothingAtStake": "all that the wallet has staked is held for other reports",
    "OutcomeKept": "bring it to the slashing program: hyper slash open JOB",
    "CoolingDown": "a wallet is punished once a day for one reason; try again tomorrow",
    "DailyCapReached": "a day takes half of a stake at most; try again tomorrow",
    "Unclaimed": "there is still something to claim: hyper slash show ADDRESS",
    "RetentionNotOver": "an ended proposal or report can be read for 30 days",
    "TimelockNotOver": "see from when it may be executed: hyper gov show NUMBER",
    "DurableNonce": "send it without a durable nonce: votes are signed when they are cast",
}
