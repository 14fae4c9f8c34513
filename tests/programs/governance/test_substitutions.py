"""Accounts of governance that are valid but of another pool, mint or program."""

from dataclasses import replace

from hypernode.chain import addresses
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance.errors import UnknownProgram, WrongDecimals, WrongPool
from hypernode.chain.instruction import AccountMeta
from tests.programs.governance.dao import DaoWorld, a_voter, create_ix
from tests.programs.scenes import governance as governance_scenes
from tests.programs.world import named_key


def test_a_pool_that_is_not_the_configured_one_elects_nobody(dao: DaoWorld) -> None:
    voter = a_voter(dao)
    raw = dao.raw(addresses.pool())
    assert raw is not None
    other = named_key("another pool").address
    dao.lite.set_raw_account(other, raw)
    slot = governance.ACCOUNTS["create_proposal"].index("pool")
    dao.refuse(WrongPool, [create_ix(voter).with_account(slot, AccountMeta(other))], [voter.key])


def test_a_mint_of_other_decimals_makes_no_dao() -> None:
    world = DaoWorld()
    odd = world.a_mint("odd", decimals=9)
    world.write(addresses.pool(), replace(world.pool, mint=odd))
    operations = world.a_token_account("odd operations", mint=odd)
    batch = [world.init_governance(mint=odd, operations=operations)]
    world.refuse(WrongDecimals, batch, [world.authority])


def test_a_pause_reaches_the_markets_program_alone() -> None:
    scene = governance_scenes.pause()
    index = scene.slots.index("markets_config")
    for address in (addresses.pool(), addresses.oracle_set()):
        batch = scene.bent(index, AccountMeta(address, writable=True))
        scene.world.refuse(UnknownProgram, batch, scene.signers_for(batch))
    scene.play()
