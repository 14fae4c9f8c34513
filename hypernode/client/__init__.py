"""The buyer's SDK: quote, post, watch and download a paid job."""

from hypernode.client.api import ApiClient, ApiUnavailable
from hypernode.client.buyer import Balance, HypernodeClient, InsufficientFunds, NoNodeFits, PostedJob

__all__ = [
    "ApiClient",
    "ApiUnavailable",
    "Balance",
    "HypernodeClient",
    "InsufficientFunds",
    "NoNodeFits",
    "PostedJob",
]
