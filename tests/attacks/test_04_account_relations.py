"""Class 4: an account that is valid, but of another job, user, market, report, proposal or mint."""

from collections.abc import Iterator

import pytest

from hypernode.chain import tokens
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.reading import RawAccount
from tests.attacks.attack import Attack, refuse_each
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import Scene

# Where the signer may choose the account: it only ever gives away what is its own.
CHOSEN = {
    ("markets.withdraw", "destination"),
    ("markets.create_job", "market"),
    ("markets.register_node", "payout"),
    ("markets.update_node", "payout"),
    ("markets.set_fees", "treasury"),
    ("markets.set_fees", "stakers"),
    ("markets.set_fees", "operations"),
    ("staking.withdraw", "destination"),
    ("staking.slash", "destination"),
    ("rewards.claim", "destination"),
}
# These instructions use no account that two actors can each have, besides their signer and what is chosen.
UNRELATED: set[str] = set()
RELATED = [name for name in SCENES if ".init_" not in name and name not in UNRELATED]
WITHOUT_TOKENS: set[str] = set()
WITH_TOKENS = [name for name in SCENES if ".init_" not in name and name not in WITHOUT_TOKENS]


def of_a_rival(scene: Scene) -> Iterator[Attack]:
    for index, meta in enumerate(scene.instruction.accounts):
        slot = scene.slots[index]
        if meta.address in scene.rivals and not meta.signer and (scene.name, slot) not in CHOSEN:
            rival = AccountMeta(scene.rivals[meta.address], writable=meta.writable)
            yield Attack(f"the rival's {slot}", scene.bent(index, rival))


def of_another_mint(scene: Scene) -> Iterator[Attack]:
    world = scene.world
    other_mint = world.a_mint("OTHER")
    for index, meta in enumerate(scene.instruction.accounts):
        raw = world.raw(meta.address)
        if raw is None or len(raw.data) != tokens.ACCOUNT_BYTES:
            continue
        forged = world.a_token_account(f"other {index}", 10**12, mint=other_mint)
        account = world.raw(forged)
        assert account is not None
        data = account.data[:32] + raw.data[32:64] + account.data[64:]
        world.lite.set_raw_account(forged, RawAccount(account.owner, account.lamports, data))
        batch = scene.bent(index, AccountMeta(forged, writable=meta.writable))
        yield Attack(f"{scene.slots[index]} of another mint", batch)


@pytest.mark.parametrize("name", RELATED)
def test_a_rivals_valid_account_is_refused_in_each_slot(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_a_rival(scene), {"X"})


@pytest.mark.parametrize("name", WITH_TOKENS)
def test_token_accounts_of_another_mint_are_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_another_mint(scene), {"X"})
