"""Owns the instructions of the staking program: its authority's and a staker's."""

from hypernode.chain import addresses
from hypernode.chain.generated import staking
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address


def init_pool(*, authority: Address, mint: Address) -> Instruction:
    """Make the pool, once; `authority` must be the program's upgrade authority."""
    return staking.init_pool(
        authority=authority,
        pool=addresses.pool(),
        mint=mint,
        vault=addresses.stake_vault(),
        program_data=addresses.program_data(staking.PROGRAM_ID),
    )


def propose_pool_authority(*, authority: Address, new_authority: Address) -> Instruction:
    return staking.propose_authority(authority=authority, pool=addresses.pool(), new_authority=new_authority)


def accept_pool_authority(*, new_authority: Address) -> Instruction:
    return staking.accept_authority(new_authority=new_authority, pool=addresses.pool())


def stake(
    *, owner: Address, source: Address, amount: int, duration: int, payer: Address | None = None
) -> Instruction:
    """Lock HYPER for `duration` seconds of notice: that long after `unstake` it can be withdrawn."""
    return staking.stake(
        accumulator=addresses.accumulator(),
        owner=owner,
        payer=payer or owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        vault=addresses.stake_vault(),
        source=source,
        amount=amount,
        duration=duration,
    )


def top_up_stake(*, owner: Address, source: Address, amount: int) -> Instruction:
    return staking.top_up(
        accumulator=addresses.accumulator(),
        owner=owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        vault=addresses.stake_vault(),
        source=source,
        amount=amount,
    )


def extend_stake(*, owner: Address, duration: int) -> Instruction:
    """Lengthen the notice; it never gets shorter."""
    return staking.extend(
        owner=owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        accumulator=addresses.accumulator(),
        duration=duration,
    )


def unstake(*, owner: Address) -> Instruction:
    """Begin the cooldown; the weight is gone at once."""
    return staking.unstake(
        owner=owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        accumulator=addresses.accumulator(),
    )


def restake(*, owner: Address) -> Instruction:
    """Call the cooldown off."""
    return staking.restake(
        owner=owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        accumulator=addresses.accumulator(),
    )


def withdraw_stake(*, owner: Address, destination: Address, payer: Address | None = None) -> Instruction:
    """Take everything back after the cooldown, once rewards are claimed; rent goes back to its `payer`."""
    return staking.withdraw(
        owner=owner,
        pool=addresses.pool(),
        stake=addresses.stake(owner),
        vault=addresses.stake_vault(),
        destination=destination,
        payer=payer or owner,
    )


def forfeit_rewards(*, owner: Address) -> Instruction:
    """Give up what was earned and not claimed: the way out of a stake if claiming should ever fail."""
    return staking.forfeit_rewards(owner=owner, stake=addresses.stake(owner))
