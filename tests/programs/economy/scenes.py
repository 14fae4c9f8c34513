"""Scenes of many acts in a row: a vote, a meeting, a trade, many reports at once, a pursuit.

Single moves seldom go far by chance. Each scene leads to states that are rare otherwise, and each act in it
can still be refused, by model and programs alike.
"""

from tests.programs.economy import people
from tests.programs.economy.governance import (
    ACTIVE,
    AGAINST,
    ALLOWED,
    DRAFT,
    FOR,
    GENERIC,
    PARAMETERS,
    TREASURY,
)
from tests.programs.economy.markets import ASSIGNED, SUBMITTED
from tests.programs.economy.moves import Moves
from tests.programs.economy.moves_markets import Dice
from tests.programs.economy.people import (
    ACCUSATIONS,
    COALITION,
    DAY,
    HONEST,
    HYPER,
    RULES_CHOICES,
    SLASHING_CHOICES,
    WALLETS,
)
from tests.programs.economy.play import Play
from tests.programs.economy.reports import CONFIRMED, ReportKey

SCENES = ("session", "assembly", "trade", "cheat", "storm", "chase")


class Scenes:
    def __init__(self, play: Play, dice: Dice) -> None:
        self.play = play
        self.pick = dice.choice
        self.moves = Moves(dice)

    def settle_in(self) -> None:
        """Nearly everyone stakes; the rocks always do, and stay."""
        for rock in people.ROCKS:
            self.play.act("stake", rock, people.ROCK_STAKE, people.YEAR, True)
        for name in (*HONEST, *COALITION):
            if self._often():
                amount = self.pick((999 * HYPER, 5_000 * HYPER, 20_000 * HYPER, 29_000 * HYPER + 123_457))
                self.play.act("stake", name, amount, self.pick((14, 30, 365)) * DAY, True)
        for place in ("rewards vault", "unlocks", "treasury"):
            self.play.act("gift", "crag", place, self.pick((1, 1_000 * HYPER, 7_777_777_777)))
        self.play.wait(self.pick((0, 1, DAY)))
        if self.pick((True, False, False)):
            self.play.wait(1)
            self._constitution()

    def _constitution(self) -> None:
        """The rocks agree on other rules than those of the beginning."""
        play, number = self.play, self.play.economy.governance.proposal_count
        play.act("create_proposal", "rock", GENERIC)
        play.act("add_instruction", "rock", number, ("set_slashing_params", self.pick(SLASHING_CHOICES)))
        play.act("add_instruction", "rock", number, ("set_dao_params", self.pick(RULES_CHOICES)))
        play.act("activate", "rock", number)
        for rock in people.ROCKS:
            play.act("vote_on_proposal", rock, number, FOR)
        proposal = play.economy.governance.proposals[number]
        self._until(proposal.voting_ends_at)
        play.act("finalize", number)
        play.act("queue", number)
        self._until(proposal.eta)
        for index in range(proposal.count):
            play.act("execute_proposal", number, index, index)

    def session(self) -> None:
        """An accusation, most people's votes, and the count when it may be."""
        play = self.play
        play.act(*self.moves.report(play.economy))
        play.wait(1)
        live = sorted(key for key, report in play.economy.slashing.reports.items() if report.in_voting)
        if not live:
            return
        key = self.pick(live)
        for _ in range(self.pick((1, 2))):
            self._ballot(key)
            report = play.economy.slashing.reports[key]
            if report.ended:
                return
            if report.status == CONFIRMED and self._often():
                # Now, or as late as it can be, or a second too late.
                self._until(self.pick((0, 0, report.executable_at - 1, report.executable_at)))
                play.act("appeal", report.accused, key)
        if report.executable_at and self._often():
            self._until(report.executable_at)
            play.act("execute", key)

    def assembly(self) -> None:
        """A draft, most people's votes, and as far on as they carry it."""
        play, governance = self.play, self.play.economy.governance
        number, proposer = governance.proposal_count, self.pick(WALLETS)
        kind = self.pick((PARAMETERS, PARAMETERS, TREASURY, GENERIC, 0))
        if not play.act("create_proposal", proposer, kind):
            return
        proposal = governance.proposals[number]
        for _ in range(self.pick((1, 1, 2, 2, 2, 9)) if kind else 0):
            call = self.moves.call(proposer)
            if call[0] in ALLOWED[kind] or not self._often():
                play.act("add_instruction", proposer, number, call)
        if not self._often():
            self._until(proposal.created_at + 7 * DAY + self.pick((0, 1)))
        play.act("activate", proposer, number)
        for name, choice in self._opinions(proposer):
            if proposal.status == ACTIVE:
                play.act("vote_on_proposal", name, number, choice)
        if proposal.status == DRAFT:
            return
        self._until(proposal.voting_ends_at)
        play.act("finalize", number)
        play.act("queue", number)
        if proposal.eta and self._often():
            self._until(proposal.eta - self.pick((0, 0, 1)))
            play.act("execute_proposal", number, 0, 0 if proposal.count else -1)
            self._until(proposal.eta)
            for index in range(max(proposal.count, 1)):
                play.act("execute_proposal", number, index, index if proposal.count else -1)

    def trade(self) -> None:
        """A job is done and paid, so that fees arrive."""
        play, markets = self.play, self.play.economy.markets
        owner, operator = self.pick((("cyd", "dan"), ("mal", "eve")))
        nonce, seconds = self.pick((0, 1)), self.pick((1, 59, 60, 61))
        if owner not in markets.buyers:
            play.act("open_buyer", owner)
        play.act("deposit", owner, 100 * HYPER)
        play.act("register_node", operator)
        play.act("create_job", owner, nonce, self.pick((2_778, 5_556, 166_667)), 60)
        job = markets.jobs.get((owner, nonce))
        if job is None:
            return
        play.act("assign_job", owner, nonce, operator)
        if job.status == ASSIGNED and self.pick((False,) * 5 + (True,)):
            play.wait(self.pick((0, 60, 61, 150)))
            play.act("decline_job", owner, nonce, operator)
            return
        play.wait(seconds)
        play.act("submit_receipt", owner, nonce, operator, min(seconds, 60))
        if job.status == SUBMITTED and self._often():
            play.act("settle_job", owner, nonce, self.pick((True, True, True, False)))
        elif job.status == SUBMITTED and self._often():
            play.wait(
                self.pick((job.late_window // 2, job.late_window - 1))
                + job.verdict_deadline
                - play.economy.now
            )
            play.act("accept_job", owner, nonce)
        play.act("collect_fees", owner)

    def storm(self) -> None:
        """Many reports at once against one: what a day may cost, and what is left for the last."""
        play, accused = self.play, self.pick((*HONEST, *COALITION))
        for accusation in ACCUSATIONS:
            if self._often():
                play.act("report", self.pick(("rock", "crag")), accused, accusation)
        play.wait(1)
        mine = sorted(
            key
            for key, report in play.economy.slashing.reports.items()
            if key[0] == accused and report.in_voting
        )
        for key in mine:
            for judge in self.pick((WALLETS, COALITION)):
                play.act("vote", judge, key, True)
        for key in mine:
            self._until(play.economy.slashing.reports[key].voting_ends_at)
            play.act("resolve", key)
        for key in mine if self._often() else reversed(mine):
            self._until(play.economy.slashing.reports[key].executable_at)
            play.act("execute", key)
            play.wait(self.pick((0, 0, DAY - 1, DAY)))

    def cheat(self) -> None:
        """A job is rejected or not delivered, and its sentence is brought, appealed and executed."""
        play, markets = self.play, self.play.economy.markets
        owner, operator = self.pick((("cyd", "dan"), ("mal", "eve")))
        nonce = self.pick((0, 1))
        if owner not in markets.buyers:
            play.act("open_buyer", owner)
        play.act("deposit", owner, 400 * HYPER)
        play.act("register_node", operator)
        play.act("create_job", owner, nonce, self.pick((5_556, 166_667, 1_000_000)), 60)
        job = markets.jobs.get((owner, nonce))
        if job is None:
            return
        play.act("assign_job", owner, nonce, operator)
        if job.status == ASSIGNED and self._often():
            play.wait(60)
            play.act("submit_receipt", owner, nonce, operator, 60)
            play.act("settle_job", owner, nonce, False)
        elif job.status == ASSIGNED:
            for wait in self.pick(((151,), (0, 151), (151, 0, 151))):
                play.wait(wait) if wait else play.act("assign_job", owner, nonce, operator)
                play.act("expire_job", owner, nonce)
        if not job.ended:
            return
        self._leave_or_stay(operator)
        play.act("open_from_job", self.pick(("rock", "ann")), owner, nonce)
        key = (operator, job.sequence, owner, nonce)
        report = play.economy.slashing.reports.get(key)
        if report is None:
            return
        if self.pick((True, False)):
            play.act("appeal", operator, key)
            self._ballot(key)
        if not report.ended and self._often():
            self._until(max(report.executable_at, report.voting_ends_at))
            play.act("resolve", key) if report.in_voting else None
            play.act("execute", key)

    def _leave_or_stay(self, operator: str) -> None:
        """Now and then who was caught gives notice and waits for its end."""
        if not self._often():
            self.play.act("unstake", operator)
            stake = self.play.economy.staking.stakes.get(operator)
            if stake is not None and self.pick((True, False)):
                self._until(stake.leaves_at - self.pick((0, 1)))

    def chase(self) -> None:
        """Someone wants to leave; a report comes in the last second, or one too late."""
        play, leaver = self.play, self.pick((*HONEST, *COALITION))
        play.act("unstake", leaver)
        stake = play.economy.staking.stakes.get(leaver)
        if stake is None:
            return
        if stake.owed and self._often():
            play.act("claim_rewards", leaver)
        if not self._often():
            self._until(stake.leaves_at)
            play.act("withdraw_stake", leaver)
            play.act("forfeit_rewards", leaver)
            return
        self._until(stake.leaves_at - self.pick((0, 1, 1, DAY)))
        play.act("report", "ann" if leaver != "ann" else "bob", leaver, self.pick(ACCUSATIONS))
        self._until(stake.leaves_at)
        play.act("withdraw_stake", leaver)

    def _ballot(self, key: ReportKey) -> None:
        report = self.play.economy.slashing.reports[key]
        for name in self._those_who_come():
            if self._often():
                self.play.act("vote", name, key, self.moves.verdict(name, report))
        if self._often():
            self._until(report.voting_ends_at)
            self.play.act("resolve", key)

    def _those_who_come(self) -> tuple[str, ...]:
        """Nearly everyone; or the coalition alone, hoping that nobody notices; or only the small."""
        return self.pick((WALLETS, WALLETS, COALITION, (*HONEST, *COALITION)))

    def _opinions(self, proposer: str) -> list[tuple[str, int]]:
        """Who votes how on a proposal; now and then the rocks alone, whose weights are the same: a tie."""
        if self.pick((True, *(False,) * 9)):
            return list(zip(people.ROCKS, self.pick(((FOR, AGAINST), (AGAINST, FOR))), strict=True))
        found = []
        for name in self._those_who_come():
            if self._often():
                against = name not in COALITION and proposer in COALITION
                found.append((name, AGAINST if against else self.pick((FOR, FOR, FOR, 0, 2))))
        return found

    def _until(self, second: int) -> None:
        self.play.at(max(self.play.economy.now, second))

    def _often(self) -> bool:
        return self.pick((True, True, True, True, False))
