"""Clients of the SDK, by role: buyer, staker, slashing, DAO, treasury. Names load on first use."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypernode.client.api import ApiClient, ApiUnavailable
    from hypernode.client.buyer import Balance, BuyerClient, InsufficientFunds, NoNodeFits, PostedJob
    from hypernode.client.checks import ApiMismatch
    from hypernode.client.economy import EconomyReader
    from hypernode.client.governance import AlreadyVoted, GovernanceClient, NotGuardian, TooLittleWeight
    from hypernode.client.handover import Handover, NotInCharge
    from hypernode.client.plan import NotNow, Plan, Transfer
    from hypernode.client.proposals import ContentMissing, GovernanceReader, NoGovernance, UnknownProposal
    from hypernode.client.reports import NoSlashing, SlashingReader, UnknownReport
    from hypernode.client.slashing import CannotJudge, NotYours, SlashingClient
    from hypernode.client.staker import Move, NothingStaked, NothingToClaim, StakerClient
    from hypernode.client.treasury import NothingToRelease, Treasury, TreasuryClient

__all__ = [
    "AlreadyVoted",
    "ApiClient",
    "ApiMismatch",
    "ApiUnavailable",
    "Balance",
    "BuyerClient",
    "CannotJudge",
    "ContentMissing",
    "EconomyReader",
    "GovernanceClient",
    "GovernanceReader",
    "Handover",
    "InsufficientFunds",
    "Move",
    "NoGovernance",
    "NoNodeFits",
    "NoSlashing",
    "NotGuardian",
    "NotInCharge",
    "NotNow",
    "NotYours",
    "NothingStaked",
    "NothingToClaim",
    "NothingToRelease",
    "Plan",
    "PostedJob",
    "SlashingClient",
    "SlashingReader",
    "StakerClient",
    "TooLittleWeight",
    "Transfer",
    "Treasury",
    "TreasuryClient",
    "UnknownProposal",
    "UnknownReport",
]

_HOMES = {
    "api": "ApiClient ApiUnavailable",
    "buyer": "Balance BuyerClient InsufficientFunds NoNodeFits PostedJob",
    "checks": "ApiMismatch",
    "economy": "EconomyReader",
    "governance": "AlreadyVoted GovernanceClient NotGuardian TooLittleWeight",
    "handover": "Handover NotInCharge",
    "plan": "NotNow Plan Transfer",
    "proposals": "ContentMissing GovernanceReader NoGovernance UnknownProposal",
    "reports": "NoSlashing SlashingReader UnknownReport",
    "slashing": "CannotJudge NotYours SlashingClient",
    "staker": "Move NothingStaked NothingToClaim StakerClient",
    "treasury": "NothingToRelease Treasury TreasuryClient",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        for module, names in _HOMES.items():
            if name in names.split():
                globals()[name] = getattr(import_module(f"hypernode.client.{module}"), name)
                return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
