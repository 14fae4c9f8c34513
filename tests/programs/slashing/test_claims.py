"""claim_due, claim_vote_bounty and the closings: what is due is pulled, once, by whom it belongs to."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.slashing import DueClaimed, ReportClosed, VoteBountyClaimed
from hypernode.chain.generated.slashing.errors import (
    NoBounty,
    NothingDue,
    RecordInUse,
    ReportOpen,
    Unclaimed,
    VoteInUse,
    WrongDestination,
    WrongPayer,
    WrongVote,
)
from hypernode.domain.fault import ReportStatus
from tests.programs.cookies import BuyerCookie, a_wallet
from tests.programs.slashing.slashing_world import (
    BOND,
    PARAMS,
    ReportCookie,
    SlashingWorld,
    a_report,
    a_validator,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest


@pytest.fixture
def executed(report: ReportCookie) -> ReportCookie:
    """Four voted to uphold, one to overturn; 200 HYPER were slashed."""
    return report.decided(uphold=4, overturn=1).executed()


def test_everybody_is_paid_once(world: SlashingWorld, executed: ReportCookie, buyer: BuyerCookie) -> None:
    assert executed.claim(buyer.wallet) == 60 * HYPER
    assert executed.claim(executed.reporter.wallet) == BOND + 20 * HYPER
    (event,) = executed.events
    assert isinstance(event, DueClaimed)
    assert event.wallet == executed.reporter.owner.address
    for destination in (buyer.wallet, executed.reporter.wallet, executed.accused.wallet):
        world.refuse(NothingDue, [executed.claim_ix(destination)], [world.funded("crank")])


def test_a_harmed_client_who_reports_is_paid_for_both(world: SlashingWorld) -> None:
    buyer = a_wallet(world, "buyer", BOND)
    report = a_report(world, reporter=buyer, buyer=buyer).decided(uphold=3).executed()
    assert report.claim(buyer.wallet) == BOND + 80 * HYPER


def test_nothing_is_due_before_the_end(world: SlashingWorld, report: ReportCookie) -> None:
    for step in (lambda: None, lambda: report.decided(uphold=3)):
        step()
        world.refuse(NothingDue, [report.claim_ix(report.reporter.wallet)], [world.funded("crank")])


def test_a_strangers_account_gets_nothing(world: SlashingWorld, executed: ReportCookie) -> None:
    stranger = a_wallet(world, "stranger")
    world.refuse(NothingDue, [executed.claim_ix(stranger.wallet)], [stranger.owner])


def test_an_account_of_another_token_gets_nothing(world: SlashingWorld, executed: ReportCookie) -> None:
    other = world.a_token_account("reporter", mint=world.a_mint("other"))
    world.refuse("MintMismatch", [executed.claim_ix(other)], [world.funded("crank")])


def test_what_is_no_token_account_gets_nothing(world: SlashingWorld, executed: ReportCookie) -> None:
    """Its bytes may say whose it is, but it is not the token program's."""
    raw = world.raw(executed.reporter.wallet)
    assert raw is not None
    fake = digest("fake")
    address = addresses.attested_report(executed.accused.operator.address, fake)
    world.lite.set_raw_account(address, replace(raw, owner=addresses.SYSTEM_PROGRAM))
    world.refuse(WrongDestination, [executed.claim_ix(address)], [world.funded("crank")])
    world.refuse(
        "NothingDue", [executed.claim_ix(world.mint)], [world.funded("crank")], "a claim into the mint"
    )


def test_a_frozen_account_stops_only_its_owner(
    world: SlashingWorld, executed: ReportCookie, buyer: BuyerCookie
) -> None:
    raw = world.raw(buyer.wallet)
    assert raw is not None
    frozen = raw.data[:108] + b"\x02" + raw.data[109:]
    world.lite.set_raw_account(buyer.wallet, replace(raw, data=frozen))
    world.refuse("AccountFrozen", [executed.claim_ix(buyer.wallet)], [world.funded("crank")])
    assert executed.claim(executed.reporter.wallet) > 0
    elsewhere = world.a_token_account("another of the buyer", owner=buyer.owner.address)
    assert executed.claim(elsewhere) == 60 * HYPER


