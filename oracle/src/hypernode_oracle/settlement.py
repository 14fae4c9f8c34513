"""Settlement: collect attestations, trust none, and send a quorum that the program accepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import base58
import structlog

from hypernode.chain import instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.epochs import members
from hypernode.chain.generated.markets import BuyerAccount, Job, OracleSet
from hypernode.chain.keys import Key, verify
from hypernode.chain.ports import Transactions
from hypernode.domain.attestation import Attestation
from hypernode.domain.types import Address
from hypernode.errors import DomainError, TransactionFailed
from hypernode.wire.attestations import AttestationIn

log = structlog.get_logger()

Quorum = tuple[Attestation, list[tuple[Address, bytes]]]


class Settlement:
    """Settles any job. The payer pays only the fee of the transaction."""

    def __init__(self, chain: Transactions, payer: Key) -> None:
        self._chain, self._payer = chain, payer

    async def settle(
        self, address: Address, job: Job, oracles: OracleSet, buyer: BuyerAccount, found: Quorum
    ) -> bool:
        """Bring a quorum to the chain; False if the program refused, as it does for the second sender."""
        attestation, signatures = found
        steps = instructions.settle_job(
            job=address,
            account=job,
            vault=buyer.vault,
            attestation=attestation,
            signatures=signatures[: oracles.threshold],
        )
        try:
            signature = await self._chain.send(steps, [self._payer])
        except TransactionFailed as fault:
            log.info("not settled", job=address, error=fault.code)
            return False
        log.info("settled", job=address, verdict=attestation.decision.verdict.label, signature=signature)
        return True


def quorum(address: Address, job: Job, oracles: OracleSet, given: Sequence[AttestationIn]) -> Quorum | None:
    """Return an attestation that enough oracles of the set really signed, with all their signatures."""
    judges = set(members(oracles))
    agreeing: dict[Attestation, dict[Address, bytes]] = defaultdict(dict)
    for claimed in given:
        found = checked(address, job, oracles, claimed) if claimed.oracle in judges else None
        if found is not None:
            attestation, signature = found
            agreeing[attestation][Address(claimed.oracle)] = signature
    for attestation, signatures in agreeing.items():
        if len(signatures) >= oracles.threshold:
            return attestation, sorted(signatures.items())
    return None


def checked(
    address: Address, job: Job, oracles: OracleSet, given: AttestationIn
) -> tuple[Attestation, bytes] | None:
    """Rebuild the attestation from the chain and verify the signature over it; None for junk."""
    try:
        attestation = attestation_for(
            job=address,
            account=job,
            oracle_set=oracles,
            decision=given.decision(),
            draw_id=bytes.fromhex(given.draw_id),
        )
        signature = base58.b58decode(given.signature)
    except (DomainError, ValueError):
        return None
    return (
        (attestation, signature) if verify(Address(given.oracle), attestation.digest(), signature) else None
    )
