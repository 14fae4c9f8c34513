"""A report in the model: its parameters, its votes, its money, and the record of the accused."""

from dataclasses import dataclass, field

from hypernode.chain.generated.slashing import SlashingParams
from tests.programs.economy.ledger import share

HYPER, DAY = 10**6, 86_400
VOTING, CONFIRMED, APPEALED, UPHELD, DISMISSED, EXECUTED, MOOT = range(7)
# Reasons that oracles can measure.
OBJECTIVE = frozenset({0, 3})
LONGEST_WAIT = 7 * DAY
CLAIM_PERIOD = 90 * DAY
LEAST_VOTERS = {1: 3, 2: 5}

# Whom, on what evidence, and whether oracles attested it: that is a report's address.
ReportKey = tuple[str, int, bool]


@dataclass(frozen=True)
class Accusation:
    """What is said to have happened; a job of zero is none, evidence of zero is none either."""

    evidence: int
    reason: int
    job: int = 0
    sequence: int = 0
    buyer: str = ""


def sound(params: SlashingParams) -> bool:
    """Return whether every parameter is within the bounds that the documents give."""
    return (
        all(HYPER <= bond <= 10_000 * HYPER for bond in (params.bond, params.appeal_bond))
        and DAY <= params.voting_period <= 14 * DAY
        and DAY <= params.appeal_period <= 30 * DAY
        and 100 * HYPER <= params.min_validator_stake <= 1_000_000 * HYPER
        and 3_334 <= params.quorum_bps <= params.appeal_quorum_bps <= 5_000
        and all(1 <= bps <= 5_000 for bps in params.reason_bps)
        and max(params.reason_bps) <= params.daily_cap_bps <= 5_000
        and params.burn_bps >= 1_000
        and params.burn_bps + params.buyer_bps <= 10_000
    )


@dataclass
class Vote:
    validator: str
    weight: int
    uphold: bool
    number: int
    round: int


@dataclass
class Record:
    """Where the accused stands: open reports, and what today took."""

    accused: str
    payer: str
    open_reports: int = 0
    day_start: int = 0
    day_stake: int = 0
    day_slashed: int = 0
    last_executed: list[int] = field(default_factory=lambda: [0] * 5)

    @property
    def executed_by_reason(self) -> tuple[int, ...]:
        return tuple(self.last_executed)


@dataclass
class Report:
    accused: str
    reporter: str
    accusation: Accusation
    params: SlashingParams
    attested: bool
    number: int
    opened_at: int
    total_weight: int
    status: int = VOTING
    round: int = 1
    voters: int = 0
    voting_ends_at: int = 0
    confirmed_at: int = 0
    executable_at: int = 0
    ended_at: int = 0
    uphold_weight: int = 0
    overturn_weight: int = 0
    first_uphold_weight: int = 0
    bond: int = 0
    appeal_bond: int = 0
    slashed: int = 0
    burned: int = 0
    reporter_due: int = 0
    buyer_due: int = 0
    accused_due: int = 0
    validators_due: int = 0
    validators_share: int = 0
    winning_weight: int = 0
    unclaimed_weight: int = 0

    @property
    def buyer(self) -> str:
        return self.accusation.buyer

    @property
    def subject(self) -> tuple[str, int, int, int]:
        """Return what is punished once: the job, or the evidence where there is none."""
        return fault_key(self.accused, self.accusation)

    @property
    def reason(self) -> int:
        return self.accusation.reason

    @property
    def sequence(self) -> int:
        return self.accusation.sequence

    @property
    def attempt(self) -> int:
        return 1 if self.attested else 0

    @property
    def slash_bps(self) -> int:
        return self.params.reason_bps[self.accusation.reason]

    @property
    def ended(self) -> bool:
        return self.status >= DISMISSED

    @property
    def in_voting(self) -> bool:
        return self.status in (VOTING, APPEALED)

    @property
    def claims(self) -> int:
        """Return what the vault holds for it."""
        dues = self.reporter_due + self.buyer_due + self.accused_due + self.validators_due
        return self.bond + self.appeal_bond + dues

    def _carries(self, weight: int) -> bool:
        quorum = self.params.quorum_bps if self.round == 1 else self.params.appeal_quorum_bps
        return (
            self.voters >= LEAST_VOTERS[self.round]
            and 3 * weight >= 2 * (self.uphold_weight + self.overturn_weight)
            and 10_000 * weight >= quorum * self.total_weight
        )

    @property
    def stands(self) -> bool:
        """In the first round silence dismisses, in an appeal it upholds."""
        return (
            self._carries(self.uphold_weight) if self.round == 1 else not self._carries(self.overturn_weight)
        )

    def decided(self, now: int) -> bool:
        if now >= self.voting_ends_at:
            return True
        if self.round == 1:
            return self.stands and 3 * self.uphold_weight > 2 * self.total_weight
        overturned = not self.stands and 3 * self.overturn_weight > 2 * self.total_weight
        return overturned or 3 * self.uphold_weight > self.total_weight

    def confirm(self, now: int) -> None:
        self.status, self.confirmed_at = CONFIRMED, now
        self.executable_at = now + self.params.appeal_period

    def end(self, status: int, now: int) -> None:
        self.status, self.ended_at = status, now
        self.bond = self.appeal_bond = 0

    def sentence(self, slashed: int, now: int) -> None:
        """Book where the slash and the bond of a lost appeal go: every unit has a place."""
        params = self.params
        bounty = share(slashed, 10_000 - params.burn_bps - params.buyer_bps) + self.appeal_bond
        self.winning_weight = self.first_uphold_weight + self.uphold_weight
        self.unclaimed_weight = self.winning_weight
        self.slashed = slashed
        self.buyer_due = share(slashed, params.buyer_bps) if self.buyer else 0
        self.validators_share = bounty // 2 if self.winning_weight else 0
        self.validators_due = self.validators_share
        self.burned = slashed + self.appeal_bond - self.buyer_due - bounty // 2 - self.validators_due
        self.reporter_due = self.bond + bounty // 2
        self.end(EXECUTED, now)


def fault_key(accused: str, accusation: Accusation) -> tuple[str, int, int, int]:
    return (accused, accusation.job, accusation.sequence, 0 if accusation.job else accusation.evidence)
