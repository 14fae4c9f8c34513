"""Instructions of the slashing program whose accounts depend on a report, a vote or a job.

`account` is the report or vote as it was read from the chain; it gives the addresses that belong to it.
"""

from hypernode.chain import addresses
from hypernode.chain.generated import markets, slashing
from hypernode.chain.instruction import Instruction
from hypernode.domain.fault import FaultReason
from hypernode.domain.types import ZERO_ADDRESS, Address


def report_fault(
    *,
    reporter: Address,
    accused: Address,
    source: Address,
    evidence: bytes,
    reason: FaultReason,
    payer: Address | None = None,
) -> Instruction:
    """Accuse a wallet, with a bond from `source`; `evidence` is the digest in the evidence's content id."""
    return slashing.report(
        reporter=reporter,
        payer=payer,
        stake=addresses.stake(accused),
        report=addresses.report(accused, evidence),
        record=addresses.slashing_record(accused),
        node=addresses.node(accused),
        source=source,
        evidence=evidence,
        reason=reason,
    )


def open_from_job(*, payer: Address, job: Address, account: markets.Job) -> Instruction:
    """Bring a rejected or finally timed-out job: make the confirmed report and close the job."""
    return slashing.open_from_job(
        payer=payer,
        job=job,
        job_payer=account.payer,
        node=account.node,
        stake=addresses.stake(account.operator),
        sequence=account.sequence,
    )


def close_outcome(*, closer: Address, job: Address, account: markets.Job) -> Instruction:
    """Close a rejected or timed-out job that nobody brought in 30 days; the stake keeps its sentence."""
    return markets.close_outcome(closer=closer, job=job, payer=account.payer, node=account.node)


def vote_on_report(
    *,
    validator: Address,
    report: Address,
    account: slashing.Report,
    uphold: bool,
    payer: Address | None = None,
) -> Instruction:
    """Vote with a stake that was locked before the report."""
    return slashing.vote(
        validator=validator,
        payer=payer,
        report=report,
        vote=addresses.vote(report, account.round, validator),
        uphold=uphold,
    )


def resolve_report(*, report: Address, account: slashing.Report) -> Instruction:
    """Count the votes, when the voting is over or no vote can change its result."""
    return slashing.resolve(
        report=report,
        record=_record(account),
        stake=addresses.stake(account.accused),
    )


def execute_report(*, report: Address, account: slashing.Report, mint: Address) -> Instruction:
    """Slash the stake of the accused."""
    return slashing.execute(
        report=report,
        record=_record(account),
        pool=addresses.pool(),
        stake=addresses.stake(account.accused),
        stake_vault=addresses.stake_vault(),
        accumulator=addresses.accumulator(),
        mint=mint,
    )


def claim_vote_fee(*, vote: Address, account: slashing.Vote, destination: Address) -> Instruction:
    """Pay a validator who voted as the report ended, and close the vote."""
    return slashing.claim_vote_fee(
        report=account.report, vote=vote, payer=account.payer, destination=destination
    )


def close_vote(*, vote: Address, account: slashing.Vote) -> Instruction:
    """Close a vote that has nothing to claim."""
    return slashing.close_vote(report=account.report, vote=vote, payer=account.payer)


def close_report(*, report: Address, account: slashing.Report, mint: Address) -> Instruction:
    """Close a report from which nothing can be claimed any more; the rest of its bond is burned."""
    return slashing.close_report(report=report, payer=account.payer, mint=mint)


def close_record(*, accused: Address, account: slashing.Record) -> Instruction:
    """Close the record of a wallet that has no open report and was not slashed for a day."""
    return slashing.close_record(record=addresses.slashing_record(accused), payer=account.payer)


def _record(account: slashing.Report) -> Address | None:
    """Return the accused's record, which the verdict on a job does without."""
    return None if account.job != ZERO_ADDRESS else addresses.slashing_record(account.accused)
