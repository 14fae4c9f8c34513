"""Ledger of the demo: sums every token movement from chain events and checks the sum to the base unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from demo.scenes import SceneFailed
from demo.stage import Stage
from hypernode.chain import addresses, instructions
from hypernode.chain.generated import markets
from hypernode.chain.ports import ChainEvent
from hypernode.domain.types import Address


@dataclass(frozen=True)
class Movement:
    """Base units that left the buyer's wallet (deposit) or its vault (the rest)."""

    what: str
    to: str
    amount: int
    job: str


async def close_accounts(stage: Stage) -> None:
    """Collect the booked fees (anyone may) and take back what no job used."""
    config, buyer = await stage.chain.config(), await stage.chain.buyer(stage.hn.wallet.address)
    assert config is not None, "the chain is configured"
    assert buyer is not None, "the buyer posted jobs"
    payer = stage.faucet()
    if buyer.treasury_due + buyer.stakers_due + buyer.operations_due:
        step = instructions.collect_fees(owner=stage.hn.wallet.address, vault=buyer.vault, config=config)
        await stage.chain.send([step], [payer])
    await stage.hn.wallet.withdraw(buyer.available)


async def movements(stage: Stage) -> list[Movement]:
    """Return every movement of the buyer's tokens, in the chain's order."""
    names = {prepared.node: name for name, prepared in stage.nodes.items()}
    found: list[Movement] = []
    for event in await stage.chain.events_since():
        found += _of(event, names)
    return found


def _of(event: ChainEvent, names: dict[Address, str]) -> list[Movement]:
    data: Any = event.event
    if isinstance(data, markets.Deposited):
        return [Movement("deposit", "buyer's vault", data.amount, "")]
    if isinstance(data, markets.JobSettled):
        return [Movement("payment", f"node {names[data.node]}", data.node_share, data.job)]
    if isinstance(data, markets.FeesCollected):
        parts = (("treasury", data.treasury), ("stakers", data.stakers), ("operations", data.operations))
        return [Movement("fee", to, amount, "") for to, amount in parts]
    if isinstance(data, markets.Withdrawn):
        return [Movement("refund", "buyer's wallet", data.amount, "")]
    return []


async def check(stage: Stage, found: list[Movement]) -> Counter[str]:
    """Require deposits = payments + fees + refunds, by the events and by the token accounts themselves."""
    totals: Counter[str] = Counter()
    for movement in found:
        totals[movement.what] += movement.amount
    if totals["deposit"] != totals["payment"] + totals["fee"] + totals["refund"]:
        raise SceneFailed(f"the books do not add up: {dict(totals)}")
    left = await stage.chain.token_balance(addresses.buyer_vault(stage.hn.wallet.address))
    if left != 0:
        raise SceneFailed(f"{left} base units are left in the buyer's vault")
    earned = 0
    for prepared in stage.nodes.values():
        earned += await stage.chain.token_balance(addresses.ata(prepared.operator, stage.cluster.mint))
    if earned != totals["payment"]:
        raise SceneFailed(f"nodes hold {earned}, payments are {totals['payment']}")
    return totals
