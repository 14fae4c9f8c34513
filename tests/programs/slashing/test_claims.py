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
from tests.fixtures.documents import digest
from tests.programs.cookies import BuyerCookie, a_wallet
from tests.programs.slashing.court import BOND, PARAMS, Court, ReportCookie, a_report, a_validator
from tests.programs.world import DAY, HYPER


@pytest.fixture
def executed(report: ReportCookie) -> ReportCookie:
    """Four said guilty, one innocent; 200 HYPER were slashed."""
    return report.judged(uphold=4, overturn=1).executed()


def test_everybody_is_paid_once(court: Court, executed: ReportCookie, buyer: BuyerCookie) -> None:
    assert executed.claim(buyer.wallet) == 60 * HYPER
    assert executed.claim(executed.reporter.wallet) == BOND + 20 * HYPER
    (event,) = executed.events
    assert isinstance(event, DueClaimed)
    assert event.wallet == executed.reporter.owner.address
    for destination in (buyer.wallet, executed.reporter.wallet, executed.accused.wallet):
        court.refuse(NothingDue, [executed.claim_ix(destination)], [court.funded("crank")])


def test_a_harmed_client_who_reports_is_paid_for_both(court: Court) -> None:
    buyer = a_wallet(court, "buyer", BOND)
    report = a_report(court, reporter=buyer, buyer=buyer).judged(uphold=3).executed()
    assert report.claim(buyer.wallet) == BOND + 80 * HYPER


def test_nothing_is_due_before_the_end(court: Court, report: ReportCookie) -> None:
    for step in (lambda: None, lambda: report.judged(uphold=3)):
        step()
        court.refuse(NothingDue, [report.claim_ix(report.reporter.wallet)], [court.funded("crank")])


def test_a_strangers_account_gets_nothing(court: Court, executed: ReportCookie) -> None:
    stranger = a_wallet(court, "stranger")
    court.refuse(NothingDue, [executed.claim_ix(stranger.wallet)], [stranger.owner])


def test_an_account_of_another_token_gets_nothing(court: Court, executed: ReportCookie) -> None:
    other = court.a_token_account("reporter", mint=court.a_mint("other"))
    court.refuse("MintMismatch", [executed.claim_ix(other)], [court.funded("crank")])


def test_what_is_no_token_account_gets_nothing(court: Court, executed: ReportCookie) -> None:
    """Its bytes may say whose it is, but it is not the token program's."""
    raw = court.raw(executed.reporter.wallet)
    assert raw is not None
    fake = digest("fake")
    address = addresses.attested_report(executed.accused.operator.address, fake)
    court.lite.set_raw_account(address, replace(raw, owner=addresses.SYSTEM_PROGRAM))
    court.refuse(WrongDestination, [executed.claim_ix(address)], [court.funded("crank")])
    court.refuse(
        "NothingDue", [executed.claim_ix(court.mint)], [court.funded("crank")], "a claim into the mint"
    )


def test_a_frozen_account_stops_only_its_owner(
    court: Court, executed: ReportCookie, buyer: BuyerCookie
) -> None:
    raw = court.raw(buyer.wallet)
    assert raw is not None
    frozen = raw.data[:108] + b"\x02" + raw.data[109:]
    court.lite.set_raw_account(buyer.wallet, replace(raw, data=frozen))
    court.refuse("AccountFrozen", [executed.claim_ix(buyer.wallet)], [court.funded("crank")])
    assert executed.claim(executed.reporter.wallet) > 0
    elsewhere = court.a_token_account("another of the buyer", owner=buyer.owner.address)
    assert executed.claim(elsewhere) == 60 * HYPER


