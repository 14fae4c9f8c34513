"""State machine over all five programs: no act moves one holder's tokens to another without a right.

Every rule asks the model and the programs alike. What the model refuses the programs must refuse by a reason
that the model names, changing nothing; after each act every account is what the model says, and every vault
holds the sum of its claims. At the end everyone gets out, and dishonesty has not paid. `make fuzz` walks the
same stage for millions of instructions; Hypothesis looks for short ways to break it.
"""

import os
from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.programs.economy import fairness
from tests.programs.economy.drain import drain
from tests.programs.economy.moves import NAMES, Moves
from tests.programs.economy.people import ACCUSATIONS, HYPER, YEAR
from tests.programs.economy.play import Play
from tests.programs.economy.scenes import SCENES, Scenes

T = TypeVar("T")


class Drawing:
    """Dice that Hypothesis throws, so that it can shrink what they led to."""

    def __init__(self) -> None:
        self.data: st.DataObject

    def choice(self, options: Sequence[T]) -> T:
        return self.data.draw(st.sampled_from(options))


class EconomyMachine(RuleBasedStateMachine):
    """Stakers, reports, a DAO, buyers and nodes, three of them a coalition; one world for all sequences."""

    stage: ClassVar[Play]

    def __init__(self) -> None:
        super().__init__()
        self.play = self.stage
        self.play.begin()
        self.dice = Drawing()
        self.moves = Moves(self.dice)
        self.scenes = Scenes(self.play, self.dice)

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.dice.data = data
        self.scenes.settle_in()

    @rule(data=st.data())
    def wait(self, data: st.DataObject) -> None:
        self.dice.data = data
        self.play.at(self.moves.wait(self.play.economy))

    def teardown(self) -> None:
        drain(self.play)
        fairness.check(self.play.economy)


def _act(name: str) -> Any:
    def act(self: EconomyMachine, data: st.DataObject) -> None:
        self.dice.data = data
        move = getattr(self.moves, name)(self.play.economy)
        if move is not None:
            self.play.act(*move)

    act.__name__ = name
    return rule(data=st.data())(act)


def _scene(name: str) -> Any:
    def scene(self: EconomyMachine, data: st.DataObject) -> None:
        self.dice.data = data
        getattr(self.scenes, name)()

    scene.__name__ = name
    return rule(data=st.data())(scene)


# A rule for every instruction that people send, and one for every scene of many.
for _name in NAMES:
    setattr(EconomyMachine, _name, _act(_name))
for _name in SCENES:
    setattr(EconomyMachine, _name, _scene(_name))


# Every other test takes seconds; the long profile of this one takes minutes.
@pytest.mark.timeout(1_800)
def test_no_order_of_acts_breaks_the_economy() -> None:
    release = os.environ.get("HYPOTHESIS") == "release"
    EconomyMachine.stage = Play()
    run_state_machine_as_test(
        EconomyMachine,
        settings=settings(
            max_examples=1_000 if release else 50, stateful_step_count=80 if release else 40, deadline=None
        ),
    )


@pytest.mark.parametrize(
    "spoiled",
    [
        "staking.stakes[rock].weight",
        "staking.stakes[rock].reward_index",
        "rewards.index",
        "rewards.accounted",
        "slashing.reports[ann].bond",
        "slashing.records[ann].open_reports",
        "governance.proposals[0].total_weight",
        "governance.version",
        "ledger.minted",
        "markets.paused",
    ],
)
def test_one_wrong_number_is_seen(stage: Play, spoiled: str) -> None:
    """A comparison that agreed with anything would prove nothing."""
    economy = stage.economy
    owner, _, field = spoiled.rpartition(".")
    places = {
        "staking.stakes[rock]": economy.staking.stakes["rock"],
        "slashing.reports[ann]": economy.slashing.reports["ann", 2, "", 0],
        "slashing.records[ann]": economy.slashing.records["ann"],
        "governance.proposals[0]": economy.governance.proposals[0],
    }
    place = places.get(owner) or getattr(economy, owner)
    setattr(place, field, getattr(place, field) + 1)
    with pytest.raises(AssertionError):
        stage.check()
    setattr(place, field, getattr(place, field) - 1)
    stage.check()


def test_tokens_in_the_wrong_hands_are_seen(stage: Play) -> None:
    """The model refuses books in which the coalition has what belongs to someone else."""
    economy = stage.economy
    economy.ledger.move("stake vault", "wallet eve", 1)
    with pytest.raises(AssertionError):
        economy.check()
    economy.ledger.move("wallet eve", "stake vault", 1)
    fairness.check(economy)
    economy.ledger.move("wallet rock", "wallet eve", 100_000 * HYPER)
    with pytest.raises(AssertionError, match="honest play allows"):
        fairness.check(economy)


@pytest.fixture
def stage() -> Play:
    """A stake, a report and a proposal, as programs and model have them."""
    play = Play()
    for name in ("rock", "ann"):
        play.act("stake", name, 50_000 * HYPER, YEAR, True)
    play.wait(1)
    play.act("report", "bob", "ann", ACCUSATIONS[1])
    play.act("create_proposal", "rock", 0)
    play.act("gift", "rock", "rewards vault", HYPER)
    play.act("distribute")
    return play
