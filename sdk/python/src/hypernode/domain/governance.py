"""Rules of the DAO: kinds and states of proposals, the bytes of an instruction, the split of a release."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Self

from hypernode.domain.pricing import BPS
from hypernode.domain.status import Named
from hypernode.domain.types import ADDRESS_BYTES, Address, address_bytes, address_of
from hypernode.errors import DomainError

DOMAIN = b"hn/instruction/1"
MAX_ACCOUNTS = 24
MAX_DATA = 640
# domain, program, number of accounts
_HEADER_BYTES = len(DOMAIN) + ADDRESS_BYTES + 1
_ACCOUNT_BYTES = ADDRESS_BYTES + 1

COMMUNITY_BPS = 3_000
BURN_BPS = 2_000


class ProposalKind(Named):
    """What a proposal may hold, and so how long it waits."""

    TEXT = 0
    PARAMETERS = 1
    TREASURY = 2
    UPGRADE = 3
    GENERIC = 4


class ProposalStatus(Named):
    DRAFT = 0
    ACTIVE = 1
    SUCCEEDED = 2
    DEFEATED = 3
    QUEUED = 4
    EXECUTED = 5
    EXPIRED = 6
    CANCELLED = 7
    VETOED = 8

    @property
    def is_end(self) -> bool:
        return self not in _OPEN


_OPEN = frozenset(
    {ProposalStatus.DRAFT, ProposalStatus.ACTIVE, ProposalStatus.SUCCEEDED, ProposalStatus.QUEUED}
)


class VoteChoice(Named):
    """`ABSTAIN` counts towards the quorum only."""

    AGAINST = 0
    FOR = 1
    ABSTAIN = 2


class MetaFlags(IntFlag):
    READ = 0
    SIGNER = 1
    WRITABLE = 2


@dataclass(frozen=True, slots=True)
class GovernedInstruction:
    """One instruction of a proposal, as it is hashed: program, accounts with their flags, data."""

    program: Address
    accounts: tuple[tuple[Address, MetaFlags], ...]
    data: bytes

    def __post_init__(self) -> None:
        if len(self.accounts) > MAX_ACCOUNTS or len(self.data) > MAX_DATA:
            raise DomainError(
                f"a proposal's instruction has {MAX_ACCOUNTS} accounts and {MAX_DATA} bytes at most"
            )

    def encode(self) -> bytes:
        accounts = b"".join(address_bytes(address) + bytes([flags]) for address, flags in self.accounts)
        return DOMAIN + address_bytes(self.program) + bytes([len(self.accounts)]) + accounts + self.data

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """Rebuild the instruction from its bytes, such as those in the event that announced it."""
        if not content.startswith(DOMAIN) or len(content) < _HEADER_BYTES:
            raise DomainError("these are not the bytes of a proposal's instruction")
        program = address_of(content[len(DOMAIN) : _HEADER_BYTES - 1])
        data_at = _HEADER_BYTES + content[_HEADER_BYTES - 1] * _ACCOUNT_BYTES
        if len(content) < data_at:
            raise DomainError("the accounts of a proposal's instruction are cut off")
        accounts = tuple(
            _account(content[at : at + _ACCOUNT_BYTES])
            for at in range(_HEADER_BYTES, data_at, _ACCOUNT_BYTES)
        )
        return cls(program, accounts, content[data_at:])

    def digest(self) -> bytes:
        """Return the 32 bytes that a proposal stores and its voters vote on."""
        return hashlib.sha256(self.encode()).digest()


def _account(entry: bytes) -> tuple[Address, MetaFlags]:
    flags = entry[ADDRESS_BYTES]
    if flags > MetaFlags.SIGNER | MetaFlags.WRITABLE:
        raise DomainError(f"{flags} are no flags of an account")
    return address_of(entry[:ADDRESS_BYTES]), MetaFlags(flags)


def quorum(total_weight: int, quorum_bps: int) -> int:
    """Return the weight that must take part, rounded up."""
    return -(-total_weight * quorum_bps // BPS)


@dataclass(frozen=True, slots=True)
class ReleaseSplit:
    community: int
    burned: int
    operations: int


def split_release(amount: int) -> ReleaseSplit:
    """Split an unlock; operations take what the rounding of the other two leaves."""
    community = amount * COMMUNITY_BPS // BPS
    burned = amount * BURN_BPS // BPS
    return ReleaseSplit(community, burned, amount - community - burned)


def passes(weights: Sequence[int], quorum_weight: int) -> bool:
    """Return True if these votes for, against and abstained carry a proposal."""
    in_favour, against, _ = weights
    return in_favour > against and sum(weights) >= quorum_weight
