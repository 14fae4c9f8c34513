"""init_pool, propose_authority, accept_authority: a pool is made once; its authority moves no stake."""

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import PROGRAM_ID as MARKETS
from hypernode.chain.generated.staking import Pool, PoolInitialized
from hypernode.chain.generated.staking.errors import (
    NotAuthority,
    NotPendingAuthority,
    NotUpgradeAuthority,
    WrongDecimals,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.world import World


def test_it_writes_an_empty_pool_with_a_vault(bare: World) -> None:
    (event,) = bare.run([bare.init_pool()], [bare.authority])
    pool = bare.read(Pool, addresses.pool())
    assert (pool.authority, pool.pending_authority) == (bare.authority.address, ZERO_ADDRESS)
    assert pool.mint == bare.mint
    assert (pool.total_staked, pool.total_weight) == (0, 0)
    assert bare.tokens(addresses.stake_vault()) == 0
    assert isinstance(event, PoolInitialized)


def test_only_the_upgrade_authority_may(bare: World) -> None:
    stranger = bare.funded("stranger")
    bare.refuse(NotUpgradeAuthority, [bare.init_pool(stranger)], [stranger])


def test_the_upgrade_authority_of_another_program_does_not_count(bare: World) -> None:
    instruction = bare.init_pool()
    own = addresses.program_data(instruction.program)
    index = [meta.address for meta in instruction.accounts].index(own)
    bent = instruction.with_account(index, AccountMeta(addresses.program_data(MARKETS)))
    bare.refuse(NotUpgradeAuthority, [bent], [bare.authority])


def test_a_mint_of_other_decimals_is_refused(bare: World) -> None:
    mint = bare.a_mint("NINE", decimals=9)
    bare.refuse(WrongDecimals, [bare.init_pool(mint=mint)], [bare.authority])


def test_the_authority_moves_when_the_proposed_one_accepts(world: World) -> None:
    heir, stranger = world.funded("heir"), world.funded("stranger")
    authority = world.authority.address
    propose = instructions.propose_pool_authority(authority=authority, new_authority=heir.address)
    world.run([propose], [world.authority])
    early = instructions.accept_pool_authority(new_authority=stranger.address)
    world.refuse(NotPendingAuthority, [early], [stranger])
    world.run([instructions.accept_pool_authority(new_authority=heir.address)], [heir])
    pool = world.read(Pool, addresses.pool())
    assert (pool.authority, pool.pending_authority) == (heir.address, ZERO_ADDRESS)
    world.refuse(NotAuthority, [propose], [world.authority])


def test_a_stranger_proposes_nobody(world: World) -> None:
    stranger = world.funded("stranger")
    propose = instructions.propose_pool_authority(authority=stranger.address, new_authority=stranger.address)
    world.refuse(NotAuthority, [propose], [stranger])
