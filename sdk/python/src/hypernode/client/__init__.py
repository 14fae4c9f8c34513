"""The SDK: a buyer's paid jobs, a staker's stake and rewards, the court, the DAO and its treasury."""

from hypernode.client.api import ApiClient, ApiUnavailable
from hypernode.client.buyer import Balance, HypernodeClient, InsufficientFunds, NoNodeFits, PostedJob
from hypernode.client.court import Court, NoCourt, UnknownReport
from hypernode.client.dao import ContentMissing, Dao, NoGovernance, UnknownProposal
from hypernode.client.economy import EconomyReader
from hypernode.client.governor import AlreadyVoted, GovernorClient, NotGuardian, TooLittleWeight
from hypernode.client.handover import Handover, NotInCharge
from hypernode.client.plan import NotNow, Plan, Transfer
from hypernode.client.slasher import CannotJudge, NotYours, SlasherClient
from hypernode.client.staker import Move, NothingStaked, NothingToClaim, StakerClient
from hypernode.client.treasury import NothingToRelease, Treasury, TreasuryClient

__all__ = [
    "AlreadyVoted",
    "ApiClient",
    "ApiUnavailable",
    "Balance",
    "CannotJudge",
    "ContentMissing",
    "Court",
    "Dao",
    "EconomyReader",
    "GovernorClient",
    "Handover",
    "HypernodeClient",
    "InsufficientFunds",
    "Move",
    "NoCourt",
    "NoGovernance",
    "NoNodeFits",
    "NotGuardian",
    "NotInCharge",
    "NotNow",
    "NotYours",
    "NothingStaked",
    "NothingToClaim",
    "NothingToRelease",
    "Plan",
    "PostedJob",
    "SlasherClient",
    "StakerClient",
    "TooLittleWeight",
    "Transfer",
    "Treasury",
    "TreasuryClient",
    "UnknownProposal",
    "UnknownReport",
]
