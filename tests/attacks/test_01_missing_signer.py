"""Class 1: an instruction acts for an account that did not sign."""

from collections.abc import Iterator

import pytest

from hypernode.chain.instruction import AccountMeta
from tests.attacks.attack import CLOSED, MADE, Attack, refusal, refuse_each
from tests.programs.scenes import MODULES, SCENES
from tests.programs.scenes.scene import Scene
from tests.programs.world import World, named_key

# Anyone may send these: they have no signer, or only one who pays rent.
PERMISSIONLESS = {
    "markets.settle_job",
    "markets.expire_job",
    "markets.collect_fees",
    "rewards.distribute",
    "slashing.resolve",
    "slashing.execute",
    "slashing.claim_due",
    "slashing.claim_vote_fee",
    "slashing.close_vote",
    "slashing.close_report",
    "slashing.close_record",
    "governance.adopt",
    "governance.finalize",
    "governance.queue",
    "governance.execute",
    "governance.expire",
    "governance.close_proposal",
}
ONLY_PAYS = {"slashing.open_from_job", "markets.close_outcome", "governance.release"}
SIGNED = [name for name in SCENES if name not in PERMISSIONLESS]
STRANGER = named_key("stranger in place")
WRONG_SIGNER = {
    "accumulator": "NotRewards",
    "accused": "NotAccused",
    "authority": "NotAuthority",
    "canceller": "NotProposer",
    "creator": "NotCreator",
    "guardian": "NotGuardian",
    "matcher": "NotMatcher",
    "new_authority": "NotPendingAuthority",
    "operator": "NotOperator",
    "owner": "NotOwner",
    "proposer": "NotProposer",
    "slasher": "NotSlasher",
    "voter": "NotVoter",
    "worker_key": "NotWorkerKey",
    "markets.init_config/authority": "NotUpgradeAuthority",
    "staking.init_pool/authority": "NotUpgradeAuthority",
    "rewards.init_accumulator/authority": "NotUpgradeAuthority",
    "slashing.init_config/authority": "NotUpgradeAuthority",
    "governance.init_config/payer": "NotUpgradeAuthority",
    # The signer is a seed of the account that is made.
    "markets.create_market/creator": "InvalidSeeds",
    "markets.register_node/operator": "InvalidSeeds",
    "markets.open_buyer/owner": "InvalidSeeds",
    "markets.create_job/owner": "InvalidSeeds",
    "staking.stake/owner": "InvalidSeeds",
    "slashing.vote/validator": "InvalidSeeds",
    # The signer's stake or token account stands beside it.
    "governance.create_proposal/proposer": "WrongStake",
    "governance.vote/voter": "WrongStake",
    "slashing.report/reporter": "OwnerMismatch",
}


def signer_slots(scene: Scene) -> list[int]:
    return [index for index, meta in enumerate(scene.instruction.accounts) if meta.signer]


def existing(scene: Scene) -> set[str]:
    slots = zip(scene.slots, scene.instruction.accounts, strict=True)
    return {slot for slot, meta in slots if scene.world.exists(meta.address)}


def unsigned(scene: Scene) -> Iterator[Attack]:
    """Drop each signature; an account that signs in another slot too is replaced by one that does not."""
    accounts = scene.instruction.accounts
    for index in signer_slots(scene):
        meta = accounts[index]
        twice = sum(other.address == meta.address and other.signer for other in accounts) > 1
        address = scene.world.funded("silent").address if twice else meta.address
        batch = scene.bent(index, AccountMeta(address, signer=False, writable=meta.writable))
        yield Attack(f"without the signature of {scene.slots[index]}", batch, "MissingRequiredSignature")


def signed_by_a_stranger(scene: Scene) -> Iterator[Attack]:
    """Put a stranger who signs in each place, except where a signer only pays rent."""
    scene.world.funded("stranger in place")
    for index in signer_slots(scene):
        if scene.slots[index] != "payer" or scene.name == "governance.init_config":
            meta = AccountMeta(STRANGER.address, True, scene.instruction.accounts[index].writable)
            error = refusal(WRONG_SIGNER, scene, scene.slots[index])
            yield Attack(f"a stranger as {scene.slots[index]}", scene.bent(index, meta), error)


def test_every_instruction_of_every_program_has_a_scene() -> None:
    known = {f"{program}.{name}" for program, module in MODULES.items() for name in module.ACCOUNTS}
    assert SCENES.keys() == known


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_plays_the_instruction_that_it_is_named_for(name: str) -> None:
    scene = SCENES[name]()
    assert scene.name == name
    assert bool(signer_slots(scene)) == (name in SIGNED)
    before = existing(scene)
    scene.play()
    after = existing(scene)
    changing = [slot for slot in scene.slots if slot not in before & after]
    assert tuple(slot for slot in changing if slot in after) == MADE.get(name, ())
    assert tuple(slot for slot in changing if slot in before) == CLOSED.get(name, ())


@pytest.mark.parametrize("name", SIGNED)
def test_each_dropped_signature_is_missed(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, unsigned(scene))


@pytest.mark.parametrize("name", [name for name in SIGNED if name not in ONLY_PAYS])
def test_nobody_can_sign_in_anothers_place(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, signed_by_a_stranger(scene), STRANGER)


def test_a_world_is_its_own(world: World) -> None:
    """Two worlds share nothing, or the scenes above prove nothing."""
    other = World.ready()
    world.give(world.treasury, 1)
    assert (world.tokens(world.treasury), other.tokens(other.treasury)) == (1, 0)
