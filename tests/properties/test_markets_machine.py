"""Owns the state machine over the real programs: whatever anybody does, money and status go as in the model.

Every rule asks the model and the programs alike. What the model refuses the programs must refuse, without
moving anything; what it allows they must do. At the end everybody gets out, with time as the only help.
"""

import os
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hypernode.domain.money import HYPER
from hypernode.domain.pricing import FeeShares
from hypernode.domain.status import Verdict
from hypernode.errors import TransactionFailed
from tests.programs.agreement import Agreement
from tests.programs.driver import Driver
from tests.programs.model import Model
from tests.programs.model_accounts import Refused, Terms
from tests.programs.world import World

DAY = 86_400
TERMS = Terms(
    price_per_second=2,
    min_timeout=10,
    max_timeout=600,
    job_ttl=120,
    grace=30,
    verdict_window=60,
    min_stake=150 * HYPER,
    min_reputation=300,
    audit_bps=500,
    max_attempts=2,
)
# Everybody may be buyer, operator and staker at once, so everybody can also try to deal with himself.
WALLETS = {"ann": 40_000 * HYPER, "bob": 40_000 * HYPER, "cyd": 40_000 * HYPER}

wallets = st.sampled_from(sorted(WALLETS))
nonces = st.integers(0, 2)
amounts = st.sampled_from([0, 1, 999, HYPER, 30 * HYPER, 2**64 - 1]) | st.integers(1, 50 * HYPER)
rates = st.sampled_from([1, 2, 3, 1_000, 3_000])
timeouts = st.sampled_from([9, 10, 60, 600, 601])
stakes = st.sampled_from([1, 100, 149, 150, 999, 1_000, 9_999, 10_000]).map(lambda hyper: hyper * HYPER)
durations = st.sampled_from([13, 14, 30, 365, 366]).map(lambda days: days * DAY)
verdicts = st.sampled_from(Verdict)


