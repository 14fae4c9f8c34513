"""The whole economy as the documents describe it: five parts, one clock, one ledger. No program is asked.

An act is a name and arguments: `act("stake", "ann", 5, 14 * DAY)` does it or raises `Refused` with every rule
that it breaks, and then nothing has changed. Tokens move in the ledger only, so none can appear or vanish.
"""

from collections.abc import Callable
from typing import Any

from hypernode.chain.generated.slashing import SlashingParams
from tests.programs.economy.governance import Governance, Rules
from tests.programs.economy.ledger import Ledger, Refused, wallet
from tests.programs.economy.markets import Markets
from tests.programs.economy.rewards import Rewards
from tests.programs.economy.slashing import Slashing
from tests.programs.economy.staking import INDEX_ONE, Staking

# What only the DAO's authority can do; nobody's signature reaches it.
DECREES = (
    "set_fees",
    "set_min_rate",
    "set_pause",
    "set_windows",
    "set_slashing_params",
    "set_dao_params",
    "treasury_transfer",
)


class Economy:
    def __init__(
        self,
        now: int,
        *,
        windows: tuple[int, int],
        params: SlashingParams,
        rules: Rules,
        guardian_until: int,
        shares: tuple[int, int, int],
    ) -> None:
        self.now = now
        self.ledger = Ledger()
        self.staking = Staking(self)
        self.rewards = Rewards(self, *windows)
        self.slashing = Slashing(self, params)
        self.governance = Governance(self, rules, guardian_until)
        self.markets = Markets(self, shares)
        # What was sent to a vault and belongs to nobody there.
        self.gifts = {"stake vault": 0, "slashing vault": 0}
        self._acts: dict[str, Callable[..., None]] = {"gift": self.gift}
        for part in (self.staking, self.rewards, self.slashing, self.governance, self.markets):
            for name in dir(type(part)):
                if not name.startswith("_") and callable(getattr(type(part), name)):
                    self._acts.setdefault(name, getattr(part, name))

    def act(self, name: str, *arguments: Any) -> None:
        self._acts[name](*arguments)

    def obey(self, decree: str, *arguments: Any) -> None:
        """Do what a proposal orders."""
        assert decree in DECREES
        self.act(decree, *arguments)

    def gift(self, giver: str, place: str, amount: int) -> None:
        """Send tokens to any account, as everyone can."""
        if not self.ledger.holds(wallet(giver), amount):
            raise Refused("InsufficientFunds")
        self.ledger.move(wallet(giver), place, amount)
        if place in self.gifts:
            self.gifts[place] += amount
        _, _, owner = place.partition("buyer vault ")
        if owner:
            self.markets.buyers[owner].donated += amount

    def deadlines(self) -> list[int]:
        """Return every second to come at which something becomes possible or stops being so."""
        found = [stake.leaves_at for stake in self.staking.stakes.values() if not stake.active]
        for report in self.slashing.reports.values():
            found += [
                report.voting_ends_at,
                report.executable_at,
                report.ended_at and report.ended_at + 90 * 86_400,
            ]
        for record in self.slashing.records.values():
            found += [record.day_start + 86_400, max(record.last_executed) + 86_400]
        for proposal in self.governance.proposals.values():
            found += [proposal.voting_ends_at, proposal.eta, proposal.window_ends]
            found += [proposal.created_at + 7 * 86_400, proposal.ended_at and proposal.ended_at + 30 * 86_400]
        found += [stream.ends_at for stream in (self.rewards.fees, self.rewards.community) if stream.left]
        return sorted({at for at in found if at > self.now})

    def check(self) -> None:
        """Every vault holds the sum of its claims: nobody's tokens are another's, and none are nobody's."""
        balances, gifts = self.ledger.balances, self.gifts
        assert sum(balances.values()) == self.ledger.supply
        assert balances["stake vault"] == self.staking.total_staked + gifts["stake vault"]
        claims = sum(report.claims for report in self.slashing.reports.values())
        assert balances["slashing vault"] == claims + gifts["slashing vault"]
        for owner, buyer in self.markets.buyers.items():
            assert balances[f"buyer vault {owner}"] == buyer.claims
        assert self.staking.total_weight <= 4 * self.staking.total_staked
        self._check_rewards()
        for accused in {report.accused for report in self.slashing.reports.values()}:
            of = [report for report in self.slashing.reports.values() if report.accused == accused]
            live = [report for report in of if not report.ended]
            if live:
                stake, held = self.staking.stakes[accused], sum(report.held for report in live)
                assert (stake.holds, stake.held_amount) == (len(live), held)
                by_bond = sum(not report.of_job for report in live)
                assert by_bond == 0 or self.slashing.records[accused].open_reports == by_bond
        for operator, node in self.markets.nodes.items():
            jobs = [job for job in self.markets.jobs.values() if job.node == operator]
            assert node.exposure == sum(job.exposure for job in jobs)
            assert node.active_jobs == sum(not job.ended for job in jobs)

    def _check_rewards(self) -> None:
        rewards, staking = self.rewards, self.staking
        assert self.ledger.balances["rewards vault"] >= rewards.accounted
        assert self.ledger.balances["community"] >= rewards.community.left
        owed = sum(rewards.claimable(stake) for stake in staking.stakes.values())
        given_up = staking.forfeited - rewards.returned
        dust = rewards.accounted - rewards.fees.left - owed - given_up
        # Each change of a weight rounds down once, and each stake would once more if it claimed now; what the
        # last division left is carried to the next.
        carried = rewards.remainder // INDEX_ONE
        assert 0 <= dust <= staking.roundings + len(staking.stakes) + carried + 1, dust
        assert owed + rewards.claimed + staking.forfeited <= rewards.distributed
