"""What oracles draw and sign by, built from on-chain accounts: submissions and attestations."""

from hypernode.chain.generated.markets import PROGRAM_ID, Job, OracleSet
from hypernode.domain.attestation import Attestation, Decision
from hypernode.domain.draw import DRAW_ID_BYTES, Submission
from hypernode.domain.types import Address, address_bytes

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
