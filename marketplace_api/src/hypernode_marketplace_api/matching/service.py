"""Owns what matching knows: which jobs wait, which nodes could take them, which offers are out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hypernode.chain.ports import ChainPort
from hypernode.domain.clock import Clock
from hypernode.domain.types import Address
from hypernode_marketplace_api.matching.eligibility import Candidate, MarketTerms, Needs, unfit
from hypernode_marketplace_api.matching.repository import OfferRepository
from hypernode_marketplace_api.matching.rounds import PastOffer, Round, next_round
from hypernode_marketplace_api.matching.scoring import Choice
from hypernode_marketplace_api.models import JobRow, MarketRow, OfferRow
from hypernode_marketplace_api.nodes.service import NodeService
from hypernode_marketplace_api.nodes.sessions import WorkerSession
from hypernode_marketplace_api.resources.database import Database

# Jobs looked at in one round; the next round goes on behind them, so none is passed over.
POSTINGS_A_ROUND = 500


@dataclass(frozen=True)
class Posting:
    """A job that may be offered now; `attempt` is the one it gets by being assigned."""

    job: Address
    sequence: int
    attempt: int
    buyer: Address
    spec_hash: bytes
    cap: int
    rate: int
    timeout_seconds: int
    gpu: tuple[int, int, int]
    terms: MarketTerms
    round: Round


@dataclass(frozen=True)
class Fit:
    """How many nodes are online, how many fit (busy ones too), and which rule keeps how many from it now."""

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

    @property
    def matcher(self) -> Address | None:
        return self._matcher

    async def fit(self, needs: Needs) -> Fit:
        candidates = [candidate for candidate, _ in await self.candidates()]
        reasons = Counter(reason for node in candidates if (reason := unfit(needs, node)) is not None)
        lasting = sum(count for reason, count in reasons.items() if not reason.passing)
        return Fit(len(candidates), len(candidates) - lasting, {str(key): reasons[key] for key in reasons})

    async def candidates(self) -> list[tuple[Candidate, WorkerSession]]:
        """Return every node that can be asked now; live offers count as taken."""
        connected = await self._nodes.connected()
        if not connected:
            return []
        async with self._database.read() as transaction:
            load = await OfferRepository(transaction).live_load()
        found = []
        for record, db in connected:
            offers, caps = load.get(record.row.node, (0, 0))
            row, hardware = record.row, db.hardware
            candidate = Candidate(
                node=row.node,
                operator=row.operator,
                stake=record.stake,
                gpu_vendor=row.gpu_vendor,
                gpu_count=row.gpu_count,
                vram_mib=row.vram_mib,
                cpu_millis=hardware.cpu_millis,
                memory_mib=hardware.memory_mib,
                disk_mib=hardware.disk_mib,
                retired=row.retired_at != 0,
                active_jobs=row.active_jobs + offers,
                unsettled=row.unsettled + caps,
                free_slots=db.free_slots - offers,
                ask=db.ask,
                score=row.score,
                ok=row.ok,
                rejected=row.rejected,
                timed_out=row.timed_out,
                latency_bps=row.latency_bps,
                images=db.images,
            )
            found.append((candidate, db))
        return found

    async def postings(self) -> list[Posting]:
        """Return the next jobs that may be offered now, going round through all that wait."""
        if self._matcher is None:
            return []
        chain_now = (await self._chain.clock()).unix_timestamp
        async with self._database.read() as transaction:
            offers = OfferRepository(transaction)
            posted = await offers.posted(self._matcher, chain_now, self._after, POSTINGS_A_ROUND)
            past = await offers.offers_of([(job.job, job.sequence, job.attempt + 1) for job, _ in posted])
        last = posted[-1][0] if len(posted) == POSTINGS_A_ROUND else None
        self._after = (last.created_at, last.job) if last else None
        return self._askable(posted, past)

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

    def _askable(self, posted: Sequence[tuple[JobRow, MarketRow]], past: Sequence[OfferRow]) -> list[Posting]:
        history: dict[tuple[str, int, int], list[PastOffer]] = defaultdict(list)
        for offer in past:
            history[offer.job, offer.sequence, offer.attempt].append(PastOffer(offer.node, offer.ended_at))
        now = self._clock.now()
        postings = []
        for job, market in posted:
            current = next_round(history[job.job, job.sequence, job.attempt + 1], now)
            if current is not None:
                postings.append(_posting(job, market, current))
        return postings


def terms_of(market: MarketRow) -> MarketTerms:
    return MarketTerms(market.min_stake, market.min_reputation, market.audit_bps)


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
        terms=terms_of(market),
        round=current,
    )
