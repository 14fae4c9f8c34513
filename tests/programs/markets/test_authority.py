"""propose_authority, accept_authority: the authority moves in two steps, and only to who takes it."""

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import Config
from hypernode.chain.generated.markets.errors import NotAuthority, NotPendingAuthority
from hypernode.chain.keys import Key
from hypernode.domain.types import ZERO_ADDRESS, Address
from tests.programs.world import World


def config(world: World) -> Config:
    return world.read(Config, addresses.config())


def propose(world: World, new: Address, by: Key | None = None) -> None:
    signer = by or world.authority
    world.run([instructions.propose_authority(authority=signer.address, new_authority=new)], [signer])


def test_the_authority_moves_when_the_proposed_one_accepts(world: World) -> None:
    heir = world.funded("heir")
    propose(world, heir.address)
    assert config(world).authority == world.authority.address
    (event,) = world.run([instructions.accept_authority(new_authority=heir.address)], [heir])
    assert (config(world).authority, config(world).pending_authority) == (heir.address, ZERO_ADDRESS)
    assert event.name == "AuthorityAccepted"


def test_the_old_authority_is_nobody_afterwards(world: World) -> None:
    heir = world.funded("heir")
    propose(world, heir.address)
    world.run([instructions.accept_authority(new_authority=heir.address)], [heir])
    batch = [instructions.set_pause(authority=world.authority.address, flags=1)]
    world.refuse(NotAuthority, batch, [world.authority])
    propose(world, world.authority.address, by=heir)


def test_a_stranger_can_neither_propose_nor_accept(world: World) -> None:
    stranger, heir = world.funded("stranger"), world.funded("heir")
    batch = [instructions.propose_authority(authority=stranger.address, new_authority=stranger.address)]
    world.refuse(NotAuthority, batch, [stranger])
    propose(world, heir.address)
    batch = [instructions.accept_authority(new_authority=stranger.address)]
    world.refuse(NotPendingAuthority, batch, [stranger])


def test_a_proposal_can_be_replaced_and_taken_back(world: World) -> None:
    first, second = world.funded("first"), world.funded("second")
    propose(world, first.address)
    propose(world, second.address)
    accept = instructions.accept_authority(new_authority=first.address)
    world.refuse(NotPendingAuthority, [accept], [first])
    propose(world, ZERO_ADDRESS)
    accept = instructions.accept_authority(new_authority=second.address)
    world.refuse(NotPendingAuthority, [accept], [second])


def test_a_proposal_is_accepted_once(world: World) -> None:
    heir = world.funded("heir")
    propose(world, heir.address)
    accept = [instructions.accept_authority(new_authority=heir.address)]
    world.run(accept, [heir])
    world.refuse(NotPendingAuthority, accept, [heir])


def test_the_programs_upgrade_authority_is_not_the_protocols(world: World) -> None:
    """Once handed over, holding the upgrade key gives no say in fees, pauses or oracles."""
    heir = world.funded("heir")
    propose(world, heir.address)
    world.run([instructions.accept_authority(new_authority=heir.address)], [heir])
    rotate = instructions.rotate_oracles(
        authority=world.authority.address, threshold=2, oracles=[oracle.address for oracle in world.oracles]
    )
    world.refuse(NotAuthority, [rotate], [world.authority])
