"""Rewards in the model: two streams, one index, exact integers (docs/programs/rewards.md)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.programs.economy.ledger import Guards, Refused, wallet
from tests.programs.economy.staking import FAIR_ONE, INDEX_ONE, Stake

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

VAULT, COMMUNITY = "rewards vault", "community"
HOUR, YEAR = 3_600, 365 * 86_400
# One HYPER of weight: below it nobody is staked.
LEAST_WEIGHT = 10**6
END_OF_TIME = 2**63 - 1


@dataclass
class Stream:
    total: int = 0
    flowed: int = 0
    starts_at: int = 0
    ends_at: int = 0

    @property
    def left(self) -> int:
        return self.total - self.flowed

    def due(self, now: int) -> int:
        if self.left == 0 or now >= self.ends_at:
            return self.left
        return self.total * (now - self.starts_at) // (self.ends_at - self.starts_at) - self.flowed

    def add(self, amount: int, now: int, window: int) -> None:
        """Let rest and amount flow together: each has its own seconds, weighted by how much it is."""
        if not amount:
            return
        rest, left = self.left, max(0, self.ends_at - now)
        seconds = (rest * left + amount * window) // (rest + amount)
        self.total, self.flowed, self.starts_at, self.ends_at = rest + amount, 0, now, now + seconds


class Rewards:
    def __init__(self, economy: "Economy", fee_window: int, community_window: int) -> None:
        self.economy = economy
        self.fee_window, self.community_window = fee_window, community_window
        self.index = self.remainder = 0
        self.updated_at, self.stale_after = 0, END_OF_TIME
        self.fees, self.community = Stream(), Stream()
        self.accounted = self.distributed = self.claimed = 0
        # Of what stakers gave up: the part that is fees again.
        self.returned = 0
        # By wallet: its part of every distribution by weight, in 10^-24 base units; it knows no index.
        self.fair: defaultdict[str, int] = defaultdict(int)
        self.paid: defaultdict[str, int] = defaultdict(int)

    @property
    def stale(self) -> bool:
        return self.economy.now > self.stale_after

    def claimable(self, stake: Stake) -> int:
        return stake.owed + stake.weight * (self.index - stake.reward_index) // INDEX_ONE

    def distribute(self) -> None:
        now, weight = self.economy.now, self.economy.staking.total_weight
        ledger = self.economy.ledger
        if weight < LEAST_WEIGHT:
            for stream in (self.fees, self.community):
                if stream.left:
                    stream.starts_at += now - self.updated_at
                    stream.ends_at += now - self.updated_at
        else:
            self._share(weight)
        self.updated_at = now
        self.accounted -= self.economy.staking.forfeited - self.returned
        self.returned = self.economy.staking.forfeited
        arrived = ledger.balances[VAULT] - self.accounted
        self.fees.add(arrived, now, self.fee_window)
        self.accounted += arrived
        self.community.add(ledger.balances[COMMUNITY] - self.community.left, now, self.community_window)
        flowing = self.fees.left or self.community.left
        self.stale_after = now if flowing else END_OF_TIME

    def claim_rewards(self, owner: str) -> None:
        stake = self.economy.staking.of(owner)
        amount = self.claimable(stake)
        if amount == 0:
            raise Refused("NothingToClaim")
        self.economy.staking.accrue(stake)
        stake.owed = 0
        self.accounted -= amount
        self.claimed += amount
        self.paid[owner] += amount
        self.economy.ledger.move(VAULT, wallet(owner), amount)

    def set_windows(self, fee_window: int, community_window: int) -> None:
        guards = Guards()
        sound = all(HOUR <= window <= YEAR for window in (fee_window, community_window))
        guards.need(sound, "BadWindow")
        guards.done()
        self.fee_window, self.community_window = fee_window, community_window

    def _share(self, weight: int) -> None:
        fees, community = self.fees.due(self.economy.now), self.community.due(self.economy.now)
        self.fees.flowed += fees
        self.community.flowed += community
        self.economy.ledger.move(COMMUNITY, VAULT, community)
        amount = fees + community
        self.accounted += community
        self.distributed += amount
        scaled = amount * INDEX_ONE + self.remainder
        self.index += scaled // weight
        self.remainder = scaled % weight
        if amount:
            for stake in self.economy.staking.stakes.values():
                self.fair[stake.owner] += amount * FAIR_ONE * stake.weight // weight
