"""resolve and appeal: two thirds, a quorum, enough voters; and a second round before more of them."""

from dataclasses import replace

import pytest

from hypernode.chain.generated.slashing import ReportAppealed, ReportResolved
from hypernode.chain.generated.slashing.errors import (
    AppealOver,
    NotAccused,
    NotConfirmed,
    NotVoting,
    VotingNotOver,
    WrongRecord,
    WrongStake,
)
from hypernode.domain.fault import ReportStatus
from tests.programs.cookies import a_node, a_wallet
from tests.programs.slashing.slashing_world import (
    APPEAL,
    APPEAL_BOND,
    BOND,
    PARAMS,
    VOTING,
    ReportCookie,
    SlashingWorld,
    a_panel,
    a_report,
    a_validator,
)
from tests.programs.world import HYPER
from tests.support.documents import digest


@pytest.mark.parametrize(
    ("uphold", "overturn", "status"),
    [
        (3, 0, ReportStatus.CONFIRMED),
        (4, 2, ReportStatus.CONFIRMED),  # exactly two thirds
        (3, 2, ReportStatus.DISMISSED),
        (3, 1, ReportStatus.CONFIRMED),
        (2, 1, ReportStatus.DISMISSED),  # a third of all weight is not reached
        (2, 0, ReportStatus.DISMISSED),  # too few voters
        (0, 0, ReportStatus.DISMISSED),
        (0, 6, ReportStatus.DISMISSED),
    ],
)
def test_two_thirds_of_three_voters_confirm(
    report: ReportCookie, uphold: int, overturn: int, status: ReportStatus
) -> None:
    report.decided(uphold, overturn)
    assert report.state.status is status
    (event,) = [event for event in report.events if isinstance(event, ReportResolved)]
    assert (event.old_status, event.new_status) == (ReportStatus.VOTING, status)


def test_votes_to_uphold_must_reach_the_quorum(world: SlashingWorld) -> None:
    """Three small validators alone confirm nobody, when all the others are silent."""
    small = [a_validator(world, f"small {number}", 1_000 * HYPER) for number in range(3)]
    a_validator(world, "silent", 27_100 * HYPER)
    world.advance(1)
    report = a_report(world, panel=small).decided(uphold=3)
    assert report.state.status is ReportStatus.DISMISSED


def test_exactly_the_quorum_suffices(world: SlashingWorld) -> None:
    """10,002 of 30,000 HYPER of the same notice is a bit more than a third; a tenth convicts nobody."""
    panel = [a_validator(world, f"small {number}", 3_334 * HYPER) for number in range(3)]
    a_validator(world, "big", 19_998 * HYPER)
    world.advance(1)
    assert a_report(world, panel=panel).decided(uphold=3).state.status is ReportStatus.CONFIRMED


def test_less_than_a_third_of_all_weight_convicts_nobody(world: SlashingWorld) -> None:
    panel = [a_validator(world, f"small {number}", 3_333 * HYPER) for number in range(3)]
    a_validator(world, "silent", 20_001 * HYPER)
    world.advance(1)
    assert a_report(world, panel=panel).decided(uphold=3).state.status is ReportStatus.DISMISSED


