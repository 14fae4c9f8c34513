"""What oracles say to one another: each serves what it said and heard, and asks all others and the API.

No source is needed: one that is away, slow or lying costs a little time and stops nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

import httpx
import structlog
from pydantic import ValidationError

from hypernode.blobs import HTTP_LIMITS
from hypernode.domain.backoff import Backoff
from hypernode.domain.types import Address
from hypernode.errors import ApiError, HypernodeError
from hypernode.wire.attestations import AttestationIn
from hypernode.wire.findings import FindingIn
from hypernode.wire.said import MOST_SAID, Said
from hypernode_oracle.board import Board

log = structlog.get_logger()

# Seconds that one source may take: a member that is slower counts as silent for this look.
SOURCE_SECONDS = 3.0
# Pauses after a source failed, in which it is not asked.
AWAY = Backoff(first=1.0, longest=30.0)
# More bytes than the largest answer has.
MOST_BYTES = 128 * 1024
# Jobs of which is known what was said; an oracle says again what was forgotten.
MOST_JOBS = 20_000
# What one oracle can say of one job: two stages and one attestation, each a second time to its shame.
MOST_OF_ONE = 6

Heard = TypeVar("Heard")
Statement = TypeVar("Statement", bound=FindingIn | AttestationIn)


class Peer:
    """Another oracle of the set, at its address."""

    def __init__(self, key: Address, url: str, http: httpx.AsyncClient) -> None:
        self.key, self._url, self._http = key, url.rstrip("/"), http

    async def said(self, job: Address) -> Said:
        """Return what the peer knows; raise `ApiError` if it does not answer, or not with that."""
        data = bytearray()
        try:
            async with self._http.stream("GET", self._url + said_path(job)) as answer:
                answer.raise_for_status()
                async for chunk in answer.aiter_bytes():
                    data += chunk
                    if len(data) > MOST_BYTES:
                        raise ApiError(0, "PeerUnreadable", f"{self.key} sent more than {MOST_BYTES} bytes")
            return Said.model_validate_json(bytes(data))
        except httpx.HTTPError as cause:
            raise ApiError(0, "PeerAway", f"{self.key} does not answer: {cause!r}") from cause
        except ValidationError as cause:
            raise ApiError(0, "PeerUnreadable", f"{self.key} sent something else: {cause}") from cause


class PeerBoard:
    """A board without an owner. `memory` is what this oracle said, and what each peer said of its own."""

    def __init__(
        self,
        api: Board,
        peers: Sequence[Peer],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        most_jobs: int = MOST_JOBS,
    ) -> None:
        self._api, self._peers = api, peers
        self._monotonic, self._most_jobs = monotonic, most_jobs
        self._memory: OrderedDict[Address, _Memory] = OrderedDict()
        self._failures: dict[str, int] = defaultdict(int)
        self._not_before: dict[str, float] = {}

    def said(self, job: Address) -> Said:
        """Return what peers may hear of a job from this oracle."""
        memory = self._memory.get(job)
        return Said() if memory is None else memory.said

    async def publish(self, job: Address, attestation: AttestationIn) -> Sequence[AttestationIn]:
        self._of(job).attestations.add(attestation)
        at_api = await self._ask("api", lambda: self._api.publish(job, attestation))
        return _union(at_api or (), (await self._hear(job)).attestations)

    async def attestations(self, job: Address) -> Sequence[AttestationIn]:
        heard, at_api = await asyncio.gather(
            self._hear(job), self._ask("api", lambda: self._api.attestations(job))
        )
        return _union(at_api or (), heard.attestations)

    async def tell(self, job: Address, finding: FindingIn) -> Sequence[FindingIn]:
        self._of(job).findings.add(finding)
        at_api = await self._ask("api", lambda: self._api.tell(job, finding))
        return _union(at_api or (), (await self._hear(job)).findings)

    async def findings(self, job: Address) -> Sequence[FindingIn]:
        heard, at_api = await asyncio.gather(
            self._hear(job), self._ask("api", lambda: self._api.findings(job))
        )
        return _union(at_api or (), heard.findings)

    async def _hear(self, job: Address) -> Said:
        """Ask every peer; keep what each says of its own, and return that with what they heard."""
        answers = await asyncio.gather(
            *(self._ask(peer.key, partial(peer.said, job)) for peer in self._peers)
        )
        memory = self._of(job)
        findings, attestations = [*memory.said.findings], [*memory.said.attestations]
        for peer, heard in zip(self._peers, answers, strict=True):
            if heard is None:
                continue
            for finding in heard.findings:
                if finding.oracle == peer.key:
                    memory.findings.add(finding)
            for attestation in heard.attestations:
                if attestation.oracle == peer.key:
                    memory.attestations.add(attestation)
            findings += _fair(heard.findings)
            attestations += _fair(heard.attestations)
        return Said.model_construct(findings=_union(findings, ()), attestations=_union(attestations, ()))

    async def _ask(self, source: str, ask: Callable[[], Awaitable[Heard]]) -> Heard | None:
        """Return an answer, or None: of a source that has just failed none is waited for."""
        if self._monotonic() < self._not_before.get(source, 0.0):
            return None
        try:
            async with asyncio.timeout(SOURCE_SECONDS):
                answer = await ask()
        except (HypernodeError, TimeoutError) as fault:
            self._failures[source] += 1
            self._not_before[source] = self._monotonic() + AWAY.pace(self._failures[source])
            log.info("not heard", source=source, error=getattr(fault, "code", "Timeout"), detail=str(fault))
            return None
        self._failures[source] = 0
        return answer

    def _of(self, job: Address) -> _Memory:
        memory = self._memory.setdefault(job, _Memory())
        self._memory.move_to_end(job)
        while len(self._memory) > self._most_jobs:
            self._memory.popitem(last=False)
        return memory


class _Statements(Generic[Statement]):
    """Statements by the oracle that made them. An opened finding takes the place of its commitment."""

    def __init__(self) -> None:
        self._by: dict[str, list[Statement]] = {}

    def add(self, new: Statement) -> None:
        of = self._by.setdefault(new.oracle, [])
        if new in of:
            return
        if isinstance(new, FindingIn) and new.content is not None:
            of[:] = [old for old in of if _committed(old) != _committed(new)]
        if len(of) >= MOST_OF_ONE:
            del of[0]  # the oldest: it may be of an earlier attempt
        of.append(new)

    @property
    def all(self) -> list[Statement]:
        return [one for of in self._by.values() for one in of][:MOST_SAID]


class _Memory:
    """What was said of one job, as this oracle heard it from each itself."""

    def __init__(self) -> None:
        self.findings: _Statements[FindingIn] = _Statements()
        self.attestations: _Statements[AttestationIn] = _Statements()

    @property
    def said(self) -> Said:
        return Said(findings=self.findings.all, attestations=self.attestations.all)


def said_path(job: Address) -> str:
    return f"/v1/jobs/{job}/said"


def peer_http() -> httpx.AsyncClient:
    """Return the client that all peers share."""
    return httpx.AsyncClient(timeout=SOURCE_SECONDS, limits=HTTP_LIMITS)


def peers_of(own: Address, urls: Mapping[Address, str], http: httpx.AsyncClient) -> list[Peer]:
    """Return a peer for each other oracle."""
    return [Peer(key, url, http) for key, url in sorted(urls.items()) if key != own]


def _committed(finding: FindingIn | AttestationIn) -> tuple[object, ...] | None:
    if not isinstance(finding, FindingIn):
        return None
    return finding.sequence, finding.attempt, finding.stage, finding.commitment


def _union(some: Iterable[Statement], others: Iterable[Statement]) -> list[Statement]:
    """Return each statement once, in order."""
    return list(dict.fromkeys((*some, *others)))


def _fair(statements: Iterable[Statement]) -> list[Statement]:
    """Return what one source says of all, at most as many of each as an oracle can have said."""
    count: Counter[str] = Counter()
    kept = []
    for one in statements:
        count[one.oracle] += 1
        if count[one.oracle] <= MOST_OF_ONE:
            kept.append(one)
    return kept
