"""A prepared set of transactions: what they do, the tokens they move, and the time limits after them."""

from __future__ import annotations

from dataclasses import dataclass

from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.buyer import InsufficientFunds
from hypernode.domain.money import format_hyper
from hypernode.domain.types import Address
from hypernode.domain.words import Window
from hypernode.errors import DomainError, HypernodeError


class NotNow(DomainError):
    """The step is not possible in this status, or not at this time."""


class VotingOver(NotNow):
    """The votes can only be counted now."""


class TooLate(NotNow):
    """The time to queue the proposal is over; it can only be declared expired."""


@dataclass(frozen=True)
class Transfer:
    """A movement of base units; `way` names source and destination."""

    amount: int
    way: str

    def __str__(self) -> str:
        return f"{format_hyper(self.amount)} HYPER  {self.way}"


@dataclass(frozen=True)
class Plan:
    """Transactions that are ready to sign. They are sent in order; each element is one transaction."""

    what: str
    transactions: tuple[tuple[Instruction, ...], ...]
    transfers: tuple[Transfer, ...] = ()
    windows: tuple[Window, ...] = ()
    notes: tuple[str, ...] = ()
    # The next step if a transaction is refused after others landed.
    if_cut_off: str = ""

    def words(self, now: int) -> tuple[str, ...]:
        """Return lines that describe the plan: transfers, notes, and time limits relative to now."""
        moved = tuple(map(str, self.transfers)) or ("no tokens move",)
        return (*moved, *self.notes, *(window.words(now) for window in self.windows))


async def carry_out(chain: ChainPort, plan: Plan, key: Key) -> tuple[str, ...]:
    """Send a plan's transactions and return their signatures; a refused one stops those after it."""
    sent: list[str] = []
    try:
        for transaction in plan.transactions:
            sent.append(await chain.send(transaction, [key]))
    except HypernodeError as fault:
        if sent and plan.if_cut_off:
            fault.fix = plan.if_cut_off
        raise
    return tuple(sent)


async def require_funds(chain: ChainPort, account: Address, owner: Address, amount: int, fix: str) -> None:
    held = await chain.token_balance(account)
    if amount > held:
        raise InsufficientFunds(
            f"{owner} has {format_hyper(held)} HYPER, not the {format_hyper(amount)} that this takes", fix=fix
        )
