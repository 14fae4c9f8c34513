"""What a node owes its stake: oracles end the job, bring it to slashing, and collect its sentence."""

from pathlib import Path

from hypernode.chain import addresses
from hypernode.chain.generated.slashing import Report
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.status import JobStatus
from tests.programs.slashing.slashing_world import APPEAL, JOB_RATE, SlashingWorld
from tests.programs.world import HYPER
from tests.support.shop import Shop


def a_dear_shop(folder: Path) -> Shop:
    """Return a shop whose job costs enough that its sentence is worth a report."""
    world = SlashingWorld.ready()
    world.run([world.init_accumulator()], [world.authority])
    shop = Shop(folder, world)
    create = shop.job.create
    shop.job.create = lambda **changes: create(rate=JOB_RATE, **changes)  # type: ignore[method-assign]
    return shop


async def test_a_job_that_times_out_is_brought_and_collected(tmp_path: Path) -> None:
    shop = a_dear_shop(tmp_path)
    await shop.assigned()
    oracles = [shop.oracle(number) for number in range(3)]
    sequence, stake = shop.job.state.sequence, shop.node.stake.amount
    for again in (True, False):  # a market of two attempts
        shop.world.at(shop.job.state.deadline + 60)
        for oracle in oracles:
            await oracle.step()
        if again:
            assert shop.job.state.status is JobStatus.POSTED
            shop.job.assign(shop.node)
    shop.world.advance(60)
    for oracle in oracles:
        await oracle.step()
    report = addresses.job_report(shop.job.address, sequence)
    state = shop.world.read(Report, report)
    assert (state.status, state.reason) == (ReportStatus.CONFIRMED, FaultReason.JOB_TIMEOUT)
    assert shop.node.stake.held_amount == state.amount == HYPER
    assert (shop.job.exists, shop.node.state.exposure) == (False, 0)
    shop.world.advance(APPEAL)
    for _ in range(2):
        for oracle in oracles:
            await oracle.step()
    assert (shop.node.stake.amount, shop.node.stake.held_amount) == (stake - HYPER, 0)
    assert not shop.world.exists(report)
