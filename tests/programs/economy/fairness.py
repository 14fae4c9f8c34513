"""Owns the question whether dishonesty paid: what the coalition ended with, against what honest play allows.

Honest play allows what was brought, less what was given away; the part of every distribution that the weight
was at the time; and what reports of others awarded, which honest judges let come true. Its own reports, its
proposals and the deals among its members must bring nothing.
"""

from tests.programs.economy.ledger import wallet
from tests.programs.economy.model import Economy
from tests.programs.economy.people import COALITION, DEPOSITS, WALLETS
from tests.programs.economy.staking import FAIR_ONE


def fair_rewards(economy: Economy, name: str) -> int:
    """Return the most that the weight and time of somebody's stake entitled him to, rounded up."""
    return -(-economy.rewards.fair[name] // FAIR_ONE)


def awards(economy: Economy, name: str) -> int:
    """Return what somebody was paid out of reports of honest people and of oracles."""
    paid = economy.slashing.awards.items()
    return sum(
        amount
        for (claimer, reporter, attested), amount in paid
        if claimer == name and (attested or reporter not in COALITION)
    )


def check(economy: Economy) -> None:
    """Hold everybody's rewards against the fair share, and the coalition's end against its beginning."""
    for name in WALLETS:
        # The index rounds down, so nobody ever gets more; the remainder it carries is less than one unit.
        assert economy.rewards.paid[name] <= fair_rewards(economy, name) + 1, name
    final = sum(economy.ledger.balances[wallet(name)] for name in COALITION)
    allowed = sum(
        DEPOSITS[name] + fair_rewards(economy, name) + 1 + awards(economy, name) for name in COALITION
    )
    assert final <= allowed, f"the coalition has {final}, honest play allows {allowed}"
