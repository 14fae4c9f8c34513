"""Slashing in the model: reports, votes, appeals, sentences and dues (docs/programs/slashing.md)."""

from collections import defaultdict
from typing import TYPE_CHECKING

from hypernode.chain.generated.slashing import SlashingParams
from tests.programs.economy.ledger import MISSING, TAKEN, Guards, Refused, share, wallet
from tests.programs.economy.markets import TIMED_OUT
from tests.programs.economy.reports import (
    APPEALED,
    CLAIM_PERIOD,
    CONFIRMED,
    DAY,
    DISMISSED,
    EXECUTED,
    FIRST_BY_BOND,
    INVALID_RESULT,
    JOB_TIMEOUT,
    LONGEST_WAIT,
    UPHELD,
    VOTING,
    Accusation,
    Record,
    Report,
    ReportKey,
    Vote,
    sound,
)

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

VAULT = "slashing vault"
VoteKey = tuple[ReportKey, int, str]


class Slashing:
    def __init__(self, economy: "Economy", params: SlashingParams) -> None:
        self.economy = economy
        self.params = params
        self.count = 0
        self.reports: dict[ReportKey, Report] = {}
        self.votes: dict[VoteKey, Vote] = {}
        self.records: dict[str, Record] = {}
        # What reports paid each wallet, and what they cost it in bonds and stake, by who had opened them and
        # whether a job was the verdict.
        self.awards: defaultdict[tuple[str, str, bool], int] = defaultdict(int)
        self.costs: defaultdict[tuple[str, str, bool], int] = defaultdict(int)

    def of(self, key: ReportKey) -> Report:
        if key not in self.reports:
            raise Refused(*MISSING)
        return self.reports[key]

    # --- reports and votes

    def report(self, reporter: str, accused: str, accusation: Accusation) -> None:
        key = (accused, accusation.evidence, "", 0)
        stake = self.economy.staking.of(accused)
        node = self.economy.markets.nodes.get(accused)
        free = max(0, stake.free - (node.exposure if node else 0))
        index = accusation.reason - FIRST_BY_BOND
        amount = share(free, self.params.reason_bps[index]) if index >= 0 else 0
        bond = max(self.params.bond, amount // 10)
        guards = Guards()
        guards.need(key not in self.reports, *TAKEN)
        guards.need(index >= 0, "NotSubjective")
        guards.need(amount > 0, "NothingAtStake", "NothingStaked")
        guards.need(stake.active or self.economy.now < stake.leaves_at, "CooldownOver")
        guards.need(reporter != accused, "SelfReport")
        guards.need(accusation.evidence != 0, "EmptyEvidence")
        guards.need(self.economy.ledger.holds(wallet(reporter), bond), "InsufficientFunds")
        guards.done()
        self.records.setdefault(accused, Record(accused, reporter)).open_reports += 1
        report = self._open(key, reporter, reporter, accusation.reason, amount, held=0)
        report.bond = bond
        report.voting_ends_at = self.economy.now + self.params.voting_period
        self.costs[reporter, reporter, False] += bond
        self.economy.ledger.move(wallet(reporter), VAULT, bond)

    def open_from_job(self, opener: str, owner: str, nonce: int) -> None:
        """Bring an ended job: nothing is claimed, for all stands in the job."""
        job = self.economy.markets.job(owner, nonce)
        stake = self.economy.staking.of(job.node)
        amount = min(job.sentence, stake.free)
        key = (job.node, job.sequence, owner, nonce)
        guards = Guards()
        guards.need(key not in self.reports, *TAKEN)
        guards.need(job.ended, "JobNotEnded")
        guards.need(amount > 0, "NothingAtStake", "NothingStaked")
        guards.done()
        reason = JOB_TIMEOUT if job.status == TIMED_OUT else INVALID_RESULT
        report = self._open(key, "", opener, reason, amount, held=amount)
        report.of_job = True
        report.confirm(self.economy.now)
        self.economy.markets.forget(owner, nonce)

    def vote(self, validator: str, key: ReportKey, uphold: bool) -> None:
        report = self.of(key)
        stake = self.economy.staking.of(validator)
        now = self.economy.now
        vote_key = (key, report.round, validator)
        guards = Guards()
        guards.need(validator not in (report.reporter, report.accused), "Partial")
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
        guards.need(self._has_accounts(report), *MISSING)
        guards.need(report.in_voting, "NotVoting")
        guards.need(report.decided(now), "VotingNotOver")
        guards.done()
        stake = self.economy.staking.of(report.accused)
        if not report.stands:
            self._release(report)
            report.dismiss(now)
        elif report.status == VOTING:
            report.amount = min(report.amount, stake.free)
            report.confirm(now)
            stake.held_amount += report.amount
        else:
            report.status, report.executable_at = UPHELD, now

    def appeal(self, accused: str, key: ReportKey) -> None:
        report, now = self.of(key), self.economy.now
        guards = Guards()
        guards.need(accused == report.accused, "NotAccused")
        guards.need(report.status == CONFIRMED, "NotConfirmed")
        guards.need(now < report.executable_at, "AppealOver")
        guards.need(self.economy.ledger.holds(wallet(accused), report.appeal_price), "InsufficientFunds")
        guards.done()
        report.appeal_bond = report.appeal_price
        report.first_uphold_weight = report.uphold_weight
        report.first_overturn_weight = report.overturn_weight
        report.uphold_weight = report.overturn_weight = report.voters = 0
        report.round, report.status = 2, APPEALED
        report.voting_ends_at = now + report.params.voting_period
        self.costs[accused, report.reporter, report.of_job] += report.appeal_bond
        self.economy.ledger.move(wallet(accused), VAULT, report.appeal_bond)

    # --- ends

    def execute(self, key: ReportKey) -> None:
        report, now = self.of(key), self.economy.now
        guards = Guards()
        guards.need(report.status in (CONFIRMED, UPHELD), "NotExecutable")
        guards.need(now >= report.executable_at, "AppealNotOver")
        guards.need(self._has_accounts(report), *MISSING)
        guards.done()
        stake = self.economy.staking.of(report.accused)
        if not report.of_job:
            self._charge(report, self.records[report.accused], stake.amount)
        self._release(report)
        report.sentence(now)
        if report.slashed:
            self.economy.staking.take(stake, report.slashed, VAULT)
            self.costs[report.accused, report.reporter, report.of_job] += report.slashed
        self.economy.ledger.burn(VAULT, report.burned)

    def _charge(self, report: Report, record: Record, stake: int) -> None:
        """Book what a report by bond takes: once a day for a reason, and half of the stake a day."""
        now, index, longest = (
            self.economy.now,
            report.reason - FIRST_BY_BOND,
            report.executable_at + LONGEST_WAIT,
        )
        if now < min(record.last_executed[index] + DAY, longest):
            raise Refused("CoolingDown")
        fresh_day = now >= record.day_start + DAY
        day_stake = stake if fresh_day else record.day_stake
        day_slashed = 0 if fresh_day else record.day_slashed
        # The day's cap is rounded up, so that dust can be slashed too; the first of a day always passes.
        room = max(0, -(-day_stake * report.params.daily_cap_bps // 10_000) - day_slashed)
        if day_slashed and report.amount > room and now < longest:
            raise Refused("DailyCapReached")
        if fresh_day:
            record.day_start = now
        record.day_stake, record.day_slashed = day_stake, day_slashed + report.amount
        record.last_executed[index] = now

    # --- claims and closings

    def claim_due(self, key: ReportKey, claimer: str) -> None:
        report = self.of(key)
        amount = 0
        for role in ("reporter", "accused"):
            if getattr(report, role) == claimer:
                amount += getattr(report, f"{role}_due")
        if amount == 0:
            raise Refused("NothingDue")
        for role in ("reporter", "accused"):
            if getattr(report, role) == claimer:
                setattr(report, f"{role}_due", 0)
        self._award(report, claimer, amount)

    def claim_fee(self, key: ReportKey, round_number: int, validator: str) -> None:
        report, vote = self.of(key), self._vote((key, round_number, validator))
        if not self._won(report, vote):
            raise Refused("NoFee")
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
        all_claimed = report.reporter_due == report.accused_due == 0
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

    def _open(
        self, key: ReportKey, reporter: str, payer: str, reason: int, amount: int, *, held: int
    ) -> Report:
        staking = self.economy.staking
        stake = staking.of(key[0])
        others = staking.total_weight - stake.weight
        staking.hold(stake, held)
        self.count += 1
        now = self.economy.now
        report = Report(key[0], reporter, payer, reason, self.params, self.count, now, others, amount)
        self.reports[key] = report
        return report

    def _has_accounts(self, report: Report) -> bool:
        recorded = report.of_job or report.accused in self.records
        return recorded and report.accused in self.economy.staking.stakes

    def _release(self, report: Report) -> None:
        """Let go of the stake, before the report ends."""
        self.economy.staking.unhold(self.economy.staking.of(report.accused), report.held)
        if not report.of_job:
            self.records[report.accused].open_reports -= 1

    def _vote(self, key: VoteKey) -> Vote:
        if key not in self.votes:
            raise Refused(*MISSING)
        return self.votes[key]

    def _won(self, report: Report, vote: Vote) -> bool:
        decided = EXECUTED if vote.uphold else DISMISSED
        return report.status == decided and vote.number == report.number

    def _award(self, report: Report, claimer: str, amount: int) -> None:
        self.awards[claimer, report.reporter, report.of_job] += amount
        self.economy.ledger.move(VAULT, wallet(claimer), amount)
