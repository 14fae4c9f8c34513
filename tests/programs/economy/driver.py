"""Owns the model's acts on the real programs: same names, same arguments, as instructions and who signs them."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.attesting import attestation_for, fault_for
from hypernode.chain.generated import markets, slashing
from hypernode.chain.generated.governance import Params as RulesParams
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governor
from hypernode.chain.keys import Key
from hypernode.domain.fault import FaultReason
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode.domain.status import Gate, Verdict
from hypernode.domain.types import ZERO_ADDRESS, Address, GpuVendor, address_of
from hypernode.errors import ProgramError
from tests.programs.economy.chain import Chain, Vendor, vendor
from tests.programs.economy.governance import Call, Rules
from tests.programs.economy.reports import Case, ReportKey, Terms

Batch = tuple[list[Instruction], list[Key]]


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def evidence_of(case_number: int) -> bytes:
    return digest(f"evidence {case_number}") if case_number else bytes(32)


def job_of(number: int) -> Address:
    return address_of(digest(f"job {number}")) if number else ZERO_ADDRESS


class Driver:
    """Acts for people that are known by name. What an act is made of depends on nothing but its arguments,
    the calls of a proposal and the clock, so most transactions are built once a process."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.releases = 0
        self.proposals = 0
        self.accused_job: dict[ReportKey, Case] = {}
        self.payers: dict[str, str] = {}
        self.calls: dict[int, list[Call]] = {}
        self.sent = 0

    def reset(self) -> None:
        self.chain.restore()
        self.releases = self.proposals = 0
        self.accused_job.clear()
        self.payers.clear()
        self.calls.clear()

    def act(self, name: str, *arguments: Any) -> ProgramError | None:
        """Do it; return why it was refused, or nothing if it was not."""
        batch, signers = self._prepared(name, arguments)
        self.sent += len(batch)
        error = self.chain.send(batch, signers)
        if error is None:
            self._remember(name, arguments)
        return error

    def _prepared(self, name: str, arguments: tuple[Any, ...]) -> tuple[Vendor, list[Key]]:
        if name in _OF_THE_MOMENT:
            batch, signers = getattr(self, f"_{name}")(*arguments)
            return vendor(batch), signers
        return self._cached(name, arguments, self._moment(name, arguments))

    def _moment(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Return what else the transaction depends on."""
        if name in {"resolve", "execute", "dismiss_moot", "close_report"}:
            return self.accused_job.get(arguments[0])
        if name == "vote":
            return self.rounds.get(arguments[1], 1)
        if name == "create_proposal":
            return self.proposals
        if name == "release":
            return self.releases
        if name == "close_record":
            return self.payers.get(arguments[0], arguments[0])
        return None

    @lru_cache(maxsize=200_000)  # noqa: B019 one driver a process, for as long as the process
    def _cached(self, name: str, arguments: tuple[Any, ...], moment: Any) -> tuple[Vendor, list[Key]]:
        batch, signers = getattr(self, f"_{name}")(*arguments)
        return vendor(batch), signers
