"""Client of the rewards program. Written by `make generate`."""

from . import addresses
from .accounts import ACCOUNT_TYPES, Accumulator
from .addresses import PROGRAM_ID
from .events import (
    EVENT_TYPES,
    AccumulatorInitialized,
    AuthorityAccepted,
    AuthorityProposed,
    Distributed,
    RewardsClaimed,
    WindowsSet,
)
from .instructions import (
    ACCOUNTS,
    INSTRUCTIONS,
    accept_authority,
    claim,
    distribute,
    init_accumulator,
    propose_authority,
    set_windows,
)
from .types import Stream

__all__ = [
    "ACCOUNTS",
    "ACCOUNT_TYPES",
    "Accumulator",
    "AccumulatorInitialized",
    "AuthorityAccepted",
    "AuthorityProposed",
    "Distributed",
    "EVENT_TYPES",
    "INSTRUCTIONS",
    "PROGRAM_ID",
    "RewardsClaimed",
    "Stream",
    "WindowsSet",
    "accept_authority",
    "addresses",
    "claim",
    "distribute",
    "init_accumulator",
    "propose_authority",
    "set_windows",
]