def test_validators_share_by_weight(court: Court) -> None:
    sizes = (10_000, 20_000, 30_000)
    panel = [a_validator(court, f"validator {size}", size * HYPER) for size in sizes]
    court.advance(1)
    report = a_report(court, panel=panel).judged(uphold=3).executed()
    paid = [report.claim_bounty(voter) for voter in panel]
    assert paid == [20 * HYPER * size // 60_000 for size in sizes]
    (event,) = report.events
    assert isinstance(event, VoteBountyClaimed)
    assert (event.amount, event.round) == (paid[2], 1)
    assert (report.state.unclaimed_weight, report.state.validators_due) == (0, 20 * HYPER - sum(paid))


def test_a_bounty_is_claimed_once_and_gives_the_rent_back(court: Court, executed: ReportCookie) -> None:
    voter = executed.panel[0]
    claim, key = executed.bounty_ix(voter), voter.operator.address
    rent, before = court.lamports(executed.vote_address(voter)), court.lamports(key)
    assert executed.claim_bounty(voter) == 5 * HYPER
    assert court.lamports(key) == before + rent
    court.refuse("AccountDataTooSmall", [claim], [court.funded("crank")], "a second claim")


def test_whoever_was_outvoted_gets_only_the_rent(court: Court, executed: ReportCookie) -> None:
    loser, crank = executed.panel[4], court.funded("crank")
    court.refuse(NoBounty, [executed.bounty_ix(loser)], [crank])
    before = court.lamports(loser.operator.address)
    court.run([executed.close_vote_ix(loser)], [crank])
    assert court.lamports(loser.operator.address) > before


def test_a_bounty_goes_to_the_validator(court: Court, executed: ReportCookie) -> None:
    first, second = executed.panel[:2]
    batch = [executed.bounty_ix(first, destination=second.wallet)]
    court.refuse(WrongDestination, batch, [second.operator])


def test_a_vote_is_worth_nothing_in_another_report(court: Court, executed: ReportCookie) -> None:
    other = replace(executed, evidence=digest("other"), sequence=8).open().judged(uphold=3).executed()
    instruction = executed.bounty_ix(executed.panel[0])
    bent = instruction.with_account(1, replace(instruction.accounts[1], address=other.address))
    court.refuse(WrongVote, [bent], [court.funded("crank")])


def test_the_rent_of_a_vote_goes_to_who_paid_it(court: Court, executed: ReportCookie) -> None:
    thief = court.funded("thief")
    for instruction, slot in (
        (executed.bounty_ix(executed.panel[0]), 3),
        (executed.close_vote_ix(executed.panel[4]), 2),
        (executed.close_ix(), 2),
    ):
        meta = replace(instruction.accounts[slot], address=thief.address)
        court.refuse(WrongPayer, [instruction.with_account(slot, meta)], [thief])


def test_both_rounds_are_rewarded(court: Court, report: ReportCookie) -> None:
    report.judged(uphold=3)
    report.appeal().judged(uphold=5).execute()
    share = report.state.validators_share
    claims = [(voter, 1) for voter in report.panel[:3]] + [(voter, 2) for voter in report.panel[:5]]
    for voter, round_number in claims:
        assert report.claim_bounty(voter, round_number) == share // 8
    assert report.state.unclaimed_weight == 0


def test_a_vote_that_counts_is_not_closed(court: Court, report: ReportCookie) -> None:
    report.ballot(uphold=4)
    crank, winner = court.funded("crank"), report.panel[0]
    court.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    court.refuse(NoBounty, [report.bounty_ix(winner)], [crank])
    report.judged()
    court.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])
    report.executed()
    court.refuse(VoteInUse, [report.close_vote_ix(winner)], [crank])


def test_votes_on_a_dismissed_report_are_closed(court: Court, report: ReportCookie) -> None:
    report.judged(uphold=1, overturn=2)
    for voter in report.panel[:3]:
        court.refuse(NoBounty, [report.bounty_ix(voter)], [court.funded("crank")])
        court.run([report.close_vote_ix(voter)], [court.funded("crank")])


def test_a_report_is_closed_when_all_is_claimed(
    court: Court, executed: ReportCookie, buyer: BuyerCookie
) -> None:
    crank = court.funded("crank")
    steps = [
        lambda: executed.claim(buyer.wallet),
        lambda: executed.claim(executed.reporter.wallet),
        *(lambda voter=voter: executed.claim_bounty(voter) for voter in executed.panel[:4]),
    ]
    for step in steps:
        court.refuse(Unclaimed, [executed.close_ix()], [crank])
        step()
    reporter = executed.reporter.owner.address
    rent, before = court.lamports(executed.address), court.lamports(reporter)
    (event,) = court.run([executed.close_ix()], [crank])
    assert isinstance(event, ReportClosed)
    assert event.burned == 0
    assert court.lamports(reporter) == before + rent
    assert court.tokens(addresses.slashing_vault()) == 0


