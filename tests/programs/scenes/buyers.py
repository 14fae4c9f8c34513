"""One scene for each instruction of buyers and of a job on its way."""

from tests.programs.cookies import a_wallet
from tests.programs.jobs import SPEC_HASH, JobCookie
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene
from tests.programs.world import HYPER

# --- the buyer


def open_buyer() -> Scene:
    stage = Stage()
    wallet = a_wallet(stage.world, "new buyer")
    return a_scene(stage, wallet.open_ix(), wallet.owner)


def deposit() -> Scene:
    stage = Stage()
    stage.world.give(stage.buyer.wallet, HYPER)
    stage.world.give(stage.rival_buyer.wallet, HYPER)
    return a_scene(stage, stage.buyer.deposit_ix(HYPER), stage.buyer.owner)


def withdraw() -> Scene:
    stage = Stage()
    return a_scene(stage, stage.buyer.withdraw_ix(HYPER), stage.buyer.owner)


def close_buyer() -> Scene:
    stage = Stage()
    for job in (stage.job, stage.rival_job):
        job.cancel()
        job.buyer.withdraw(job.buyer.state.available)
    owner = stage.buyer.owner
    return a_scene(stage, stage.buyer.close_ix(), owner)


def create_job() -> Scene:
    stage = Stage()
    second = JobCookie(stage.world, stage.buyer, stage.market, nonce=2)
    return a_scene(stage, second.create_ix(spec_hash=SPEC_HASH), stage.buyer.owner)


def cancel_job() -> Scene:
    stage = Stage()
    return a_scene(stage, stage.job.cancel_ix(), stage.buyer.owner)


# --- a job on its way


def assign_job() -> Scene:
    stage = Stage()
    return a_scene(stage, stage.job.assign_ix(stage.node), stage.node.worker_key, stage.market.matcher)


def submit_receipt() -> Scene:
    stage = Stage()
    stage.assign()
    stage.world.advance(60)
    return a_scene(stage, stage.job.submit_ix(), stage.node.worker_key)


def settle_job() -> Scene:
    stage = Stage()
    stage.submit()
    return Scene(stage.world, stage.job.settle_ixs(), (), stage.rivals)


def decline_job() -> Scene:
    stage = Stage()
    stage.assign()
    return a_scene(stage, stage.job.decline_ix(), stage.node.worker_key)


def accept_job() -> Scene:
    stage = Stage()
    stage.submit()
    stage.world.at(stage.job.state.late_until)
    return a_scene(stage, stage.job.accept_ix(), stage.buyer.owner)


def expire_job() -> Scene:
    stage = Stage()
    stage.submit()
    stage.world.at(stage.job.state.late_until + 1)
    return a_scene(stage, stage.job.expire_ix())


def collect_fees() -> Scene:
    stage = Stage()
    stage.settle()
    return a_scene(stage, stage.buyer.collect_ix())
