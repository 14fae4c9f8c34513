"""open_buyer, deposit, withdraw, close_buyer: a buyer's money is always his to take back."""

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets import BuyerOpened, Deposited, Withdrawn
from hypernode.chain.generated.markets.errors import (
    BuyerNotEmpty,
    InsufficientFunds,
    NotOwner,
    OpenedInThisSlot,
    WrongMint,
    WrongPayer,
    ZeroAmount,
)
from hypernode.chain.instruction import AccountMeta
from tests.programs.cookies import BuyerCookie, MarketCookie, a_buyer, a_wallet
from tests.programs.jobs import CAP, JobCookie
from tests.programs.world import HYPER, World

EVERYTHING = 2**64 - 1


def test_an_account_opens_empty_with_a_vault_and_a_sequence_of_its_slot(world: World) -> None:
    wallet = a_wallet(world, "new")
    slot = world.lite.vm.get_clock().slot
    (event,) = world.run([wallet.open_ix()], [wallet.owner])
    state = wallet.state
    assert state.owner == state.payer == wallet.owner.address
    assert (state.available, state.locked) == (0, 0)
    assert (state.treasury_due, state.stakers_due, state.operations_due) == (0, 0, 0)
    assert (state.opened_slot, state.sequence) == (slot, slot << 20)
    assert world.tokens(wallet.vault) == 0
    assert isinstance(event, BuyerOpened)


def test_an_account_of_another_mint_is_refused(world: World) -> None:
    wallet, mint = a_wallet(world, "new"), world.a_mint("OTHER")
    batch = [instructions.open_buyer(owner=wallet.owner.address, mint=mint)]
    world.refuse(WrongMint, batch, [wallet.owner])


def test_a_deposit_moves_tokens_and_books_them(world: World) -> None:
    buyer = a_buyer(world, deposit=0)
    (event,) = world.run([buyer.deposit_ix(3 * HYPER)], [buyer.owner])
    assert buyer.state.available == world.tokens(buyer.vault) == 3 * HYPER
    assert world.tokens(buyer.wallet) == 7 * HYPER
    assert event == Deposited(buyer=buyer.owner.address, amount=3 * HYPER, available=3 * HYPER)


def test_a_withdrawal_moves_free_tokens_to_any_account(world: World, buyer: BuyerCookie) -> None:
    elsewhere = world.a_token_account("elsewhere")
    batch = [buyer.withdraw_to(elsewhere, HYPER)]
    (event,) = world.run(batch, [buyer.owner])
    assert world.tokens(elsewhere) == HYPER
    assert buyer.state.available == world.tokens(buyer.vault) == 9 * HYPER
    assert event == Withdrawn(buyer=buyer.owner.address, amount=HYPER, available=9 * HYPER)


def test_everything_there_is_can_be_withdrawn_without_knowing_how_much(
    world: World, posted: JobCookie
) -> None:
    buyer = posted.buyer
    buyer.withdraw(EVERYTHING)
    assert (buyer.state.available, buyer.state.locked) == (0, CAP)
    assert world.tokens(buyer.wallet) == 10 * HYPER - CAP


def test_a_deposit_and_a_withdrawal_of_nothing_are_refused(world: World, buyer: BuyerCookie) -> None:
    world.refuse(ZeroAmount, [buyer.deposit_ix(0)], [buyer.owner])
    world.refuse(ZeroAmount, [buyer.withdraw_ix(0)], [buyer.owner])


def test_more_than_the_wallet_holds_is_not_deposited(world: World) -> None:
    buyer = a_buyer(world, deposit=0)
    world.refuse("InsufficientFunds", [buyer.deposit_ix(10 * HYPER + 1)], [buyer.owner])


def test_more_than_is_free_is_not_withdrawn(world: World, posted: JobCookie) -> None:
    buyer = posted.buyer
    free = buyer.state.available
    assert free == 10 * HYPER - CAP
    world.refuse(InsufficientFunds, [buyer.withdraw_ix(free + 1)], [buyer.owner])
    buyer.withdraw(free)


def test_a_stranger_withdraws_nothing(world: World, buyer: BuyerCookie) -> None:
    stranger = a_buyer(world, "stranger")
    theirs = stranger.withdraw_to(stranger.wallet, HYPER)
    bent = theirs.with_account(1, AccountMeta(buyer.address, writable=True))
    world.refuse(NotOwner, [bent], [stranger.owner])
    bent = bent.with_account(2, AccountMeta(buyer.vault, writable=True))
    world.refuse(NotOwner, [bent], [stranger.owner])


@pytest.mark.parametrize("what", ["money", "a job", "fees"])
def test_an_account_that_still_holds_something_is_not_closed(
    world: World, submitted: JobCookie, what: str
) -> None:
    buyer = submitted.buyer
    close = [buyer.close_ix()]
    if what != "money":
        buyer.withdraw(EVERYTHING)
    if what == "fees":
        submitted.settle()
        buyer.withdraw(EVERYTHING)
    world.refuse(BuyerNotEmpty, close, [buyer.owner])


def test_an_account_is_not_closed_in_the_slot_it_was_opened(world: World) -> None:
    wallet = a_wallet(world, "hasty")
    close = wallet.close_ix()
    world.refuse(OpenedInThisSlot, [wallet.open_ix(), close], [wallet.owner])
    world.run([wallet.open_ix()], [wallet.owner])
    world.run([close], [wallet.owner])
    assert not world.exists(wallet.address)
    assert not world.exists(wallet.vault)


def test_closing_gives_both_rents_to_who_paid_them(world: World) -> None:
    wallet, sponsor = a_wallet(world, "poor"), world.funded("sponsor")
    opening = instructions.open_buyer(owner=wallet.owner.address, mint=world.mint, payer=sponsor.address)
    world.run([opening], [wallet.owner, sponsor])
    rent = world.lamports(wallet.address) + world.lamports(wallet.vault)
    before = world.lamports(sponsor.address)
    world.refuse(WrongPayer, [wallet.close_ix()], [wallet.owner])
    close = wallet.close_ix(payer=sponsor.address)
    world.run([close], [wallet.owner])
    assert world.lamports(sponsor.address) == before + rent


def test_a_stranger_closes_no_account(world: World) -> None:
    buyer, stranger = a_buyer(world, deposit=0), world.funded("stranger")
    close = buyer.close_ix()
    bent = close.with_account(0, AccountMeta(stranger.address, signer=True))
    world.refuse(NotOwner, [bent], [stranger])


def test_deposit_and_posting_fit_into_one_transaction(world: World, market: MarketCookie) -> None:
    """A buyer who comes once signs once."""
    wallet = a_wallet(world, "once", HYPER)
    job = JobCookie(world, wallet, market, nonce=1)
    world.run([wallet.open_ix(), wallet.deposit_ix(CAP), job.create_ix()], [wallet.owner])
    assert (wallet.state.available, wallet.state.locked) == (0, CAP)
