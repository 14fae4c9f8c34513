"""Stakes in the model: weights, cooldowns, holds and earnings (docs/programs/staking.md)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.programs.economy.ledger import MISSING, TAKEN, Guards, Refused, wallet

if TYPE_CHECKING:
    from tests.programs.economy.model import Economy

DAY = 86_400
SHORTEST, LONGEST = 14 * DAY, 365 * DAY
VAULT = "stake vault"
INDEX_ONE = 10**12
# Finer than the index, so that the fair share is rounded less than anything it is held against.
FAIR_ONE = 10**24


def weigh(amount: int, duration: int) -> int:
    """Return the weight: once the amount at no duration, four times at a year, rounded down twice."""
    return amount * (10_000 + 30_000 * duration // LONGEST) // 10_000


@dataclass
class Stake:
    owner: str
    amount: int
    duration: int
    staked_at: int
    reward_index: int
    weight: int = 0
    weight_since: int = 0
    base_weight: int = 0
    base_since: int = 0
    unstake_at: int = 0
    owed: int = 0
    holds: int = 0
    held_amount: int = 0
    # Every weight it ever had and since when: what votes may count is held against it.
    history: list[tuple[int, int]] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return self.unstake_at == 0

    @property
    def leaves_at(self) -> int:
        return self.unstake_at + self.duration

    @property
    def free(self) -> int:
        """Return what no confirmed report will take."""
        return self.amount - self.held_amount

    def votable(self, at: int) -> int:
        """Return what has been locked since before `at`; never more than there was all the time since."""
        counted = 0
        if self.weight_since < at:
            counted = self.weight
        elif self.base_since < at:
            counted = self.base_weight
        before = [weight for since, weight in self.history if since < at]
        later = [weight for since, weight in self.history if since >= at]
        least = min([*before[-1:], *later]) if before else 0
        assert counted <= least, f"{self.owner} votes {counted}, but locked {least}"
        return counted

    def can_leave_before(self, end: int, now: int) -> bool:
        return (now if self.active else self.unstake_at) + self.duration < end

    def reweigh(self, now: int) -> None:
        old, self.weight = self.weight, weigh(self.amount, self.duration) if self.active else 0
        if self.weight > old and self.weight_since != now:
            self.base_weight, self.base_since, self.weight_since = old, self.weight_since, now
        self.base_weight = min(self.base_weight, self.weight)
        self.history.append((now, self.weight))


class Staking:
    def __init__(self, economy: "Economy") -> None:
        self.economy = economy
        self.stakes: dict[str, Stake] = {}
        # How often a stake's earnings were rounded down, for the bound on dust.
        self.roundings = 0
        self.forfeited = 0

    @property
    def total_staked(self) -> int:
        return sum(stake.amount for stake in self.stakes.values())

    @property
    def total_weight(self) -> int:
        return sum(stake.weight for stake in self.stakes.values())

    def of(self, owner: str) -> Stake:
        if owner not in self.stakes:
            raise Refused(*MISSING)
        return self.stakes[owner]

    # --- what a staker does; `fresh` puts a distribution into the same transaction, before it

    def stake(self, owner: str, amount: int, duration: int, fresh: bool = True) -> None:
        guards = self._funded(owner, amount, fresh)
        guards.need(SHORTEST <= duration <= LONGEST, "BadDuration", "InvariantBroken")
        guards.need(owner not in self.stakes, *TAKEN)
        guards.done()
        self._freshen(fresh)
        now, index = self.economy.now, self.economy.rewards.index
        stake = Stake(owner, amount, duration, now, index, weight_since=now, base_since=now)
        self.stakes[owner] = stake
        stake.reweigh(now)
        self.economy.ledger.move(wallet(owner), VAULT, amount)

    def top_up(self, owner: str, amount: int, fresh: bool = True) -> None:
        stake = self.of(owner)
        guards = self._funded(owner, amount, fresh)
        guards.need(stake.active, "CoolingDown")
        guards.done()
        self._freshen(fresh)
        self.accrue(stake)
        stake.amount += amount
        stake.reweigh(self.economy.now)
        self.economy.ledger.move(wallet(owner), VAULT, amount)

    def extend(self, owner: str, duration: int, fresh: bool = True) -> None:
        stake = self.of(owner)
        guards = self._fresh(fresh)
        guards.need(stake.active, "CoolingDown")
        guards.need(SHORTEST <= duration <= LONGEST, "BadDuration", "InvariantBroken")
        guards.need(duration > stake.duration, "DurationNotLonger")
        guards.done()
        self._freshen(fresh)
        self.accrue(stake)
        stake.duration = duration
        stake.reweigh(self.economy.now)

    def unstake(self, owner: str) -> None:
        stake = self.of(owner)
        guards = Guards()
        guards.need(stake.active, "CoolingDown")
        guards.done()
        self.accrue(stake)
        stake.unstake_at = self.economy.now
        stake.reweigh(self.economy.now)

    def restake(self, owner: str, fresh: bool = True) -> None:
        stake = self.of(owner)
        guards = self._fresh(fresh)
        guards.need(not stake.active, "NotCoolingDown")
        guards.done()
        self._freshen(fresh)
        self.accrue(stake)
        stake.unstake_at, stake.staked_at = 0, self.economy.now
        stake.reweigh(self.economy.now)

    def withdraw_stake(self, owner: str) -> None:
        stake = self.of(owner)
        guards = Guards()
        guards.need(not stake.active, "NotCoolingDown")
        guards.need(self.economy.now >= stake.leaves_at, "CooldownNotOver")
        guards.need(stake.holds == 0, "StakeHeld")
        guards.need(stake.owed == 0, "RewardsUnclaimed")
        guards.done()
        del self.stakes[owner]
        self.economy.ledger.move(VAULT, wallet(owner), stake.amount)

    def forfeit_rewards(self, owner: str) -> None:
        stake = self.of(owner)
        self.forfeited += stake.owed
        stake.owed = 0

    # --- what slashing does

    def hold(self, stake: Stake, amount: int) -> None:
        """Hold the stake for a report, and what it will take; nothing yet for one that is not confirmed."""
        guards = Guards()
        guards.need(stake.amount > 0, "NothingStaked", "NothingAtStake")
        guards.need(amount > 0 or stake.active or self.economy.now < stake.leaves_at, "CooldownOver")
        guards.done()
        stake.holds += 1
        stake.held_amount += amount

    def unhold(self, stake: Stake, amount: int) -> None:
        stake.holds -= 1
        stake.held_amount -= amount

    def take(self, stake: Stake, amount: int, target: str) -> None:
        self.accrue(stake)
        stake.amount -= amount
        stake.reweigh(self.economy.now)
        self.economy.ledger.move(VAULT, target, amount)

    def accrue(self, stake: Stake) -> None:
        """Book what was earned at the old weight, before it changes."""
        stake.owed = self.economy.rewards.claimable(stake)
        stake.reward_index = self.economy.rewards.index
        self.roundings += 1

    # --- fresh or not

    def _fresh(self, fresh: bool) -> Guards:
        guards = Guards()
        guards.need(fresh or not self.economy.rewards.stale, "RewardsStale")
        return guards

    def _funded(self, owner: str, amount: int, fresh: bool) -> Guards:
        guards = self._fresh(fresh)
        guards.need(amount > 0, "ZeroAmount")
        guards.need(self.economy.ledger.holds(wallet(owner), amount), "InsufficientFunds")
        return guards

    def _freshen(self, fresh: bool) -> None:
        if fresh:
            self.economy.rewards.distribute()
