"""A fault that oracles attest, ready to be reported: `Attested(world, unopened).open()`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import fault_for
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.fault import Fault
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.slashing.slashing_world import ReportCookie, SlashingWorld


@dataclass
class Attested:
    world: SlashingWorld
    report: ReportCookie

    def fault(self, **changes: Any) -> Fault:
        report = self.report
        fault = fault_for(
            oracle_set=self.world.read(OracleSet, addresses.oracle_set()),
            accused=report.accused.operator.address,
            reporter=report.reporter.owner.address,
            job=report.job,
            sequence=report.sequence,
            attempt=1,
            reason=report.reason,
            evidence=report.evidence,
            buyer=report.buyer.owner.address if report.buyer else ZERO_ADDRESS,
            expires_at=self.world.now + 3600,
        )
        return replace(fault, **changes)

    def ixs(self, fault: Fault | None = None, oracles: Sequence[Key] | None = None) -> list[Instruction]:
        fault = fault or self.fault()
        signers = self.world.oracles[:2] if oracles is None else oracles
        signatures = [(oracle.address, oracle.sign(fault.digest())) for oracle in signers]
        return list(instructions.report_attested(fault=fault, signatures=signatures))

    def open(self) -> ReportCookie:
        self.report.events = self.world.run(self.ixs(), [self.report.reporter.owner])
        return self.report

    def refuse(self, refusal: Any, batch: Sequence[Instruction]) -> None:
        self.world.refuse(refusal, batch, [self.report.reporter.owner])
