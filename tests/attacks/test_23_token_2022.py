"""Class 23: tokens that tax, hook, freeze or vanish. Only the classic token program and our mint count."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from hypernode.errors import TransactionFailed
from tests.attacks.attack import (
    BY_ADDRESS,
    IMPOSTOR_REFUSED,
    MADE,
    TOKEN_SLOTS,
    Attack,
    refusal,
    refuse_each,
    scenes_with,
)
from tests.programs.cookies import NodeCookie
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES, slots_of
from tests.programs.scenes.scene import Scene
from tests.programs.world import SOL, World, named_key

_EXTENSION_BYTES = 40
# The token accounts of these are made by the instruction.
MADE_WITH_A_MINT = {f"{name}/{slot}" for name, slots in MADE.items() for slot in slots}


def token_2022(raw: RawAccount, *, extended: bool) -> RawAccount:
    """The same mint or account as Token-2022 would hold it, with room for an extension if wanted."""
    padding = bytes(165 - len(raw.data)) + b"\x01" + bytes(_EXTENSION_BYTES) if extended else b""
    return RawAccount(addresses.TOKEN_2022_PROGRAM, SOL, raw.data + padding)


@pytest.mark.parametrize("extended", [False, True])
@pytest.mark.parametrize("name", [name for name in SCENES if "mint" in slots_of(name)])
def test_a_token_2022_mint_is_refused(name: str, extended: bool) -> None:
    scene = SCENES[name]()
    raw = scene.world.raw(scene.world.mint)
    assert raw is not None
    other = named_key("token 2022 mint").address
    scene.world.lite.set_raw_account(other, token_2022(raw, extended=extended))
    slot = scene.slots.index("mint")
    writable = scene.instruction.accounts[slot].writable
    batch = scene.bent(slot, AccountMeta(other, writable=writable))
    error = "WrongMint" if name == "markets.open_buyer" or writable else "IllegalOwner"
    scene.world.refuse(error, batch, scene.signers_for(batch), f"{name} with a Token-2022 mint")
    scene.play()


def held_by_token_2022(scene: Scene, *, extended: bool) -> Iterator[Attack]:
    """Change the owner of each token account; the token program refuses an extended one for its size."""
    for slot, meta in zip(scene.slots, scene.instruction.accounts, strict=True):
        raw = scene.world.raw(meta.address)
        if raw is None or raw.owner != addresses.TOKEN_PROGRAM or len(raw.data) != tokens.ACCOUNT_BYTES:
            continue
        if f"{scene.name}/{slot}" in BY_ADDRESS:
            continue
        error = refusal(IMPOSTOR_REFUSED, scene, slot)
        if extended and error.startswith("External"):
            error = "InvalidAccountData"
        scene.world.lite.set_raw_account(meta.address, token_2022(raw, extended=extended))
        yield Attack(f"Token-2022 as {slot}", scene.batch, error)
        scene.world.lite.set_raw_account(meta.address, raw)


@pytest.mark.parametrize("extended", [False, True])
@pytest.mark.parametrize("name", scenes_with(TOKEN_SLOTS, besides=MADE_WITH_A_MINT))
def test_token_2022_accounts_are_refused_wherever_tokens_stand(name: str, extended: bool) -> None:
    scene = SCENES[name]()
    refuse_each(scene, held_by_token_2022(scene, extended=extended))


def close(account: Address, owner: Key) -> Instruction:
    """The owner of an empty token account ends it."""
    metas = (
        AccountMeta(account, writable=True),
        AccountMeta(owner.address, writable=True),
        AccountMeta(owner.address, signer=True),
    )
    return Instruction(addresses.TOKEN_PROGRAM, metas, b"\x09")


def test_a_payout_account_that_is_gone_does_not_hold_the_buyers_money(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    """The settlement fails, and another account of the node is too late. Time refunds the buyer."""
    world.run([close(node.payout, node.operator)], [node.operator])
    with pytest.raises(TransactionFailed):
        world.run(submitted.settle_ixs(), [world.funded("crank")])
    state = node.state
    second = world.a_token_account("second payout", owner=node.operator.address)
    update = instructions.update_node(
        operator=node.operator.address,
        payout=second,
        gpu_vendor=state.gpu_vendor,
        gpu_count=state.gpu_count,
        vram_mib=state.vram_mib,
        hardware_hash=state.hardware_hash,
    )
    world.run([update], [node.operator])
    batch = list(submitted.settle_ixs())
    index = [meta.address for meta in batch[1].accounts].index(node.payout)
    batch[1] = batch[1].with_account(index, AccountMeta(second, writable=True))
    world.refuse("WrongPayout", batch, [world.funded("crank")])
    world.at(submitted.state.late_until + 1)
    submitted.expire()
    assert (world.tokens(second), submitted.buyer.state.locked) == (0, 0)
