"""Meter of what transactions of a test world cost: compute units, accounts written, rent locked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypernode.chain import addresses
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.domain.types import Address
from tests.programs.world import World

MODULES = {module.PROGRAM_ID: module for module in (governance, markets, rewards, slashing, staking)}


@dataclass(frozen=True)
class Cost:
    """One transaction with one instruction of ours; `shared` are written accounts that there is one of."""

    units: int
    writes: tuple[str, ...]
    shared: tuple[str, ...]
    rent: int


def instruction_name(instruction: Instruction) -> str:
    names: dict[bytes, str] = MODULES[instruction.program].INSTRUCTIONS
    return next(name for tag, name in names.items() if instruction.data.startswith(tag))


def cost(world: World, instruction: Instruction, run: Callable[[], object]) -> Cost:
    """Run a transaction whose one instruction of ours is this; the precompile costs no units."""
    written = [(slot, meta.address) for slot, meta in _slots(instruction) if meta.writable]
    new = {address for _, address in written if not world.exists(address)}
    run()
    singletons = {address: name for name, address in _singletons().items()}
    return Cost(
        units=world.compute_units["last"],
        writes=tuple(slot for slot, _ in written),
        shared=tuple(singletons[address] for _, address in written if address in singletons),
        rent=sum(world.lamports(address) for address in new),
    )


class Meter:
    """Watches a world: what each instruction cost at most, by program and name."""

    def __init__(self, world: World) -> None:
        self.costs: dict[str, Cost] = {}
        self._world, self._run = world, world.run
        world.run = self.run  # type: ignore[method-assign]

    def run(self, batch: Sequence[Instruction], signers: Sequence[Key]) -> tuple[Event, ...]:
        """Run a batch as the test's world does, and measure it if one instruction in it is ours."""
        ours = [entry for entry in batch if entry.program in MODULES]
        if len(ours) != 1:
            return self._run(batch, signers)
        events: list[Event] = []
        found = cost(self._world, ours[0], lambda: events.extend(self._run(batch, signers)))
        name = f"{MODULES[ours[0].program].__name__.rpartition('.')[2]}.{instruction_name(ours[0])}"
        if name not in self.costs or found.units > self.costs[name].units:
            self.costs[name] = found
        return tuple(events)


def _slots(instruction: Instruction) -> list[tuple[str, AccountMeta]]:
    names = MODULES[instruction.program].ACCOUNTS[instruction_name(instruction)]
    # Accounts beyond the named ones belong to the instruction that a proposal executes.
    more = ("…",) * (len(instruction.accounts) - len(names))
    return list(zip((*names, *more), instruction.accounts, strict=True))


def _singletons() -> dict[str, Address]:
    return {
        "config": addresses.config(),
        "oracle_set": addresses.oracle_set(),
        "pool": addresses.pool(),
        "stake_vault": addresses.stake_vault(),
        "accumulator": addresses.accumulator(),
        "rewards_vault": addresses.rewards_vault(),
        "community": addresses.community_pool(),
        "slashing_config": addresses.slashing_config(),
        "slashing_vault": addresses.slashing_vault(),
        "dao_config": addresses.dao_config(),
        "treasury": addresses.dao_treasury(),
        "unlocks": addresses.unlocks(),
    }
