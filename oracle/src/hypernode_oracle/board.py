"""The board where oracles leave findings and attestations for one another; attestations and their turns."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

import base58

from hypernode.chain.attesting import attestation_for
from hypernode.chain.epochs import members
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import Key
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.types import Address, address_bytes
from hypernode.wire.attestations import AttestationIn
from hypernode.wire.findings import FindingIn
from hypernode_oracle.journal import Decided


class Board(Protocol):
    """Where oracles leave what they say. It is a cache: they check every signature themselves."""

    async def publish(self, job: Address, attestation: AttestationIn) -> Sequence[AttestationIn]:
        """Leave an attestation and return all of this job; leaving it again changes nothing."""

    async def attestations(self, job: Address) -> Sequence[AttestationIn]:
        """Return what was left for a job. Anyone may have left it: check every signature."""

    async def tell(self, job: Address, finding: FindingIn) -> Sequence[FindingIn]:
        """Leave a finding, or open one that was left, and return all of this job."""

    async def findings(self, job: Address) -> Sequence[FindingIn]:
        """Return the findings that were left for a job."""


class MemoryBoard:
    """The fake that ships beside the port: a board in this process, which takes anything."""

    def __init__(self) -> None:
        self._left: dict[Address, list[AttestationIn]] = defaultdict(list)
        self._found: dict[Address, list[FindingIn]] = defaultdict(list)

    async def publish(self, job: Address, attestation: AttestationIn) -> list[AttestationIn]:
        if attestation not in self._left[job]:
            self._left[job].append(attestation)
        return await self.attestations(job)

    async def attestations(self, job: Address) -> list[AttestationIn]:
        return list(self._left[job])

    async def tell(self, job: Address, finding: FindingIn) -> list[FindingIn]:
        if finding not in self._found[job]:
            self._found[job].append(finding)
        return await self.findings(job)

    async def findings(self, job: Address) -> list[FindingIn]:
        return list(self._found[job])


def sign(job: Address, account: Job, oracles: OracleSet, decided: Decided, key: Key) -> AttestationIn:
    """Sign what the chain shows of this attempt, with this decision."""
    attestation = attestation_for(
        job=job,
        account=account,
        oracle_set=oracles,
        decision=decided.decision,
        draw_id=decided.draw_id,
    )
    signature = base58.b58encode(key.sign(attestation.digest())).decode()
    return AttestationIn.of(attestation, key.address, signature)


def turn(oracles: OracleSet, attempt: AttemptKey, oracle: Address) -> int:
    """Return this oracle's place in the order in which the set acts on an attempt; 0 acts first.

    The order differs by attempt, so that the same oracle does not always pay the fee. One that is not in the
    set comes last.
    """
    text = f"{attempt.job}/{attempt.sequence}/{attempt.attempt}/".encode()
    order = sorted(members(oracles), key=lambda key: hashlib.sha256(text + address_bytes(key)).digest())
    return order.index(oracle) if oracle in order else oracles.count