def test_a_dismissed_report_gives_the_bond_to_the_accused(world: SlashingWorld, report: ReportCookie) -> None:
    """Less a tenth, which pays those who judged as much as the opposite verdict would have."""
    report.decided(uphold=1, overturn=3)
    state = report.state
    assert (state.accused_due, state.reporter_due, state.bond) == (BOND - BOND // 10, 0, 0)
    assert (state.validators_due, state.winning_weight) == (BOND // 10, state.overturn_weight)
    assert (report.accused.stake.holds, report.record.open_reports) == (0, 0)
    assert report.claim(report.accused.wallet) == BOND - BOND // 10


def test_silence_costs_the_reporter_the_whole_bond(report: ReportCookie) -> None:
    report.decided()
    assert (report.state.accused_due, report.state.validators_due) == (BOND, 0)


def test_a_confirmed_report_can_be_appealed_for_a_week_from_then(
    world: SlashingWorld, report: ReportCookie
) -> None:
    report.decided(uphold=3)
    state = report.state
    assert (state.confirmed_at, state.executable_at) == (world.now, world.now + APPEAL)
    assert (report.accused.stake.holds, state.bond) == (1, BOND)


def test_the_votes_are_not_counted_before_the_end(world: SlashingWorld, report: ReportCookie) -> None:
    report.ballot(uphold=3, overturn=1)
    world.at(report.state.voting_ends_at - 1)
    world.refuse(VotingNotOver, [report.resolve_ix()], [world.funded("crank")])
    world.advance(1)
    report.resolve()


def test_more_than_two_thirds_of_all_weight_end_it_early(world: SlashingWorld, report: ReportCookie) -> None:
    """Exactly two thirds do not: then the others could still prevent it."""
    report.ballot(uphold=4)
    world.refuse(VotingNotOver, [report.resolve_ix()], [world.funded("crank")])
    report.vote(report.panel[4], True)
    report.resolve()
    assert report.state.status is ReportStatus.CONFIRMED
    assert world.now < report.state.voting_ends_at


def test_a_great_weight_alone_ends_nothing_early(world: SlashingWorld) -> None:
    panel = [a_validator(world, "whale", 900_000 * HYPER), *a_panel(world, 2)]
    report = a_report(world, panel=panel).ballot(uphold=2)
    world.refuse(VotingNotOver, [report.resolve_ix()], [world.funded("crank")])


def test_a_verdict_is_counted_once(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    world.refuse(NotVoting, [report.resolve_ix()], [world.funded("crank")])


def test_resolving_takes_the_stake_and_record_of_the_accused(
    world: SlashingWorld, report: ReportCookie
) -> None:
    other = ReportCookie(world, a_node(world, "other"), report.reporter, report.panel, digest("more")).open()
    world.at(report.state.voting_ends_at)
    right, foreign = report.resolve_ix(), other.resolve_ix()
    names = [meta.address for meta in right.accounts]
    for refusal, wanted in ((WrongStake, report.accused.stake_address), (WrongRecord, None)):
        at = names.index(wanted) if wanted else 2
        bent = right.with_account(at, foreign.accounts[at])
        world.refuse(refusal, [bent], [world.funded("crank")])


def test_an_appeal_begins_a_round_before_a_larger_panel(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    first = report.state.uphold_weight
    report.appeal()
    state = report.state
    assert (state.status, state.round, state.voters) == (ReportStatus.APPEALED, 2, 0)
    assert (state.uphold_weight, state.overturn_weight, state.first_uphold_weight) == (0, 0, first)
    assert (state.appeal_bond, state.voting_ends_at) == (APPEAL_BOND, world.now + VOTING)
    (event,) = report.events
    assert isinstance(event, ReportAppealed)


def test_the_same_validators_vote_anew(report: ReportCookie) -> None:
    report.decided(uphold=3)
    report.appeal()
    report.vote(report.panel[0], False)
    assert report.vote_of(report.panel[0], 1).uphold
    assert not report.vote_of(report.panel[0], 2).uphold


def test_an_upheld_report_may_be_executed_at_once(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    report.appeal().decided(uphold=5)
    assert report.state.status is ReportStatus.UPHELD
    assert report.state.executable_at == world.now
    report.execute()


@pytest.mark.parametrize(("uphold", "overturn"), [(4, 0), (3, 3), (1, 1), (0, 4), (0, 0)])
def test_silence_upholds_on_appeal(report: ReportCookie, uphold: int, overturn: int) -> None:
    """Too few voters, no two thirds, nobody: what was confirmed stays."""
    report.decided(uphold=3)
    assert report.appeal().decided(uphold, overturn).state.status is ReportStatus.UPHELD
    report.execute()


@pytest.mark.parametrize(("uphold", "overturn"), [(0, 5), (2, 4)])
def test_what_an_appeal_overturns_is_dismissed(report: ReportCookie, uphold: int, overturn: int) -> None:
    """Two thirds of the votes: the accused keeps the stake and gets both bonds, less the fee."""
    report.decided(uphold=3)
    report.appeal().decided(uphold, overturn)
    state = report.state
    assert state.status is ReportStatus.DISMISSED
    bonds = BOND + APPEAL_BOND
    assert (state.accused_due, state.validators_due) == (bonds - bonds // 10, bonds // 10)
    assert report.accused.stake.holds == 0
    assert report.claim(report.accused.wallet) == bonds - bonds // 10


def test_an_appeal_needs_its_quorum_to_overturn(world: SlashingWorld) -> None:
    """A third of all weight confirms; a quorum of a half is then not there to overturn."""
    world.set_params(replace(PARAMS, appeal_quorum_bps=5_000))
    small = [a_validator(world, f"small {number}", 8_000 * HYPER) for number in range(5)]
    a_validator(world, "silent", 60_000 * HYPER)
    world.advance(1)
    report = a_report(world, panel=small).decided(uphold=5)
    assert report.state.status is ReportStatus.CONFIRMED
    assert report.appeal().decided(overturn=5).state.status is ReportStatus.UPHELD


def test_an_appeal_ends_early_once_it_cannot_overturn(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    report.appeal().ballot(uphold=2)
    world.refuse(VotingNotOver, [report.resolve_ix()], [world.funded("crank")])
    report.vote(report.panel[2], True)
    report.resolve()
    assert report.state.status is ReportStatus.UPHELD
    assert world.now < report.state.voting_ends_at


def test_only_the_accused_appeals(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    stranger = a_wallet(world, "stranger", APPEAL_BOND)
    batch = [report.appeal_ix(stranger.owner, stranger.wallet)]
    world.refuse(NotAccused, batch, [stranger.owner])


def test_an_appeal_costs_its_bond(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    poor = world.a_token_account("poor", APPEAL_BOND - 1, owner=report.accused.operator.address)
    batch = [report.appeal_ix(source=poor)]
    world.refuse("InsufficientFunds", batch, [report.accused.operator])


def test_the_time_to_appeal_ends(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    world.at(report.state.executable_at)
    world.refuse(AppealOver, [report.appeal_ix()], [report.accused.operator])
    world.advance(-1)
    report.appeal()


def test_there_is_one_appeal(world: SlashingWorld, report: ReportCookie) -> None:
    world.refuse(NotConfirmed, [report.appeal_ix()], [report.accused.operator])
    report.decided(uphold=3)
    report.appeal()
    world.refuse(NotConfirmed, [report.appeal_ix()], [report.accused.operator])
    report.decided(uphold=5)
    world.refuse(NotConfirmed, [report.appeal_ix()], [report.accused.operator])
