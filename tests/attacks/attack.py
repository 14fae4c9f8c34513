"""One attack on a scene: a changed transaction that must fail, and the one error that must say so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from tests.programs.scenes import SCENES, slots_of
from tests.programs.scenes.scene import Scene

# The error that refuses an attack on a slot. A key is `slot`, or `program/slot` or `program.instruction/slot`
# where these differ; "" stands for every other slot.
Refusals = Mapping[str, str]

# Checked by address alone: only its program can put an account there, and no content of it is used.
BY_ADDRESS = {
    "slashing.report/node",
    "slashing.close_vote/report",
    "governance.set_operations/unlocks",
    "governance.close_vote/proposal",
}
# The program refuses an account that it reads; the runtime refuses one that a transfer or burn writes.
IMPOSTOR_REFUSED = {
    "": "IllegalOwner",
    "accumulator": "WrongAccumulator",
    "community": "ExternalAccountDataModified",
    "destination": "ExternalAccountDataModified",
    "source": "ExternalAccountDataModified",
    "stake_vault": "ExternalAccountDataModified",
    "vault": "ExternalAccountDataModified",
    "rewards/accumulator": "IllegalOwner",
    "markets.open_buyer/mint": "IncorrectProgramId",
    "markets.close_buyer/vault": "ExternalAccountLamportSpend",
    "markets.settle_job/payout": "ExternalAccountDataModified",
    "markets.accept_job/payout": "ExternalAccountDataModified",
    "markets.collect_fees/treasury": "ExternalAccountDataModified",
    "markets.collect_fees/stakers": "ExternalAccountDataModified",
    "markets.collect_fees/operations": "ExternalAccountDataModified",
    "slashing/destination": "WrongDestination",
    "slashing.open_from_job/job": "WrongJob",
    "slashing.execute/mint": "ExternalAccountDataModified",
    "slashing.close_report/mint": "ExternalAccountDataModified",
    "governance.treasury_transfer/treasury": "ExternalAccountDataModified",
    "governance.release/mint": "ExternalAccountDataModified",
    "governance.release/operations": "ExternalAccountDataModified",
    "governance.release/unlocks": "ExternalAccountDataModified",
    "governance.pause/markets_config": "UnknownProgram",
}
TOKEN_SLOTS = {
    "community",
    "destination",
    "operations",
    "payout",
    "source",
    "stake_vault",
    "stakers",
    "treasury",
    "unlocks",
    "vault",
}
# The accounts that an instruction makes, and those that it closes.
MADE = {
    "markets.init_config": ("config", "oracle_set"),
    "markets.create_market": ("market",),
    "markets.register_node": ("node",),
    "markets.open_buyer": ("buyer", "vault"),
    "markets.create_job": ("job",),
    "staking.init_pool": ("pool", "vault"),
    "staking.stake": ("stake",),
    "rewards.init_accumulator": ("accumulator", "vault", "community"),
    "slashing.init_config": ("config", "vault"),
    "slashing.report": ("report", "record"),
    "slashing.open_from_job": ("report",),
    "slashing.vote": ("vote",),
    "governance.init_config": ("config", "treasury", "unlocks"),
    "governance.create_proposal": ("proposal",),
    "governance.vote": ("vote",),
    "governance.release": ("release",),
}
CLOSED = {
    "markets.close_market": ("market",),
    "markets.close_node": ("node",),
    "markets.close_buyer": ("buyer", "vault"),
    "markets.cancel_job": ("job",),
    "markets.settle_job": ("job",),
    "markets.accept_job": ("job",),
    "markets.expire_job": ("job",),
    "markets.close_outcome": ("job",),
    "staking.withdraw": ("stake",),
    "slashing.open_from_job": ("job",),
    "slashing.claim_vote_fee": ("vote",),
    "slashing.close_vote": ("vote",),
    "slashing.close_report": ("report",),
    "slashing.close_record": ("record",),
    "governance.close_vote": ("vote",),
    "governance.close_proposal": ("proposal",),
}


@dataclass(frozen=True)
class Attack:
    what: str
    batch: tuple[Instruction, ...]
    error: str


def refusal(refusals: Refusals, scene: Scene, slot: str) -> str:
    """Return the error for one slot of a scene: the most exact entry decides."""
    program = scene.name.partition(".")[0]
    for key in (f"{scene.name}/{slot}", f"{program}/{slot}", slot, ""):
        if key in refusals:
            return refusals[key]
    raise AssertionError(f"no refusal is known for {scene.name}/{slot}")


def scenes_with(slots: Collection[str], *, besides: Collection[str] = ()) -> list[str]:
    """Return the instructions with one of these slots; `besides` names places, `program.instruction/slot`."""
    return [
        name
        for name in SCENES
        if any(slot in slots and f"{name}/{slot}" not in besides for slot in slots_of(name))
    ]


def refuse_each(scene: Scene, attacks: Iterable[Attack], *more: Key) -> None:
    """See each attack refused, then play the scene unchanged: it failed for the attack and for nothing else.

    Attacks may come from a generator that changes an account before each one and restores it after. A case
    without any attack fails, so that none passes because it has nothing to do.
    """
    attacked = False
    for attack in attacks:
        attacked, what = True, f"{scene.name}: {attack.what}"
        scene.world.refuse(attack.error, attack.batch, scene.signers_for(attack.batch, *more), what)
    assert attacked, f"{scene.name}: no attack"
    scene.play()
