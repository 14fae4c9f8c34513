"""Class 13: a closed account that is used again, or brought back to life within the transaction."""

import pytest

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.attacks.attack import CLOSED
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES
from tests.programs.world import SOL, World

# The job that slashing closes by a call gives its rent to the job's payer: `test_from_job.py`.
CLOSERS = [name for name in CLOSED if name != "slashing.open_from_job"]


def lamports_to(world: World, target: Address, payer: Key) -> Instruction:
    """A plain transfer of lamports, which keeps an emptied account from being swept."""
    data = (2).to_bytes(4, "little") + SOL.to_bytes(8, "little")
    metas = (AccountMeta(payer.address, signer=True, writable=True), AccountMeta(target, writable=True))
    return Instruction(addresses.SYSTEM_PROGRAM, metas, data)


@pytest.mark.parametrize("name", CLOSERS)
def test_a_closed_account_gives_all_its_rent_to_who_paid_it(name: str) -> None:
    scene = SCENES[name]()
    payer = scene.instruction.accounts[scene.slots.index("payer")].address
    closing = [scene.instruction.accounts[scene.slots.index(slot)].address for slot in CLOSED[name]]
    rent = sum(scene.world.lamports(address) for address in closing)
    before = scene.world.lamports(payer)
    scene.play()
    assert scene.world.lamports(payer) == before + rent
    assert not any(scene.world.exists(address) for address in closing)


@pytest.mark.parametrize("name", CLOSERS)
def test_the_rent_goes_to_nobody_else(name: str) -> None:
    scene = SCENES[name]()
    thief = scene.world.funded("thief")
    batch = scene.bent(scene.slots.index("payer"), AccountMeta(thief.address, writable=True))
    scene.world.refuse("WrongPayer", batch, scene.signers_for(batch))
    scene.play()


@pytest.mark.parametrize("name", CLOSERS)
def test_what_is_closed_cannot_be_closed_again_in_the_same_transaction(name: str) -> None:
    """Lamports sent between the two keep the account alive; its content must be gone all the same."""
    scene = SCENES[name]()
    crank = scene.world.funded("crank")
    closed = scene.instruction.accounts[scene.slots.index(CLOSED[name][0])].address
    batch = [*scene.batch, lamports_to(scene.world, closed, crank), *scene.batch]
    scene.world.refuse("AccountDataTooSmall", batch, scene.signers_for(tuple(batch)), f"{name} twice")
    scene.play()


@pytest.mark.parametrize("name", CLOSERS)
def test_a_revived_account_is_an_empty_shell(name: str) -> None:
    scene = SCENES[name]()
    crank = scene.world.funded("crank")
    closed = scene.instruction.accounts[scene.slots.index(CLOSED[name][0])].address
    batch = (*scene.batch, lamports_to(scene.world, closed, crank))
    scene.world.run(batch, scene.signers_for(batch))
    raw = scene.world.raw(closed)
    assert raw is not None
    assert raw.owner == addresses.SYSTEM_PROGRAM
    assert raw.data == b""
    scene.world.refuse(
        "AccountDataTooSmall", scene.batch, scene.signers_for(scene.batch), f"{name} of a shell"
    )


def test_a_job_closed_and_created_in_one_transaction_is_another_job(world: World, posted: JobCookie) -> None:
    before = posted.state.sequence
    world.run([posted.cancel_ix(), posted.create_ix()], [posted.buyer.owner])
    assert posted.state.sequence > before
    assert posted.buyer.state.locked == posted.state.cap


def test_a_buyer_is_not_closed_and_opened_in_one_slot(world: World, posted: JobCookie) -> None:
    """The sequence starts at the slot of opening: twice in one slot would repeat it."""
    buyer = posted.buyer
    posted.cancel()
    buyer.withdraw(buyer.state.available)
    close = buyer.close_ix()
    world.run([close], [buyer.owner])
    world.refuse("OpenedInThisSlot", [buyer.open_ix(), close], [buyer.owner], "opened and closed in one slot")
    world.run([buyer.open_ix()], [buyer.owner])
