"""What oracles draw and sign by, built from on-chain accounts: submissions, attestations, faults."""

from hypernode.chain.generated import slashing
from hypernode.chain.generated.markets import PROGRAM_ID, Job, OracleSet
from hypernode.domain.attestation import Attestation, Decision
from hypernode.domain.draw import DRAW_ID_BYTES, Submission
from hypernode.domain.fault import Fault, FaultReason
from hypernode.domain.types import ZERO_ADDRESS, Address, address_bytes

NO_DRAW = bytes(DRAW_ID_BYTES)


def attestation_for(
    *, job: Address, account: Job, oracle_set: OracleSet, decision: Decision, draw_id: bytes = NO_DRAW
) -> Attestation:
    """Return the one attestation that the program accepts for this submission and decision."""
    return Attestation(
        cluster=oracle_set.cluster,
        program=address_bytes(PROGRAM_ID),
        job=address_bytes(job),
        sequence=account.sequence,
        attempt=account.attempt,
        node=address_bytes(account.node),
        receipt_hash=account.receipt_hash,
        submitted_slot=account.submitted_slot,
        seconds=account.seconds_used,
        epoch=account.epoch,
        draw_id=draw_id,
        decision=decision,
    )


def submission_of(*, job: Address, account: Job, oracle_set: OracleSet) -> Submission:
    """Return what decides the draw of a submitted job, with the blocks after it."""
    return Submission(
        genesis=oracle_set.cluster,
        job=address_bytes(job),
        sequence=account.sequence,
        attempt=account.attempt,
        receipt_hash=account.receipt_hash,
        submitted_slot=account.submitted_slot,
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
