"""Three oracles over the real programs: one settles nothing, two do, killed ones lose and double nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hypernode.chain import instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated.markets.errors import BelowThreshold, DuplicateOracle
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.attestation import Audit, Decision
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import JobStatus, RejectReason, Verdict
from hypernode.errors import BlobNotFound, BlobStoreUnavailable
from hypernode_oracle.board import sign
from hypernode_oracle.journal import Decided
from hypernode_oracle.oracle import Oracle
from hypernode_oracle.watcher import TURN_SECONDS
from hypernode_sandbox.ports import SandboxRun
from tests.programs.decisions import a_decision
from tests.programs.jobs import CAP, RATE
from tests.support.killing import killed_at
from tests.support.shop import Shop, Stepping

METERED = 4


async def until_ended(shop: Shop, oracles: list[Oracle]) -> int:
    """Let the oracles step in turn until the job is gone; return the rounds it took."""
    for rounds in range(1, 6):
        for oracle in oracles:
            await oracle.step()
        if not shop.job.exists:
            return rounds
    raise AssertionError("the job never ended")


def forged(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    return 0, {"in.txt": b"something cheaper"}, b""


def another_exit(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    return 3, {path: data.upper() for path, data in run.inputs.items()}, b""


async def test_an_honest_job_is_paid_exactly_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    _, available, locked = shop.balance
    assert locked == CAP
    await until_ended(shop, [shop.oracle(number) for number in range(3)])
    price = RATE * METERED
    fees = price * 1_000 // 10_000 + price * 500 // 10_000
    assert shop.balance == (price - fees, available + CAP - price, 0)


@pytest.mark.parametrize("work", [forged, another_exit])
async def test_another_result_is_rejected_and_all_is_refunded(tmp_path: Path, work) -> None:
    shop = Shop(tmp_path)
    await shop.submitted(work)
    _, available, _ = shop.balance
    score = shop.node.state.reputation.score
    oracles = [shop.oracle(number) for number in range(3)]
    await until_ended(shop, oracles)
    assert shop.balance == (0, available + CAP, 0)
    assert shop.node.state.reputation.score < score
    left = await shop.board.attestations(shop.job.address)
    assert {(verdict.verdict, verdict.reason) for verdict in left} == {
        (int(Verdict.REJECT), int(RejectReason.OUTPUT_MISMATCH))
    }


async def test_one_oracle_alone_moves_nothing(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    before = shop.balance
    for _ in range(3):
        await shop.oracle(0).step()
    assert shop.job.state.status is JobStatus.SUBMITTED
    assert shop.balance == before


async def test_one_key_twice_is_refused_by_the_program(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    before = shop.balance
    oracles = await shop.chain.oracle_set()
    assert oracles is not None
    attestation = attestation_for(
        job=shop.job.address,
        account=shop.job.state,
        oracle_set=oracles,
        decision=a_decision(Verdict.ACCEPT, METERED),
    )
    key = shop.world.oracles[0]
    twice = [(key.address, key.sign(attestation.digest()))] * 2
    steps = instructions.settle_job(
        job=shop.job.address,
        account=shop.job.state,
        vault=shop.job.buyer.vault,
        attestation=attestation,
        signatures=twice,
    )
    with pytest.raises(DuplicateOracle):
        await shop.chain.send(steps, [shop.world.funded("crank")])
    with pytest.raises(BelowThreshold):
        await shop.chain.send(
            instructions.settle_job(
                job=shop.job.address,
                account=shop.job.state,
                vault=shop.job.buyer.vault,
                attestation=attestation,
                signatures=twice[:1],
            ),
            [shop.world.funded("crank")],
        )
    assert shop.balance == before


async def test_killing_one_oracle_anywhere_still_settles_exactly_once(tmp_path: Path) -> None:
    point, interrupted = 0, True
    while interrupted:
        point += 1
        shop = Shop(tmp_path / str(point))
        await shop.submitted()
        _, available, _ = shop.balance
        others = [shop.oracle(1), shop.oracle(2)]
        await others[0].step()
        interrupted = await killed_at(shop.oracle(0, wrap=Stepping).step(), point)
        await until_ended(shop, [shop.oracle(0), *others])
        price = RATE * METERED
        assert shop.balance[1:] == (available + CAP - price, 0), f"killed at point {point}"
        assert shop.node.earned == price - price // 10 - price // 20, f"killed at point {point}"
    assert point > 10, "the test must have killed something"


async def test_a_restarted_oracle_says_the_same_again(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    state = shop.job.state
    submission = AttemptKey(shop.job.address, state.sequence, state.attempt)
    await shop.oracle(0).step()
    again = shop.oracle(0, sandbox=shop.a_sandbox(forged))
    await again.step()
    kept = again.journal.decide(submission, Decided(a_decision(Verdict.REJECT, 4), bytes(8)))
    assert kept.decision.verdict is Verdict.ACCEPT
    assert again.journal.intact()
    assert len(await shop.board.attestations(shop.job.address)) == 1


class Missing:
    """A store in which one blob is missing, or that does not answer."""

    def __init__(self, shop: Shop, cid: str | None) -> None:
        self._shop, self._cid = shop, cid

    async def get(self, cid: str) -> bytes:
        if self._cid is None:
            raise BlobStoreUnavailable("away")
        if cid == self._cid:
            raise BlobNotFound("missing")
        data: bytes = await self._shop.blobs.get(cid)
        return data


async def test_a_store_that_is_away_is_never_held_against_the_node(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    shop.world.at(shop.job.state.verdict_deadline)
    await shop.oracle(0, blobs=Missing(shop, None)).step()
    assert await shop.board.attestations(shop.job.address) == []


async def test_a_missing_blob_is_waited_for_and_rejected_only_when_time_is_up(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    store = Missing(shop, cid_of_digest(shop.job.state.receipt_hash))
    await shop.oracle(0, blobs=store).step()
    assert await shop.board.findings(shop.job.address) == []
    shop.world.at(shop.job.state.verdict_deadline - 5)
    await until_ended(shop, [shop.oracle(number, blobs=store) for number in range(2)])
    left = await shop.board.attestations(shop.job.address)
    assert {verdict.reason for verdict in left} == {int(RejectReason.MISSING_BLOB)}


@pytest.mark.parametrize("left", [600, 5])
async def test_a_spec_that_is_gone_is_held_against_nobody(tmp_path: Path, left: int) -> None:
    """The node ran it, so it was there; its loss later must not cost the node pay or reputation."""
    shop = Shop(tmp_path)
    await shop.submitted()
    shop.world.at(shop.job.state.verdict_deadline - left)
    await shop.oracle(0, blobs=Missing(shop, cid_of_digest(shop.job.state.spec_hash))).step()
    assert await shop.board.attestations(shop.job.address) == []


async def test_junk_on_the_board_is_ignored(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    oracles = await shop.chain.oracle_set()
    assert oracles is not None
    draw = await shop.draw(shop.job)
    receipt_result = Result(Ending.EXITED, 0, shop.root)
    accept = Decided(
        Decision(verdict=Verdict.ACCEPT, result=receipt_result, audit=Audit.REPEATED, own=METERED),
        draw.draw_id,
    )
    stranger = shop.world.funded("stranger")
    honest = sign(shop.job.address, shop.job.state, oracles, accept, shop.world.oracles[1])
    for document in (
        sign(shop.job.address, shop.job.state, oracles, accept, stranger),
        honest.model_copy(update={"oracle": shop.world.oracles[2].address}),
        honest.model_copy(update={"verdict": 7}),
        honest.model_copy(update={"signature": "1" * 64}),
    ):
        await shop.board.publish(shop.job.address, document)
    await shop.oracle(0).step()
    assert shop.job.exists
    await shop.board.publish(shop.job.address, honest)
    await shop.oracle(0).step()
    assert not shop.job.exists


async def test_an_unverified_job_is_refunded_by_any_oracle(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    _, available, _ = shop.balance
    score = shop.node.state.reputation.score
    shop.world.at(shop.job.state.late_until + 1 + 2 * TURN_SECONDS)
    await shop.oracle(0).step()
    assert not shop.job.exists
    assert shop.balance == (0, available + CAP, 0)
    assert shop.node.state.reputation.score == score
