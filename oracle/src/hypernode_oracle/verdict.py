"""Owns signing a verdict: the attestation is built from the chain's own record, never from a claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

import base58

from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn
from hypernode_oracle.journal import Finding


@dataclass(frozen=True)
class SignedAttestation:
    """One oracle's signature over the 32-byte digest of one attestation."""

    job: Address
    document: AttestationIn

    @property
    def oracle(self) -> Address:
        return Address(self.document.oracle)


class Board(Protocol):
    """Where oracles leave their verdicts for whoever settles."""

    async def publish(self, verdict: SignedAttestation) -> None:
        """Leave a verdict; leaving it again changes nothing."""

    async def verdicts(self, job: Address) -> list[SignedAttestation]:
        """Return what was left for a job. Anybody may have left it: check every signature."""


class MemoryBoard:
    """The fake that ships beside the port: a board in this process, which takes anything."""

    def __init__(self) -> None:
        self._left: dict[Address, list[SignedAttestation]] = defaultdict(list)

    async def publish(self, verdict: SignedAttestation) -> None:
        if verdict not in self._left[verdict.job]:
            self._left[verdict.job].append(verdict)

    async def verdicts(self, job: Address) -> list[SignedAttestation]:
        return list(self._left[job])


def sign(job: Address, account: Job, oracles: OracleSet, finding: Finding, key: Key) -> SignedAttestation:
    """Sign what the chain shows of this attempt, with this finding."""
    attestation = attestation_for(
        job=job, account=account, oracle_set=oracles, verdict=finding.verdict, reason=finding.reason
    )
    digest = attestation.digest()
    return SignedAttestation(
        job,
        AttestationIn(
            oracle=key.address,
            sequence=account.sequence,
            attempt=account.attempt,
            verdict=int(finding.verdict),
            reason=int(finding.reason),
            epoch=oracles.epoch,
            digest=digest.hex(),
            signature=base58.b58encode(key.sign(digest)).decode(),
        ),
    )
