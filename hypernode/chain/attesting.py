"""Owns how a job on chain becomes the attestation that oracles sign."""

from hypernode.chain.generated.markets import PROGRAM_ID, Job, OracleSet
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import Gate, Verdict
from hypernode.domain.types import Address, address_bytes


def attestation_for(
    *, job: Address, account: Job, oracle_set: OracleSet, verdict: Verdict, reason: Gate = Gate.NONE
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
        expires_at=account.verdict_deadline,
    )
