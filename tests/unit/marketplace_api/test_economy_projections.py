"""What each event does to the rows of the economy, and that stored events are the events again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.chain.events import EVENT_TYPES
from hypernode.chain.generated import governance, rewards, slashing, staking
from hypernode.chain.layout import Event
from hypernode.domain.fault import ReportStatus
from hypernode.domain.governance import ProposalStatus
from hypernode.domain.money import HYPER
from hypernode.domain.staking import DAY
from hypernode_marketplace_api.models.base import MAX_BIGINT, Columns
from hypernode_marketplace_api.models.events import event_data, event_of, subject_of
from hypernode_marketplace_api.slices.governance import projection as dao
from hypernode_marketplace_api.slices.rewards import projection as accumulator
from hypernode_marketplace_api.slices.slashing import projection as reports
from hypernode_marketplace_api.slices.staking import projection as stakers
from tests.support.accounts import START_TIME, an_event, blank
from tests.support.documents import an_address
from tests.support.economy_story import (
    REPORT,
    REPORTER,
    STAKER,
    added,
    brought,
    created,
    distributed,
    guarded,
    judged,
    moved,
    released,
    reported,
    staked,
    voted,
)

WALLET = an_address("wallet")


def told(fold: Any, *events: Event, at: int = START_TIME) -> Columns:
    row: Columns | None = None
    for event in events:
        row = fold(row, event, at)
    assert row is not None
    return row


@pytest.mark.parametrize(
    "kind", EVENT_TYPES.values(), ids=lambda kind: f"{kind.__module__[-8:]}.{kind.__name__}"
)
def test_every_event_is_read_back_as_it_was(kind: type[Event]) -> None:
    event = blank(kind)
    assert event_of(event.PROGRAM, event.name, event_data(event)) == event


@given(st.integers(0, 2**128 - 1), st.integers(-(2**63), 2**63 - 1))
def test_numbers_of_any_size_are_read_back(index: int, at: int) -> None:
    event = distributed(at, index=index)
    assert event_of(event.PROGRAM, event.name, event_data(event)) == event


def test_lists_and_bytes_are_read_back() -> None:
    for event in (an_event("ParamsSet", slashing, reason_bps=(1, 2, 3, 4, 5)), added()):
        assert event_of(event.PROGRAM, event.name, event_data(event)) == event


def test_an_event_is_found_by_what_it_is_about() -> None:
    assert subject_of(staked()) == STAKER
    assert subject_of(reported()) == REPORT
    assert subject_of(released(0)) is None
    assert subject_of(an_event("JobCreated")) is None


class TestStaker:
    def test_notice_takes_the_weight_and_restaking_brings_it_back(self) -> None:
        unstaked = an_event("Unstaked", staking, owner=STAKER, withdrawable_at=START_TIME + 9)
        row = told(stakers.fold, staked(), unstaked)
        assert (row["weight"], row["withdrawable_at"], row["open"]) == (0, START_TIME + 9, True)
        row = stakers.fold(row, an_event("Restaked", staking, owner=STAKER, weight=7), START_TIME)
        assert (row["weight"], row["withdrawable_at"]) == (7, None)

    def test_sums_outlive_a_withdrawal(self) -> None:
        slash = an_event("StakeSlashed", staking, owner=STAKER, slashed=3, amount=5, weight=20)
        taken = an_event("RewardsTaken", staking, owner=STAKER, amount=11)
        withdrawn = an_event("StakeWithdrawn", staking, owner=STAKER, amount=5)
        row = told(stakers.fold, staked(), slash, taken, withdrawn)
        assert (row["open"], row["amount"], row["slashed"], row["claimed"]) == (False, 0, 3, 11)
        row = stakers.fold(row, staked(amount=2), START_TIME + 1)
        assert (row["open"], row["amount"], row["staked_at"], row["slashed"]) == (True, 2, START_TIME + 1, 3)

    def test_a_stake_whose_beginning_is_forgotten_is_right_from_then_on(self) -> None:
        topped = an_event("StakeToppedUp", staking, owner=STAKER, added=1, amount=9, weight=18)
        assert told(stakers.fold, topped)["weight"] == 18

    def test_holds_are_the_open_reports(self) -> None:
        held, freed = (
            an_event(name, staking, owner=STAKER, holds=n)
            for name, n in (("StakeHeld", 2), ("HoldReleased", 1))
        )
        assert told(stakers.fold, staked(), held)["holds"] == 2
        assert told(stakers.fold, staked(), held, freed)["holds"] == 1


class TestAccumulator:
    BEGUN = an_event("AccumulatorInitialized", rewards, fee_window=DAY, community_window=30 * DAY)

    def test_what_begins_flows_over_its_window(self) -> None:
        row = told(accumulator.fold, self.BEGUN, distributed(START_TIME, fees_begun=1_000))
        assert (row["fees_total"], row["fees_ends_at"]) == (1_000, START_TIME + DAY)
        row = accumulator.fold(row, distributed(START_TIME + 9, fees=10, distributed=10, index=2**100), 0)
        assert (row["fees_flowed"], row["distributed"], row["reward_index"]) == (10, 10, str(2**100))

    def test_a_flow_keeps_its_window_and_the_next_has_the_new_one(self) -> None:
        windows = an_event("WindowsSet", rewards, fee_window=60, community_window=60)
        row = told(accumulator.fold, self.BEGUN, distributed(START_TIME, fees_begun=1_000), windows)
        assert row["fees_ends_at"] == START_TIME + DAY
        over = distributed(START_TIME + DAY, fees=1_000, fees_begun=50)
        row = accumulator.fold(row, over, 0)
        assert (row["fees_total"], row["fees_flowed"], row["fees_ends_at"]) == (50, 0, START_TIME + DAY + 60)

    def test_a_flow_stands_still_while_nobody_is_staked(self) -> None:
        idle = distributed(START_TIME + 500, total_weight=0)
        row = told(accumulator.fold, self.BEGUN, distributed(START_TIME, fees_begun=1_000), idle)
        assert (row["fees_starts_at"], row["fees_ends_at"]) == (START_TIME + 500, START_TIME + DAY + 500)


class TestReport:
    def test_numbers_that_no_column_holds_are_capped(self) -> None:
        assert told(reports.fold, brought())["sequence"] == MAX_BIGINT

    def test_an_appeal_begins_a_second_round(self) -> None:
        confirmed = judged(ReportStatus.CONFIRMED, uphold_weight=70, executable_at=START_TIME + 9)
        appealed = an_event(
            "ReportAppealed", slashing, report=REPORT, appeal_bond=5, new_status=ReportStatus.APPEALED
        )
        row = told(reports.fold, reported(), confirmed, appealed)
        assert (row["round"], row["uphold_weight"], row["first_uphold_weight"]) == (2, 0, 70)
        assert (row["status"], row["appeal_bond"]) == ("Appealed", 5)

    def test_dismissal_gives_the_bonds_to_the_accused(self) -> None:
        row = told(reports.fold, reported(), judged(ReportStatus.DISMISSED, accused_due=100))
        assert (row["status"], row["accused_due"], row["ended_at"]) == ("Dismissed", 100, START_TIME)

    def test_claims_and_fees_leave_what_is_due(self) -> None:
        executed = an_event(
            "ReportExecuted",
            slashing,
            report=REPORT,
            slashed=10,
            reporter_due=3,
            validators_due=4,
            new_status=ReportStatus.EXECUTED,
        )
        claim = an_event("DueClaimed", slashing, report=REPORT, wallet=REPORTER, amount=3)
        fee = an_event("VoteFeeClaimed", slashing, report=REPORT, validator=STAKER, amount=3)
        row = told(reports.fold, reported(), executed, claim, fee)
        assert (row["reporter_due"], row["validators_due"]) == (0, 1)
        closed = reports.fold(
            row, an_event("ReportClosed", slashing, report=REPORT, burned=1), START_TIME + 1
        )
        assert closed is not None
        assert (closed["validators_due"], closed["burned"], closed["closed_at"]) == (0, 1, START_TIME + 1)

    def test_dismissal_pays_the_validators_too(self) -> None:
        row = told(
            reports.fold, reported(), judged(ReportStatus.DISMISSED, accused_due=90, validators_due=10)
        )
        assert (row["accused_due"], row["validators_due"]) == (90, 10)

    def test_the_end_of_a_job_has_no_bond_and_no_first_vote(self) -> None:
        row = told(reports.fold, brought())
        assert (row["reporter"], row["bond"], row["voting_ends_at"]) == (None, 0, None)
        assert (row["status"], row["executable_at"]) == ("Confirmed", START_TIME + 5)
        assert (row["attempt"], row["amount"], row["evidence"]) == (2, 7, None)

    def test_a_report_whose_opening_is_forgotten_is_no_row(self) -> None:
        assert reports.fold(None, judged(ReportStatus.DISMISSED), START_TIME) is None


class TestProposal:
    def test_it_is_voted_queued_and_executed(self) -> None:
        row = told(
            dao.fold_proposal,
            created(),
            added(0),
            added(1),
            moved("ProposalActivated", ProposalStatus.ACTIVE, voting_ends_at=START_TIME + 9),
            voted(weight=500),
            moved("ProposalFinalized", ProposalStatus.SUCCEEDED, for_weight=500),
            moved("ProposalQueued", ProposalStatus.QUEUED, eta=START_TIME + 20),
            moved("ProposalExecuted", ProposalStatus.QUEUED, index=0, count=2),
        )
        assert (row["status"], row["count"], row["executed"], row["ended_at"]) == ("Queued", 2, 1, None)
        last = moved("ProposalExecuted", ProposalStatus.EXECUTED, index=1, count=2)
        row = dao.fold_proposal(row, last, START_TIME + 30) or {}
        assert (row["status"], row["executed"], row["ended_at"]) == ("Executed", 2, START_TIME + 30)

    def test_a_text_is_executed_without_instructions(self) -> None:
        row = told(dao.fold_proposal, created(), moved("ProposalExecuted", ProposalStatus.EXECUTED))
        assert (row["status"], row["executed"]) == ("Executed", 0)

    @pytest.mark.parametrize("name", ["Expired", "Cancelled", "Vetoed"])
    def test_every_other_end_is_one(self, name: str) -> None:
        row = told(dao.fold_proposal, created(), moved(f"Proposal{name}", ProposalStatus[name.upper()]))
        assert (row["status"], row["ended_at"]) == (name, START_TIME)


class TestDao:
    def test_releases_and_spendings_add_up(self) -> None:
        spent = [an_event("TreasurySpent", governance, amount=2, balance=left) for left in (8, 6)]
        row = told(dao.fold_dao, guarded(), released(0, 100 * HYPER), released(1, 100 * HYPER), *spent)
        assert (row["releases"], row["community_total"], row["burned_total"]) == (2, 60 * HYPER, 40 * HYPER)
        assert (row["spent_total"], row["balance_after_spending"]) == (4, 6)

    def test_a_vote_may_end_the_guardian_and_move_operations(self) -> None:
        ended = an_event("GuardianSet", governance, version=2)
        elsewhere = an_event("OperationsSet", governance, operations=WALLET)
        row = told(dao.fold_dao, guarded(), ended, elsewhere)
        assert (row["guardian"], row["version"], row["operations"]) == (None, 2, WALLET)
