"""accept_job: a content buyer pays although the oracles are silent, but not while a verdict could fall."""

from hypernode.chain.generated.markets import JobAccepted
from hypernode.chain.generated.markets.errors import (
    JobNotSubmitted,
    NotOwner,
    TooEarlyToAccept,
    VerdictTooLate,
    WrongPayout,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.status import Outcome
from tests.programs.cookies import NodeCookie
from tests.programs.jobs import CAP, RATE, JobCookie
from tests.programs.world import DAY, HYPER, World


def test_the_buyer_pays_the_node_without_a_verdict(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    before, price = node.state.reputation, 60 * RATE
    world.at(submitted.state.late_until)
    submitted.accept()
    account = submitted.buyer.state
    assert not submitted.exists
    assert node.earned == price - price // 10 - price // 20
    assert (account.available, account.locked) == (10 * HYPER - price, 0)
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (54, 6, 30)
    assert (node.state.active_jobs, node.state.exposure) == (0, 0)
    assert node.state.reputation == before
    (event,) = submitted.events
    assert isinstance(event, JobAccepted)
    assert event.price == event.node_share + event.treasury + event.stakers + event.operations == price
    assert (event.price + event.unlocked, event.outcome) == (CAP, Outcome.ACCEPTED)


def test_a_node_cannot_buy_the_acceptance_before_a_verdict(world: World, submitted: JobCookie) -> None:
    half = submitted.state.verdict_deadline + DAY // 2
    for second in (world.now, submitted.state.verdict_deadline + 1, half - 1):
        world.at(second)
        world.refuse(TooEarlyToAccept, [submitted.accept_ix()], [submitted.buyer.owner])
    world.at(half)
    submitted.accept()


def test_after_the_late_window_only_the_refund_is_left(world: World, submitted: JobCookie) -> None:
    world.at(submitted.state.late_until + 1)
    world.refuse(VerdictTooLate, [submitted.accept_ix()], [submitted.buyer.owner])
    submitted.expire()
    assert submitted.buyer.state.available == 10 * HYPER


def test_only_a_submitted_job_is_accepted(world: World, assigned: JobCookie) -> None:
    world.refuse(JobNotSubmitted, [assigned.accept_ix()], [assigned.buyer.owner])


def test_nobody_else_accepts(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    world.at(submitted.state.late_until)
    bent = submitted.accept_ix().with_account(0, AccountMeta(node.operator.address, signer=True))
    world.refuse(NotOwner, [bent], [node.operator])


def test_pay_goes_to_the_account_of_the_assignment_only(world: World, submitted: JobCookie) -> None:
    world.at(submitted.state.late_until)
    accept = submitted.accept_ix()
    index = [meta.address for meta in accept.accounts].index(submitted.state.payout)
    bent = accept.with_account(index, AccountMeta(world.a_token_account("thief"), writable=True))
    world.refuse(WrongPayout, [bent], [submitted.buyer.owner])


def test_an_accepted_job_is_not_settled_as_well(world: World, submitted: JobCookie) -> None:
    verdict = submitted.settle_ixs()
    world.at(submitted.state.late_until)
    submitted.accept()
    world.refuse("AccountDataTooSmall", verdict, [world.funded("crank")])
