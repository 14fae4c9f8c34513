"""From a submission to a decision: gates, the draw, and for a drawn job the panel (docs/oracle.md)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from weakref import WeakValueDictionary

import base58
import structlog

from hypernode.chain.attesting import submission_of
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import Key, verify
from hypernode.domain import draw
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.attestation import Decision
from hypernode.domain.commitment import FindingMessage, commitment, content, finding_of
from hypernode.domain.finding import Claim, Finding, Findings, Passed, Repeated, Shut, must_repeat
from hypernode.domain.result import NO_RESULT
from hypernode.domain.status import RejectReason, Verdict
from hypernode.domain.types import Address, address_bytes
from hypernode.domain.verdict import decide
from hypernode.errors import DomainError
from hypernode.wire.findings import FindingIn
from hypernode_oracle.board import Board
from hypernode_oracle.journal import Decided, Journal
from hypernode_oracle.panel import FIRST, SECOND, Act, Case, Told, needs_second, next_act
from hypernode_oracle.repetition import Repeater
from hypernode_oracle.settlement import checked
from hypernode_oracle.verification import Evidence, Undecided, Verifier

log = structlog.get_logger()

# Submissions whose evidence is read side by side; runs have places of their own.
GATES_AT_ONCE = 8
# Last seconds of a verdict window in which silent members are no longer waited for, at least.
CLOSING_SECONDS = 10
# A verdict window has eight timeouts beside its market's floor. A silent member is passed over after one and
# a half timeouts and a quarter of the floor.
TIMEOUTS, FLOOR_SHARE, CLOSING_SHARE = 8, 4, 8


# Seconds between the proposals of two members that have seen different findings.
TURN_SECONDS = 2


class Draws(Protocol):
    """`hypernode.chain.blocks.DrawBlocks`."""

    async def read(self, submitted_slot: int, geometry: draw.Geometry) -> tuple[draw.Block, ...] | None: ...


@dataclass
class _Known:
    """What is known of one submission until it ends."""

    evidence: Evidence | Shut
    second_since: int | None = None
    # When this oracle could first decide, for the turns of proposals.
    decided_since: int | None = None


@dataclass(frozen=True)
class _Panel:
    """One submission before one oracle set, with this oracle's place."""

    submission: AttemptKey
    job: Job
    oracles: OracleSet
    order: tuple[Address, ...]
    claim: Claim
    draw_id: bytes

    @property
    def floor(self) -> int:
        return self.job.verdict_window - TIMEOUTS * self.job.timeout_seconds

    @property
    def patience(self) -> int:
        return 3 * self.job.timeout_seconds // 2 + self.floor // FLOOR_SHARE

    def message(self, stage: int, committed: bytes) -> FindingMessage:
        return FindingMessage(
            cluster=self.oracles.cluster,
            job=address_bytes(self.submission.job),
            sequence=self.submission.sequence,
            attempt=self.submission.attempt,
            receipt_hash=self.job.receipt_hash,
            stage=stage,
            commitment=committed,
        )


