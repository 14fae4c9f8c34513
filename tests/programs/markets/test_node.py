"""register_node, update_node, set_worker_key, retire_node, close_node: an operator's own affairs."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets.errors import (
    AlreadyRetired,
    BadGpu,
    NodeBusy,
    NodeRetired,
    NotOperator,
    NotRetiredLongEnough,
    NotWorkerKey,
    WrongPayer,
)
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import ZERO_ADDRESS, GpuVendor
from tests.programs.cookies import HARDWARE_HASH, NodeCookie, a_node, an_operator
from tests.programs.jobs import JobCookie
from tests.programs.world import DAY, World


def update(node: NodeCookie, **changes: object) -> Instruction:
    arguments: dict[str, object] = {
        "operator": node.operator.address,
        "payout": node.payout,
        "gpu_vendor": GpuVendor.AMD,
        "gpu_count": 1,
        "vram_mib": 16_000,
        "hardware_hash": b"\x09" * 32,
    }
    return instructions.update_node(**{**arguments, **changes})  # type: ignore[arg-type]


def retire(node: NodeCookie) -> None:
    node.world.run([instructions.retire_node(operator=node.operator.address)], [node.operator])


def test_a_new_node_starts_with_the_score_of_a_newcomer(world: World) -> None:
    node = an_operator(world)
    (event,) = world.run([node.register_ix()], [node.operator])
    state = node.state
    assert (state.operator, state.worker_key, state.payout) == (
        node.operator.address,
        node.worker_key.address,
        node.payout,
    )
    assert (state.gpu_vendor, state.gpu_count, state.vram_mib) == (GpuVendor.NVIDIA, 2, 24_000)
    assert (state.active_jobs, state.exposure, state.retired_at) == (0, 0, 0)
    assert (state.reputation.score, state.reputation.ok) == (500, 0)
    assert state.hardware_hash == HARDWARE_HASH
    assert event.name == "NodeRegistered"


def test_a_node_needs_no_stake_to_register_and_may_have_no_gpu(world: World) -> None:
    node = an_operator(world)
    register = node.register_ix(gpu_vendor=GpuVendor.NONE, gpu_count=0, vram_mib=0)
    world.run([register], [node.operator])


@pytest.mark.parametrize(
    "hardware",
    [
        {"gpu_vendor": GpuVendor.NONE, "gpu_count": 1, "vram_mib": 0},
        {"gpu_vendor": GpuVendor.NONE, "gpu_count": 0, "vram_mib": 1},
        {"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 0},
        {"gpu_vendor": 3},
    ],
    ids=str,
)
def test_hardware_that_contradicts_itself_is_refused(
    world: World, node: NodeCookie, hardware: dict[str, int]
) -> None:
    newcomer = an_operator(world, "newcomer")
    world.refuse(BadGpu, [newcomer.register_ix(**hardware)], [newcomer.operator])
    world.refuse(BadGpu, [update(node, **hardware)], [node.operator])


def test_a_payout_account_must_hold_hyper(world: World, node: NodeCookie) -> None:
    """Otherwise the node could never be paid, and its own settlements would fail."""
    newcomer = an_operator(world, "newcomer")
    other_mint = world.a_token_account("other", mint=world.a_mint("OTHER"))
    for wrong, error in (
        (other_mint, "InvalidAccountData"),
        (world.mint, "InvalidAccountData"),
        (node.operator.address, "IllegalOwner"),
    ):
        register = newcomer.register_ix(payout=wrong)
        world.refuse(error, [register], [newcomer.operator], f"a payout to {wrong}")
        world.refuse(error, [update(node, payout=wrong)], [node.operator], f"a payout to {wrong}")
    world.refuse("IllegalOwner", [newcomer.register_ix(payout=node.address)], [newcomer.operator])


def test_an_agent_must_be_somebody(world: World, node: NodeCookie) -> None:
    newcomer = an_operator(world, "newcomer")
    register = newcomer.register_ix(worker_key=ZERO_ADDRESS)
    world.refuse("ZeroAddress", [register], [newcomer.operator], "no worker")
    batch = [instructions.set_worker_key(operator=node.operator.address, worker_key=ZERO_ADDRESS)]
    world.refuse("ZeroAddress", batch, [node.operator], "no worker")


def test_an_update_changes_hardware_and_payout_only(world: World, node: NodeCookie) -> None:
    before = node.state
    payout = world.a_token_account("second payout")
    world.run([update(node, payout=payout)], [node.operator])
    after = node.state
    assert (after.payout, after.gpu_vendor, after.vram_mib) == (payout, GpuVendor.AMD, 16_000)
    assert (after.worker_key, after.reputation, after.operator) == (
        before.worker_key,
        before.reputation,
        before.operator,
    )


def test_a_new_worker_key_takes_the_next_jobs(world: World, posted: JobCookie, node: NodeCookie) -> None:
    successor = world.funded("successor")
    batch = [instructions.set_worker_key(operator=node.operator.address, worker_key=successor.address)]
    world.run(batch, [node.operator])
    matcher = posted.market.matcher
    world.refuse(NotWorkerKey, [posted.assign_ix(node)], [node.worker_key, matcher])
    posted.assign(replace(node, worker_key=successor))
    assert posted.state.worker_key == successor.address


@pytest.mark.parametrize("actor", ["stranger", "worker_key"])
def test_only_the_operator_touches_a_node(world: World, node: NodeCookie, actor: str) -> None:
    """The worker's key lies on the machine: it must not be able to redirect pay."""
    signer = node.worker_key if actor == "worker_key" else world.funded("stranger")
    batches = [
        update(node),
        instructions.set_worker_key(operator=node.operator.address, worker_key=signer.address),
        instructions.retire_node(operator=node.operator.address),
        instructions.close_node(operator=node.operator.address),
    ]
    for instruction in batches:
        metas = [
            meta.address if meta.address != node.operator.address or not meta.signer else signer.address
            for meta in instruction.accounts
        ]
        bent = instruction
        for index, address in enumerate(metas):
            meta = instruction.accounts[index]
            bent = bent.with_account(index, type(meta)(address, meta.signer, meta.writable))
        world.refuse(NotOperator, [bent], [signer])


