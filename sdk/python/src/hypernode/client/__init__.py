"""The SDK: a buyer's paid jobs, a staker's stake and rewards, the court, the DAO and its treasury."""

from hypernode.client.api import ApiClient, ApiUnavailable
from hypernode.client.buyer import Balance, BuyerClient, InsufficientFunds, NoNodeFits, PostedJob
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
