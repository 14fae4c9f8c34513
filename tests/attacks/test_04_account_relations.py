"""Class 4: an account that is valid, but of another job, user, market or mint."""

import pytest

from hypernode.chain.instruction import AccountMeta
from tests.programs.plays import PLAYS
from tests.programs.stage import Scene

# Where the actor may choose the account: he only ever gives away what is his.
CHOSEN = {
    ("withdraw", "destination"),
    ("create_job", "market"),
    ("withdraw_stake", "destination"),
    ("claim_rewards", "destination"),
    ("register_node", "payout"),
    ("update_node", "payout"),
    ("init_config", "treasury"),
    ("set_fees", "treasury"),
    ("set_fees", "stakers"),
    ("set_fees", "operations"),
}


def swaps(scene: Scene) -> list[tuple[int, AccountMeta]]:
    assert scene.stage is not None
    rivals = scene.stage.rivals
    return [
        (index, AccountMeta(rivals[meta.address], writable=meta.writable))
        for index, meta in enumerate(scene.instruction.accounts)
        if meta.address in rivals and not meta.signer
    ]


@pytest.mark.parametrize("name", [name for name in PLAYS if not name.startswith("init_")])
def test_a_rivals_valid_account_is_refused_in_each_slot(name: str) -> None:
    scene = PLAYS[name]()
    for index, meta in swaps(scene):
        if (name, scene.slots[index]) in CHOSEN:
            continue
        batch = scene.bent(index, meta)
        what = f"{name}: the rival's {scene.slots[index]}"
        scene.world.refuse_any(batch, scene.signers_for(batch), what)
    scene.play()


@pytest.mark.parametrize("name", [name for name in PLAYS if not name.startswith("init_")])
def test_token_accounts_of_another_mint_are_refused(name: str) -> None:
    scene = PLAYS[name]()
    world = scene.world
    other_mint = world.a_mint("OTHER")
    for index, meta in enumerate(scene.instruction.accounts):
        raw = world.raw(meta.address)
        if raw is None or len(raw.data) != 165:
            continue
        owner = raw.data[32:64]
        forged = world.a_token_account(f"other {index}", 10**12, mint=other_mint)
        account = world.raw(forged)
        assert account is not None
        data = account.data[:32] + owner + account.data[64:]
        world.lite.set_raw_account(forged, type(account)(account.owner, account.lamports, data))
        batch = scene.bent(index, AccountMeta(forged, writable=meta.writable))
        what = f"{name}: {scene.slots[index]} of another mint"
        world.refuse_any(batch, scene.signers_for(batch), what)
    scene.play()
