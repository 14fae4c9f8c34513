"""Owns the list of all plays: one for each instruction that a wallet can sign."""

from collections.abc import Callable

from tests.programs import plays_buyers, plays_operators, plays_rewards, plays_staking
from tests.programs.stage import Scene

Play = Callable[[], Scene]

PLAYS: dict[str, Play] = {
    "init_config": plays_operators.init_config,
    "propose_authority": plays_operators.propose_authority,
    "accept_authority": plays_operators.accept_authority,
    "set_fees": plays_operators.set_fees,
    "set_pause": plays_operators.set_pause,
    "rotate_oracles": plays_operators.rotate_oracles,
    "create_market": plays_operators.create_market,
    "update_market": plays_operators.update_market,
    "close_market": plays_operators.close_market,
    "register_node": plays_operators.register_node,
    "update_node": plays_operators.update_node,
    "set_worker_key": plays_operators.set_worker_key,
    "retire_node": plays_operators.retire_node,
    "close_node": plays_operators.close_node,
    "open_buyer": plays_buyers.open_buyer,
    "deposit": plays_buyers.deposit,
    "withdraw": plays_buyers.withdraw,
    "close_buyer": plays_buyers.close_buyer,
    "create_job": plays_buyers.create_job,
    "cancel_job": plays_buyers.cancel_job,
    "assign_job": plays_buyers.assign_job,
    "submit_receipt": plays_buyers.submit_receipt,
    "settle_job": plays_buyers.settle_job,
    "expire_job": plays_buyers.expire_job,
    "collect_fees": plays_buyers.collect_fees,
    "init_pool": plays_staking.init_pool,
    "propose_pool_authority": plays_staking.propose_pool_authority,
    "accept_pool_authority": plays_staking.accept_pool_authority,
    "stake": plays_staking.stake,
    "top_up_stake": plays_staking.top_up_stake,
    "extend_stake": plays_staking.extend_stake,
    "unstake": plays_staking.unstake,
    "restake": plays_staking.restake,
    "withdraw_stake": plays_staking.withdraw_stake,
    "forfeit_rewards": plays_staking.forfeit_rewards,
    "init_accumulator": plays_rewards.init_accumulator,
    "propose_rewards_authority": plays_rewards.propose_rewards_authority,
    "accept_rewards_authority": plays_rewards.accept_rewards_authority,
    "set_windows": plays_rewards.set_windows,
    "distribute": plays_rewards.distribute,
    "claim_rewards": plays_rewards.claim_rewards,
}
