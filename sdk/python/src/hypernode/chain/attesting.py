"""The documents that oracles sign, built from on-chain accounts: attestations of jobs, and faults."""

from hypernode.chain.generated import slashing
from hypernode.chain.generated.markets import PROGRAM_ID, Job, OracleSet
from hypernode.domain.attestation import Attestation
from hypernode.domain.fault import Fault, FaultReason
from hypernode.domain.status import RejectReason, Verdict
from hypernode.domain.types import ZERO_ADDRESS, Address, address_bytes


def attestation_for(
    *,
    job: Address,
    account: Job,
    oracle_set: OracleSet,
    verdict: Verdict,
    reason: RejectReason = RejectReason.NONE,
) -> Attestation:
    """Return the one attestation that the program accepts for this attempt of this job and this verdict."""
    return Attestation(
        cluster=oracle_set.cluster,
        program=address_bytes(PROGRAM_ID),
        job=address_bytes(job),
        sequence=account.sequence,
        attempt=account.attempt,
        node=address_bytes(account.node),
        exec_hash=account.exec_hash,
        output_root=account.output_root,
        receipt_hash=account.receipt_hash,
        seconds_used=account.seconds_used,
        verdict=verdict,
        reason=reason,
        epoch=oracle_set.epoch,
        expires_at=account.late_until,
    )


def fault_for(
    *,
    oracle_set: OracleSet,
    accused: Address,
    reporter: Address,
    job: Address,
    sequence: int,
    attempt: int,
    reason: FaultReason,
    evidence: bytes,
    expires_at: int,
    buyer: Address = ZERO_ADDRESS,
) -> Fault:
    """Return the one fault that the slashing program accepts from this reporter; `accused` is a wallet."""
    return Fault(
        cluster=oracle_set.cluster,
        program=address_bytes(slashing.PROGRAM_ID),
        accused=address_bytes(accused),
        job=address_bytes(job),
        sequence=sequence,
        attempt=attempt,
        reason=reason,
        evidence=evidence,
        buyer=address_bytes(buyer),
        reporter=address_bytes(reporter),
        epoch=oracle_set.epoch,
        expires_at=expires_at,
    )
