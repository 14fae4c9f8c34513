"""Instructions that move a job on: assign, settle and expire; and the collection of its fees."""

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import DeclineReason
from hypernode.domain.types import ZERO_ADDRESS, Address


def assign_job(
    *, job: Address, market: Address, matcher: Address, operator: Address, worker_key: Address
) -> Instruction:
    """Give a posted job to a node; the market's matcher and the node's worker both sign."""
    return markets.assign_job(
        worker_key=worker_key,
        matcher=matcher,
        market=market,
        job=job,
        node=addresses.node(operator),
        stake=addresses.stake(operator),
    )


def settle_job(
    *,
    job: Address,
    account: markets.Job,
    vault: Address,
    attestation: Attestation,
    signatures: Sequence[tuple[Address, bytes]],
) -> tuple[Instruction, Instruction]:
    """End a submitted job by a verdict: the Ed25519 instruction with the signatures, then the settlement.

    The settlement must directly follow the Ed25519 instruction. `account` is the job's current account,
    `vault` is read from its buyer's account.
    """
    decision = attestation.decision
    proof = verify_instruction(attestation.digest(), signatures)
    settlement = markets.settle_job(
        job=job,
        payer=account.payer,
        buyer=addresses.buyer(account.buyer),
        vault=vault,
        node=account.node,
        payout=account.payout,
        draw_id=attestation.draw_id,
        decision=markets.DecisionArgs(
            verdict=decision.verdict,
            reason=decision.reason,
            ending=decision.result.ending,
            exit_code=decision.result.exit_code,
            root=decision.result.root,
            audit=decision.audit,
            own=decision.own,
            blame=decision.blame,
        ),
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


def decline_job(*, job: Address, account: markets.Job, reason: DeclineReason) -> Instruction:
    """Give an assigned job back; the worker key of the assignment signs."""
    return markets.decline_job(
        worker_key=account.worker_key,
        job=job,
        node=account.node,
        buyer=addresses.buyer(account.buyer),
        payer=account.payer,
        reason=reason,
    )


def collect_fees(*, owner: Address, vault: Address, config: markets.Config) -> Instruction:
    """Move the fees booked in one buyer's account to treasury, stakers and operations."""
    return markets.collect_fees(
        buyer=addresses.buyer(owner),
        vault=vault,
        treasury=config.treasury,
        stakers=config.stakers,
        operations=config.operations,
    )
