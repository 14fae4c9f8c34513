"""The DAO in the model: proposals, votes, timelocks and releases (docs/programs/governance.md)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.programs.economy.ledger import MISSING, TAKEN, Guards, Refused, share, wallet

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

DAY = 86_400
TEXT, PARAMETERS, TREASURY, UPGRADE, GENERIC = range(5)
DRAFT, ACTIVE, SUCCEEDED, DEFEATED, QUEUED, EXECUTED, EXPIRED, CANCELLED, VETOED = range(9)
ENDED = frozenset({DEFEATED, EXECUTED, EXPIRED, CANCELLED, VETOED})
AGAINST, FOR, ABSTAIN = range(3)
DRAFT_LIFE, RETENTION = 7 * DAY, 30 * DAY
MOST_CALLS = 8
LEAST_RELEASE = 10**6
VAULT, UNLOCKS, OPERATIONS = "treasury", "unlocks", "operations"

# An act that only a proposal can do: its name in the model, then its arguments.
Call = tuple[object, ...]
PARAMETER_CALLS = frozenset({"set_pause", "set_windows", "set_slashing_params"})
GENERIC_CALLS = PARAMETER_CALLS | {"set_fees", "set_min_rate", "set_dao_params", "treasury_transfer"}
ALLOWED = {
    TEXT: frozenset[str](),
    PARAMETERS: PARAMETER_CALLS,
    TREASURY: frozenset({"treasury_transfer"}),
    UPGRADE: frozenset[str](),
    GENERIC: GENERIC_CALLS,
}


@dataclass(frozen=True)
class Rules:
    quorum_bps: int
    proposal_threshold: int
    voting_period: int
    timelock_parameters: int
    timelock_critical: int
    execution_window: int


@dataclass
class Proposal:
    id: int
    proposer: str
    kind: int
    created_at: int
    total_weight: int
    quorum_weight: int
    threshold: int
    voting_period: int
    timelock: int
    execution_window: int
    status: int = DRAFT
    voting_starts_at: int = 0
    voting_ends_at: int = 0
    eta: int = 0
    ended_at: int = 0
    for_weight: int = 0
    against_weight: int = 0
    abstain_weight: int = 0
    executed: int = 0
    calls: list[Call] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.calls)

    @property
    def window_ends(self) -> int:
        return (self.eta or self.voting_ends_at) + self.execution_window

    def end(self, status: int, now: int) -> None:
        self.status, self.ended_at = status, now


@dataclass
class Ballot:
    voter: str
    weight: int
    voted_at: int
    choice: int


class Governance:
    def __init__(self, economy: "Economy", rules: Rules, guardian_until: int) -> None:
        self.economy = economy
        self.rules = rules
        self.guardian_until = guardian_until
        # The first guardian and the first parameters count too.
        self.version = 2
        self.proposals: dict[int, Proposal] = {}
        self.ballots: dict[tuple[int, str], Ballot] = {}
        self.releases: list[tuple[int, int, int, int, int]] = []
        self.proposal_count = 0

    def of(self, number: int) -> Proposal:
        if number not in self.proposals:
            raise Refused(*MISSING)
        return self.proposals[number]

    # --- proposing

    def create_proposal(self, proposer: str, kind: int) -> None:
        staking, now, rules = self.economy.staking, self.economy.now, self.rules
        stake = staking.of(proposer)
        guards = Guards()
        guards.need(staking.total_weight > 0, "NothingStaked")
        guards.need(stake.votable(now) >= rules.proposal_threshold, "BelowThreshold")
        guards.done()
        total, number = staking.total_weight, self.proposal_count
        quorum = -(-total * rules.quorum_bps // 10_000)
        short = kind in (TEXT, PARAMETERS)
        timelock = rules.timelock_parameters if short else rules.timelock_critical
        terms = (rules.proposal_threshold, rules.voting_period, timelock, rules.execution_window)
        self.proposals[number] = Proposal(number, proposer, kind, now, total, quorum, *terms)
        self.proposal_count += 1

    def add_instruction(self, proposer: str, number: int, call: Call) -> None:
        proposal = self.of(number)
        guards = Guards()
        guards.need(proposer == proposal.proposer, "NotProposer")
        guards.need(proposal.status == DRAFT, "NotDraft")
        guards.need(call[0] in ALLOWED[proposal.kind], "InstructionNotAllowed")
        guards.need(proposal.count < MOST_CALLS, "TooManyInstructions")
        guards.done()
        proposal.calls.append(call)

    def activate(self, proposer: str, number: int) -> None:
        proposal, now = self.of(number), self.economy.now
        guards = Guards()
        guards.need(proposer == proposal.proposer, "NotProposer")
        guards.need(proposal.status == DRAFT, "NotDraft")
        guards.need(now <= proposal.created_at + DRAFT_LIFE, "DraftTooOld")
        guards.need((proposal.kind == TEXT) == (proposal.count == 0), "WrongInstructionCount")
        guards.done()
        proposal.status, proposal.voting_starts_at = ACTIVE, now
        proposal.voting_ends_at = now + proposal.voting_period

    # --- deciding

    def vote_on_proposal(self, voter: str, number: int, choice: int) -> None:
        proposal, now = self.of(number), self.economy.now
        stake = self.economy.staking.of(voter)
        weight = stake.votable(proposal.created_at)
        guards = Guards()
        guards.need(proposal.status == ACTIVE, "NotActive")
        guards.need(now < proposal.voting_ends_at, "VotingOver")
        guards.need(weight > 0, "NoWeight")
        guards.need(not stake.can_leave_before(proposal.voting_ends_at, now), "StakeLeavesTooSoon")
        guards.need((number, voter) not in self.ballots, *TAKEN)
        guards.done()
        self.ballots[number, voter] = Ballot(voter, weight, now, choice)
        side = ("against_weight", "for_weight", "abstain_weight")[choice]
        setattr(proposal, side, getattr(proposal, side) + weight)

    def finalize(self, number: int) -> None:
        proposal, now = self.of(number), self.economy.now
        guards = Guards()
        guards.need(proposal.status == ACTIVE, "NotActive")
        guards.need(now >= proposal.voting_ends_at, "VotingNotOver")
        guards.done()
        turnout = proposal.for_weight + proposal.against_weight + proposal.abstain_weight
        if proposal.for_weight > proposal.against_weight and turnout >= proposal.quorum_weight:
            proposal.status = SUCCEEDED
        else:
            proposal.end(DEFEATED, now)

    def queue(self, number: int) -> None:
        proposal, now = self.of(number), self.economy.now
        guards = Guards()
        guards.need(proposal.status == SUCCEEDED, "NotSucceeded")
        guards.need(now < proposal.window_ends, "WindowOver")
        guards.done()
        proposal.status, proposal.eta = QUEUED, now + proposal.timelock

    def execute_proposal(self, number: int, index: int, brought: int) -> None:
        """Execute the call `index`, bringing the call `brought` of the proposal's list (-1 brings none)."""
        proposal, now = self.of(number), self.economy.now
        guards = Guards()
        guards.need(proposal.status == QUEUED, "NotQueued")
        guards.need(now >= proposal.eta, "TimelockNotOver")
        guards.need(now < proposal.window_ends, "WindowOver")
        guards.need(index == proposal.executed, "WrongIndex")
        # Equal calls have equal bytes, so either may be brought.
        same = proposal.kind == TEXT or (
            brought >= 0 and index < proposal.count and proposal.calls[brought] == proposal.calls[index]
        )
        guards.need(same, "WrongInstruction")
        guards.done()
        if proposal.kind != TEXT:
            name, *arguments = proposal.calls[index]
            self.economy.obey(str(name), *arguments)
            proposal.executed += 1
        if proposal.executed == proposal.count:
            proposal.end(EXECUTED, now)

    # --- ending otherwise

    def expire(self, number: int) -> None:
        proposal, now = self.of(number), self.economy.now
        guards = Guards()
        guards.need(proposal.status in (SUCCEEDED, QUEUED), "NotExpirable")
        guards.need(now >= proposal.window_ends, "WindowNotOver")
        guards.done()
        proposal.end(EXPIRED, now)

    def cancel(self, canceller: str, number: int) -> None:
        proposal, now = self.of(number), self.economy.now
        active = proposal.status == ACTIVE and now < proposal.voting_ends_at
        stale = proposal.status == DRAFT and now > proposal.created_at + DRAFT_LIFE
        guards = Guards()
        guards.need(proposal.status == DRAFT or active, "NotCancellable")
        guards.need(canceller == proposal.proposer or stale, "NotProposer")
        guards.done()
        proposal.end(CANCELLED, now)

    def veto(self, guardian: str, number: int, version: int) -> None:
        proposal = self.of(number)
        guards = self._guardian(guardian, version)
        guards.need(proposal.status in (ACTIVE, SUCCEEDED, QUEUED), "NotVetoable")
        guards.done()
        proposal.end(VETOED, self.economy.now)

    def pause(self, guardian: str, flags: int, version: int) -> None:
        guards = self._guardian(guardian, version)
        guards.need(self.economy.markets.paused | flags != self.economy.markets.paused, "BadPauseFlags")
        guards.done()
        self.economy.markets.paused |= flags

    def close_ballot(self, voter: str, number: int) -> None:
        if (number, voter) not in self.ballots:
            raise Refused(*MISSING)
        if number in self.proposals and self.proposals[number].status not in ENDED:
            raise Refused("NotEnded")
        del self.ballots[number, voter]

    def close_proposal(self, number: int) -> None:
        proposal = self.of(number)
        guards = Guards()
        guards.need(proposal.status in ENDED, "NotEnded")
        guards.need(self.economy.now >= proposal.ended_at + RETENTION, "RetentionNotOver")
        guards.done()
        del self.proposals[number]

    # --- money

    def release(self) -> None:
        ledger = self.economy.ledger
        amount = ledger.balances[UNLOCKS]
        if amount < LEAST_RELEASE:
            raise Refused("TooLittleToRelease")
        community, burned = share(amount, 3_000), share(amount, 2_000)
        operations = amount - community - burned
        ledger.move(UNLOCKS, "community", community)
        ledger.burn(UNLOCKS, burned)
        ledger.move(UNLOCKS, OPERATIONS, operations)
        self.releases.append((self.economy.now, amount, community, burned, operations))

    # --- what only a proposal does

    def usurp(self, name: str, call: Call) -> None:
        """Do by one's own signature what takes a vote."""
        raise Refused("NotAuthority")

    def treasury_transfer(self, receiver: str, amount: int) -> None:
        guards = Guards()
        guards.need(amount > 0, "ZeroAmount")
        guards.need(self.economy.ledger.holds(VAULT, amount), "InsufficientFunds")
        guards.done()
        self.economy.ledger.move(VAULT, wallet(receiver), amount)

    def set_dao_params(self, rules: Rules) -> None:
        guards = Guards()
        guards.need(1 <= rules.quorum_bps <= 10_000 and rules.proposal_threshold > 0, "BadQuorum")
        voting, short, long = rules.voting_period, rules.timelock_parameters, rules.timelock_critical
        # The floors that this DAO began with, and a vote shorter than the shortest cooldown.
        sound = 3_600 <= voting < 14 * DAY and DAY <= short <= long and 2 * DAY <= long <= 30 * DAY
        guards.need(sound, "BadTimes")
        guards.done()
        self.rules = rules
        self.version += 1

    def _guardian(self, guardian: str, version: int) -> Guards:
        guards = Guards()
        guards.need(guardian == "guardian", "NotGuardian")
        guards.need(version == self.version, "WrongVersion")
        guards.need(self.economy.now < self.guardian_until, "GuardianExpired")
        return guards
