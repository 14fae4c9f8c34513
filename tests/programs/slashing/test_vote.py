"""vote: stakes locked before the report vote on it once a round; its parties do not."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.slashing import Voted
from hypernode.chain.generated.slashing.errors import (
    NotVoting,
    NoVotes,
    Partial,
    StakeCouldLeave,
    StakeTooLow,
    VotingOver,
)
from hypernode.domain.staking import weight
from tests.programs.cookies import a_node
from tests.programs.slashing.slashing_world import (
    VOTING,
    ReportCookie,
    SlashingWorld,
    a_panel,
    a_validator,
    an_unopened_report,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest


def refuse(report: ReportCookie, name: object, voter: object) -> None:
    batch = [report.vote_ix(voter, True)]  # type: ignore[arg-type]
    report.world.refuse(name, batch, [voter.operator])  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize("uphold", [True, False])
def test_a_vote_counts_by_its_weight(report: ReportCookie, uphold: bool) -> None:
    voter = report.panel[0]
    report.vote(voter, uphold)
    cast = weight(10_000 * HYPER, 14 * DAY)
    state, vote = report.state, report.vote_of(voter)
    assert (state.uphold_weight, state.overturn_weight) == ((cast, 0) if uphold else (0, cast))
    assert state.voters == 1
    assert (vote.weight, vote.uphold, vote.round, vote.number) == (cast, uphold, 1, state.number)
    (event,) = report.events
    assert isinstance(event, Voted)
    assert (event.weight, event.voters) == (cast, 1)


def test_a_validator_votes_once(report: ReportCookie) -> None:
    voter = report.panel[0]
    report.vote(voter, True)
    batch = [report.vote_ix(voter, False)]
    report.world.refuse("AccountAlreadyInUse", batch, [voter.operator], "a second vote")


def test_a_mob_of_fresh_accounts_has_no_vote(world: SlashingWorld, report: ReportCookie) -> None:
    """A stake that is younger than the report has no vote on it."""
    for number in range(3):
        refuse(report, NoVotes, a_validator(world, f"fresh {number}", 500_000 * HYPER))


def test_a_stake_of_the_same_second_has_no_vote(world: SlashingWorld, unopened: ReportCookie) -> None:
    fresh = a_validator(world, "fresh")
    unopened.open()
    refuse(unopened, NoVotes, fresh)


def test_what_was_added_later_does_not_count(world: SlashingWorld, report: ReportCookie) -> None:
    voter = report.panel[0]
    owner = voter.operator
    top_up = instructions.top_up_stake(owner=owner.address, source=voter.wallet, amount=100_000 * HYPER)
    world.run([top_up], [owner])
    report.vote(voter, True)
    assert report.vote_of(voter).weight == weight(10_000 * HYPER, 14 * DAY)


def test_who_left_and_came_back_has_no_vote(world: SlashingWorld, report: ReportCookie) -> None:
    voter = report.panel[0]
    owner = voter.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    refuse(report, NoVotes, voter)
    world.advance(1)
    world.run([instructions.restake(owner=owner.address)], [owner])
    refuse(report, NoVotes, voter)


def test_parties_of_a_report_do_not_vote(world: SlashingWorld) -> None:
    """Reporter and accused, however much they have staked."""
    panel = a_panel(world, 3)
    validator = a_validator(world, "reporter and validator")
    world.advance(1)
    unopened = an_unopened_report(world, panel=panel, accused=a_node(world, "accused", 10_000 * HYPER))
    opening = unopened.open_ix(reporter=validator.operator.address, source=validator.wallet)
    world.run([opening], [validator.operator])
    for voter in (validator, unopened.accused):
        refuse(unopened, Partial, voter)


def test_a_validator_needs_a_thousand_hyper(world: SlashingWorld) -> None:
    small = a_validator(world, "small", 1_000 * HYPER - 1)
    enough = a_validator(world, "enough", 1_000 * HYPER)
    report = an_unopened_report(world).open()
    refuse(report, StakeTooLow, small)
    report.vote(enough, True)


def test_a_stake_that_could_leave_before_the_end_has_no_vote(
    world: SlashingWorld, report: ReportCookie
) -> None:
    """Its cooldown began long ago, so it would vote and be gone."""
    voter = report.panel[0]
    stake = replace(voter.stake, unstake_at=world.now - 14 * DAY + VOTING - 1)
    world.write(voter.stake_address, stake)
    refuse(report, StakeCouldLeave, voter)


def test_the_voting_has_an_end(world: SlashingWorld, report: ReportCookie) -> None:
    world.at(report.state.voting_ends_at - 1)
    report.vote(report.panel[0], True)
    world.advance(1)
    refuse(report, VotingOver, report.panel[1])


def test_what_is_decided_is_not_voted_on(report: ReportCookie) -> None:
    report.decided(uphold=3)
    refuse(report, NotVoting, report.panel[4])


def test_nobody_votes_with_anothers_stake(world: SlashingWorld, report: ReportCookie) -> None:
    voter, rich = report.panel[0], report.panel[1]
    instruction = report.vote_ix(voter, True)
    at = [meta.address for meta in instruction.accounts].index(voter.stake_address)
    bent = instruction.with_account(at, replace(instruction.accounts[at], address=rich.stake_address))
    world.refuse("InvalidSeeds", [bent], [voter.operator], "a vote with another's stake")


def test_a_vote_counts_for_its_report_only(world: SlashingWorld, report: ReportCookie) -> None:
    other = replace(report, evidence=digest("another")).open()
    voter = report.panel[0]
    instruction = report.vote_ix(voter, True)
    at = [meta.address for meta in instruction.accounts].index(report.address)
    bent = instruction.with_account(at, replace(instruction.accounts[at], address=other.address))
    world.refuse("InvalidSeeds", [bent], [voter.operator], "a vote under another report's seed")
    report.vote(voter, True)
    other.vote(voter, False)


def test_a_sponsor_may_pay_for_the_vote(world: SlashingWorld, report: ReportCookie) -> None:
    voter, sponsor = report.panel[0], world.funded("sponsor")
    instruction = instructions.vote_on_report(
        validator=voter.operator.address,
        report=report.address,
        account=report.state,
        uphold=True,
        payer=sponsor.address,
    )
    world.run([instruction], [voter.operator, sponsor])
    assert report.vote_of(voter).payer == sponsor.address