class MarketsMachine(RuleBasedStateMachine):
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

    def refused(self, act: Callable[[], None]) -> None:
        before = self.world.everything()
        with pytest.raises(TransactionFailed):
            act()
        assert self.world.everything() == before

    # --- what can happen

    @rule(seconds=st.sampled_from([1, 9, 10, 61, 121, 600, DAY, 14 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.at(self.model.now + seconds)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), offset=st.sampled_from([0, 1]))
    def a_deadline_comes(self, data: st.DataObject, offset: int) -> None:
        """Go to the very second of a deadline, or to the one after."""
        job = self.model.jobs[data.draw(self.live_jobs())]
        due = {0: job.expires_at, 1: job.deadline + job.terms.grace, 2: job.verdict_deadline}[job.status]
        self.at(max(self.model.now, due + offset))

    @rule(owner=wallets, amount=amounts.filter(bool))
    def open_and_fund(self, owner: str, amount: int) -> None:
        self.both("open_buyer", owner)
        self.both("deposit", owner, amount)

    @rule(owner=wallets, amount=amounts.filter(bool))
    def withdraw(self, owner: str, amount: int) -> None:
        self.both("withdraw", owner, amount)

    @precondition(lambda self: self.model.buyers)
    @rule(data=st.data(), giver=wallets)
    def donate(self, data: st.DataObject, giver: str) -> None:
        self.both("donate", giver, data.draw(st.sampled_from(sorted(self.model.buyers))), 7)

    @precondition(lambda self: self.model.buyers)
    @rule(data=st.data())
    def collect_fees(self, data: st.DataObject) -> None:
        self.both("collect_fees", data.draw(st.sampled_from(sorted(self.model.buyers))))

    @rule(owner=wallets)
    def close_buyer(self, owner: str) -> None:
        self.both("close_buyer", owner)

    @precondition(lambda self: self.model.buyers)
    @rule(data=st.data(), nonce=nonces, rate=rates, timeout=timeouts, share=st.integers(-1, 100))
    def create_job(self, data: st.DataObject, nonce: int, rate: int, timeout: int, share: int) -> None:
        owner = data.draw(st.sampled_from(sorted(self.model.buyers)))
        cap = rate * timeout * share // 100 if share >= 0 else rate * timeout + 1
        self.both("create_job", owner, nonce, cap, rate, timeout)

    @rule(operator=wallets, stake=stakes, duration=durations)
    def join(self, operator: str, stake: int, duration: int) -> None:
        self.both("register_node", operator)
        self.both("stake", operator, stake, duration)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), operator=wallets)
    def assign(self, data: st.DataObject, operator: str) -> None:
        self.both("assign_job", *data.draw(self.live_jobs()), operator)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), own=st.booleans(), operator=wallets, seconds=st.integers(0, 620))
    def submit(self, data: st.DataObject, own: bool, operator: str, seconds: int) -> None:
        key = data.draw(self.live_jobs())
        operator = (self.model.jobs[key].node or operator) if own else operator
        self.both("submit_receipt", *key, operator, min(seconds, self.most_seconds(key) + 1))

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), verdict=verdicts)
    def settle(self, data: st.DataObject, verdict: Verdict) -> None:
        self.both("settle_job", *data.draw(self.live_jobs()), verdict)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), operator=wallets, verdict=verdicts, wait=st.integers(0, 600))
    def run_to_verdict(self, data: st.DataObject, operator: str, verdict: Verdict, wait: int) -> None:
        """Take a job as far as it goes in one step, so that payments are not rare."""
        key = data.draw(self.live_jobs())
        self.both("assign_job", *key, operator)
        self.at(self.model.now + wait)
        self.both("submit_receipt", *key, operator, self.most_seconds(key))
        self.both("settle_job", *key, verdict)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), verdict=verdicts, voices=st.sampled_from(["none", "one", "one twice", "strangers"]))
    def settle_without_quorum(self, data: st.DataObject, verdict: Verdict, voices: str) -> None:
        oracle, stranger, other = self.world.oracles[0], self.driver.patron, self.driver.relayer
        chosen = {"none": [], "one": [oracle], "one twice": [oracle, oracle], "strangers": [stranger, other]}
        key = data.draw(self.live_jobs())
        self.refused(lambda: self.driver.settle_job(*key, verdict, chosen[voices]))

    @precondition(lambda self: any(entry[:2] in self.model.jobs for entry in self.driver.spent))
    @rule(data=st.data())
    def settle_with_a_spent_verdict(self, data: st.DataObject) -> None:
        again = [index for index, entry in enumerate(self.driver.spent) if entry[:2] in self.model.jobs]
        index = data.draw(st.sampled_from(again))
        self.refused(lambda: self.driver.settle_again(index))

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data())
    def expire(self, data: st.DataObject) -> None:
        self.both("expire_job", *data.draw(self.live_jobs()))

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self.both("cancel_job", *data.draw(self.live_jobs()))

    @rule(operator=wallets)
    def retire_node(self, operator: str) -> None:
        self.both("retire_node", operator)

    @rule(operator=wallets)
    def close_node(self, operator: str) -> None:
        self.both("close_node", operator)

    @rule(owner=wallets, amount=stakes)
    def top_up(self, owner: str, amount: int) -> None:
        self.both("top_up", owner, amount)

    @rule(owner=wallets, duration=durations)
    def extend(self, owner: str, duration: int) -> None:
        self.both("extend", owner, duration)

    @rule(owner=wallets)
    def unstake(self, owner: str) -> None:
        self.both("unstake", owner)

    @rule(owner=wallets)
    def restake(self, owner: str) -> None:
        self.both("restake", owner)

    @rule(owner=wallets)
    def withdraw_stake(self, owner: str) -> None:
        self.both("withdraw_stake", owner)

    @rule(flags=st.integers(0, 3))
    def pause(self, flags: int) -> None:
        self.driver.set_pause(flags)
        self.model.paused = flags

    @rule(shares=st.sampled_from([(1_000, 100, 500), (0, 0, 0), (3_333, 1_111, 3_333)]))
    def set_fees(self, shares: tuple[int, int, int]) -> None:
        self.driver.set_fees(*shares)
        self.model.shares = FeeShares(*shares)

    @rule()
    def rotate_oracles(self) -> None:
        self.generation += 1
        self.driver.rotate_oracles(self.generation)

    @invariant()
    def programs_and_model_agree(self) -> None:
        self.agreement.check()

    # --- the way out

    def teardown(self) -> None:
        """Everybody leaves, paused or not, with the oracles silent: only time is needed."""
        self.driver.set_pause(3)
        self.model.paused = 3
        while self.model.jobs:
            self.at(self.model.now + max(TERMS.job_ttl, TERMS.max_timeout + TERMS.grace) + 1)
            for key in sorted(self.model.jobs):
                self.both("expire_job", *key)
        for owner in sorted(self.model.buyers):
            self.both("collect_fees", owner)
            if self.model.buyers[owner].available:
                self.both("withdraw", owner, self.model.buyers[owner].available)
            self.both("close_buyer", owner)
        for name in WALLETS:
            if name in self.model.nodes and self.model.nodes[name].retired_at is None:
                self.both("retire_node", name)
            if name in self.model.stakes and self.model.stakes[name].unstake_at is None:
                self.both("unstake", name)
        self.at(self.model.now + 365 * DAY)
        for name in sorted(self.model.nodes):
            self.both("close_node", name)
        for name in sorted(self.model.stakes):
            self.both("withdraw_stake", name)
        self.driver.close_market()
        self.agreement.check()
        self.agreement.check_everybody_is_out()

    def at(self, now: int) -> None:
        self.model.now = now
        self.world.at(now)

    def live_jobs(self) -> st.SearchStrategy[tuple[str, int]]:
        return st.sampled_from(sorted(self.model.jobs))

    def most_seconds(self, key: tuple[str, int]) -> int:
        job = self.model.jobs[key]
        return max(0, min(job.timeout, self.model.now - job.assigned_at))


def test_markets_and_staking_do_what_the_model_does() -> None:
    release = os.environ.get("HYPOTHESIS") == "release"
    run_state_machine_as_test(
        MarketsMachine,
        settings=settings(
            max_examples=2_000 if release else 20, stateful_step_count=100 if release else 40, deadline=None
        ),
    )
