"""Slashing in the model: reports, votes, appeals, sentences and dues (docs/programs/slashing.md)."""

from collections import defaultdict
from typing import TYPE_CHECKING

from hypernode.chain.generated.slashing import SlashingParams
from tests.programs.economy.ledger import MISSING, TAKEN, Guards, Refused, share, wallet
from tests.programs.economy.reports import (
    APPEALED,
    CLAIM_PERIOD,
    CONFIRMED,
    DAY,
    DISMISSED,
    EXECUTED,
    LONGEST_WAIT,
    MOOT,
    OBJECTIVE,
    UPHELD,
    VOTING,
    Accusation,
    Record,
    Report,
    ReportKey,
    Vote,
    fault_key,
    sound,
)

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

VAULT = "slashing vault"
MOST_OPEN = 200
VoteKey = tuple[ReportKey, int, str]


class Slashing:
    def __init__(self, economy: "Economy", params: SlashingParams) -> None:
        self.economy = economy
        self.params = params
        self.count = 0
        self.reports: dict[ReportKey, Report] = {}
        self.votes: dict[VoteKey, Vote] = {}
        self.records: dict[str, Record] = {}
        # By what was punished: how much it cost, when, by which report.
        self.faults: dict[tuple[str, int, int, int], tuple[int, int, ReportKey]] = {}
        # What reports paid each wallet, and what they cost it in bonds and stake, by who had opened them and
        # whether oracles attested.
        self.awards: defaultdict[tuple[str, str, bool], int] = defaultdict(int)
        self.costs: defaultdict[tuple[str, str, bool], int] = defaultdict(int)

    def of(self, key: ReportKey) -> Report:
        if key not in self.reports:
            raise Refused(*MISSING)
        return self.reports[key]

    # --- reports and votes

    def report(self, reporter: str, accused: str, accusation: Accusation) -> None:
        key = (accused, accusation.evidence, False)
        guards = self._accusation(reporter, accused, accusation, key)
        record = self.records.get(accused)
        guards.need(record is None or record.open_reports < MOST_OPEN, "TooManyReports")
        guards.need(self.economy.ledger.holds(wallet(reporter), self.params.bond), "InsufficientFunds")
        guards.need(accusation.job != 0 or accusation.reason not in OBJECTIVE, "BadJob")
        guards.done()
        report = self._open(reporter, accused, accusation, key)
        report.bond = self.params.bond
        report.voting_ends_at = self.economy.now + self.params.voting_period
        self.costs[reporter, reporter, False] += report.bond
        self.economy.ledger.move(wallet(reporter), VAULT, report.bond)

    def report_attested(self, reporter: str, accused: str, accusation: Accusation) -> None:
        key = (accused, accusation.evidence, True)
        guards = self._accusation(reporter, accused, accusation, key)
        guards.need(accusation.reason in OBJECTIVE, "NotObjective")
        guards.need(accusation.job != 0, "BadJob")
        guards.done()
        self._open(reporter, accused, accusation, key).confirm(self.economy.now)

    def vote(self, validator: str, key: ReportKey, uphold: bool) -> None:
        report = self.of(key)
        stake = self.economy.staking.of(validator)
        now = self.economy.now
        vote_key = (key, report.round, validator)
        guards = Guards()
        guards.need(validator not in (report.reporter, report.accused, report.buyer), "Partial")
        guards.need(stake.amount >= report.params.min_validator_stake, "StakeTooLow")
        guards.need(not stake.can_leave_before(report.voting_ends_at, now), "StakeCouldLeave")
        weight = stake.votable(report.opened_at)
        guards.need(weight > 0, "NoVotes")
        guards.need(report.in_voting, "NotVoting")
        guards.need(now < report.voting_ends_at, "VotingOver")
        guards.need(vote_key not in self.votes, *TAKEN)
        guards.done()
        self.votes[vote_key] = Vote(validator, weight, uphold, report.number, report.round)
        report.voters += 1
        if uphold:
            report.uphold_weight += weight
        else:
            report.overturn_weight += weight

    def resolve(self, key: ReportKey) -> None:
        report, now = self.of(key), self.economy.now
        guards = Guards()
        guards.need(key[0] in self.records and key[0] in self.economy.staking.stakes, *MISSING)
        guards.need(report.in_voting, "NotVoting")
        guards.need(report.decided(now), "VotingNotOver")
        guards.done()
        if not report.stands:
            report.accused_due = report.bond + report.appeal_bond
            self._end(report, DISMISSED)
        elif report.status == VOTING:
            report.confirm(now)
        else:
            report.status, report.executable_at = UPHELD, now

    def appeal(self, accused: str, key: ReportKey) -> None:
        report, now = self.of(key), self.economy.now
        guards = Guards()
        guards.need(accused == report.accused, "NotAccused")
        guards.need(report.status == CONFIRMED, "NotConfirmed")
        guards.need(now < report.executable_at, "AppealOver")
        guards.need(
            self.economy.ledger.holds(wallet(accused), report.params.appeal_bond), "InsufficientFunds"
        )
        guards.done()
        report.appeal_bond = report.params.appeal_bond
        report.first_uphold_weight = report.uphold_weight
        report.uphold_weight = report.overturn_weight = report.voters = 0
        report.round, report.status = 2, APPEALED
        report.voting_ends_at = now + report.params.voting_period
        self.costs[accused, report.reporter, report.attested] += report.appeal_bond
        self.economy.ledger.move(wallet(accused), VAULT, report.appeal_bond)

    # --- ends

    def execute(self, key: ReportKey) -> None:
        report, now = self.of(key), self.economy.now
        guards = Guards()
        guards.need(report.subject not in self.faults, "AlreadyPunished")
        guards.need(report.status in (CONFIRMED, UPHELD), "NotExecutable")
        guards.need(now >= report.executable_at, "AppealNotOver")
        guards.need(key[0] in self.records and key[0] in self.economy.staking.stakes, *MISSING)
        guards.done()
        stake, record = self.economy.staking.of(report.accused), self.records[report.accused]
        cooled = record.last_executed[report.accusation.reason] + DAY
        if now < min(cooled, report.executable_at + LONGEST_WAIT):
            raise Refused("CoolingDown")
        fresh_day = now >= record.day_start + DAY
        day_stake = stake.amount if fresh_day else record.day_stake
        day_slashed = 0 if fresh_day else record.day_slashed
        full = share(stake.amount, report.slash_bps)
        # The day's cap is rounded up, so that dust can be slashed too.
        room = -(-day_stake * report.params.daily_cap_bps // 10_000) - day_slashed
        if full > room and now < report.executable_at + LONGEST_WAIT:
            raise Refused("DailyCapReached")
        if fresh_day:
            record.day_start = now
        record.day_stake, record.day_slashed = day_stake, day_slashed + full
        record.last_executed[report.accusation.reason] = now
        if full:
            self.economy.staking.take(stake, full, VAULT)
            self.costs[report.accused, report.reporter, report.attested] += full
        report.sentence(full, now)
        self.economy.ledger.burn(VAULT, report.burned)
        self.faults[report.subject] = (full, now, key)
        self._release(report)

    def dismiss_moot(self, key: ReportKey) -> None:
        report = self.of(key)
        guards = Guards()
        guards.need(report.subject in self.faults, *MISSING)
        guards.need(key[0] in self.records and key[0] in self.economy.staking.stakes, *MISSING)
        guards.need(not report.ended, "ReportEnded")
        guards.done()
        report.reporter_due, report.accused_due = report.bond, report.appeal_bond
        self._end(report, MOOT)

    # --- claims and closings

    def claim_due(self, key: ReportKey, claimer: str) -> None:
        report = self.of(key)
        amount = 0
        for role in ("reporter", "buyer", "accused"):
            if getattr(report, role) == claimer:
                amount += getattr(report, f"{role}_due")
        if amount == 0:
            raise Refused("NothingDue")
        for role in ("reporter", "buyer", "accused"):
            if getattr(report, role) == claimer:
                setattr(report, f"{role}_due", 0)
        self._award(report, claimer, amount)

    def claim_bounty(self, key: ReportKey, round_number: int, validator: str) -> None:
        report, vote = self.of(key), self._vote((key, round_number, validator))
        if not self._won(report, vote):
            raise Refused("NoBounty")
        amount = report.validators_share * vote.weight // report.winning_weight
        report.validators_due -= amount
        report.unclaimed_weight -= vote.weight
        del self.votes[(key, round_number, validator)]
        self._award(report, validator, amount)

    def close_vote(self, key: ReportKey, round_number: int, validator: str) -> None:
        vote = self._vote((key, round_number, validator))
        report = self.reports.get(key)
        counts = report is not None and report.number == vote.number
        if report is not None and counts and (not report.ended or self._won(report, vote)):
            raise Refused("VoteInUse")
        del self.votes[(key, round_number, validator)]

    def close_report(self, key: ReportKey) -> None:
        report = self.of(key)
        all_claimed = report.reporter_due == report.buyer_due == report.accused_due == 0
        all_claimed = all_claimed and (report.unclaimed_weight == 0 or report.validators_due == 0)
        guards = Guards()
        guards.need(report.ended, "ReportOpen")
        guards.need(all_claimed or self.economy.now >= report.ended_at + CLAIM_PERIOD, "Unclaimed")
        guards.done()
        self.economy.ledger.burn(VAULT, report.claims)
        del self.reports[key]

    def close_record(self, accused: str) -> None:
        if accused not in self.records:
            raise Refused(*MISSING)
        record, now = self.records[accused], self.economy.now
        idle = record.open_reports == 0 and now >= record.day_start + DAY
        if not idle or any(now < last + DAY for last in record.last_executed):
            raise Refused("RecordInUse")
        del self.records[accused]

    def set_slashing_params(self, params: SlashingParams) -> None:
        if not sound(params):
            raise Refused("BadParams")
        self.params = params

    # --- shared steps

    def _accusation(self, reporter: str, accused: str, accusation: Accusation, key: ReportKey) -> Guards:
        stake = self.economy.staking.of(accused)
        guards = Guards()
        guards.need(key not in self.reports, *TAKEN)
        guards.need(stake.amount > 0, "NothingAtStake", "NothingStaked")
        guards.need(stake.active or self.economy.now < stake.leaves_at, "CooldownOver")
        guards.need(reporter != accused, "SelfReport")
        guards.need(accusation.buyer != accused, "BadBuyer")
        guards.need(accusation.evidence != 0, "EmptyEvidence")
        guards.need(accusation.job != 0 or accusation.sequence == 0, "BadJob")
        guards.need(fault_key(accused, accusation) not in self.faults, "AlreadyPunished")
        return guards

    def _open(self, reporter: str, accused: str, accusation: Accusation, key: ReportKey) -> Report:
        staking = self.economy.staking
        stake = staking.of(accused)
        others = staking.total_weight - stake.weight
        staking.hold(stake)
        self.count += 1
        self.records.setdefault(accused, Record(accused, reporter)).open_reports += 1
        report = Report(
            accused, reporter, accusation, self.params, key[2], self.count, self.economy.now, others
        )
        self.reports[key] = report
        return report

    def _end(self, report: Report, status: int) -> None:
        report.end(status, self.economy.now)
        self._release(report)

    def _release(self, report: Report) -> None:
        self.economy.staking.of(report.accused).holds -= 1
        self.records[report.accused].open_reports -= 1

    def _vote(self, key: VoteKey) -> Vote:
        if key not in self.votes:
            raise Refused(*MISSING)
        return self.votes[key]

    def _won(self, report: Report, vote: Vote) -> bool:
        return vote.uphold and report.status == EXECUTED and vote.number == report.number

    def _award(self, report: Report, claimer: str, amount: int) -> None:
        self.awards[claimer, report.reporter, report.attested] += amount
        self.economy.ledger.move(VAULT, wallet(claimer), amount)
