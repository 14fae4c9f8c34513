"""Check that dishonesty did not pay: what the coalition ended with, against what honest play allows.

Honest play allows what was brought; the part of every distribution that the weight was at the time; and what
reports of others awarded, which honest judges let come true. Each way to tokens is looked at by itself, so
that a loss in one cannot hide a theft in another.
"""

from collections.abc import Sequence

from tests.programs.economy.ledger import wallet
from tests.programs.economy.model import Economy
from tests.programs.economy.people import COALITION, DEPOSITS, WALLETS
from tests.programs.economy.staking import FAIR_ONE

OURS = frozenset(wallet(name) for name in COALITION)


def fair_rewards(economy: Economy, name: str) -> int:
    """Return the most that the weight and time of someone's stake entitled him to, rounded up."""
    return -(-economy.rewards.fair[name] // FAIR_ONE)


def awards(economy: Economy, name: str) -> int:
    """Return what someone was paid out of reports of honest people and of oracles."""
    paid = economy.slashing.awards.items()
    return sum(amount for (claimer, *source), amount in paid if claimer == name and not _own(source))


def gained(economy: Economy, place: str) -> int:
    """Return what the coalition took out of places of this kind, less what it put in."""
    flows = economy.ledger.flows.items()
    out = sum(amount for (source, target), amount in flows if source.startswith(place) and target in OURS)
    put = sum(amount for (source, target), amount in flows if target.startswith(place) and source in OURS)
    return out - put


def check(economy: Economy) -> None:
    """Hold everyone's rewards against the fair share, and each of the coalition's ways against nothing."""
    for name in WALLETS:
        # The index rounds down; what it carries over is less than one unit.
        assert economy.rewards.paid[name] <= fair_rewards(economy, name) + 1, name
    assert gained(economy, "stake vault") <= 0, "the coalition has others' stakes"
    assert gained(economy, "buyer vault") <= 0, "the coalition earned by dealing with itself"
    for place in ("treasury", "unlocks", "community", "operations", "market operations", "market treasury"):
        assert gained(economy, place) <= 0, f"the coalition has tokens of the {place}"
    slashing = economy.slashing
    won = sum(got for (name, *source), got in slashing.awards.items() if name in COALITION and _own(source))
    lost = sum(paid for (name, *source), paid in slashing.costs.items() if name in COALITION and _own(source))
    assert won <= lost, f"false reports brought {won} and cost {lost}"
    final = sum(economy.ledger.balances[place] for place in OURS)
    allowed = sum(
        DEPOSITS[name] + fair_rewards(economy, name) + 1 + awards(economy, name) for name in COALITION
    )
    assert final <= allowed, f"the coalition has {final}, honest play allows {allowed}"


def _own(source: Sequence[object]) -> bool:
    """Return True if a report was the coalition's own, and so a false one or a deal."""
    reporter, attested = source
    return reporter in COALITION and not attested