def test_validators_share_by_weight(world: SlashingWorld) -> None:
    sizes = (10_000, 20_000, 30_000)
    panel = [a_validator(world, f"validator {size}", size * HYPER) for size in sizes]
    world.advance(1)
    report = a_report(world, panel=panel).decided(uphold=3).executed()
    paid = [report.claim_bounty(voter) for voter in panel]
    assert paid == [20 * HYPER * size // 60_000 for size in sizes]
    (event,) = report.events
    assert isinstance(event, VoteBountyClaimed)
    assert (event.amount, event.round) == (paid[2], 1)
    assert (report.state.unclaimed_weight, report.state.validators_due) == (0, 20 * HYPER - sum(paid))


def test_a_bounty_is_claimed_once_and_gives_the_rent_back(
    world: SlashingWorld, executed: ReportCookie
) -> None:
    voter = executed.panel[0]
    claim, key = executed.bounty_ix(voter), voter.operator.address
    rent, before = world.lamports(executed.vote_address(voter)), world.lamports(key)
    assert executed.claim_bounty(voter) == 5 * HYPER
    assert world.lamports(key) == before + rent
    world.refuse("AccountDataTooSmall", [claim], [world.funded("crank")], "a second claim")


def test_whoever_was_outvoted_gets_only_the_rent(world: SlashingWorld, executed: ReportCookie) -> None:
    loser, crank = executed.panel[4], world.funded("crank")
    world.refuse(NoBounty, [executed.bounty_ix(loser)], [crank])
    before = world.lamports(loser.operator.address)
    world.run([executed.close_vote_ix(loser)], [crank])
    assert world.lamports(loser.operator.address) > before


def test_a_bounty_goes_to_the_validator(world: SlashingWorld, executed: ReportCookie) -> None:
    first, second = executed.panel[:2]
    batch = [executed.bounty_ix(first, destination=second.wallet)]
    world.refuse(WrongDestination, batch, [second.operator])


def test_a_vote_is_worth_nothing_in_another_report(world: SlashingWorld, executed: ReportCookie) -> None:
    other = replace(executed, evidence=digest("other"), sequence=8).open().decided(uphold=3).executed()
    instruction = executed.bounty_ix(executed.panel[0])
    bent = instruction.with_account(1, replace(instruction.accounts[1], address=other.address))
    world.refuse(WrongVote, [bent], [world.funded("crank")])


def test_the_rent_of_a_vote_goes_to_who_paid_it(world: SlashingWorld, executed: ReportCookie) -> None:
    thief = world.funded("thief")
    for instruction, slot in (
        (executed.bounty_ix(executed.panel[0]), 3),
        (executed.close_vote_ix(executed.panel[4]), 2),
        (executed.close_ix(), 2),
    ):
        meta = replace(instruction.accounts[slot], address=thief.address)
        world.refuse(WrongPayer, [instruction.with_account(slot, meta)], [thief])


def test_both_rounds_are_rewarded(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=3)
    report.appeal().decided(uphold=5).execute()
    share = report.state.validators_share
    claims = [(voter, 1) for voter in report.panel[:3]] + [(voter, 2) for voter in report.panel[:5]]
    for voter, round_number in claims:
        assert report.claim_bounty(voter, round_number) == share // 8
    assert report.state.unclaimed_weight == 0


def test_a_vote_that_counts_is_not_closed(world: SlashingWorld, report: ReportCookie) -> None:
    report.ballot(uphold=4)
    crank, winner = world.funded("crank"), report.panel[0]
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    world.refuse(NoBounty, [report.bounty_ix(winner)], [crank])
    report.decided()
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    report.executed()
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])


def test_votes_on_a_dismissed_report_are_closed(world: SlashingWorld, report: ReportCookie) -> None:
    report.decided(uphold=1, overturn=2)
    for voter in report.panel[:3]:
        world.refuse(NoBounty, [report.bounty_ix(voter)], [world.funded("crank")])
        world.run([report.close_vote_ix(voter)], [world.funded("crank")])


def test_a_report_is_closed_when_all_is_claimed(
    world: SlashingWorld, executed: ReportCookie, buyer: BuyerCookie
) -> None:
    crank = world.funded("crank")
    steps = [
        lambda: executed.claim(buyer.wallet),
        lambda: executed.claim(executed.reporter.wallet),
        *(lambda voter=voter: executed.claim_bounty(voter) for voter in executed.panel[:4]),
    ]
    for step in steps:
        world.refuse(Unclaimed, [executed.close_ix()], [crank])
        step()
    reporter = executed.reporter.owner.address
    rent, before = world.lamports(executed.address), world.lamports(reporter)
    (event,) = world.run([executed.close_ix()], [crank])
    assert isinstance(event, ReportClosed)
    assert event.burned == 0
    assert world.lamports(reporter) == before + rent
    assert world.tokens(addresses.slashing_vault()) == 0


