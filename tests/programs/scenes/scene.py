"""One instruction that is ready to succeed, which attacks change and see refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.programs.world import World

PROGRAMS = {module.PROGRAM_ID: module for module in (governance, markets, rewards, slashing, staking)}


@dataclass(frozen=True)
class Scene:
    """One transaction whose last instruction is under attack; the ones before it are its proofs.

    `rivals` maps an account of the transaction to an account of the same type that belongs to another actor.
    """

    world: World
    batch: tuple[Instruction, ...]
    signers: tuple[Key, ...]
    rivals: Mapping[Address, Address] = field(default_factory=dict)

    @property
    def instruction(self) -> Instruction:
        return self.batch[-1]

    @property
    def name(self) -> str:
        """Return the key of the instruction in the registry: program, dot, instruction."""
        module = PROGRAMS[self.instruction.program]
        name = next(
            name for tag, name in module.INSTRUCTIONS.items() if self.instruction.data.startswith(tag)
        )
        return f"{module.__name__.rpartition('.')[2]}.{name}"

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the name of each account; what a proposal executes brings accounts without names."""
        slots = PROGRAMS[self.instruction.program].ACCOUNTS[self.name.partition(".")[2]]
        return (*slots, *["executed"] * (len(self.instruction.accounts) - len(slots)))

    def bent(self, index: int, meta: AccountMeta) -> tuple[Instruction, ...]:
        """Return the transaction with another account in one slot."""
        return self.replaced(self.instruction.with_account(index, meta))

    def replaced(self, instruction: Instruction) -> tuple[Instruction, ...]:
        return (*self.batch[:-1], instruction)

    def signers_for(self, batch: tuple[Instruction, ...], *more: Key) -> list[Key]:
        """Return a fee payer and those keys that the changed transaction still asks for."""
        payer = self.world.funded("crank")
        needed = {meta.address for entry in batch for meta in entry.accounts if meta.signer}
        return [payer, *(key for key in (*self.signers, *more) if key.address in needed)]

    def play(self) -> None:
        """Send the transaction unchanged; it must succeed."""
        self.world.run(self.batch, self.signers_for(self.batch))
