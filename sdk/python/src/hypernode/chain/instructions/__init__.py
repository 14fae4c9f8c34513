"""The protocol's instructions under one name each.

Most are the generated builders; the functions written here add what an IDL cannot say: accounts at seeds,
addresses read from another account, and the Ed25519 instruction before an attestation. `payer` pays the rent
and gets it back; it defaults to the first signer. The instructions of the DAO are in
`hypernode.chain.instructions.governance`.
"""

from hypernode.chain import addresses
from hypernode.chain.generated import rewards
from hypernode.chain.generated.markets import (
    accept_authority,
    close_market,
    close_node,
    create_market,
    init_config,
    propose_authority,
    register_node,
    retire_node,
    rotate_oracles,
    set_fees,
    set_min_rate,
    set_pause,
    set_worker_key,
    submit_receipt,
    update_market,
    update_node,
)
from hypernode.chain.generated.rewards import accept_authority as accept_rewards_authority
from hypernode.chain.generated.rewards import distribute, init_accumulator, set_windows
from hypernode.chain.generated.rewards import propose_authority as propose_rewards_authority
from hypernode.chain.generated.slashing import accept_authority as accept_slashing_authority
from hypernode.chain.generated.slashing import appeal as appeal_report
from hypernode.chain.generated.slashing import claim_due
from hypernode.chain.generated.slashing import init_config as init_slashing
from hypernode.chain.generated.slashing import propose_authority as propose_slashing_authority
from hypernode.chain.generated.slashing import set_params as set_slashing_params
from hypernode.chain.generated.staking import accept_authority as accept_pool_authority
from hypernode.chain.generated.staking import extend as extend_stake
from hypernode.chain.generated.staking import forfeit_rewards, init_pool, restake, stake, unstake
from hypernode.chain.generated.staking import propose_authority as propose_pool_authority
from hypernode.chain.generated.staking import top_up as top_up_stake
from hypernode.chain.generated.staking import withdraw as withdraw_stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions.buyer import (
    accept_job,
    cancel_job,
    close_buyer,
    create_job,
    deposit,
    open_buyer,
    withdraw,
)
from hypernode.chain.instructions.jobs import (
    assign_job,
    collect_fees,
    decline_job,
    expire_job,
    settle_job,
)
from hypernode.chain.instructions.slashing import (
    claim_vote_fee,
    close_outcome,
    close_record,
    close_report,
    close_vote,
    execute_report,
    open_from_job,
    report_fault,
    resolve_report,
    vote_on_report,
)
from hypernode.domain.types import Address

__all__ = [
    "accept_authority",
    "accept_job",
    "accept_pool_authority",
    "accept_rewards_authority",
    "accept_slashing_authority",
    "appeal_report",
    "assign_job",
    "cancel_job",
    "claim_due",
    "claim_rewards",
    "claim_vote_fee",
    "close_buyer",
    "close_market",
    "close_node",
    "close_outcome",
    "close_record",
    "close_report",
    "close_vote",
    "collect_fees",
    "create_job",
    "create_market",
    "decline_job",
    "deposit",
    "distribute",
    "execute_report",
    "expire_job",
    "extend_stake",
    "forfeit_rewards",
    "init_accumulator",
    "init_config",
    "init_pool",
    "init_slashing",
    "open_buyer",
    "open_from_job",
    "propose_authority",
    "propose_pool_authority",
    "propose_rewards_authority",
    "propose_slashing_authority",
    "register_node",
    "report_fault",
    "resolve_report",
    "restake",
    "retire_node",
    "rotate_oracles",
    "set_fees",
    "set_min_rate",
    "set_pause",
    "set_slashing_params",
    "set_windows",
    "set_worker_key",
    "settle_job",
    "stake",
    "submit_receipt",
    "top_up_stake",
    "unstake",
    "update_market",
    "update_node",
    "vote_on_report",
    "withdraw",
    "withdraw_stake",
]


def claim_rewards(*, owner: Address, destination: Address) -> Instruction:
    """Pay the rewards of the owner's stake into a token account."""
    return rewards.claim(owner=owner, stake=addresses.stake(owner), destination=destination)
