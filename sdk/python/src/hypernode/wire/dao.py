"""HTTP models of the DAO: proposals, votes and the treasury, made from events on chain."""

from typing import Any, Literal

from hypernode.domain.proposals import Role
from hypernode.wire.events import EventEntry
from hypernode.wire.fields import U64, AddressText, HashText, WireModel

ProposalKindText = Literal["Text", "Parameters", "Treasury", "Upgrade", "Generic"]
ProposalStatusText = Literal[
    "Draft",
    "Active",
    "Succeeded",
    "Defeated",
    "Queued",
    "Executed",
    "Expired",
    "Cancelled",
    "Vetoed",
]
VoteChoiceText = Literal["Against", "For", "Abstain"]


class ProposalTally(WireModel):
    """By weight; `quorum` counts all three, and `passes` says how it would end now."""

    in_favour: U64
    against: U64
    abstain: U64
    quorum: U64
    total_weight: U64
    passes: bool


class ProposalView(WireModel):
    number: U64
    proposal: AddressText
    proposer: AddressText
    payer: AddressText
    kind: ProposalKindText
    status: ProposalStatusText
    description_hash: HashText
    # What the proposer's stake had to weigh.
    threshold: U64
    voting_period: int
    timelock: int
    execution_window: int
    created_at: int
    voting_starts_at: int | None
    voting_ends_at: int | None
    eta: int | None
    executable_until: int | None
    ended_at: int | None
    closed_at: int | None
    tally: ProposalTally
    instructions: int
    executed: int


class ProposalPage(WireModel):
    proposals: list[ProposalView]
    next_cursor: str | None = None


class InstructionAccount(WireModel):
    """`name` is what the program calls it; null where it is not a program of ours."""

    address: AddressText
    name: str | None
    signer: bool
    writable: bool


class InstructionView(WireModel):
    """An instruction as it was voted for; `hash` is recomputed from the bytes shown here.

    `program_name`, `name` and `arguments` are decoded where the program is known, else null. In `arguments`
    every integer is a decimal string, bytes are hex.
    """

    index: int
    program: AddressText
    program_name: str | None
    name: str | None
    arguments: dict[str, Any] | None
    accounts: list[InstructionAccount]
    data: str
    hash: HashText
    executed: bool


class ActionView(WireModel):
    """An instruction that may be sent from one second to before another (null: no limit)."""

    instruction: str
    by: Role
    wallet: AddressText | None
    opens_at: int
    closes_at: int | None
    open: bool


class VoteView(WireModel):
    voter: AddressText
    choice: VoteChoiceText
    weight: U64
    at: int
    signature: str


class VotePage(WireModel):
    votes: list[VoteView]
    next_cursor: str | None = None


class ProposalDetail(ProposalView):
    """`votes` are the newest; `timeline` is everything else that happened to it; `next` what may happen."""

    content: list[InstructionView]
    votes: VotePage
    next: list[ActionView]
    timeline: list[EventEntry]


class TreasuryView(WireModel):
    """Gifts to the treasury leave no event, so its balance is known only as of the last spending."""

    mint: AddressText
    treasury: AddressText
    unlocks: AddressText
    operations: AddressText
    releases: U64
    released: U64
    to_community: U64
    burned: U64
    to_operations: U64
    spent: U64
    balance_after_spending: U64 | None


class ReleaseView(WireModel):
    """One epoch's unlock, split: amount = community + burned + operations."""

    number: U64
    release: AddressText
    at: int
    amount: U64
    community: U64
    burned: U64
    operations: U64
    signature: str


class ReleasePage(WireModel):
    releases: list[ReleaseView]
    next_cursor: str | None = None
