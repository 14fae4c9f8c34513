"""Moves: for every act, arguments that often make sense and sometimes do not.

Moves draw from dice, so that a random walk and Hypothesis play the same game. Honest people decide by what
they know: a report of the coalition is false, so they acquit or stay away; a treasury that it would empty
they defend or do not notice. The coalition does what it likes.
"""

from collections.abc import Callable

from tests.programs.economy import people
from tests.programs.economy.governance import ABSTAIN, ACTIVE, AGAINST, DRAFT, FOR, QUEUED, TEXT, Call
from tests.programs.economy.model import Economy
from tests.programs.economy.moves_markets import Act, MarketMoves
from tests.programs.economy.people import COALITION, DAY, HONEST, HYPER, ROCKS, WALLETS
from tests.programs.economy.reports import Report, ReportKey


class Moves(MarketMoves):
    # --- time

    def wait(self, economy: Economy) -> int:
        """Return a second to come: any, or one beside a deadline, where mistakes live."""
        deadlines = economy.deadlines()
        if deadlines and bool(self.pick((True, True, False))):
            at = self.pick(deadlines[:6]) + self.pick((-1, 0, 0, 1))
            return max(at, economy.now)
        return economy.now + self.pick(people.STEPS)

    # --- staking and rewards

    def stake(self, _: Economy) -> Act:
        return (
            "stake",
            self.pick(people.LEAVERS),
            self.pick(people.AMOUNTS),
            self.pick(people.DURATIONS),
            self._fresh(),
        )

    def top_up(self, _: Economy) -> Act:
        return "top_up", self.pick(WALLETS), self.pick(people.AMOUNTS), self._fresh()

    def extend(self, _: Economy) -> Act:
        return "extend", self.pick(people.LEAVERS), self.pick(people.DURATIONS), self._fresh()

    def unstake(self, _: Economy) -> Act:
        return "unstake", self.pick(people.LEAVERS)

    def restake(self, economy: Economy) -> Act:
        return "restake", self._leaving(economy), self._fresh()

    def withdraw_stake(self, economy: Economy) -> Act:
        return "withdraw_stake", self._leaving(economy)

    def forfeit_rewards(self, _: Economy) -> Act:
        return "forfeit_rewards", self.pick(people.LEAVERS)

    def claim_rewards(self, _: Economy) -> Act:
        return "claim_rewards", self.pick(WALLETS)

    def distribute(self, _: Economy) -> Act:
        return ("distribute",)

    def gift(self, economy: Economy) -> Act:
        amount = self.pick((1, 12_345_678, 777 * HYPER, 3_000 * HYPER, 10**12))
        open_vaults = ("buyer vault cyd",) if "cyd" in economy.markets.buyers else ()
        return "gift", self.pick((*ROCKS, *HONEST)), self.pick((*people.PLACES, *open_vaults)), amount

    # --- slashing

    def report(self, _: Economy) -> Act:
        cases = self.pick((people.ACCUSATIONS, people.ACCUSATIONS, people.ACCUSATIONS, people.SENSELESS))
        # Honest people never report the rocks: those have done nothing.
        reporter = self.pick(people.LEAVERS)
        accused = self.pick(people.LEAVERS if reporter in HONEST else WALLETS)
        return "report", reporter, accused, self.pick(cases)

    def open_from_job(self, economy: Economy) -> Act | None:
        found = sorted(key for key, job in economy.markets.jobs.items() if job.node)
        return ("open_from_job", self.pick(WALLETS), *self.pick(found)) if found else None

    def close_outcome(self, economy: Economy) -> Act | None:
        found = sorted(key for key, job in economy.markets.jobs.items() if job.node)
        return ("close_outcome", *self.pick(found)) if found else None

    def vote(self, economy: Economy) -> Act:
        key, report = self._report(economy, lambda report: report.in_voting)
        validator = self.pick(WALLETS)
        return "vote", validator, key, self.verdict(validator, report)

    def resolve(self, economy: Economy) -> Act:
        return "resolve", self._report(economy, lambda report: report.in_voting)[0]

    def appeal(self, economy: Economy) -> Act:
        key, _ = self._report(economy, lambda report: not report.ended)
        return "appeal", self.pick((key[0], key[0], key[0], self.pick(WALLETS))), key

    def execute(self, economy: Economy) -> Act:
        return "execute", self._report(economy, lambda report: report.executable_at > 0)[0]

    def claim_due(self, economy: Economy) -> Act:
        key, report = self._report(economy, lambda report: report.claims > 0)
        known = (key[0], report.reporter or key[0]) if report else WALLETS
        return "claim_due", key, self.pick((*known, self.pick(WALLETS)))

    def claim_fee(self, economy: Economy) -> Act:
        return "claim_fee", *self._vote(economy)

    def close_vote(self, economy: Economy) -> Act:
        return "close_vote", *self._vote(economy)

    def close_report(self, economy: Economy) -> Act:
        return "close_report", self._report(economy, lambda report: report.ended)[0]

    def close_record(self, _: Economy) -> Act:
        return "close_record", self.pick(WALLETS)

    # --- governance

    def create_proposal(self, _: Economy) -> Act:
        return "create_proposal", self.pick(WALLETS), self.pick((0, 1, 1, 2, 2, 3, 4, 4))

    def add_instruction(self, economy: Economy) -> Act:
        number, proposer = self._proposal(economy, DRAFT)
        return "add_instruction", proposer, number, self.call(proposer)

    def activate(self, economy: Economy) -> Act:
        number, proposer = self._proposal(economy, DRAFT)
        return "activate", self.pick((proposer, proposer, self.pick(WALLETS))), number

    def vote_on_proposal(self, economy: Economy) -> Act:
        number, proposer = self._proposal(economy, ACTIVE)
        voter = self.pick(WALLETS)
        choices = (
            (AGAINST,) if voter not in COALITION and proposer in COALITION else (FOR, FOR, AGAINST, ABSTAIN)
        )
        return "vote_on_proposal", voter, number, self.pick(choices)

    def finalize(self, economy: Economy) -> Act:
        return "finalize", self._proposal(economy, ACTIVE)[0]

    def queue(self, economy: Economy) -> Act:
        return "queue", self._proposal(economy, 2)[0]

    def execute_proposal(self, economy: Economy) -> Act:
        number = self._proposal(economy, QUEUED)[0]
        proposal = economy.governance.proposals.get(number)
        index = proposal.executed if proposal else 0
        if proposal is None or proposal.kind == TEXT:
            return "execute_proposal", number, index, -1
        brought = self.pick((index, index, index, 0, proposal.count - 1, -1))
        return "execute_proposal", number, self.pick((index, index, index, index + 1)), brought

    def expire(self, economy: Economy) -> Act:
        return "expire", self._proposal(economy, QUEUED)[0]

    def cancel(self, economy: Economy) -> Act:
        number, proposer = self._proposal(economy, DRAFT)
        return "cancel", self.pick((proposer, self.pick(WALLETS))), number

    def veto(self, economy: Economy) -> Act:
        guardian = self.pick(("guardian", "guardian", "mal"))
        version = economy.governance.version - self.pick((0, 0, 1))
        return "veto", guardian, self._proposal(economy, ACTIVE)[0], version

    def pause(self, economy: Economy) -> Act:
        guardian = self.pick(("guardian", "guardian", "mal"))
        return "pause", guardian, self.pick((0, 1, 2)), economy.governance.version - self.pick((0, 0, 1))

    def usurp(self, _: Economy) -> Act:
        return "usurp", self.pick(WALLETS), self.call("eve")

    def close_ballot(self, economy: Economy) -> Act:
        ballots = sorted(economy.governance.ballots) or [(0, "ann")]
        number, voter = self.pick(ballots)
        return "close_ballot", voter, number

    def close_proposal(self, economy: Economy) -> Act:
        return "close_proposal", self._proposal(economy, None)[0]

    def release(self, _: Economy) -> Act:
        return ("release",)

    # --- who and what

    def _fresh(self) -> bool:
        return self.pick((True, True, True, False))

    def _leaving(self, economy: Economy) -> str:
        stakes = economy.staking.stakes.items()
        found = sorted(owner for owner, stake in stakes if not stake.active)
        return self.pick(found if found and bool(self.pick((True, True, False))) else people.LEAVERS)

    def _report(self, economy: Economy, fits: Callable[[Report], bool]) -> tuple[ReportKey, Report | None]:
        """Return a report that fits, mostly; or any; or one that does not exist."""
        reports = economy.slashing.reports
        fitting = sorted(key for key, report in reports.items() if fits(report))
        if fitting and bool(self.pick((True, True, True, False))):
            key = self.pick(fitting)
        else:
            key = self.pick(sorted(reports) or [("ann", 1, "", 0)])
        return key, reports.get(key)

    def verdict(self, validator: str, report: Report | None) -> bool:
        if validator in COALITION or report is None:
            return self.pick((True, True, False))
        if report.reporter in COALITION:
            return False
        # The truth is with the reporter, but not everyone sees it.
        return self.pick((True, True, True, False))

    def _vote(self, economy: Economy) -> tuple[ReportKey, int, str]:
        votes = sorted(economy.slashing.votes)
        if not votes or self.pick((False,) * 9 + (True,)):
            return ("ann", 1, "", 0), 1, self.pick(WALLETS)
        return self.pick(votes)

    def _proposal(self, economy: Economy, status: int | None) -> tuple[int, str]:
        proposals = economy.governance.proposals
        fitting = sorted(number for number, one in proposals.items() if status in (None, one.status))
        if not fitting or self.pick((False,) * 5 + (True,)):
            fitting = sorted(proposals) or [economy.governance.proposal_count]
        number = self.pick(fitting)
        return number, proposals[number].proposer if number in proposals else self.pick(WALLETS)

    def call(self, proposer: str) -> Call:
        receiver = self.pick(COALITION) if proposer in COALITION else self.pick(HONEST)
        calls: tuple[Call, ...] = (
            ("set_fees", *self.pick(((1_000, 100, 500), (1_111, 333, 1_888), (0, 0, 0), (1, 2, 3)))),
            ("set_min_rate", self.pick((0, 2, 5_000, 10_000, 10_001))),
            ("set_pause", self.pick((0, 0, 0, 1, 3, 4))),
            ("set_windows", *self.pick(((DAY, 30 * DAY), (3_600, 3_600), (7 * DAY, 365 * DAY), (1, 1)))),
            ("set_slashing_params", self.pick((*people.SLASHING_CHOICES, *people.BAD_PARAMS))),
            ("set_dao_params", self.pick((*people.RULES_CHOICES, *people.BAD_RULES))),
            ("treasury_transfer", receiver, self.pick((0, HYPER, 500 * HYPER, 10**13))),
        )
        return self.pick(calls)


# Every act that people send, in an order that sequences depend on.
NAMES = tuple(
    name
    for name in (*vars(Moves), *vars(MarketMoves))
    if not name.startswith("_") and name not in {"wait", "call", "verdict"}
)
