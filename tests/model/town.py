"""Accounts of the state machine: its people, its market, and how model and chain are asked."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from hypernode.chain.generated.markets import MarketTerms
from hypernode.domain.money import HYPER
from hypernode.domain.pricing import FeeShares
from hypernode.domain.status import JobStatus
from hypernode.domain.types import ZERO_ADDRESS
from hypernode.errors import TransactionFailed
from tests.programs.agreement import Agreement
from tests.programs.driver import Driver
from tests.programs.model import Model
from tests.programs.model_accounts import Refused
from tests.programs.world import World

DAY = 86_400
TERMS = MarketTerms(
    # The driver names its creator.
    matcher=ZERO_ADDRESS,
    price_per_second=2,
    min_timeout_seconds=10,
    max_timeout_seconds=600,
    job_ttl=120,
    start_allowance=10,
    grace=30,
    verdict_floor=600,
    min_stake=150 * HYPER,
    min_reputation=300,
    audit_bps=500,
    max_attempts=2,
)
WALLETS = {"ann": 40_000 * HYPER, "bob": 40_000 * HYPER, "cyd": 40_000 * HYPER}


class Town(RuleBasedStateMachine):
    """Everyone may be buyer, operator and staker at once, so everyone can also try to deal with himself."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World.ready()
        self.driver = Driver(self.world, TERMS, WALLETS, sponsored=["bob"])
        self.model = Model(TERMS, self.world.now, WALLETS)
        self.generation = 0
        self.agreement = Agreement(self.world, self.driver, self.model)

    def both(self, action: str, *arguments: object) -> None:
        """Do it in the model and on chain; they must agree whether it can be done."""
        try:
            getattr(self.model, action)(*arguments)
        except Refused:
            self.refused(lambda: getattr(self.driver, action)(*arguments))
        else:
            getattr(self.driver, action)(*arguments)
        for name in WALLETS:
            node = self.driver.node(name)
            if node is not None:
                self.model.scores[name] = node.reputation.score
            else:
                self.model.scores.pop(name, None)

    def both_if_live(self, action: str, owner: str, nonce: int, *arguments: object) -> None:
        """Act on a job, if it could be created at all: no account, nothing to refuse with."""
        if (owner, nonce) in self.model.jobs:
            self.both(action, owner, nonce, *arguments)

    def refused(self, act: Callable[[], None]) -> None:
        before = self.world.everything()
        with pytest.raises(TransactionFailed):
            act()
        assert self.world.everything() == before

    def at(self, now: int) -> None:
        self.model.now = now
        self.world.at(now)

    def set_fees(self, shares: tuple[int, int, int]) -> None:
        self.driver.set_fees(*shares)
        self.model.shares = FeeShares(*shares)

    def live(self, status: JobStatus) -> list[tuple[str, int]]:
        return sorted(key for key, job in self.model.jobs.items() if job.status is status)

    def buyers(self) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted(self.model.buyers))

    def operators_for(self, key: tuple[str, int]) -> st.SearchStrategy[str]:
        """Someone with a node and a stake who is not the buyer, if there is a choice."""
        others = (self.model.stakes.keys() & self.model.nodes.keys()) - {key[0]}
        return st.sampled_from(sorted(others or self.model.stakes))

    def live_jobs(self) -> st.SearchStrategy[tuple[str, int]]:
        return st.sampled_from(sorted(self.model.jobs))

    def most_seconds(self, key: tuple[str, int]) -> int:
        job = self.model.jobs[key]
        return max(0, min(job.timeout_seconds, self.model.now - job.assigned_at + 1))
