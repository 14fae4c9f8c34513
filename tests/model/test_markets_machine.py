"""State machine over the real programs: after every act, money and status are those of the model.

Every rule asks the model and the programs alike. What the model refuses the programs must refuse, without
moving anything; what it allows they must do. At the end everyone gets out, with time as the only help.
"""

import os

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hypernode.domain.money import HYPER
from hypernode.domain.status import JobStatus, Verdict
from tests.model.town import DAY, WALLETS, Town
from tests.programs.model import ALL
from tests.programs.world import ROTATION_PAUSE

wallets = st.sampled_from(sorted(WALLETS))
nonces = st.integers(0, 2)
amounts = st.sampled_from([0, 1, 999, HYPER, ALL - 1, ALL]) | st.integers(1, 50 * HYPER)
stakes = st.sampled_from([0, 1, 100, 149, 150, 999, 1_000, 9_999, 10_000]).map(lambda hyper: hyper * HYPER)
durations = st.sampled_from([13, 14, 30, 365, 366]).map(lambda days: days * DAY)
verdicts = st.sampled_from(Verdict)
shares = st.sampled_from([(1_000, 100, 500), (0, 0, 0), (1_111, 333, 1_888)])


class MarketsMachine(Town):
    # --- what can happen: jobs

    @initialize(
        operators=st.sets(wallets, min_size=1),
        buyers=st.sets(wallets, min_size=1),
        stake=st.sampled_from([150, 1_000, 9_999]),
    )
    def begin(self, operators: set[str], buyers: set[str], stake: int) -> None:
        """Start in a town where work is possible, so that most steps are about jobs."""
        for operator in sorted(operators):
            self.both("register_node", operator)
            self.both("stake", operator, stake * HYPER, 14 * DAY)
        for buyer in sorted(buyers):
            self.both("open_buyer", buyer)
            self.both("deposit", buyer, 20 * HYPER)

    @precondition(lambda self: self.model.buyers)
    @rule(data=st.data(), nonce=nonces, rate=st.sampled_from([2, 777, 30_000]))
    def create_job(self, data: st.DataObject, nonce: int, rate: int) -> None:
        timeout_seconds = data.draw(st.sampled_from([60, 300, 600]))
        self.both("create_job", data.draw(self.buyers()), nonce, rate, timeout_seconds)

    @precondition(lambda self: self.model.buyers)
    @rule(
        data=st.data(),
        rate=st.sampled_from([1, 2, 2**63]),
        timeout_seconds=st.sampled_from([9, 10, 600, 601]),
    )
    def create_job_at_the_bounds(self, data: st.DataObject, rate: int, timeout_seconds: int) -> None:
        self.both("create_job", data.draw(self.buyers()), data.draw(nonces), rate, timeout_seconds)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), operator=wallets)
    def assign(self, data: st.DataObject, operator: str) -> None:
        self.both("assign_job", *data.draw(self.live_jobs()), operator)

    @precondition(lambda self: self.live(JobStatus.ASSIGNED))
    @rule(data=st.data(), wait=st.integers(0, 620), more=st.sampled_from([-1, 0, 0, 0, 1]))
    def submit(self, data: st.DataObject, wait: int, more: int) -> None:
        key = data.draw(st.sampled_from(self.live(JobStatus.ASSIGNED)))
        self.at(self.model.now + wait)
        seconds = max(0, self.most_seconds(key) + more)
        self.both("submit_receipt", *key, self.model.jobs[key].node, seconds)

    @precondition(lambda self: self.model.buyers and self.model.stakes)
    @rule(data=st.data(), wait=st.integers(1, 60), verdict=verdicts)
    def a_job_runs(self, data: st.DataObject, wait: int, verdict: Verdict) -> None:
        """Take one job some steps along its path, so that payments are as common as refusals."""
        key = (data.draw(self.buyers()), data.draw(nonces))
        operator = data.draw(self.operators_for(key))
        if key not in self.model.jobs:
            self.both("create_job", *key, 1_667, 60)
        self.both_if_live("assign_job", *key, operator)
        self.at(self.model.now + wait)
        seconds = wait + data.draw(st.sampled_from([0, 0, 0, 0, 1, -1]))
        self.both_if_live("submit_receipt", *key, operator, seconds)
        self.set_fees(data.draw(shares))
        if data.draw(st.sampled_from([True, True, True, False])):
            self.both_if_live("settle_job", *key, verdict)

    @precondition(lambda self: self.model.buyers and self.model.stakes)
    @rule(data=st.data(), rate=st.sampled_from([2, 1_667, 5_000, 10_000]))
    def a_node_takes_what_it_can(self, data: st.DataObject, rate: int) -> None:
        """Offer every job there can be to one node: its capacity or its stake must set a limit."""
        operator = data.draw(st.sampled_from(sorted(self.model.stakes)))
        for owner in sorted(self.model.buyers.keys() - {operator}):
            for nonce in range(3):
                if (owner, nonce) not in self.model.jobs:
                    self.both("create_job", owner, nonce, rate, 600)
                self.both_if_live("assign_job", owner, nonce, operator)

    @precondition(lambda self: self.model.buyers and self.model.stakes)
    @rule(data=st.data(), nonce=nonces, times=st.integers(1, 2), late=st.sampled_from([0, 1, 1]))
    def a_node_vanishes(self, data: st.DataObject, nonce: int, times: int, late: int) -> None:
        """Let a job's deadline pass, once or until it ends."""
        key = (data.draw(self.buyers()), nonce)
        operator = data.draw(self.operators_for(key))
        if key not in self.model.jobs:
            self.both("create_job", *key, 1_000, 60)
        for _ in range(times):
            self.both_if_live("assign_job", *key, operator)
            if key in self.model.jobs:
                self.at(max(self.model.now, self.model.jobs[key].due + late))
            self.both_if_live("expire_job", *key)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), operator=wallets)
    def submit_as_anybody(self, data: st.DataObject, operator: str) -> None:
        self.both("submit_receipt", *data.draw(self.live_jobs()), operator, 0)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), verdict=verdicts)
    def settle_whatever_is_there(self, data: st.DataObject, verdict: Verdict) -> None:
        self.both("settle_job", *data.draw(self.live_jobs()), verdict)

    @precondition(lambda self: self.live(JobStatus.ASSIGNED))
    @rule(data=st.data(), wait=st.sampled_from([0, 9, 11, 200, 700]))
    def decline(self, data: st.DataObject, wait: int) -> None:
        key = data.draw(st.sampled_from(self.live(JobStatus.ASSIGNED)))
        self.at(self.model.now + wait)
        self.both("decline_job", *key, self.model.jobs[key].node)

    @precondition(lambda self: self.live(JobStatus.SUBMITTED))
    @rule(data=st.data(), offset=st.sampled_from([-1, 0, 3_600, 43_200, 43_201]))
    def accept_without_a_verdict(self, data: st.DataObject, offset: int) -> None:
        key = data.draw(st.sampled_from(self.live(JobStatus.SUBMITTED)))
        half = self.model.jobs[key].verdict_deadline + DAY // 2
        self.at(max(self.model.now, half + offset))
        self.both("accept_job", *key)

    @precondition(lambda self: self.live(JobStatus.SUBMITTED))
    @rule(data=st.data(), verdict=verdicts, wait=st.sampled_from([0, 1, 1_200, DAY, 2 * DAY]))
    def settle(self, data: st.DataObject, verdict: Verdict, wait: int) -> None:
        self.at(self.model.now + wait)
        self.both("settle_job", *data.draw(st.sampled_from(self.live(JobStatus.SUBMITTED))), verdict)

    @precondition(lambda self: self.live(JobStatus.SUBMITTED))
    @rule(data=st.data(), verdict=verdicts, voices=st.sampled_from(["none", "one", "one twice", "strangers"]))
    def settle_without_quorum(self, data: st.DataObject, verdict: Verdict, voices: str) -> None:
        oracle, stranger, other = self.world.oracles[0], self.driver.patron, self.driver.relayer
        chosen = {"none": [], "one": [oracle], "one twice": [oracle, oracle], "strangers": [stranger, other]}
        key = data.draw(st.sampled_from(self.live(JobStatus.SUBMITTED)))
        self.refused(lambda: self.driver.settle_job(*key, verdict, chosen[voices]))

    @precondition(lambda self: self.driver.spent)
    @rule(data=st.data())
    def settle_with_a_spent_verdict(self, data: st.DataObject) -> None:
        """Post the same job again, let the same node do the same, and bring the old signatures."""
        index = data.draw(st.integers(0, len(self.driver.spent) - 1))
        key, operator = self.driver.spent[index].key, self.driver.spent[index].operator
        if key not in self.model.jobs and key[0] in self.model.buyers:
            self.both("create_job", *key, 1_000, 60)
        self.both_if_live("assign_job", *key, operator)
        self.both_if_live("submit_receipt", *key, operator, 0)
        if key in self.model.jobs:
            self.refused(lambda: self.driver.settle_again(index))

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), offset=st.sampled_from([0, 1]))
    def expire_at_the_deadline(self, data: st.DataObject, offset: int) -> None:
        """Go to the very second of a deadline, or to the one after."""
        key = data.draw(self.live_jobs())
        self.at(max(self.model.now, self.model.jobs[key].due + offset))
        self.both("expire_job", *key)

    @precondition(lambda self: self.model.jobs)
    @rule(data=st.data(), action=st.sampled_from(["cancel_job", "expire_job"]))
    def end(self, data: st.DataObject, action: str) -> None:
        self.both(action, *data.draw(self.live_jobs()))

    # --- what can happen: people

    @rule(seconds=st.sampled_from([1, 10, 61, 600, 14 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.at(self.model.now + seconds)

    @rule(owner=wallets, action=st.sampled_from(["deposit", "withdraw"]), amount=amounts)
    def move_money(self, owner: str, action: str, amount: int) -> None:
        self.both(action, owner, amount)

    @rule(owner=wallets, action=st.sampled_from(["open_buyer", "collect_fees", "close_buyer"]))
    def come_and_go(self, owner: str, action: str) -> None:
        self.both(action, owner)

    @precondition(lambda self: self.model.buyers)
    @rule(data=st.data(), giver=wallets)
    def donate(self, data: st.DataObject, giver: str) -> None:
        self.both("donate", giver, data.draw(self.buyers()), 7)

    @rule(operator=wallets, action=st.sampled_from(["register_node", "retire_node", "close_node"]))
    def run_a_node(self, operator: str, action: str) -> None:
        self.both(action, operator)

    @rule(owner=wallets, amount=stakes, duration=durations)
    def stake(self, owner: str, amount: int, duration: int) -> None:
        self.both("stake", owner, amount, duration)
        self.both("top_up", owner, amount)
        self.both("extend", owner, duration)

    @rule(owner=wallets, action=st.sampled_from(["unstake", "restake", "restake", "withdraw_stake"]))
    def move_a_stake(self, owner: str, action: str) -> None:
        self.both(action, owner)

    @rule(flags=st.sampled_from([0, 0, 0, 1, 2]), rotate=st.booleans())
    def govern(self, flags: int, rotate: bool) -> None:
        self.driver.set_pause(flags)
        self.model.paused = flags
        if rotate and self.model.now - self.model.rotated_at >= ROTATION_PAUSE:
            self.generation += 1
            self.model.rotated_at = self.model.now
            self.driver.rotate_oracles(self.generation)

    @invariant()
    def programs_and_model_agree(self) -> None:
        self.agreement.check()

    # --- the way out

    def teardown(self) -> None:
        """Everyone leaves, paused or not, with the oracles silent: only time is needed."""
        self.driver.set_pause(3)
        self.model.paused = 3
        while self.model.jobs:
            self.at(max(self.model.now, *(job.due for job in self.model.jobs.values())) + 1)
            for key in sorted(self.model.jobs):
                self.both("expire_job", *key)
        for owner in sorted(self.model.buyers):
            self.both("collect_fees", owner)
            self.both("withdraw", owner, ALL)
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


def test_markets_and_staking_do_what_the_model_does() -> None:
    release = os.environ.get("HYPOTHESIS") == "release"
    run_state_machine_as_test(
        MarketsMachine,
        settings=settings(
            max_examples=2_000 if release else 60, stateful_step_count=100 if release else 40, deadline=None
        ),
    )