def test_the_dust_of_the_validators_is_burned_at_the_close(world: SlashingWorld) -> None:
    world.set_params(replace(PARAMS, reason_bps=(1, 1, 1, 1, 1)))
    report = a_report(world).decided(uphold=3).executed()
    assert report.state.validators_due % 3 == 1
    report.claim(report.reporter.wallet)
    for voter in report.panel[:3]:
        report.claim_bounty(voter)
    raw = world.raw(world.mint)
    assert raw is not None
    before = tokens.Mint.decode(raw.data).supply
    (event,) = world.run([report.close_ix()], [world.funded("crank")])
    raw = world.raw(world.mint)
    assert raw is not None
    assert (event.burned, tokens.Mint.decode(raw.data).supply) == (1, before - 1)  # type: ignore[attr-defined]


def test_what_nobody_claims_is_burned_after_ninety_days(world: SlashingWorld, executed: ReportCookie) -> None:
    crank = world.funded("crank")
    left = executed.state.buyer_due + executed.state.reporter_due + executed.state.validators_due
    world.at(executed.state.ended_at + 90 * DAY - 1)
    world.refuse(Unclaimed, [executed.close_ix()], [crank])
    world.advance(1)
    votes = [executed.close_vote_ix(voter) for voter in executed.panel[:5]]
    (event,) = world.run([executed.close_ix()], [crank])
    assert event.burned == left  # type: ignore[attr-defined]
    world.run(votes, [crank])


def test_an_open_report_is_not_closed(world: SlashingWorld, report: ReportCookie) -> None:
    crank = world.funded("crank")
    world.advance(400 * DAY)
    world.refuse(ReportOpen, [report.close_ix()], [crank])
    report.resolve()
    world.refuse(Unclaimed, [report.close_ix()], [crank])


def test_old_votes_mean_nothing_in_a_new_life(world: SlashingWorld, report: ReportCookie) -> None:
    """A closed report can be opened again; the votes of its first life neither count nor pay."""
    report.decided(uphold=1, overturn=3)
    report.claim(report.accused.wallet)
    world.run([report.close_ix()], [world.funded("crank")])
    report.open()
    assert (report.state.voters, report.state.status) == (0, ReportStatus.VOTING)
    old, fresh = report.panel[0], report.panel[3:]
    world.refuse(
        "AccountAlreadyInUse", [report.vote_ix(old, True)], [old.operator], "a vote beside an old one"
    )
    world.run([report.close_vote_ix(report.panel[1])], [world.funded("crank")])
    world.run([report.close_vote_ix(report.panel[3])], [world.funded("crank")])
    for voter in fresh:
        report.vote(voter, True)
    report.decided().executed()
    world.refuse(NoBounty, [report.bounty_ix(old)], [world.funded("crank")])
    world.run([report.close_vote_ix(old)], [world.funded("crank")])
    assert report.claim_bounty(fresh[0]) > 0


def test_votes_of_a_report_of_the_same_second_mean_nothing(
    world: SlashingWorld, report: ReportCookie
) -> None:
    """A timestamp names nothing: the votes of an earlier life take no bounty of a later one."""
    report.decided(uphold=1, overturn=3)
    first = report.state
    report.claim(report.accused.wallet)
    world.run([report.close_ix()], [world.funded("crank")])
    report.open()
    world.write(report.address, replace(report.state, opened_at=first.opened_at))
    for voter in report.panel[4:]:
        report.vote(voter, True)
    assert report.state.number == first.number + 1
    assert report.vote_of(report.panel[0]).number == first.number
    before = report.state
    world.refuse(NoBounty, [report.bounty_ix(report.panel[0])], [world.funded("crank")])
    assert report.state == before


def test_a_record_is_closed_when_it_is_past(world: SlashingWorld, executed: ReportCookie) -> None:
    crank, accused = world.funded("crank"), executed.accused.operator.address
    close = instructions.close_record(accused=accused, account=executed.record)
    world.refuse(RecordInUse, [close], [crank])
    again = replace(executed, evidence=digest("again"), sequence=9).open()
    world.advance(DAY)
    world.refuse(RecordInUse, [close], [crank])
    again.decided()
    thief = world.funded("thief")
    stolen = close.with_account(1, replace(close.accounts[1], address=thief.address))
    world.refuse(WrongPayer, [stolen], [thief])
    before = world.lamports(executed.reporter.owner.address)
    world.run([close], [crank])
    assert world.lamports(executed.reporter.owner.address) > before
    replace(executed, evidence=digest("later"), sequence=10).open()
