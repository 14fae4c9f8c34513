"""Random walk through the economy: a seed is a sequence, the same each time."""

import random

from tests.programs.economy import fairness
from tests.programs.economy.drain import drain
from tests.programs.economy.moves import NAMES, Moves
from tests.programs.economy.play import Play
from tests.programs.economy.scenes import SCENES, Scenes

STEPS = 40
# What leads on is tried oftener than once in the round of all acts.
OFTEN = ("vote", "vote_on_proposal", "report", "claim_due", "claim_fee", "distribute", "gift") * 2
MOVES = (*NAMES, *OFTEN, *SCENES * 2, *("wait",) * 14)


class Walk:
    def __init__(self, play: Play, seed: object) -> None:
        self.play = play
        self.dice = random.Random(f"economy {seed}")
        self.moves = Moves(self.dice)
        self.scenes = Scenes(play, self.dice)

    def run(self, steps: int = STEPS) -> int:
        """Begin, walk, drain, compare; return how many instructions it took."""
        before = self.play.sent
        self.play.begin()
        self.scenes.settle_in()
        for _ in range(steps):
            self.step(self.dice.choice(MOVES))
        drain(self.play)
        fairness.check(self.play.economy)
        return self.play.sent - before

    def step(self, name: str) -> None:
        if name == "wait":
            self.play.at(self.moves.wait(self.play.economy))
        elif name in SCENES:
            getattr(self.scenes, name)()
        else:
            move = getattr(self.moves, name)(self.play.economy)
            if move is not None:
                self.play.act(*move)
