"""State of matching: the jobs that wait, the nodes that could take them, and the offers made."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from hypernode.chain.ports import ChainPort
from hypernode.domain.attestation import MIN_THRESHOLD
from hypernode.domain.clock import Clock
from hypernode.domain.fit import Capabilities
from hypernode.domain.types import Address
from hypernode.wire.nodes import Hardware
from hypernode_marketplace_api.errors import MarketNotFound
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import JobRow, MarketRow, OfferRow
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.matching.eligibility import Candidate, Needs, exposure_of, unfit
from hypernode_marketplace_api.slices.matching.repository import OfferRepository
from hypernode_marketplace_api.slices.matching.rounds import PastOffer, Round, next_round, rested_at
from hypernode_marketplace_api.slices.matching.scoring import Choice
from hypernode_marketplace_api.slices.nodes.service import NodeRecord, NodeService, WorkerSession

# Jobs looked at in one round; the next round goes on behind them, so none is passed over.
POSTINGS_A_ROUND = 500
# The chain's clock drifts from ours by far less than an offer's lifetime in this time.
CHAIN_TIME_SECONDS = 30
QUORUM_SECONDS = 600


# By node: the cap and the audit rate of each live offer.
Load = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Posting:
    """A job that may be offered now; `attempt` is the one that an assignment starts."""

    job: Address
    sequence: int
    attempt: int
    buyer: Address
    spec_hash: bytes
    cap: int
    rate: int
    timeout_seconds: int
    gpu: tuple[int, int, int]
    market: MarketRow
    round: Round
    # Nodes that gave the job back: it is not offered to them again.
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FitCounts:
    """Counts of nodes: online, fitting (busy ones too), and by the rule that excludes them now."""

    online: int
    fitting: int
    unfit: dict[str, int]


class MatchingService:
    def __init__(
        self, database: Database, chain: ChainPort, clock: Clock, nodes: NodeService, matcher: Address | None
    ) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock
        self._nodes = nodes
        self._matcher = matcher
        self._after: tuple[int, str] | None = None
        # The chain's time less ours, and when it was read.
        self._offset: tuple[int, int] | None = None
        # How many oracles decide, and when that was read.
        self._quorum: tuple[int, int] | None = None
        self._min_rate: tuple[int, int] | None = None

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        matcher = outside.matcher.address if outside.matcher else None
        return cls(outside.database, outside.chain, outside.clock, kernel.one(NodeService), matcher)

    @property
    def matcher(self) -> Address | None:
        return self._matcher

    async def markets(self) -> list[MarketRow]:
        async with self._database.read() as transaction:
            return await OfferRepository(transaction).markets()

    async def market(self, market: str) -> MarketRow:
        async with self._database.read() as transaction:
            row = await OfferRepository(transaction).market(market)
        if row is None:
            raise MarketNotFound(f"no market at {market}", fix="see GET /v1/markets")
        return row

    async def quorum(self) -> int:
        """Return how many oracles decide. It changes only with a rotation, so it is asked for rarely."""
        now = self._clock.now()
        if self._quorum is None or not 0 <= now - self._quorum[1] < QUORUM_SECONDS:
            oracles = await self._chain.oracle_set()
            self._quorum = (MIN_THRESHOLD if oracles is None else oracles.threshold), now
        return self._quorum[0]

    async def min_rate(self) -> int:
        """Return the least rate of new jobs in any market. Only a vote changes it: it is asked for rarely."""
        now = self._clock.now()
        if self._min_rate is None or not 0 <= now - self._min_rate[1] < QUORUM_SECONDS:
            config = await self._chain.config()
            self._min_rate = (0 if config is None else config.min_rate), now
        return self._min_rate[0]

    async def fit(self, needs: Needs) -> FitCounts:
        """Count the nodes connected to any replica by whether they could run a job."""
        online, load = await self._nodes.online(), await self._load()
        nodes = [_candidate(record, session, load, needs.quorum) for record, session in online]
        reasons = Counter(reason for node in nodes if (reason := unfit(needs, node)))
        lasting = sum(count for reason, count in reasons.items() if not reason.passing)
        return FitCounts(len(online), len(online) - lasting, {str(key): reasons[key] for key in reasons})

    async def candidates(self) -> list[tuple[Candidate, WorkerSession]]:
        """Return every node that this replica can ask now; live offers count as taken."""
        connected = await self._nodes.connected()
        if not connected:
            return []
        load, quorum = await self._load(), await self.quorum()
        return [(_candidate(record, session, load, quorum), session) for record, session in connected]

    async def postings(self) -> list[Posting]:
        """Return the next jobs that may be offered now, going round through all that wait."""
        if self._matcher is None:
            return []
        async with self._database.read() as transaction:
            offers = OfferRepository(transaction)
            posted = await offers.posted(self._matcher, self._after, POSTINGS_A_ROUND)
            past = await offers.offers_of([(job.job, job.sequence, job.attempt + 1) for job, _ in posted])
            declines = await offers.declines_of([(job.job, job.sequence) for job, _ in posted])
        last = posted[-1][0] if len(posted) == POSTINGS_A_ROUND else None
        self._after = (last.created_at, last.job) if last else None
        if not posted:
            return []
        chain_now = await self._chain_now()
        live = [found for found in posted if found[0].expires_at >= chain_now]
        return self._askable(live, past, declines)

    async def open_offer(self, offer_id: str, posting: Posting, choice: Choice, expires_at: int) -> bool:
        """Write an offer down before it is sent; False if the job has a live one."""
        offer = {
            "offer_id": offer_id,
            "job": posting.job,
            "sequence": posting.sequence,
            "attempt": posting.attempt,
            "node": choice.node.node,
            "status": "offered",
            "seed": choice.seed,
            "score": choice.score,
            "created_at": self._clock.now(),
            "expires_at": expires_at,
            "ended_at": None,
            "reason": "",
        }
        async with self._database.begin() as transaction:
            return await OfferRepository(transaction).add(offer)

    async def offer(self, offer_id: str, node: str) -> OfferRow | None:
        """Return an offer that was made to this node."""
        async with self._database.read() as transaction:
            found = await OfferRepository(transaction).find(offer_id)
        return found if found is not None and found.node == node else None

    async def accept(self, offer_id: str, node: str, expires_at: int) -> OfferRow | None:
        async with self._database.begin() as transaction:
            return await OfferRepository(transaction).accept(offer_id, node, self._clock.now(), expires_at)

    async def end(self, offer_id: str, status: str, reason: str = "") -> OfferRow | None:
        async with self._database.begin() as transaction:
            return await OfferRepository(transaction).end(offer_id, status, self._clock.now(), reason)

    async def over(self) -> list[tuple[OfferRow, JobRow]]:
        async with self._database.read() as transaction:
            return await OfferRepository(transaction).over(self._clock.now())

    async def _load(self) -> Load:
        async with self._database.read() as transaction:
            return await OfferRepository(transaction).live_load()

    async def _chain_now(self) -> int:
        now = self._clock.now()
        if self._offset is None or not 0 <= now - self._offset[1] < CHAIN_TIME_SECONDS:
            self._offset = (await self._chain.clock()).unix_timestamp - now, now
        return now + self._offset[0]

    def _askable(
        self,
        posted: Sequence[tuple[JobRow, MarketRow]],
        past: Sequence[OfferRow],
        declines: Mapping[tuple[str, int], Sequence[PastOffer]],
    ) -> list[Posting]:
        history: dict[tuple[str, int, int], list[PastOffer]] = defaultdict(list)
        for offer in past:
            history[offer.job, offer.sequence, offer.attempt].append(PastOffer(offer.node, offer.ended_at))
        now = self._clock.now()
        postings = []
        for job, market in posted:
            current = next_round(history[job.job, job.sequence, job.attempt + 1], now)
            given_back = declines.get((job.job, job.sequence), ())
            if current is not None and now >= rested_at(given_back):
                declined = frozenset(decline.node for decline in given_back)
                postings.append(replace(_posting(job, market, current), declined=declined))
        return postings


def _candidate(record: NodeRecord, session: WorkerSession | None, load: Load, quorum: int) -> Candidate:
    """Describe a node as if its live offers were taken; without a session, by its presence."""
    row, presence = record.row, record.presence
    assert presence is not None
    offers, on_probation = load.get(row.node, []), row.probation > 0
    offered = sum(exposure_of(cap, audit_bps, quorum, on_probation=on_probation) for cap, audit_bps in offers)
    hardware = Hardware.model_validate(presence.hardware)
    return Candidate(
        node=row.node,
        operator=row.operator,
        stake=record.stake,
        cooldown=record.cooldown,
        machine=Capabilities(
            cpu_millis=hardware.cpu_millis,
            memory_mib=hardware.memory_mib,
            disk_mib=hardware.disk_mib or None,
            gpu_vendor=row.gpu_vendor,
            gpu_count=row.gpu_count,
            vram_mib=row.vram_mib,
        ),
        retired=row.retired_at != 0,
        active_jobs=row.active_jobs + len(offers),
        exposure=row.exposure + offered,
        on_probation=on_probation,
        free_slots=(session.free_slots if session else presence.free_slots) - len(offers),
        ask=presence.ask,
        score=row.score,
        ok=row.ok,
        rejected=row.rejected,
        timed_out=row.timed_out,
        latency_bps=row.latency_bps,
        images=session.images if session else frozenset(),
    )


def _posting(job: JobRow, market: MarketRow, current: Round) -> Posting:
    return Posting(
        job=Address(job.job),
        sequence=job.sequence,
        attempt=job.attempt + 1,
        buyer=Address(job.buyer),
        spec_hash=job.spec_hash,
        cap=job.cap,
        rate=job.rate,
        timeout_seconds=job.timeout_seconds,
        gpu=(job.gpu_vendor, job.gpu_count, job.min_vram_mib),
        market=market,
        round=current,
    )
