"""The scene of every instruction of every program, by `program.instruction`."""

from collections.abc import Callable
from functools import partial

from tests.programs.scenes import (
    authorities,
    buyers,
    called,
    governance,
    operators,
    rewards,
    slashing,
    staking,
)
from tests.programs.scenes.scene import PROGRAMS, Scene

MODULES = {module.__name__.rpartition(".")[2]: module for module in PROGRAMS.values()}

SCENES: dict[str, Callable[[], Scene]] = {
    "markets.init_config": operators.init_config,
    "markets.set_fees": operators.set_fees,
    "markets.set_min_rate": operators.set_min_rate,
    "markets.set_pause": operators.set_pause,
    "markets.rotate_oracles": operators.rotate_oracles,
    "markets.create_market": operators.create_market,
    "markets.update_market": operators.update_market,
    "markets.close_market": operators.close_market,
    "markets.register_node": operators.register_node,
    "markets.update_node": operators.update_node,
    "markets.set_worker_key": operators.set_worker_key,
    "markets.retire_node": operators.retire_node,
    "markets.close_node": operators.close_node,
    "markets.open_buyer": buyers.open_buyer,
    "markets.deposit": buyers.deposit,
    "markets.withdraw": buyers.withdraw,
    "markets.close_buyer": buyers.close_buyer,
    "markets.create_job": buyers.create_job,
    "markets.cancel_job": buyers.cancel_job,
    "markets.assign_job": buyers.assign_job,
    "markets.submit_receipt": buyers.submit_receipt,
    "markets.settle_job": buyers.settle_job,
    "markets.decline_job": buyers.decline_job,
    "markets.accept_job": buyers.accept_job,
    "markets.expire_job": buyers.expire_job,
    "markets.collect_fees": buyers.collect_fees,
    "markets.close_outcome": slashing.close_outcome,
    "staking.init_pool": staking.init_pool,
    "staking.stake": staking.stake,
    "staking.top_up": staking.top_up_stake,
    "staking.extend": staking.extend_stake,
    "staking.unstake": staking.unstake,
    "staking.restake": staking.restake,
    "staking.withdraw": staking.withdraw_stake,
    "staking.forfeit_rewards": staking.forfeit_rewards,
    "staking.hold": called.hold,
    "staking.hold_more": called.hold_more,
    "staking.release_hold": called.release_hold,
    "staking.slash": called.slash,
    "staking.take_rewards": called.take_rewards,
    "rewards.init_accumulator": rewards.init_accumulator,
    "rewards.set_windows": rewards.set_windows,
    "rewards.distribute": rewards.distribute,
    "rewards.claim": rewards.claim_rewards,
    "slashing.init_config": slashing.init_config,
    "slashing.set_params": slashing.set_params,
    "slashing.report": slashing.report,
    "slashing.open_from_job": slashing.open_from_job,
    "slashing.vote": slashing.vote,
    "slashing.resolve": slashing.resolve,
    "slashing.appeal": slashing.appeal,
    "slashing.execute": slashing.execute,
    "slashing.claim_due": slashing.claim_due,
    "slashing.claim_vote_fee": slashing.claim_vote_fee,
    "slashing.close_vote": slashing.close_vote,
    "slashing.close_report": slashing.close_report,
    "slashing.close_record": slashing.close_record,
    "governance.init_config": governance.init_config,
    "governance.set_params": governance.set_params,
    "governance.set_guardian": governance.set_guardian,
    "governance.set_operations": governance.set_operations,
    "governance.treasury_transfer": governance.treasury_transfer,
    "governance.adopt": governance.adopt,
    "governance.create_proposal": governance.create_proposal,
    "governance.add_instruction": governance.add_instruction,
    "governance.activate": governance.activate,
    "governance.vote": governance.vote,
    "governance.finalize": governance.finalize,
    "governance.queue": governance.queue,
    "governance.execute": governance.execute,
    "governance.expire": governance.expire,
    "governance.cancel": governance.cancel,
    "governance.veto": governance.veto,
    "governance.pause": governance.pause,
    "governance.release": governance.release,
    "governance.close_vote": governance.close_vote,
    "governance.close_proposal": governance.close_proposal,
    **{
        f"{program}.{name}": partial(make, program)
        for name, make in (
            ("propose_authority", authorities.offer),
            ("accept_authority", authorities.acceptance),
        )
        for program in authorities.OFFERS
    },
}


def slots_of(name: str) -> tuple[str, ...]:
    """Return the names of an instruction's accounts."""
    program, _, instruction = name.partition(".")
    accounts: dict[str, tuple[str, ...]] = MODULES[program].ACCOUNTS
    return accounts[instruction]
