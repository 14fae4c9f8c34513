"""Tokens and refusals: who holds how much, what was made and burned, and which rules an act breaks."""

from collections import defaultdict
from dataclasses import dataclass, field

# What a program answers for an account that it needs and that does not exist, or is to make and that does.
MISSING = frozenset({"AccountDataTooSmall", "UninitializedAccount"})
TAKEN = frozenset({"AccountAlreadyInUse"})


class Refused(Exception):
    """The act breaks these rules; a program may name any one of them, since it stops at its first."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(sorted(names)))
        self.names = frozenset(names)


class Guards:
    """Collects every rule that an act breaks, so that the model need not know the order of the checks."""

    def __init__(self) -> None:
        self.broken: set[str] = set()

    def need(self, truth: bool, *names: str) -> None:
        if not truth:
            self.broken.update(names)

    def done(self) -> None:
        if self.broken:
            raise Refused(*self.broken)


@dataclass
class Ledger:
    """Every token account by name. Only `mint` makes tokens, only `burn` ends them."""

    balances: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    # What went from one account to another since the beginning: whence someone's tokens came.
    flows: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    minted: int = 0
    burned: int = 0

    def mint(self, place: str, amount: int) -> None:
        self.balances[place] += amount
        self.minted += amount

    def burn(self, place: str, amount: int) -> None:
        self._take(place, amount)
        self.burned += amount

    def move(self, source: str, target: str, amount: int) -> None:
        self._take(source, amount)
        self.balances[target] += amount
        self.flows[source, target] += amount

    def holds(self, place: str, amount: int) -> bool:
        return self.balances[place] >= amount

    @property
    def supply(self) -> int:
        return self.minted - self.burned

    def _take(self, place: str, amount: int) -> None:
        assert 0 <= amount <= self.balances[place], f"{place} has {self.balances[place]}, not {amount}"
        self.balances[place] -= amount


def wallet(name: str) -> str:
    return f"wallet {name}"


def share(amount: int, bps: int) -> int:
    """Return this number of ten-thousandths, rounded down."""
    return amount * bps // 10_000
