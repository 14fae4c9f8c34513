"""Class 4: an account that is valid, but of another job, user, market, report, proposal or mint."""

from collections.abc import Iterator

import pytest

from hypernode.chain import tokens
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta
from tests.attacks.attack import TOKEN_SLOTS, Attack, refusal, refuse_each, scenes_with
from tests.programs.scenes import SCENES, slots_of
from tests.programs.scenes.scene import Scene

# The signer may choose the account, or anyone may act for any account: there is no relation to break.
CHOSEN = {
    "markets.withdraw/destination",
    "markets.create_job/market",
    "markets.register_node/payout",
    "markets.update_node/payout",
    "markets.set_fees/treasury",
    "markets.set_fees/stakers",
    "markets.set_fees/operations",
    "staking.withdraw/destination",
    "staking.hold/stake",
    "staking.hold_more/stake",
    "staking.release_hold/stake",
    "staking.slash/stake",
    "staking.slash/destination",
    "staking.take_rewards/stake",
    "rewards.claim/destination",
    "governance.set_operations/operations",
    "governance.treasury_transfer/destination",
    "governance.finalize/proposal",
    "governance.queue/proposal",
    "governance.execute/proposal",
    "governance.expire/proposal",
    "governance.veto/proposal",
}
OF_A_RIVAL_REFUSED = {
    "": "InvalidSeeds",
    "buyer": "WrongAccountForJob",
    "job": "WrongAccountForJob",
    "market": "NotCreator",
    "node": "NotOperator",
    "payer": "WrongPayer",
    "proposal": "NotProposer",
    "record": "WrongRecord",
    "report": "WrongRecord",
    "source": "OwnerMismatch",
    "stake": "NotOwner",
    "vote": "WrongVote",
    "markets/vault": "WrongVault",
    "slashing/stake": "WrongStake",
    "markets.deposit/buyer": "NotOwner",
    "markets.withdraw/buyer": "NotOwner",
    "markets.close_buyer/buyer": "NotOwner",
    "markets.create_job/buyer": "NotOwner",
    "markets.cancel_job/job": "NotOwner",
    "markets.assign_job/market": "NotMatcher",
    "markets.assign_job/node": "NotWorkerKey",
    "markets.assign_job/stake": "InvalidSeeds",
    "markets.submit_receipt/job": "NotWorkerKey",
    "markets.decline_job/job": "NotWorkerKey",
    "markets.decline_job/node": "WrongAccountForJob",
    "markets.accept_job/job": "NotOwner",
    "markets.accept_job/node": "WrongAccountForJob",
    "markets.accept_job/payout": "WrongPayout",
    "markets.settle_job/job": "WrongPayer",
    "markets.settle_job/node": "WrongAccountForJob",
    "markets.settle_job/payout": "WrongPayout",
    "markets.expire_job/job": "WrongPayer",
    "markets.expire_job/node": "WrongAccountForJob",
    "markets.collect_fees/buyer": "WrongVault",
    "markets.collect_fees/treasury": "WrongDestination",
    "markets.collect_fees/stakers": "WrongDestination",
    "markets.collect_fees/operations": "WrongDestination",
    "slashing.report/report": "InvalidSeeds",
    "slashing.report/record": "InvalidSeeds",
    "slashing.report/stake": "InvalidSeeds",
    "slashing.report/node": "WrongNode",
    "slashing.open_from_job/report": "InvalidSeeds",
    "slashing.open_from_job/job": "InvalidSeeds",
    "slashing.open_from_job/node": "WrongAccountForJob",
    "slashing.open_from_job/job_payer": "WrongPayer",
    "markets.close_outcome/job": "WrongPayer",
    "markets.close_outcome/node": "WrongAccountForJob",
    "slashing.vote/report": "InvalidSeeds",
    "slashing.vote/stake": "InvalidSeeds",
    "slashing.vote/vote": "InvalidSeeds",
    "slashing.appeal/report": "NotAccused",
    "slashing.claim_due/report": "NothingDue",
    "slashing.claim_due/destination": "NothingDue",
    "slashing.claim_vote_fee/report": "WrongVote",
    "slashing.claim_vote_fee/destination": "WrongDestination",
    "slashing.close_vote/report": "WrongVote",
    "slashing.close_report/report": "WrongPayer",
    "slashing.close_record/record": "WrongPayer",
    "governance.create_proposal/stake": "WrongStake",
    "governance.vote/proposal": "AddressWithSeedMismatch",
    "governance.vote/stake": "WrongStake",
    "governance.vote/vote": "AddressWithSeedMismatch",
    "governance.release/community": "WrongDestination",
    "governance.release/operations": "WrongDestination",
    "governance.close_vote/proposal": "WrongProposal",
    "governance.close_vote/vote": "NotVoter",
    "governance.close_proposal/proposal": "WrongPayer",
}
OTHER_MINT_REFUSED = {
    "": "InvalidSeeds",
    "destination": "MintMismatch",
    "operations": "InvalidAccountData",
    "payout": "InvalidAccountData",
    "source": "MintMismatch",
    "markets/vault": "WrongVault",
    "markets.set_fees/treasury": "InvalidAccountData",
    "markets.set_fees/stakers": "InvalidAccountData",
    "markets.settle_job/payout": "WrongPayout",
    "markets.accept_job/payout": "WrongPayout",
    "markets.collect_fees/treasury": "WrongDestination",
    "markets.collect_fees/stakers": "WrongDestination",
    "markets.collect_fees/operations": "WrongDestination",
    "governance.release/community": "WrongDestination",
    "governance.release/operations": "WrongDestination",
}
# No two actors have an account of their own in these, besides the signer and what is chosen.
UNRELATED = {
    "markets.set_fees",
    "markets.set_min_rate",
    "markets.set_pause",
    "markets.rotate_oracles",
    "markets.create_market",
    "markets.register_node",
    "markets.open_buyer",
    "staking.hold",
    "staking.hold_more",
    "staking.release_hold",
    "staking.take_rewards",
    "rewards.set_windows",
    "slashing.set_params",
    "governance.set_params",
    "governance.set_guardian",
    "governance.adopt",
    "governance.finalize",
    "governance.queue",
    "governance.execute",
    "governance.expire",
    "governance.veto",
    "governance.pause",
    *(name for name in SCENES if ".init_" in name or name.endswith("_authority")),
}
RELATED = [name for name in SCENES if name not in UNRELATED]
# An instruction that makes the mint's first accounts takes the mint that it is given.
WITH_TOKENS = scenes_with(
    TOKEN_SLOTS,
    besides={
        "markets.open_buyer/vault",
        *(f"{name}/{slot}" for name in SCENES if ".init_" in name for slot in slots_of(name)),
    },
)


def of_a_rival(scene: Scene) -> Iterator[Attack]:
    for index, meta in enumerate(scene.instruction.accounts):
        slot = scene.slots[index]
        if meta.address in scene.rivals and not meta.signer and f"{scene.name}/{slot}" not in CHOSEN:
            rival = AccountMeta(scene.rivals[meta.address], writable=meta.writable)
            error = refusal(OF_A_RIVAL_REFUSED, scene, slot)
            yield Attack(f"the rival's {slot}", scene.bent(index, rival), error)


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
        slot = scene.slots[index]
        yield Attack(f"{slot} of another mint", batch, refusal(OTHER_MINT_REFUSED, scene, slot))


@pytest.mark.parametrize("name", RELATED)
def test_a_rivals_valid_account_is_refused_in_each_slot(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_a_rival(scene))


@pytest.mark.parametrize("name", WITH_TOKENS)
def test_token_accounts_of_another_mint_are_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_another_mint(scene))


@pytest.mark.parametrize(
    "name", [name for name in SCENES if name not in WITH_TOKENS and ".init_" not in name]
)
def test_every_other_scene_uses_no_token_account(name: str) -> None:
    scene = SCENES[name]()
    assert not list(of_another_mint(scene))
