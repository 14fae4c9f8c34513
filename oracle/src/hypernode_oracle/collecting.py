"""Collection of sentences: reports of jobs are counted, executed and closed when their time has come.

All of a sentence is burned, so nobody gains by executing it; the oracles do it for the rent that comes back.
"""

from __future__ import annotations

import structlog

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.slashing import Config, Report
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.client.reports import is_of_job, may_close, may_resolve
from hypernode.domain.fault import ReportStatus
from hypernode.domain.types import Address
from hypernode.errors import TransactionFailed
from hypernode_oracle.watcher import AccountsAndTransactions

log = structlog.get_logger()


class Collector:
    """Takes each report of a job one step further, as far as the chain's time allows."""

    def __init__(self, chain: AccountsAndTransactions, payer: Key) -> None:
        self._chain, self._payer = chain, payer

    async def collect(self) -> None:
        """Look at all reports once. A refused step is tried again by the next look: another may be first."""
        config = await self._chain.read(Config, addresses.slashing_config())
        if config is None:
            return
        now = (await self._chain.clock()).unix_timestamp
        for address, report in (await self._chain.read_all(Report)).items():
            step = next_step(address, report, config.mint, now)
            if step is None:
                continue
            try:
                await self._chain.send([step], [self._payer])
            except TransactionFailed as fault:
                log.info("report not moved", report=address, status=report.status.label, error=fault.code)
            else:
                log.info("report moved", report=address, status=report.status.label)


def next_step(address: Address, report: Report, mint: Address, now: int) -> Instruction | None:
    """Return what anyone may do with a job's report now; None if it has to wait, or is a report by bond."""
    if not is_of_job(report):
        return None
    if report.status is ReportStatus.APPEALED:
        ripe = may_resolve(report, now)
        return instructions.resolve_report(report=address, account=report) if ripe else None
    if report.status.is_end:
        ripe = may_close(report, now)
        return instructions.close_report(report=address, account=report, mint=mint) if ripe else None
    ripe = now >= report.executable_at
    return instructions.execute_report(report=address, account=report, mint=mint) if ripe else None
