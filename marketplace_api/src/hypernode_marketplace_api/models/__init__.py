"""Tables of the API. `chain` and `economy` are rebuilt from the chain; `service` holds the API's own data."""

from hypernode_marketplace_api.models.base import Base
from hypernode_marketplace_api.models.chain import (
    Buyer,
    ChainCursor,
    ChainEventRow,
    JobRow,
    MarketRow,
    NodeRow,
    SkippedEvent,
    StakeAccountRow,
)
from hypernode_marketplace_api.models.economy import (
    DaoRow,
    ProjectionPlace,
    ProposalRow,
    ReportRow,
    RewardsRow,
    StakeRow,
)
from hypernode_marketplace_api.models.service import (
    AttestationRow,
    FindingRow,
    HttpNonce,
    NodePresence,
    OfferRow,
    ReceiptRow,
    StopRow,
)

__all__ = [
    "AttestationRow",
    "Base",
    "Buyer",
    "ChainCursor",
    "ChainEventRow",
    "DaoRow",
    "FindingRow",
    "HttpNonce",
    "JobRow",
    "MarketRow",
    "NodePresence",
    "NodeRow",
    "OfferRow",
    "ProjectionPlace",
    "ProposalRow",
    "ReceiptRow",
    "ReportRow",
    "RewardsRow",
    "SkippedEvent",
    "StakeAccountRow",
    "StakeRow",
    "StopRow",
]
