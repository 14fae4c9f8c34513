"""claim_due, claim_vote_fee and the closings: what is due is pulled, once, by whom it belongs to."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.slashing import DueClaimed, ReportClosed, VoteFeeClaimed
from hypernode.chain.generated.slashing.errors import (
    NoFee,
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
from tests.programs.cookies import a_wallet
from tests.programs.slashing.slashing_world import (
    BOND,
    ReportCookie,
    SlashingWorld,
    a_report,
    a_validator,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest


@pytest.fixture
def executed(report: ReportCookie) -> ReportCookie:
    """Four voted to uphold, one to overturn; 50 HYPER were slashed and 10 of them pay the four."""
    return report.decided(uphold=4, overturn=1).executed()


def test_everybody_is_paid_once(world: SlashingWorld, executed: ReportCookie) -> None:
    assert executed.claim(executed.reporter.wallet) == BOND
    (event,) = executed.events
    assert isinstance(event, DueClaimed)
    assert event.wallet == executed.reporter.owner.address
    for destination in (executed.reporter.wallet, executed.accused.wallet):
        world.refuse(NothingDue, [executed.claim_ix(destination)], [world.funded("crank")])


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
    address = addresses.report(executed.accused.operator.address, fake)
    world.lite.set_raw_account(address, replace(raw, owner=addresses.SYSTEM_PROGRAM))
    world.refuse(WrongDestination, [executed.claim_ix(address)], [world.funded("crank")])
    world.refuse(
        "NothingDue", [executed.claim_ix(world.mint)], [world.funded("crank")], "a claim into the mint"
    )


def test_a_frozen_account_stops_only_its_owner(world: SlashingWorld, executed: ReportCookie) -> None:
    raw = world.raw(executed.reporter.wallet)
    assert raw is not None
    frozen = raw.data[:108] + b"\x02" + raw.data[109:]
    world.lite.set_raw_account(executed.reporter.wallet, replace(raw, data=frozen))
    world.refuse("AccountFrozen", [executed.claim_ix(executed.reporter.wallet)], [world.funded("crank")])
    assert executed.claim_fee(executed.panel[0]) > 0
    elsewhere = world.a_token_account("another of the reporter", owner=executed.reporter.owner.address)
    assert executed.claim(elsewhere) == BOND


def test_validators_share_by_weight(world: SlashingWorld) -> None:
    sizes = (10_000, 20_000, 30_000)
    panel = [a_validator(world, f"validator {size}", size * HYPER) for size in sizes]
    world.advance(1)
    report = a_report(world, panel=panel).decided(uphold=3).executed()
    paid = [report.claim_fee(voter) for voter in panel]
    assert paid == [10 * HYPER * size // 60_000 for size in sizes]
    (event,) = report.events
    assert isinstance(event, VoteFeeClaimed)
    assert (event.amount, event.round) == (paid[2], 1)
    assert (report.state.unclaimed_weight, report.state.validators_due) == (0, 10 * HYPER - sum(paid))


def test_a_bounty_is_claimed_once_and_gives_the_rent_back(
    world: SlashingWorld, executed: ReportCookie
) -> None:
    voter = executed.panel[0]
    claim, key = executed.fee_ix(voter), voter.operator.address
    rent, before = world.lamports(executed.vote_address(voter)), world.lamports(key)
    assert executed.claim_fee(voter) == 10 * HYPER // 4
    assert world.lamports(key) == before + rent
    world.refuse("AccountDataTooSmall", [claim], [world.funded("crank")], "a second claim")


def test_whoever_was_outvoted_gets_only_the_rent(world: SlashingWorld, executed: ReportCookie) -> None:
    loser, crank = executed.panel[4], world.funded("crank")
    world.refuse(NoFee, [executed.fee_ix(loser)], [crank])
    before = world.lamports(loser.operator.address)
    world.run([executed.close_vote_ix(loser)], [crank])
    assert world.lamports(loser.operator.address) > before


def test_a_bounty_goes_to_the_validator(world: SlashingWorld, executed: ReportCookie) -> None:
    first, second = executed.panel[:2]
    batch = [executed.fee_ix(first, destination=second.wallet)]
    world.refuse(WrongDestination, batch, [second.operator])


def test_a_vote_is_worth_nothing_in_another_report(world: SlashingWorld, executed: ReportCookie) -> None:
    other = replace(executed, evidence=digest("other")).open().decided(uphold=3).executed()
    instruction = executed.fee_ix(executed.panel[0])
    bent = instruction.with_account(1, replace(instruction.accounts[1], address=other.address))
    world.refuse(WrongVote, [bent], [world.funded("crank")])


def test_the_rent_of_a_vote_goes_to_who_paid_it(world: SlashingWorld, executed: ReportCookie) -> None:
    thief = world.funded("thief")
    for instruction, slot in (
        (executed.fee_ix(executed.panel[0]), 3),
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
        assert report.claim_fee(voter, round_number) == share // 8
    assert report.state.unclaimed_weight == 0


def test_a_vote_that_counts_is_not_closed(world: SlashingWorld, report: ReportCookie) -> None:
    report.ballot(uphold=4)
    crank, winner = world.funded("crank"), report.panel[0]
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    world.refuse(NoFee, [report.fee_ix(winner)], [crank])
    report.decided()
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    report.executed()
    world.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])


def test_votes_to_overturn_a_dismissed_report_are_paid(world: SlashingWorld, report: ReportCookie) -> None:
    """Judges get the same whatever they decide, or they would convict for the fee."""
    report.decided(uphold=1, overturn=2)
    loser, *winners = report.panel[:3]
    world.refuse(NoFee, [report.fee_ix(loser)], [world.funded("crank")])
    world.run([report.close_vote_ix(loser)], [world.funded("crank")])
    assert [report.claim_fee(voter) for voter in winners] == [BOND // 20, BOND // 20]


def test_a_report_is_closed_when_all_is_claimed(world: SlashingWorld, executed: ReportCookie) -> None:
    crank = world.funded("crank")
    steps = [
        lambda: executed.claim(executed.reporter.wallet),
        *(lambda voter=voter: executed.claim_fee(voter) for voter in executed.panel[:4]),
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
    report = a_report(world).decided(uphold=3).executed()
    assert report.state.validators_due % 3 == 1
    report.claim(report.reporter.wallet)
    for voter in report.panel[:3]:
        report.claim_fee(voter)
    raw = world.raw(world.mint)
    assert raw is not None
    before = tokens.Mint.decode(raw.data).supply
    (event,) = world.run([report.close_ix()], [world.funded("crank")])
    raw = world.raw(world.mint)
    assert raw is not None
    assert (event.burned, tokens.Mint.decode(raw.data).supply) == (1, before - 1)  # type: ignore[attr-defined]


def test_what_nobody_claims_is_burned_after_ninety_days(world: SlashingWorld, executed: ReportCookie) -> None:
    crank = world.funded("crank")
    left = executed.state.reporter_due + executed.state.validators_due
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
    for voter in report.panel[1:4]:
        report.claim_fee(voter)
    world.run([report.close_ix()], [world.funded("crank")])
    report.open()
    assert (report.state.voters, report.state.status) == (0, ReportStatus.VOTING)
    old, fresh = report.panel[0], report.panel[3:]
    world.refuse(
        "AccountAlreadyInUse", [report.vote_ix(old, True)], [old.operator], "a vote beside an old one"
    )
    for voter in fresh:
        report.vote(voter, True)
    report.decided().executed()
    world.refuse(NoFee, [report.fee_ix(old)], [world.funded("crank")])
    world.run([report.close_vote_ix(old)], [world.funded("crank")])
    assert report.claim_fee(fresh[0]) > 0


def test_votes_of_a_report_of_the_same_second_mean_nothing(
    world: SlashingWorld, report: ReportCookie
) -> None:
    """A timestamp names nothing: the votes of an earlier life take no bounty of a later one."""
    report.decided(uphold=1, overturn=3)
    first = report.state
    report.claim(report.accused.wallet)
    for voter in report.panel[1:4]:
        report.claim_fee(voter)
    world.run([report.close_ix()], [world.funded("crank")])
    report.open()
    world.write(report.address, replace(report.state, opened_at=first.opened_at))
    for voter in report.panel[1:]:
        report.vote(voter, True)
    report.decided().executed()
    assert report.state.number == first.number + 1
    assert report.vote_of(report.panel[0]).number == first.number
    before = report.state
    world.refuse(NoFee, [report.fee_ix(report.panel[0])], [world.funded("crank")])
    assert report.state == before


def test_a_record_is_closed_when_it_is_past(world: SlashingWorld, executed: ReportCookie) -> None:
    crank, accused = world.funded("crank"), executed.accused.operator.address
    close = instructions.close_record(accused=accused, account=executed.record)
    world.refuse(RecordInUse, [close], [crank])
    again = replace(executed, evidence=digest("again")).open()
    world.advance(DAY)
    world.refuse(RecordInUse, [close], [crank])
    again.decided()
    thief = world.funded("thief")
    stolen = close.with_account(1, replace(close.accounts[1], address=thief.address))
    world.refuse(WrongPayer, [stolen], [thief])
    before = world.lamports(executed.reporter.owner.address)
    world.run([close], [crank])
    assert world.lamports(executed.reporter.owner.address) > before
    replace(executed, evidence=digest("later")).open()
