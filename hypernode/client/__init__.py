"""The SDK: a buyer's paid jobs, a staker's stake and rewards."""

from hypernode.client.api import ApiClient, ApiUnavailable
from hypernode.client.buyer import Balance, HypernodeClient, InsufficientFunds, NoNodeFits, PostedJob
from hypernode.client.staker import Move, NothingStaked, NothingToClaim, StakerClient

__all__ = [
    "ApiClient",
    "ApiUnavailable",
    "Balance",
    "HypernodeClient",
    "InsufficientFunds",
    "Move",
    "NoNodeFits",
    "NothingStaked",
    "NothingToClaim",
    "PostedJob",
    "StakerClient",
]
