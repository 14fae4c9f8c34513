"""Owns the protocol's instructions as people mean them, grouped by who acts.

Every builder takes plain addresses and numbers, derives the rest, and returns one `Instruction` (or, for
`settle_job`, the two that belong together). `payer` is who funds rent and gets it back; it defaults to the
actor. Nothing here talks to the chain.
"""

from hypernode.chain.instructions.authority import (
    accept_authority,
    init_config,
    propose_authority,
    rotate_oracles,
    set_fees,
    set_pause,
)
from hypernode.chain.instructions.buyer import (
    cancel_job,
    close_buyer,
    create_job,
    deposit,
    open_buyer,
    withdraw,
)
from hypernode.chain.instructions.crank import collect_fees, expire_job, settle_job
from hypernode.chain.instructions.creator import MarketTerms, close_market, create_market, update_market
from hypernode.chain.instructions.node import (
    assign_job,
    close_node,
    register_node,
    retire_node,
    set_node_agent,
    submit_receipt,
    update_node,
)
from hypernode.chain.instructions.rewards import (
    accept_rewards_authority,
    claim_rewards,
    distribute,
    init_accumulator,
    propose_rewards_authority,
    set_windows,
)
from hypernode.chain.instructions.staker import (
    accept_pool_authority,
    extend_stake,
    forfeit_rewards,
    init_pool,
    propose_pool_authority,
    restake,
    stake,
    top_up_stake,
    unstake,
    withdraw_stake,
)

__all__ = [
    "MarketTerms",
    "accept_authority",
    "accept_pool_authority",
    "accept_rewards_authority",
    "assign_job",
    "cancel_job",
    "claim_rewards",
    "close_buyer",
    "close_market",
    "close_node",
    "collect_fees",
    "create_job",
    "create_market",
    "deposit",
    "distribute",
    "expire_job",
    "extend_stake",
    "forfeit_rewards",
    "init_accumulator",
    "init_config",
    "init_pool",
    "open_buyer",
    "propose_authority",
    "propose_pool_authority",
    "propose_rewards_authority",
    "register_node",
    "restake",
    "retire_node",
    "rotate_oracles",
    "set_fees",
    "set_node_agent",
    "set_pause",
    "set_windows",
    "settle_job",
    "stake",
    "submit_receipt",
    "top_up_stake",
    "unstake",
    "update_market",
    "update_node",
    "withdraw",
    "withdraw_stake",
]
