"""Class 11: one account in two slots, one oracle counted twice."""

from itertools import combinations

import pytest

from hypernode.chain import instructions
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.keys import Key
from hypernode.domain.status import Verdict
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES
from tests.programs.world import World


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


@pytest.mark.parametrize("threshold", [1, 2])
def test_an_oracle_set_holds_no_key_twice(world: World, threshold: int) -> None:
    one = world.oracles[0].address
    batch = [
        instructions.rotate_oracles(
            authority=world.authority.address,
            threshold=threshold,
            oracles=[one, world.oracles[1].address, one],
        )
    ]
    world.refuse("BadOracleSet", batch, [world.authority])


@pytest.mark.parametrize("name", SCENES)
def test_no_writable_account_plays_two_parts(name: str) -> None:
    """Every pair of slots with a program's account in each: the same account in both is refused."""
    scene = SCENES[name]()
    accounts = scene.instruction.accounts
    owned = [index for index, meta in enumerate(accounts) if scene.world.raw(meta.address) is not None]
    for left in owned:
        for right in owned:
            meta = accounts[right]
            if left == right or not (accounts[left].writable and meta.writable) or meta.signer:
                continue
            if accounts[left].address == meta.address or accounts[left].signer:
                continue
            batch = scene.bent(right, AccountMeta(accounts[left].address, writable=True))
            what = f"{name}: {scene.slots[left]} also as {scene.slots[right]}"
            scene.world.refuse_any(batch, scene.signers_for(batch), what)
    scene.play()


def test_a_transfer_to_oneself_moves_nothing(world: World, submitted: JobCookie, crank: Key) -> None:
    """The buyer's vault as the node's payout: the money would be paid and kept."""
    evidence, settlement = submitted.settle_ixs()
    index = [meta.address for meta in settlement.accounts].index(submitted.node.payout)  # type: ignore[union-attr]
    bent = settlement.with_account(index, AccountMeta(submitted.buyer.vault, writable=True))
    world.refuse_any([evidence, bent], [crank], "a payout into the vault itself")
