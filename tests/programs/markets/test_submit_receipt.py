"""submit_receipt: the node's worker claims what ran and for how long, within what it was given."""

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets import ReceiptSubmitted
from hypernode.chain.generated.markets.errors import (
    EmptyReceipt,
    JobNotAssigned,
    NotWorkerKey,
    ReceiptTooLate,
    TooManySeconds,
)
from hypernode.domain.status import JobStatus
from tests.programs.cookies import NodeCookie, a_node
from tests.programs.jobs import RECEIPT_HASH, TIMEOUT, JobCookie
from tests.programs.world import World


def test_a_receipt_is_kept_with_its_time(world: World, assigned: JobCookie) -> None:
    assigned.submit(60)
    state = assigned.state
    assert state.status is JobStatus.SUBMITTED
    assert (state.receipt_hash, state.seconds_used) == (RECEIPT_HASH, 60)
    assert (state.submitted_at, state.verdict_deadline) == (world.now, world.now + state.verdict_window)
    (event,) = assigned.events
    assert isinstance(event, ReceiptSubmitted)
    assert (event.receipt_hash, event.seconds_used) == (RECEIPT_HASH, 60)
    assert (event.old_status, event.new_status) == (JobStatus.ASSIGNED, JobStatus.SUBMITTED)


def test_a_receipt_moves_no_money(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    before = (assigned.buyer.state, world.tokens(assigned.buyer.vault), node.state)
    assigned.submit()
    assert (assigned.buyer.state, world.tokens(assigned.buyer.vault), node.state) == before


def test_a_receipt_is_given_once(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    world.advance(1)
    other = submitted.submit_ix(1, receipt_hash=b"\x0f" * 32)
    world.refuse(JobNotAssigned, [other], [node.worker_key])


def test_only_the_nodes_agent_gives_it(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.advance(10)
    for signer in (node.operator, assigned.buyer.owner, assigned.market.matcher):
        world.refuse(NotWorkerKey, [assigned.submit_ix(10, worker_key=signer.address)], [signer])


def test_another_nodes_agent_does_not_give_it(world: World, assigned: JobCookie) -> None:
    rival = a_node(world, "rival")
    world.advance(10)
    submit = assigned.submit_ix(10, worker_key=rival.worker_key.address)
    world.refuse(NotWorkerKey, [submit], [rival.worker_key])


def test_a_new_worker_key_does_not_end_the_jobs_of_the_old_one(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    """The key of the assignment signs the receipt, so that nobody can put a running job in doubt."""
    successor = world.funded("successor")
    change = instructions.set_worker_key(operator=node.operator.address, worker_key=successor.address)
    world.run([change], [node.operator])
    world.advance(10)
    submit = assigned.submit_ix(10, worker_key=successor.address)
    world.refuse(NotWorkerKey, [submit], [successor])
    world.run([assigned.submit_ix(10)], [node.worker_key])


def test_a_receipt_without_its_hash_is_refused(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.refuse(EmptyReceipt, [assigned.submit_ix(0, receipt_hash=bytes(32))], [node.worker_key])


@pytest.mark.parametrize(
    ("passed", "claimed", "fine"),
    [(0, 1, True), (0, 2, False), (58, 60, False), (59, 60, True), (60, 60, True)],
)
def test_no_more_seconds_are_claimed_than_passed_rounded_up(
    world: World, assigned: JobCookie, node: NodeCookie, passed: int, claimed: int, fine: bool
) -> None:
    world.advance(passed)
    if fine:
        world.run([assigned.submit_ix(claimed)], [node.worker_key])
    else:
        world.refuse(TooManySeconds, [assigned.submit_ix(claimed)], [node.worker_key])


def test_no_more_seconds_are_claimed_than_were_allowed(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    """The grace is for bringing the receipt, not for running on."""
    world.advance(TIMEOUT + 5)
    world.refuse(TooManySeconds, [assigned.submit_ix(TIMEOUT + 1)], [node.worker_key])
    world.run([assigned.submit_ix(TIMEOUT)], [node.worker_key])


def test_a_receipt_after_its_grace_is_refused(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.at(assigned.state.deadline + 1)
    world.refuse(ReceiptTooLate, [assigned.submit_ix(60)], [node.worker_key])
