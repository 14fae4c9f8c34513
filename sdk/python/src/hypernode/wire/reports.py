"""HTTP models of reports of faults, made from events on chain."""

from typing import Literal

from hypernode.wire.events import EventEntry
from hypernode.wire.fields import U64, AddressText, CidText, HashText, WireModel

ReportStatusText = Literal["Voting", "Confirmed", "Appealed", "Upheld", "Dismissed", "Executed"]
FaultReasonText = Literal["JobTimeout", "InvalidResult", "Offline", "RepeatedFailures", "Malicious"]


class TallyView(WireModel):
    """The votes of a round, by weight; of all weight there was but the accused's."""

    round: int
    uphold: U64
    overturn: U64
    voters: int
    total_weight: U64
    first_round_uphold: U64


class DuesView(WireModel):
    """What lies in the vault for each until it is claimed."""

    reporter: U64
    accused: U64
    validators: U64


class ReportView(WireModel):
    """One opening of a report's address: (`report`, `opened_at`) never recurs. Amounts are base units."""

    report: AddressText
    opened_at: int
    status: ReportStatusText
    accused: AddressText
    # Wallet with a bond; null if the report is the verdict on a job.
    reporter: AddressText | None
    job: AddressText | None
    sequence: U64
    attempt: int
    reason: FaultReasonText
    # For a job, its receipt's hash; null after a timeout.
    evidence: HashText | None
    evidence_cid: CidText | None
    # What the report takes of the stake at most.
    amount: U64
    bond: U64
    appeal_bond: U64
    tally: TallyView
    voting_ends_at: int | None
    # Until then the accused may appeal, from then on anyone may execute.
    executable_at: int | None
    ended_at: int | None
    # From then on anyone may close it, and what is unclaimed burns.
    claimable_until: int | None
    closed_at: int | None
    slashed: U64
    burned: U64
    dues: DuesView


class ReportPage(WireModel):
    reports: list[ReportView]
    next_cursor: str | None = None


class ReportVoteView(WireModel):
    validator: AddressText
    round: int
    uphold: bool
    weight: U64
    at: int
    signature: str


class ReportVotePage(WireModel):
    votes: list[ReportVoteView]
    next_cursor: str | None = None


class ReportDetail(ReportView):
    """`votes` are the newest; `timeline` is everything else that happened to it."""

    votes: ReportVotePage
    timeline: list[EventEntry]
