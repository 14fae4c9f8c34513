"""Owns bringing a quorum to the chain: collect verdicts, trust none, send what the program accepts."""

from __future__ import annotations

from collections import defaultdict

import base58
import structlog

from hypernode.chain import instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import Key, verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import JobStatus, RejectReason, Verdict
from hypernode.domain.types import Address
from hypernode.errors import DomainError, TransactionFailed
from hypernode_oracle.verdict import Board, SignedAttestation

log = structlog.get_logger()

Signatures = list[tuple[Address, bytes]]


class Settlement:
    """Settles for anybody: the payer only pays the fee. A job that is gone is settled."""

    def __init__(self, chain: ChainPort, board: Board, payer: Key) -> None:
        self._chain, self._board, self._payer = chain, board, payer

    async def settle(self, address: Address) -> bool:
        """Settle one job if a quorum agrees; True when the chain has moved past it."""
        job, oracles = await self._chain.job(address), await self._chain.oracle_set()
        if job is None or job.status is not JobStatus.SUBMITTED or oracles is None:
            return True
        found = quorum(address, job, oracles, await self._board.verdicts(address))
        if found is None:
            return False
        node, buyer = await self._chain.node(job.node), await self._chain.buyer(job.buyer)
        if node is None or buyer is None:
            return False
        attestation, signatures = found
        steps = instructions.settle_job(
            job=address,
            account=job,
            vault=buyer.vault,
            payout=node.payout,
            attestation=attestation,
            signatures=signatures,
        )
        try:
            signature = await self._chain.send(steps, [self._payer])
        except TransactionFailed as fault:
            # Somebody else was first, or the verdict is due: the next look at the chain tells.
            log.info("not settled", job=address, error=fault.code)
            return await self._chain.job(address) is None
        log.info("settled", job=address, verdict=attestation.verdict.label, signature=signature)
        return True


def quorum(
    address: Address, job: Job, oracles: OracleSet, verdicts: list[SignedAttestation]
) -> tuple[Attestation, Signatures] | None:
    """Return an attestation that enough distinct oracles of the set really signed, with their signatures."""
    members = set(oracles.keys[: oracles.count])
    agreeing: dict[Attestation, dict[Address, bytes]] = defaultdict(dict)
    for given in verdicts:
        checked = _checked(address, job, oracles, given) if given.oracle in members else None
        if checked is not None:
            attestation, signature = checked
            agreeing[attestation][given.oracle] = signature
    for attestation, signatures in agreeing.items():
        if len(signatures) >= oracles.threshold:
            return attestation, sorted(signatures.items())[: oracles.threshold]
    return None


def _checked(
    address: Address, job: Job, oracles: OracleSet, given: SignedAttestation
) -> tuple[Attestation, bytes] | None:
    """Rebuild the attestation from the chain and verify the signature over it; None for junk."""
    try:
        attestation = attestation_for(
            job=address,
            account=job,
            oracle_set=oracles,
            verdict=Verdict(given.document.verdict),
            reason=RejectReason(given.document.reason),
        )
        signature = base58.b58decode(given.document.signature)
    except (DomainError, ValueError):
        return None
    return (attestation, signature) if verify(given.oracle, attestation.digest(), signature) else None
