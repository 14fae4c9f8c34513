"""Class 11: one account in two slots, one oracle counted twice."""

from collections.abc import Iterator
from itertools import combinations, permutations

import pytest

from hypernode.chain import instructions
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.keys import Key
from hypernode.domain.status import Verdict
from tests.attacks.attack import Attack, refuse_each
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import Scene
from tests.programs.world import World

DUPLICATE = "ConstraintDuplicateMutableAccount"
REFUSED_FIRST = {
    "markets.settle_job: payer also as vault": "WrongVault",
    "markets.settle_job: payer also as payout": "WrongPayout",
    "markets.settle_job: vault also as payer": "WrongPayer",
    "markets.settle_job: vault also as payout": "WrongPayout",
    "markets.settle_job: payout also as payer": "WrongPayer",
    "markets.settle_job: payout also as vault": "WrongVault",
    "markets.accept_job: payer also as vault": "WrongVault",
    "markets.accept_job: payer also as payout": "WrongPayout",
    "markets.accept_job: vault also as payer": "WrongPayer",
    "markets.accept_job: vault also as payout": "WrongPayout",
    "markets.accept_job: payout also as payer": "WrongPayer",
    "markets.accept_job: payout also as vault": "WrongVault",
    "governance.execute: executed also as proposal": "AccountDataTooSmall",
}
# These write at most one account that exists before.
ONE_WRITABLE = [
    "markets.set_fees",
    "markets.set_min_rate",
    "markets.set_pause",
    "markets.rotate_oracles",
    "markets.create_market",
    "markets.update_market",
    "markets.register_node",
    "markets.update_node",
    "markets.set_worker_key",
    "markets.retire_node",
    "markets.open_buyer",
    "markets.create_job",
    "markets.submit_receipt",
    "staking.hold",
    "staking.hold_more",
    "staking.release_hold",
    "staking.take_rewards",
    "rewards.set_windows",
    "slashing.set_params",
    "slashing.vote",
    "governance.set_params",
    "governance.set_guardian",
    "governance.set_operations",
    "governance.adopt",
    "governance.create_proposal",
    "governance.add_instruction",
    "governance.activate",
    "governance.vote",
    "governance.finalize",
    "governance.queue",
    "governance.expire",
    "governance.cancel",
    "governance.veto",
    "governance.pause",
    *(name for name in SCENES if ".init_" in name or name.endswith("_authority")),
]


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


@pytest.mark.parametrize("picks", [[0, 0], [1, 1], [0, 0, 1], [0, 1, 0], [0, 1, 1]])
def test_copies_of_one_oracles_signature_count_once(
    world: World, submitted: JobCookie, crank: Key, picks: list[int]
) -> None:
    batch = submitted.settle_ixs(oracles=[world.oracles[pick] for pick in picks])
    world.refuse("DuplicateOracle", batch, [crank])


def test_one_oracle_alone_moves_nothing(world: World, submitted: JobCookie, crank: Key) -> None:
    for oracle in world.oracles:
        for verdict in Verdict:
            batch = submitted.settle_ixs(submitted.attestation(verdict), [oracle])
            world.refuse("BelowThreshold", batch, [crank])


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_any_two_oracles_settle(
    world: World, submitted: JobCookie, crank: Key, pair: tuple[int, int]
) -> None:
    world.run(submitted.settle_ixs(oracles=[world.oracles[number] for number in pair]), [crank])
    assert not submitted.exists


def test_an_oracle_set_holds_no_key_twice(world: World) -> None:
    one = world.oracles[0].address
    batch = [
        instructions.rotate_oracles(
            authority=world.authority.address,
            threshold=2,
            oracles=[one, world.oracles[1].address, one],
        )
    ]
    world.refuse("BadOracleSet", batch, [world.authority])


def in_two_slots(scene: Scene) -> Iterator[Attack]:
    """Put one account into every pair of writable slots."""
    accounts = scene.instruction.accounts
    slots = [index for index, meta in enumerate(accounts) if meta.writable and not meta.signer]
    owned = [index for index in slots if scene.world.raw(accounts[index].address) is not None]
    for left, right in permutations(owned, 2):
        address = accounts[left].address
        if address != accounts[right].address:
            what = f"{scene.slots[left]} also as {scene.slots[right]}"
            batch = scene.bent(right, AccountMeta(address, writable=True))
            yield Attack(what, batch, REFUSED_FIRST.get(f"{scene.name}: {what}", DUPLICATE))


@pytest.mark.parametrize("name", [name for name in SCENES if name not in ONE_WRITABLE])
def test_no_writable_account_plays_two_parts(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, in_two_slots(scene))


@pytest.mark.parametrize("name", ONE_WRITABLE)
def test_every_other_scene_writes_one_account_or_none(name: str) -> None:
    scene = SCENES[name]()
    assert not list(in_two_slots(scene))


def test_a_transfer_to_oneself_moves_nothing(world: World, submitted: JobCookie, crank: Key) -> None:
    """The buyer's vault as the node's payout: the money is paid and kept."""
    evidence, settlement = submitted.settle_ixs()
    index = [meta.address for meta in settlement.accounts].index(submitted.node.payout)  # type: ignore[union-attr]
    bent = settlement.with_account(index, AccountMeta(submitted.buyer.vault, writable=True))
    world.refuse("WrongPayout", [evidence, bent], [crank], "a payout into the vault itself")
