"""cancel_job: a buyer takes back what nobody has begun."""

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets import JobCancelled
from hypernode.chain.generated.markets.errors import JobNotPosted, NotOwner, WrongPayer
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.status import JobStatus, Outcome
from tests.programs.cookies import NodeCookie, a_buyer
from tests.programs.jobs import CAP, JobCookie
from tests.programs.world import HYPER, World


def test_a_posted_job_is_cancelled_with_money_and_rent_back(world: World, posted: JobCookie) -> None:
    owner = posted.buyer.owner
    fee_payer = world.funded("fee payer")
    rent, before = world.lamports(posted.address), world.lamports(owner.address)
    sequence = posted.state.sequence
    (event,) = world.run([posted.cancel_ix()], [fee_payer, owner])
    assert not posted.exists
    assert (posted.buyer.state.available, posted.buyer.state.locked) == (10 * HYPER, 0)
    assert world.lamports(owner.address) == before + rent
    assert event == JobCancelled(
        job=posted.address,
        buyer=owner.address,
        sequence=sequence,
        attempt=0,
        refund=CAP,
        old_status=JobStatus.POSTED,
        outcome=Outcome.CANCELLED,
    )


@pytest.mark.parametrize("state", ["assigned", "submitted"])
def test_work_under_way_is_not_cancelled(
    world: World, posted: JobCookie, node: NodeCookie, state: str
) -> None:
    posted.assign(node)
    if state == "submitted":
        posted.submit()
    world.refuse(JobNotPosted, [posted.cancel_ix()], [posted.buyer.owner])


def test_a_job_that_was_posted_again_can_be_cancelled(world: World, assigned: JobCookie) -> None:
    world.at(assigned.state.deadline + assigned.state.grace + 1)
    assigned.expire()
    assigned.cancel()
    assert assigned.buyer.state.locked == 0


def test_a_posting_past_its_time_can_still_be_cancelled(world: World, posted: JobCookie) -> None:
    world.at(posted.state.expires_at + 1)
    posted.cancel()
    assert posted.buyer.state.locked == 0


def test_a_stranger_cancels_nothing(world: World, posted: JobCookie) -> None:
    stranger = a_buyer(world, "stranger")
    cancel = posted.cancel_ix()
    as_owner = cancel.with_account(0, AccountMeta(stranger.owner.address, signer=True))
    world.refuse(NotOwner, [as_owner], [stranger.owner])
    own_account = as_owner.with_account(1, AccountMeta(stranger.address, writable=True))
    world.refuse("NotOwner", [own_account], [stranger.owner], "a refund to a stranger")


def test_the_rent_goes_only_to_who_paid_it(world: World, posted: JobCookie) -> None:
    thief = world.funded("thief")
    cancel = instructions.cancel_job(
        owner=posted.buyer.owner.address, job=posted.address, payer=thief.address
    )
    world.refuse(WrongPayer, [cancel], [posted.buyer.owner])


def test_a_job_is_cancelled_once(world: World, posted: JobCookie) -> None:
    cancel = [posted.cancel_ix()]
    posted.cancel()
    world.refuse("AccountDataTooSmall", cancel, [posted.buyer.owner], "a second cancellation")
    assert posted.buyer.state.available == 10 * HYPER
