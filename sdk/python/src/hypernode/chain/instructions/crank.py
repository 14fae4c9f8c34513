"""Owns the instructions that anybody may bring: they move a job on by proof or by time."""

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.attestation import Attestation
from hypernode.domain.types import ZERO_ADDRESS, Address


def settle_job(
    *,
    job: Address,
    account: markets.Job,
    vault: Address,
    payout: Address,
    attestation: Attestation,
    signatures: Sequence[tuple[Address, bytes]],
) -> tuple[Instruction, Instruction]:
    """End a submitted job by a verdict: the precompile with the oracles' signatures, then the settlement.

    The two must stay neighbours. `account` is the job as it stands, `vault` what its buyer's
    account names, `payout` what its node's account names.
    """
    proof = verify_instruction(attestation.digest(), signatures)
    settlement = markets.settle_job(
        oracle_set=addresses.oracle_set(),
        job=job,
        payer=account.payer,
        buyer=addresses.buyer(account.buyer),
        vault=vault,
        node=account.node,
        payout=payout,
        verdict=attestation.verdict,
        reason=attestation.reason,
    )
    return proof, settlement


def expire_job(*, job: Address, account: markets.Job) -> Instruction:
    """End a job, or post it again, when its current deadline is over."""
    return markets.expire_job(
        job=job,
        payer=account.payer,
        buyer=addresses.buyer(account.buyer),
        node=None if account.node == ZERO_ADDRESS else account.node,
    )


def collect_fees(*, owner: Address, vault: Address, config: markets.Config) -> Instruction:
    """Move the fees booked in one buyer's account to the three places they are for."""
    return markets.collect_fees(
        config=addresses.config(),
        buyer=addresses.buyer(owner),
        vault=vault,
        treasury=config.treasury,
        stakers=config.stakers,
        operations=config.operations,
    )
