"""Many reports at once, and everyone doing anything at any time: the books stay right, and all of it ends.

`SlashingWorld` counts money, holds and supply after every transaction. Every refusal has a typed error.
"""

import random
from collections.abc import Callable, Iterable

from hypernode.chain import addresses, instructions
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.fault import FaultReason
from hypernode.errors import ProgramError
from tests.programs.cookies import NodeCookie, a_node, a_wallet
from tests.programs.slashing.slashing_world import (
    ReportCookie,
    SentenceCookie,
    SlashingWorld,
    a_panel,
    a_rejected_job,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest

SEEDS, STEPS = 3, 2_000
ARROWS = {"open", "vote", "resolve", "appeal", "execute", "claim", "fee", "close vote", "close"}
Move = Callable[[ReportCookie], tuple[list[Instruction], Key]]


class Walk:
    """A world with two accused, eight possible reports, two of them of jobs, and dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.world = SlashingWorld.ready()
        self.crank = self.world.funded("crank")
        self.panel = a_panel(self.world, 7)
        self.reporter = a_wallet(self.world, "reporter", 100_000 * HYPER)
        accused = [a_node(self.world, f"accused {number}", 1_000 * HYPER + number) for number in range(2)]
        self.reports = [self._a_report(accused[number % 2], number) for number in range(8)]
        self.accepted: dict[str, int] = {}

    def _a_report(self, accused: NodeCookie, number: int) -> ReportCookie:
        if number < 6:
            evidence, reason = digest(f"evidence {number}"), FaultReason(2 + number % 3)
            return ReportCookie(self.world, accused, self.reporter, self.panel, evidence, reason)
        job = a_rejected_job(self.world, accused, f"job {number}")
        return SentenceCookie(
            self.world, accused, self.reporter, self.panel, of=job, sequence=job.state.sequence
        )

    def moves(self) -> dict[str, Move]:
        voter = self.dice.choice(self.panel)
        uphold = self.dice.random() < 0.8
        round_number = self.dice.choice([1, 2])
        return {
            "open": lambda report: ([report.open_ix()], self.reporter.owner),
            "vote": lambda report: ([report.vote_ix(voter, uphold)], voter.operator),
            "vote again": lambda report: ([report.vote_ix(voter, not uphold)], voter.operator),
            "resolve": lambda report: ([report.resolve_ix()], self.crank),
            "appeal": lambda report: ([report.appeal_ix()], report.accused.operator),
            "execute": lambda report: ([report.execute_ix()], self.crank),
            "claim": lambda report: ([report.claim_ix(self.reporter.wallet)], self.crank),
            "claim (accused)": lambda report: ([report.claim_ix(report.accused.wallet)], self.crank),
            "fee": lambda report: ([report.fee_ix(voter, round_number)], self.crank),
            "close vote": lambda report: ([report.close_vote_ix(voter, round_number)], self.crank),
            "close": lambda report: ([report.close_ix()], self.crank),
        }

    def step(self) -> None:
        self.world.advance(self.dice.choice([*[0] * 200, 1, 60, 3_600, DAY, 3 * DAY]))
        moves = self.moves()
        name = self.dice.choice([*moves, *["vote"] * 9, *["fee"] * 3, "open"])
        report = self.dice.choice(self.reports)
        try:
            batch, signer = moves[name](report)
        except AssertionError:
            return  # the report or the vote does not exist
        self.attempt(name, batch, signer)

    def attempt(self, name: str, batch: list[Instruction], *signers: Key) -> bool:
        try:
            self.world.run(batch, signers)
        except ProgramError:
            return False
        self.accepted[name] = self.accepted.get(name, 0) + 1
        return True

    def finish(self) -> None:
        """Let a stranger end everything, with nothing but time."""
        for _ in range(40):
            self.world.advance(4 * DAY)
            for report in self.reports:
                if self.world.exists(report.address):
                    for batch in ([report.resolve_ix()], [report.execute_ix()]):
                        self.attempt("finish", batch, self.crank)
        self.world.advance(90 * DAY)
        for report in self.reports:
            if self.world.exists(report.address):
                self.world.run([report.close_ix()], [self.crank])


def walked(seed: int) -> Iterable[str]:
    """Take one walk, end everything, let every stake leave; return what was done on the way."""
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()
    for report in walk.reports:
        if isinstance(report, SentenceCookie) and report.job.exists:
            report.open()
    walk.finish()
    assert not walk.world.reports()
    assert walk.world.tokens(addresses.slashing_vault()) == 0
    for accused in {report.accused.stake_address: report.accused for report in walk.reports}.values():
        assert accused.stake.holds == 0
        owner, destination = accused.operator, accused.wallet
        walk.world.run([instructions.unstake(owner=owner.address)], [owner])
        walk.world.advance(14 * DAY)
        withdraw = instructions.withdraw_stake(owner=owner.address, destination=destination)
        walk.world.run([withdraw], [owner])
    return walk.accepted.keys()


def test_whatever_happens_the_books_are_right_and_everything_ends() -> None:
    reached = {name for seed in range(SEEDS) for name in walked(seed)}
    # Or the walks would prove little.
    assert reached >= ARROWS, ARROWS - reached
