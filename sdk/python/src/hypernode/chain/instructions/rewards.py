"""Owns the instructions of the rewards program: its authority's, a staker's, and the crank's."""

from hypernode.chain import addresses
from hypernode.chain.generated import rewards, staking
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address


def init_accumulator(
    *, authority: Address, mint: Address, fee_window: int, community_window: int
) -> Instruction:
    """Make the accumulator, once; `authority` must be the program's upgrade authority."""
    return rewards.init_accumulator(
        authority=authority,
        accumulator=addresses.accumulator(),
        pool=addresses.pool(),
        mint=mint,
        vault=addresses.rewards_vault(),
        community=addresses.community_pool(),
        program_data=addresses.program_data(rewards.PROGRAM_ID),
        fee_window=fee_window,
        community_window=community_window,
    )


def propose_rewards_authority(*, authority: Address, new_authority: Address) -> Instruction:
    return rewards.propose_authority(
        authority=authority, accumulator=addresses.accumulator(), new_authority=new_authority
    )


def accept_rewards_authority(*, new_authority: Address) -> Instruction:
    return rewards.accept_authority(new_authority=new_authority, accumulator=addresses.accumulator())


def set_windows(*, authority: Address, fee_window: int, community_window: int) -> Instruction:
    """Set over how many seconds new fees and new community tokens flow."""
    return rewards.set_windows(
        authority=authority,
        accumulator=addresses.accumulator(),
        fee_window=fee_window,
        community_window=community_window,
    )


def distribute() -> Instruction:
    """Let everything flow that is due by now; anybody may, and new weight needs it in its transaction."""
    return rewards.distribute(
        accumulator=addresses.accumulator(),
        pool=addresses.pool(),
        vault=addresses.rewards_vault(),
        community=addresses.community_pool(),
    )


def claim_rewards(*, owner: Address, destination: Address) -> Instruction:
    """Pay what the owner's stake has earned into a token account."""
    return rewards.claim(
        owner=owner,
        accumulator=addresses.accumulator(),
        stake=addresses.stake(owner),
        vault=addresses.rewards_vault(),
        destination=destination,
        staking_program=staking.PROGRAM_ID,
    )