class Deliberation:
    """Decides as one member of the oracle set. Each step can be done again after a kill."""

    def __init__(
        self,
        *,
        key: Key,
        board: Board,
        draws: Draws,
        geometry: draw.Geometry,
        verifier: Verifier,
        repeater: Repeater,
        journal: Journal,
        now: Callable[[], float],
    ) -> None:
        self._key, self._board, self._now = key, board, now
        self._draws, self._geometry = draws, geometry
        self._verifier, self._repeater, self._journal = verifier, repeater, journal
        self._gates = asyncio.Semaphore(GATES_AT_ONCE)
        # One worker has one place among these: a slow one delays its own jobs alone.
        self._turns: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()
        self._known: dict[AttemptKey, _Known] = {}

    def forget(self, submission: AttemptKey) -> None:
        """Drop what is known of a submission that has ended."""
        self._known.pop(submission, None)

    async def decide(self, submission: AttemptKey, job: Job, oracles: OracleSet) -> Decided | None:
        """Return the decision, or None while blocks or members are waited for.

        Raise `Undecided` for a fault that is not the node's.
        """
        known = await self._evidence(submission, job, oracles)
        drawn = await self._draw(submission, job, oracles)
        if drawn is None:
            return None
        claim = _claim(job, oracles, known.evidence, drawn)
        if not claim.is_repeated:
            return Decided(_by_gates(claim, known.evidence), drawn.draw_id)
        order = tuple(oracles.keys[member] for member in drawn.panel)
        panel = _Panel(submission, job, oracles, order, claim, drawn.draw_id)
        return await self._with_panel(panel, known)

    async def _evidence(self, submission: AttemptKey, job: Job, oracles: OracleSet) -> _Known:
        known = self._known.get(submission)
        if known is None:
            turn = self._turns.setdefault(job.worker_key, asyncio.Lock())
            async with turn, self._gates:
                evidence = await self._verifier.read(submission.job, job, oracles.cluster)
            known = self._known[submission] = _Known(evidence)
        return known

    async def _draw(self, submission: AttemptKey, job: Job, oracles: OracleSet) -> draw.Draw | None:
        blocks = await self._draws.read(job.submitted_slot, self._geometry)
        if blocks is None:
            return None
        drawn_by = submission_of(job=submission.job, account=job, oracle_set=oracles)
        return draw.draw(drawn_by, blocks, self._geometry, job.audit_bps, oracles.count)

    async def _with_panel(self, panel: _Panel, known: _Known) -> Decided | None:
        if self._key.address not in panel.order:
            raise Undecided("this key is not in the oracle set")
        said, done = await self._board.findings(panel.submission.job), set[Act]()
        while True:
            told = self._told(panel, said)
            case = self._case(panel, known, told)
            if known.second_since is None and needs_second(case):
                known.second_since = case.now
                case = self._case(panel, known, told)
            act = next_act(case)
            if isinstance(act, Decision):
                mine = _own(act, known.evidence)
                return None if mine is None else await self._proposed(mine, panel, known, told, case)
            if act is Act.WAIT or act in done:  # a board that keeps nothing is asked again later
                return None
            done.add(act)
            said = await self._do(act, panel, known.evidence)

    async def _proposed(
        self, mine: Decision, panel: _Panel, known: _Known, told: dict[int, dict[int, Told]], case: Case
    ) -> Decided | None:
        """Return what the lowest panel member has signed, if this oracle may sign it too; else its own.

        Members that have seen other findings may differ in the oracles' seconds alone. Each waits a little
        for the ones before it, so that all sign the same.
        """
        seconds = _agreeing_seconds(mine, told)
        given = await self._board.attestations(panel.submission.job)
        places = {member: place for place, member in enumerate(panel.order)}
        members = (one for one in given if one.oracle in places)
        for one in sorted(members, key=lambda one: places[Address(one.oracle)]):
            found = checked(panel.submission.job, panel.job, panel.oracles, one)
            if found is None:
                continue
            theirs, draw_id = found[0].decision, found[0].draw_id
            same = replace(theirs, own=mine.own) == mine and draw_id == panel.draw_id
            if same and theirs.own in {mine.own, *seconds}:
                return Decided(theirs, draw_id)
        if known.decided_since is None:
            known.decided_since = case.now
        if len(seconds) > 1 and case.now < known.decided_since + TURN_SECONDS * case.position:
            return None
        return Decided(mine, panel.draw_id)

    def _case(self, panel: _Panel, known: _Known, told: dict[int, dict[int, Told]]) -> Case:
        now = int(self._now())
        closing = max(CLOSING_SECONDS, panel.floor // CLOSING_SHARE)
        return Case(
            claim=panel.claim,
            position=panel.order.index(self._key.address),
            told=told,
            since=panel.job.submitted_at,
            second_since=known.second_since,
            patience=panel.patience,
            now=now,
            is_closing=now >= panel.job.verdict_deadline - closing,
        )

    async def _do(self, act: Act, panel: _Panel, evidence: Evidence | Shut) -> Sequence[FindingIn]:
        stage = FIRST if act is Act.RUN_ONCE else SECOND
        kept = self._journal.told(panel.submission, stage)
        if kept is None:
            found = await self._find(act, panel, evidence)
            log.info("found", job=panel.submission.job, stage=stage, finding=str(found))
            kept = self._journal.tell(panel.submission, stage, content(found))
        return await self._say(panel, stage, *kept, opened=act is not Act.RUN_TWICE)

    async def _find(self, act: Act, panel: _Panel, evidence: Evidence | Shut) -> Finding:
        if isinstance(evidence, Shut):
            return evidence
        submission, payer = panel.submission, panel.job.buyer
        if act is Act.RUN_ONCE:
            return await self._repeater.once(submission, evidence, payer)
        earlier = self._journal.told(submission, FIRST)
        first = None if earlier is None else finding_of(earlier[0])
        return await self._repeater.again(
            submission, evidence, payer, first if isinstance(first, Repeated) else None
        )

    async def _say(
        self, panel: _Panel, stage: int, told: bytes, salt: bytes, *, opened: bool
    ) -> Sequence[FindingIn]:
        committed = commitment(address_bytes(self._key.address), told, salt)
        signature = self._key.sign(panel.message(stage, committed).digest())
        finding = FindingIn(
            oracle=self._key.address,
            sequence=panel.submission.sequence,
            attempt=panel.submission.attempt,
            stage=stage,
            commitment=committed.hex(),
            signature=base58.b58encode(signature).decode(),
            content=told.hex() if opened else None,
            salt=salt.hex() if opened else None,
        )
        return await self._board.tell(panel.submission.job, finding)

    def _told(self, panel: _Panel, said: Sequence[FindingIn]) -> dict[int, dict[int, Told]]:
        """Return what members really signed. One that committed to two things at a stage counts as silent."""
        commitments: dict[tuple[int, int], set[str]] = defaultdict(set)
        told: dict[int, dict[int, Told]] = {FIRST: {}, SECOND: {}}
        for finding in said:
            if finding.oracle not in panel.order or not _is_signed(panel, finding):
                continue
            member = panel.order.index(Address(finding.oracle))
            commitments[finding.stage, member].add(finding.commitment)
            one = Told(_opened(finding))
            if one.finding is not None or member not in told[finding.stage]:
                told[finding.stage][member] = one
        for (stage, member), made in commitments.items():
            if len(made) > 1:
                del told[stage][member]
        return told


def _claim(job: Job, oracles: OracleSet, evidence: Evidence | Shut, drawn: draw.Draw) -> Claim:
    """Return what is judged. Without readable evidence the result is a stand-in that decides nothing."""
    if isinstance(evidence, Shut):
        result, memory = NO_RESULT, 0
    else:
        result = evidence.receipt.result
        memory = evidence.spec.resources.memory_mib << 20
    return Claim(
        oracles=oracles.count,
        quorum=oracles.threshold,
        drawn=drawn.drawn or must_repeat(result),
        result=result,
        seconds=job.seconds_used,
        timeout_seconds=job.timeout_seconds,
        memory_bytes=memory,
    )


def _by_gates(claim: Claim, evidence: Evidence | Shut) -> Decision:
    """Decide by the own gates alone: k oracles that sign the same are what the table asks for."""
    alone = Claim(
        oracles=1,
        quorum=1,
        drawn=False,
        result=claim.result,
        seconds=claim.seconds,
        timeout_seconds=claim.timeout_seconds,
    )
    mine = evidence if isinstance(evidence, Shut) else Passed()
    found = decide(alone, Findings(members={0: mine}))
    assert isinstance(found, Decision), "one finding is a quorum of one"
    return found


def _agreeing_seconds(mine: Decision, told: dict[int, dict[int, Told]]) -> set[int]:
    """Return the seconds of the findings that stand behind a decision."""
    found = (one.finding for stage in told.values() for one in stage.values())
    return {one.seconds for one in found if isinstance(one, Repeated) and one.result == mine.result}


def _own(decision: Decision, evidence: Evidence | Shut) -> Decision | None:
    """Drop a decision about a result that this oracle could not read: it signs only what it checked."""
    readable = not isinstance(evidence, Shut)
    by_gate = decision.verdict is Verdict.REJECT and decision.reason not in (
        RejectReason.OUTPUT_MISMATCH,
        RejectReason.LIMIT,
    )
    return decision if readable or by_gate else None


def _is_signed(panel: _Panel, finding: FindingIn) -> bool:
    if (finding.sequence, finding.attempt) != (panel.submission.sequence, panel.submission.attempt):
        return False
    try:
        message = panel.message(finding.stage, bytes.fromhex(finding.commitment))
        signature = base58.b58decode(finding.signature)
    except (DomainError, ValueError):
        return False
    return verify(Address(finding.oracle), message.digest(), signature)


def _opened(finding: FindingIn) -> Finding | None:
    """Return the finding if it opens its commitment."""
    if finding.content is None or finding.salt is None:
        return None
    told, salt = bytes.fromhex(finding.content), bytes.fromhex(finding.salt)
    committed = commitment(address_bytes(Address(finding.oracle)), told, salt)
    if committed.hex() != finding.commitment:
        return None
    try:
        return finding_of(told)
    except DomainError:
        return None
