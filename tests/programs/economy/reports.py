"""A report in the model: its parameters, its votes, its money, and the record of the accused."""

from dataclasses import dataclass, field

from hypernode.chain.generated.slashing import SlashingParams

HYPER, DAY = 10**6, 86_400
VOTING, CONFIRMED, APPEALED, UPHELD, DISMISSED, EXECUTED = range(6)
# Verdicts on jobs. The other reasons are claimed by bond.
JOB_TIMEOUT, INVALID_RESULT = 0, 1
FIRST_BY_BOND = 2
LONGEST_WAIT = 7 * DAY
CLAIM_PERIOD = 90 * DAY
LEAST_VOTERS = {1: 3, 2: 5}

# Whom, on what evidence, and no job; or whom, for which number of a job, and its buyer and nonce.
ReportKey = tuple[str, int, str, int]


@dataclass(frozen=True)
class Accusation:
    """What is said to have happened; evidence of zero is none."""

    evidence: int
    reason: int


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
    last_executed: list[int] = field(default_factory=lambda: [0] * 3)

    @property
    def executed_by_reason(self) -> tuple[int, ...]:
        return tuple(self.last_executed)


@dataclass
class Report:
    accused: str
    # Who gave the bond; nobody for a verdict on a job.
    reporter: str
    payer: str
    reason: int
    params: SlashingParams
    number: int
    opened_at: int
    total_weight: int
    amount: int
    of_job: bool = False
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
    first_overturn_weight: int = 0
    bond: int = 0
    appeal_bond: int = 0
    appeal_price: int = 0
    slashed: int = 0
    burned: int = 0
    reporter_due: int = 0
    accused_due: int = 0
    validators_due: int = 0
    validators_share: int = 0
    winning_weight: int = 0
    unclaimed_weight: int = 0

    def __post_init__(self) -> None:
        self.appeal_price = max(self.params.appeal_bond, self.amount // 10)

    @property
    def held(self) -> int:
        """Return what the stake holds for it."""
        return self.amount if self.confirmed_at and not self.ended else 0

    @property
    def ended(self) -> bool:
        return self.status >= DISMISSED

    @property
    def in_voting(self) -> bool:
        return self.status in (VOTING, APPEALED)

    @property
    def claims(self) -> int:
        """Return what the vault holds for it."""
        dues = self.reporter_due + self.accused_due + self.validators_due
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

    def pay_judges(self, winners: int) -> int:
        """Book a tenth of the bonds for those who voted as it ends, if there are any; return it."""
        fee = (self.bond // 10 + self.appeal_bond // 10) if winners else 0
        self.winning_weight = self.unclaimed_weight = winners
        self.validators_share = self.validators_due = fee
        return fee

    def dismiss(self, now: int) -> None:
        fee = self.pay_judges(self.first_overturn_weight + self.overturn_weight)
        self.accused_due = self.bond + self.appeal_bond - fee
        self.end(DISMISSED, now)

    def sentence(self, now: int) -> None:
        """Burn the slash and a lost appeal's bond; what the fee lacks comes out of the reporter's bond."""
        fee = self.pay_judges(self.first_uphold_weight + self.uphold_weight)
        self.slashed = self.amount
        taken = self.slashed + self.appeal_bond
        self.burned = max(0, taken - fee)
        self.reporter_due = self.bond - max(0, fee - taken)
        self.end(EXECUTED, now)
