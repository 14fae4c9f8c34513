"""Random choices, and the moves of buyers and nodes; the other moves are in `moves`."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from tests.programs.economy.markets import ALL, ASSIGNED, SUBMITTED
from tests.programs.economy.model import Economy
from tests.programs.economy.people import HYPER

T = TypeVar("T")
Act = tuple[Any, ...]


class Dice(Protocol):
    def choice(self, options: Sequence[T], /) -> T: ...


class MarketMoves:
    """One honest buyer and node, and a pair of the coalition that deals with itself."""

    def __init__(self, dice: Dice) -> None:
        self.pick = dice.choice

    def open_buyer(self, _: Economy) -> Act:
        return "open_buyer", self.pick(("cyd", "mal"))

    def deposit(self, _: Economy) -> Act:
        return "deposit", self.pick(("cyd", "mal")), self.pick((0, 50 * HYPER, 400 * HYPER, 10**12))

    def withdraw(self, _: Economy) -> Act:
        return "withdraw", self.pick(("cyd", "mal")), self.pick((0, 1, 100 * HYPER, ALL))

    def close_buyer(self, _: Economy) -> Act:
        return "close_buyer", self.pick(("cyd", "mal"))

    def collect_fees(self, _: Economy) -> Act:
        return "collect_fees", self.pick(("cyd", "mal"))

    def register_node(self, _: Economy) -> Act:
        return "register_node", self.pick(("dan", "eve"))

    def retire_node(self, _: Economy) -> Act:
        return "retire_node", self.pick(("dan", "eve"))

    def close_node(self, _: Economy) -> Act:
        return "close_node", self.pick(("dan", "eve"))

    def create_job(self, economy: Economy) -> Act:
        owner = self.pick(sorted(economy.markets.buyers) or ["cyd"])
        rate, timeout_seconds = self.pick((0, 1, 33_333, 1_000_000)), self.pick((9, 60, 600, 3_601))
        return "create_job", owner, self.pick((0, 1)), rate, timeout_seconds

    def assign_job(self, economy: Economy) -> Act:
        """The coalition deals with itself only: what it earned from others is not theft."""
        owner, nonce = self._job(economy)
        return "assign_job", owner, nonce, "dan" if owner == "cyd" else "eve"

    def submit_receipt(self, economy: Economy) -> Act:
        owner, nonce = self._job(economy)
        job = economy.markets.jobs.get((owner, nonce))
        most = min(job.timeout_seconds, economy.now - job.assigned_at) if job else 0
        seconds = self.pick((most, most, most // 2, most + 1))
        return "submit_receipt", owner, nonce, "dan" if owner == "cyd" else "eve", seconds

    def decline_job(self, economy: Economy) -> Act | None:
        found = [key for key, job in economy.markets.jobs.items() if job.status == ASSIGNED]
        if not found:
            return None
        owner, nonce = self.pick(sorted(found))
        return "decline_job", owner, nonce, "dan" if owner == "cyd" else "eve"

    def accept_job(self, economy: Economy) -> Act | None:
        found = [key for key, job in economy.markets.jobs.items() if job.node]
        return ("accept_job", *self.pick(sorted(found))) if found else None

    def settle_job(self, economy: Economy) -> Act | None:
        found = [key for key, job in economy.markets.jobs.items() if job.status == SUBMITTED]
        return ("settle_job", *self.pick(sorted(found)), self.pick((True, True, False))) if found else None

    def cancel_job(self, economy: Economy) -> Act:
        return "cancel_job", *self._job(economy)

    def expire_job(self, economy: Economy) -> Act | None:
        found = sorted(economy.markets.jobs)
        return ("expire_job", *self.pick(found)) if found else None

    def _job(self, economy: Economy) -> tuple[str, int]:
        return self.pick(sorted(economy.markets.jobs) or [("cyd", 0)])
