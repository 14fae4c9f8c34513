"""Instructions of the slashing program whose accounts depend on a report, a vote or a fault.

`account` is the report or vote as it was read from the chain; it gives the addresses that belong to it.
"""

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated import slashing
from hypernode.chain.instruction import Instruction
from hypernode.domain.fault import Fault, FaultReason
from hypernode.domain.types import ZERO_ADDRESS, Address, address_of


def report_fault(
    *,
    reporter: Address,
    accused: Address,
    source: Address,
    evidence: bytes,
    reason: FaultReason,
    job: Address = ZERO_ADDRESS,
    sequence: int = 0,
    buyer: Address = ZERO_ADDRESS,
    payer: Address | None = None,
) -> Instruction:
    """Accuse a wallet, with a bond from `source`; `evidence` is the digest in the evidence's content id."""
    return slashing.report(
        reporter=reporter,
        payer=payer,
        stake=addresses.stake(accused),
        report=addresses.report(accused, evidence),
        record=addresses.slashing_record(accused),
        fault=addresses.fault(accused, job, sequence, evidence),
        source=source,
        evidence=evidence,
        reason=reason,
        job=job,
        sequence=sequence,
        buyer=buyer,
    )


def report_attested(
    *, fault: Fault, signatures: Sequence[tuple[Address, bytes]], payer: Address | None = None
) -> tuple[Instruction, Instruction]:
    """Accuse by attestation: the Ed25519 instruction with the oracles' signatures, then the report.

    The report must directly follow the Ed25519 instruction, and the reporter named in the fault signs.
    """
    accused, job = address_of(fault.accused), address_of(fault.job)
    instruction = slashing.report_attested(
        reporter=address_of(fault.reporter),
        payer=payer,
        stake=addresses.stake(accused),
        report=addresses.attested_report(accused, fault.evidence),
        record=addresses.slashing_record(accused),
        fault=addresses.fault(accused, job, fault.sequence, fault.evidence),
        evidence=fault.evidence,
        reason=fault.reason,
        job=job,
        sequence=fault.sequence,
        attempt=fault.attempt,
        buyer=address_of(fault.buyer),
        expires_at=fault.expires_at,
    )
    return verify_instruction(fault.digest(), signatures), instruction


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
        record=addresses.slashing_record(account.accused),
        stake=addresses.stake(account.accused),
    )


def execute_report(
    *, payer: Address, report: Address, account: slashing.Report, mint: Address
) -> Instruction:
    """Slash the stake of the accused; `payer` pays the rent of the permanent fault account."""
    return slashing.execute(
        payer=payer,
        report=report,
        record=addresses.slashing_record(account.accused),
        fault=_fault(account),
        pool=addresses.pool(),
        stake=addresses.stake(account.accused),
        stake_vault=addresses.stake_vault(),
        accumulator=addresses.accumulator(),
        mint=mint,
    )


def dismiss_moot_report(*, report: Address, account: slashing.Report) -> Instruction:
    """End a report about a job for which the accused was slashed after the report was opened."""
    return slashing.dismiss_moot(
        report=report,
        record=addresses.slashing_record(account.accused),
        fault=_fault(account),
        stake=addresses.stake(account.accused),
    )


def claim_vote_bounty(*, vote: Address, account: slashing.Vote, destination: Address) -> Instruction:
    """Pay a validator who voted with the result, and close the vote."""
    return slashing.claim_vote_bounty(
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


def _fault(account: slashing.Report) -> Address:
    return addresses.fault(account.accused, account.job, account.sequence, account.evidence)
