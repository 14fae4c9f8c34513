"""Client of one staker: lock, extend, give notice, withdraw, claim. Each call prepares a `Move`."""

from __future__ import annotations

from dataclasses import dataclass

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.rewards import Accumulator
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.buyer import InsufficientFunds
from hypernode.domain import rewards
from hypernode.domain.money import format_hyper
from hypernode.domain.staking import weight
from hypernode.domain.types import Address
from hypernode.errors import ConfigError, DomainError


class NothingStaked(ConfigError):
    """The wallet has no stake."""


class NothingToClaim(DomainError):
    """The stake has earned nothing that is not claimed yet."""


@dataclass(frozen=True)
class Move:
    """A prepared transaction of a staker: the tokens it moves, the weight after it, and its instructions."""

    what: str
    # Base units into the stake (positive) or to the wallet (negative), rewards included.
    amount: int
    weight_after: int
    steps: tuple[Instruction, ...]


class StakerClient:
    """One wallet's stake and rewards. Each call prepares a `Move`; `send` signs and sends it."""

    def __init__(self, chain: ChainPort, wallet: Key, *, mint: Address) -> None:
        self._chain, self._wallet, self._mint = chain, wallet, mint

    @property
    def owner(self) -> Address:
        """The wallet's address."""
        return self._wallet.address

    @property
    def _tokens(self) -> Address:
        return addresses.ata(self.owner, self._mint)

    async def stake(self) -> Stake | None:
        """Return the wallet's stake, or None."""
        return await self._chain.stake(self.owner)

    async def claimable(self) -> int:
        """Return the base units that a claim pays now."""
        stake, accumulator = await self.stake(), await self._accumulator()
        if stake is None or accumulator is None:
            return 0
        pool, clock = await self._chain.read(Pool, addresses.pool()), await self._chain.clock()
        flows = (accumulator.fees, accumulator.community)
        total = pool.total_weight if pool else 0
        return rewards.pending(
            stake, accumulator.index, accumulator.remainder, flows, total, clock.unix_timestamp
        )

    async def add(self, amount: int, duration: int) -> Move:
        """Lock base units for a notice of `duration` seconds; top up and extend an existing stake."""
        held = await self._chain.token_balance(self._tokens)
        if amount > held:
            raise InsufficientFunds(
                f"{self.owner} has {format_hyper(held)} HYPER, not {format_hyper(amount)}",
                fix="stake less, or fund it first",
            )
        found = await self.stake()
        owner, source = self.owner, self._tokens
        if found is None:
            step = instructions.stake(owner=owner, source=source, amount=amount, duration=duration)
            return await self._grow("stake", amount, weight(amount, duration), [step])
        steps = [instructions.top_up_stake(owner=owner, source=source, amount=amount)]
        if duration > found.duration:
            steps.append(instructions.extend_stake(owner=owner, duration=duration))
        after = weight(found.amount + amount, max(duration, found.duration))
        return await self._grow("top up", amount, after, steps)

    async def extend(self, duration: int) -> Move:
        """Extend the notice to `duration` seconds, which raises the weight."""
        found = await self._existing()
        step = instructions.extend_stake(owner=self.owner, duration=duration)
        return await self._grow("lengthen the notice", 0, weight(found.amount, duration), [step])

    async def unstake(self) -> Move:
        """Give notice; rewards up to now are booked first."""
        await self._existing()
        return await self._grow("give notice", 0, 0, [instructions.unstake(owner=self.owner)])

    async def restake(self) -> Move:
        """Take the notice back."""
        found = await self._existing()
        after = weight(found.amount, found.duration)
        return await self._grow("take the notice back", 0, after, [instructions.restake(owner=self.owner)])

    async def claim(self) -> Move:
        """Move the earned rewards to the wallet."""
        found, amount = await self._existing(), await self.claimable()
        if not amount:
            raise NothingToClaim(f"{self.owner} has earned nothing yet")
        return await self._grow("claim rewards", -amount, found.weight, [self._claim()])

    async def withdraw(self) -> Move:
        """Move the stake and its rewards to the wallet after the notice."""
        found, earned = await self._existing(), await self.claimable()
        step = instructions.withdraw_stake(owner=self.owner, destination=self._tokens, payer=found.payer)
        steps = [self._claim(), step] if earned else [step]
        return await self._grow("take the stake back", -found.amount - earned, 0, steps)

    async def send(self, move: Move) -> str:
        """Sign and send a move, and return the transaction's signature."""
        return await self._chain.send(list(move.steps), [self._wallet])

    def _claim(self) -> Instruction:
        return instructions.claim_rewards(owner=self.owner, destination=self._tokens)

    async def _existing(self) -> Stake:
        found = await self.stake()
        if found is None:
            raise NothingStaked(f"{self.owner} has no stake")
        return found

    async def _grow(self, what: str, amount: int, after: int, steps: list[Instruction]) -> Move:
        """Bring the index up to date first: new weight is refused at an old one, old weight earns by it."""
        crank = [] if await self._accumulator() is None else [instructions.distribute()]
        return Move(what, amount, after, (*crank, *steps))

    async def _accumulator(self) -> Accumulator | None:
        return await self._chain.read(Accumulator, addresses.accumulator())