def test_the_dust_of_the_validators_is_burned_at_the_close(court: Court) -> None:
    court.set_params(replace(PARAMS, reason_bps=(1, 1, 1, 1, 1)))
    report = a_report(court).judged(uphold=3).executed()
    assert report.state.validators_due % 3 == 1
    report.claim(report.reporter.wallet)
    for voter in report.panel[:3]:
        report.claim_bounty(voter)
    raw = court.raw(court.mint)
    assert raw is not None
    before = tokens.Mint.decode(raw.data).supply
    (event,) = court.run([report.close_ix()], [court.funded("crank")])
    raw = court.raw(court.mint)
    assert raw is not None
    assert (event.burned, tokens.Mint.decode(raw.data).supply) == (1, before - 1)  # type: ignore[attr-defined]


def test_what_nobody_claims_is_burned_after_ninety_days(court: Court, executed: ReportCookie) -> None:
    crank = court.funded("crank")
    left = executed.state.buyer_due + executed.state.reporter_due + executed.state.validators_due
    court.at(executed.state.ended_at + 90 * DAY - 1)
    court.refuse(Unclaimed, [executed.close_ix()], [crank])
    court.advance(1)
    votes = [executed.close_vote_ix(voter) for voter in executed.panel[:5]]
    (event,) = court.run([executed.close_ix()], [crank])
    assert event.burned == left  # type: ignore[attr-defined]
    court.run(votes, [crank])


def test_an_open_report_is_not_closed(court: Court, report: ReportCookie) -> None:
    crank = court.funded("crank")
    court.advance(400 * DAY)
    court.refuse(ReportOpen, [report.close_ix()], [crank])
    report.resolve()
    court.refuse(Unclaimed, [report.close_ix()], [crank])


def test_old_votes_mean_nothing_in_a_new_life(court: Court, report: ReportCookie) -> None:
    """A closed report can be opened again; the votes of its first life neither count nor pay."""
    report.judged(uphold=1, overturn=3)
    report.claim(report.accused.wallet)
    court.run([report.close_ix()], [court.funded("crank")])
    report.open()
    assert (report.state.voters, report.state.status) == (0, ReportStatus.VOTING)
    old, fresh = report.panel[0], report.panel[3:]
    court.refuse(
        "AccountAlreadyInUse", [report.vote_ix(old, True)], [old.operator], "a vote beside an old one"
    )
    court.run([report.close_vote_ix(report.panel[1])], [court.funded("crank")])
    court.run([report.close_vote_ix(report.panel[3])], [court.funded("crank")])
    for voter in fresh:
        report.vote(voter, True)
    report.judged().executed()
    court.refuse(NoBounty, [report.bounty_ix(old)], [court.funded("crank")])
    court.run([report.close_vote_ix(old)], [court.funded("crank")])
    assert report.claim_bounty(fresh[0]) > 0


def test_a_record_is_closed_when_it_is_past(court: Court, executed: ReportCookie) -> None:
    crank, accused = court.funded("crank"), executed.accused.operator.address
    close = instructions.close_record(accused=accused, account=executed.record)
    court.refuse(RecordInUse, [close], [crank])
    again = replace(executed, evidence=digest("again"), sequence=9).open()
    court.advance(DAY)
    court.refuse(RecordInUse, [close], [crank])
    again.judged()
    thief = court.funded("thief")
    stolen = close.with_account(1, replace(close.accounts[1], address=thief.address))
    court.refuse(WrongPayer, [stolen], [thief])
    before = court.lamports(executed.reporter.owner.address)
    court.run([close], [crank])
    assert court.lamports(executed.reporter.owner.address) > before
    replace(executed, evidence=digest("later"), sequence=10).open()