def test_a_retired_node_takes_no_job(world: World, posted: JobCookie, node: NodeCookie) -> None:
    retire(node)
    assert node.state.retired_at == world.now
    world.refuse(NodeRetired, [posted.assign_ix(node)], [node.worker_key, posted.market.matcher])


def test_a_node_retires_once(world: World, node: NodeCookie) -> None:
    retire(node)
    world.advance(1)
    batch = [instructions.retire_node(operator=node.operator.address)]
    world.refuse(AlreadyRetired, batch, [node.operator])


def test_a_node_is_closed_only_after_retirement_and_work(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    close = [instructions.close_node(operator=node.operator.address)]
    world.refuse(NotRetiredLongEnough, close, [node.operator])
    retire(node)
    world.refuse(NotRetiredLongEnough, close, [node.operator])
    world.advance(14 * DAY)
    world.refuse(NodeBusy, close, [node.operator])
    assigned.expire()
    world.run(close, [node.operator])
    assert not world.exists(node.address)


def test_closing_gives_the_rent_to_who_paid_it(world: World) -> None:
    node, sponsor = an_operator(world), world.funded("sponsor")
    world.run([node.register_ix(payer=sponsor.address)], [node.operator, sponsor])
    retire(node)
    world.advance(14 * DAY)
    rent, before = world.lamports(node.address), world.lamports(sponsor.address)
    wrong = instructions.close_node(operator=node.operator.address)
    world.refuse(WrongPayer, [wrong], [node.operator])
    close = instructions.close_node(operator=node.operator.address, payer=sponsor.address)
    world.run([close], [node.operator])
    assert world.lamports(sponsor.address) == before + rent


def test_a_bad_name_is_not_shed_by_registering_again(world: World) -> None:
    """Closing takes two weeks; registering over a live node is refused."""
    node = a_node(world)
    world.refuse("AccountAlreadyInUse", [node.register_ix()], [node.operator], "a second registration")
