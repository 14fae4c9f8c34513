"""The mirror of the chain: complete, in order, once, whatever happens to the process that keeps it."""

import dataclasses
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from hypernode.chain.batch import Batch
from hypernode.chain.events import UnknownEvent
from hypernode.chain.generated import markets, staking
from hypernode.chain.notices import MemoryNotices
from hypernode.domain.status import Outcome, RejectReason
from hypernode.domain.types import Address
from hypernode.errors import ConfigError, RpcUnavailable
from hypernode_marketplace_api.models import (
    Base,
    ChainCursor,
    ChainEventRow,
    DaoRow,
    JobRow,
    NodeRow,
    ProposalRow,
    ReportRow,
    RewardsRow,
    SkippedEvent,
    StakeAccountRow,
    StakeRow,
)
from hypernode_marketplace_api.resources.database import Database
from tests.integration.marketplace_api.world import World
from tests.support.accounts import an_event
from tests.support.cancelling import cancelled_at
from tests.support.documents import an_address
from tests.support.scripted_chain import JobStory, ScriptedChain

NODE = an_address("node")
ECONOMY = (StakeRow, RewardsRow, ReportRow, ProposalRow, DaoRow)
RECEIPT = bytes([3]) * 32


def a_full_history(chain: ScriptedChain) -> list[JobStory]:
    """Every end there is, a retry, a re-created address, and one job that is still running."""
    JobStory(chain, "a").refund(Outcome.CANCELLED)
    JobStory(chain, "b").refund(Outcome.EXPIRED)
    for name, ending in (("c", Outcome.UNVERIFIED), ("d", Outcome.REJECTED), ("e", None), ("e", None)):
        story = JobStory(chain, name, sequence=len(chain.landed) << 20)
        story.assign(NODE)
        story.submit(RECEIPT)
        if ending is None:
            story.settle()
        else:
            given = {"reject_reason": RejectReason.OUTPUT_MISMATCH} if ending is Outcome.REJECTED else {}
            story.refund(ending, node=NODE, **given)
    retried = JobStory(chain, "f")
    retried.assign(NODE)
    retried.repost()
    retried.assign(NODE)
    retried.refund(Outcome.TIMED_OUT, node=NODE)
    running = JobStory(chain, "g")
    running.assign(NODE)
    chain.land(an_event("Staked", staking, owner=an_address("staker")), program=staking.PROGRAM_ID)
    return [retried, running]


async def test_every_end_of_a_job_is_told_with_its_money(world: World) -> None:
    a_full_history(world.chain)
    await world.index()
    found = (await world.client.get("/v1/jobs?limit=100")).json()["jobs"]
    by_status = {entry["status"]: entry for entry in found}
    assert sorted(entry["status"] for entry in found) == [
        "Assigned",
        "Cancelled",
        "Expired",
        "Rejected",
        "Settled",
        "Settled",
        "TimedOut",
        "Unverified",
    ]
    assert (by_status["Settled"]["paid"], by_status["Settled"]["refunded"]) == ("3000", "57000")
    assert by_status["Rejected"]["reject_reason"] == "OutputMismatch"
    for status in ("Cancelled", "Expired", "Rejected", "TimedOut", "Unverified"):
        assert (by_status[status]["paid"], by_status[status]["refunded"]) == ("0", "60000")


async def test_timeline_tells_the_job_in_order(world: World) -> None:
    retried, _ = a_full_history(world.chain)
    await world.index()
    detail = (await world.client.get(f"/v1/jobs/{retried.address}")).json()
    assert [(entry["name"], entry["attempt"]) for entry in detail["timeline"]] == [
        ("JobCreated", 0),
        ("JobAssigned", 1),
        ("JobReposted", 1),
        ("JobAssigned", 2),
        ("JobTimedOut", 2),
    ]


async def test_recreated_address_is_another_row_with_a_timeline_of_its_own(world: World) -> None:
    a_full_history(world.chain)
    await world.index()
    assert len((await world.client.get("/v1/jobs?status=Settled")).json()["jobs"]) == 2
    detail = (await world.client.get(f"/v1/jobs/{an_address('e')}")).json()
    assert [entry["name"] for entry in detail["timeline"]] == [
        "JobCreated",
        "JobAssigned",
        "ReceiptSubmitted",
        "JobSettled",
    ]


async def test_backfill_in_small_batches_equals_one_look(world: World) -> None:
    """A reader that comes back late pages through what it missed and arrives at the same rows."""
    a_full_history(world.chain)
    world.indexer._batch = 3
    await world.index()
    small = await contents(world.collaborators.database)
    await wipe(world.collaborators.database)
    world.indexer._batch = 1_000
    await world.index()
    assert await contents(world.collaborators.database) == small


async def test_more_than_a_thousand_transactions_are_not_too_many(world: World) -> None:
    for number in range(1_100):
        world.chain.land(an_event("FeesCollected", buyer=an_address(f"buyer {number % 7}")))
    await world.index()
    async with world.collaborators.database.read() as session:
        assert (await session.execute(select(func.count()).select_from(ChainEventRow))).scalar() == 1_100


async def test_looking_again_changes_nothing(world: World) -> None:
    a_full_history(world.chain)
    await world.index()
    before = await contents(world.collaborators.database)
    await world.index()
    assert await contents(world.collaborators.database) == before


async def test_lost_cursor_doubles_nothing(world: World) -> None:
    """Events are keyed by (signature, index): reading them all again adds none."""
    a_full_history(world.chain)
    await world.index()
    before = await contents(world.collaborators.database)
    async with world.collaborators.database.begin() as session:
        await session.execute(delete(ChainCursor))
    await world.index()
    assert await contents(world.collaborators.database) == before


async def test_killed_at_every_await_point_loses_and_doubles_nothing(world: World) -> None:
    job = JobStory(world.chain, "a")
    job.assign(NODE)
    job.refund(Outcome.TIMED_OUT, node=NODE)
    world.indexer._batch = 2
    await world.index()
    expected = await contents(world.collaborators.database)
    point, killed = 0, True
    while killed:
        point += 1
        await wipe(world.collaborators.database)
        world.indexer._reconciled = False
        killed = await cancelled_at(world.indexer.step(), point)
        world.indexer._reconciled = False
        await world.index()
        assert await contents(world.collaborators.database) == expected, f"killed at point {point}"
    assert point > 50


async def test_chain_outage_is_typed_and_recovered_from(world: World) -> None:
    a_full_history(world.chain)
    world.chain.down = True
    with pytest.raises(RpcUnavailable):
        await world.index()
    assert (await world.client.get("/health")).status_code == 503
    world.chain.down = False
    await world.index()
    assert (await world.client.get("/health")).json()["status"] == "healthy"


async def test_database_of_another_cluster_is_refused(world: World) -> None:
    a_full_history(world.chain)
    await world.index()
    world.chain.genesis = bytes([9]) * 32
    with pytest.raises(ConfigError):
        await world.index()


async def test_events_cut_from_the_logs_are_made_up_for_by_the_accounts(world: World) -> None:
    """Anyone may settle inside a transaction so noisy that the runtime drops the event."""
    job = JobStory(world.chain, "noisy")
    job.assign(NODE)
    await world.index()
    del world.chain.live_jobs[job.address]
    world.chain.land(whole=False)
    await world.index()
    assert (await world.client.get(f"/v1/jobs/{job.address}")).json()["status"] == "Ended"


async def test_events_cannot_be_changed_or_deleted(world: World) -> None:
    a_full_history(world.chain)
    await world.index()
    for statement in (delete(ChainEventRow), update(ChainEventRow).values(slot=0)):
        with pytest.raises(DBAPIError, match="append-only"):
            async with world.collaborators.database.begin() as session:
                await session.execute(statement)


async def test_job_is_shown_before_the_indexer_has_come_to_it(world: World) -> None:
    job = JobStory(world.chain, "fresh")
    detail = (await world.client.get(f"/v1/jobs/{job.address}")).json()
    assert (detail["status"], detail["timeline"]) == ("Posted", [])


async def test_numbers_that_no_column_holds_do_not_stop_the_mirror(world: World) -> None:
    """Anyone may create a market with any price."""
    market = an_address("absurd market")
    world.chain.live_markets[market] = dataclasses.replace(
        next(iter(world.chain.live_markets.values())), price_per_second=2**64 - 1, min_stake=2**64 - 1
    )
    world.chain.land(an_event("MarketCreated", market=market))
    await world.index()
    shown = (await world.client.get("/v1/markets")).json()["markets"]
    assert {entry["price_per_second"] for entry in shown} == {"100", str(2**63 - 1)}


async def test_nodes_and_stakes_follow_their_accounts(world: World) -> None:
    node = world.register()
    world.chain.land(an_event("NodeRegistered", node=node.node))
    owner = node.operator
    world.chain.land(an_event("Staked", staking, owner=owner), program=staking.PROGRAM_ID)
    await world.index()
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["stake"] == "1000000000"
    world.chain.stakes[owner] = dataclasses.replace(world.chain.stakes[owner], unstake_at=5)
    world.chain.land(an_event("Unstaked", staking, owner=owner), program=staking.PROGRAM_ID)
    await world.index()
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["stake"] == "0"
    del world.chain.live_nodes[node.node]
    world.chain.land(an_event("NodeClosed", node=node.node))
    await world.index()
    assert (await world.client.get("/v1/nodes")).json()["nodes"] == []


async def test_accounts_of_a_batch_are_read_together(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.index()
    node = world.register()
    world.chain.land(an_event("NodeRegistered", node=node.node))
    JobStory(world.chain, "a")
    JobStory(world.chain, "b").assign(node.node)
    reads: list[set[Address]] = []
    read_many = world.chain.read_many

    async def counted(wanted: Iterable[Address]) -> Batch:
        reads.append(set(wanted))
        return await read_many(reads[-1])

    monkeypatch.setattr(world.chain, "read_many", counted)
    await world.index()
    assert len(reads) == 1
    assert node.node in reads[0]


async def test_event_of_a_newer_program_is_kept_raw_counted_and_skipped(world: World) -> None:
    job = JobStory(world.chain, "a")
    signature = world.chain.land(UnknownEvent(markets.PROGRAM_ID, b"newkind!", "discriminator"))
    job.refund(Outcome.CANCELLED)
    await world.index()
    assert (await world.client.get(f"/v1/jobs/{job.address}")).json()["status"] == "Cancelled"
    async with world.collaborators.database.read() as session:
        [kept] = (await session.scalars(select(SkippedEvent))).all()
    assert (kept.signature, kept.index, kept.program, kept.data) == (
        signature,
        0,
        markets.PROGRAM_ID,
        b"newkind!",
    )
    metrics = (await world.client.get("/metrics")).text
    assert f'hypernode_api_skipped_events_total{{program="{markets.PROGRAM_ID}"}} 1.0' in metrics


async def test_notice_reads_only_the_program_it_names(world: World) -> None:
    notices = world.collaborators.notices
    assert isinstance(notices, MemoryNotices)
    await world.indexer.follow()
    await world.indexer.wait()  # the connection itself is a gap
    await world.indexer.follow()
    reads: list[str] = []
    whole = world.chain.transactions_since

    async def counted(signature: str | None, limit: int | None, program: Address) -> Any:
        reads.append(program)
        return await whole(signature, limit, program)

    world.chain.transactions_since = counted  # type: ignore[method-assign, assignment]
    job = JobStory(world.chain, "a")
    notices.tell(slot=world.chain.slot, program=markets.PROGRAM_ID)
    await world.indexer.wait()
    await world.indexer.follow()
    assert set(reads) == {markets.PROGRAM_ID}
    assert (await world.client.get(f"/v1/jobs/{job.address}")).json()["timeline"] != []


async def test_notice_that_comes_before_its_transaction_is_listed_is_followed_up(world: World) -> None:
    notices = world.collaborators.notices
    assert isinstance(notices, MemoryNotices)
    await world.indexer.wait()
    await world.indexer.follow()
    notices.tell(slot=world.chain.slot + 1, program=markets.PROGRAM_ID)
    await world.indexer.wait()
    await world.indexer.follow()
    job = JobStory(world.chain, "late")
    await world.indexer.follow()
    assert (await world.client.get(f"/v1/jobs/{job.address}")).json()["timeline"] != []


async def contents(database: Database) -> dict[str, Any]:
    """Return what the mirror says, in an order that does not depend on how it came in."""
    found: dict[str, Any] = {}
    async with database.read() as session:
        for model in (ChainEventRow, JobRow, NodeRow, StakeAccountRow, ChainCursor, *ECONOMY):
            table = model.metadata.tables[model.__tablename__]
            columns = [column for column in table.columns if column.name != "position"]
            rows = (await session.execute(select(*columns).order_by(*table.primary_key.columns))).all()
            found[model.__tablename__] = [tuple(row) for row in rows]
        order = select(ChainEventRow.signature, ChainEventRow.index).where(
            ChainEventRow.program == markets.PROGRAM_ID
        )
        found["order"] = [tuple(row) for row in await session.execute(order.order_by(ChainEventRow.position))]
    return found


async def wipe(database: Database) -> None:
    """Empty the mirror; only a test may, and has to lift the guard of the events for it."""
    async with database.engine.begin() as connection:
        if database.engine.dialect.name == "postgresql":
            names = ", ".join(table.name for table in Base.metadata.sorted_tables)
            await connection.exec_driver_sql(f"TRUNCATE {names}")
            return
        await connection.exec_driver_sql("DROP TRIGGER IF EXISTS events_refuse_delete")
        for table in Base.metadata.sorted_tables:
            await connection.execute(delete(table))


async def test_transactions_with_cut_logs_make_the_mirror_read_everything_now_and_then_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone can send them for a fee of a transaction, one in each slot."""
    JobStory(world.chain, "one").assign(NODE)
    await world.index()
    reads = 0
    whole = world.chain.jobs

    async def jobs(*args: Any, **kwargs: Any) -> Any:
        nonlocal reads
        reads += 1
        return await whole(*args, **kwargs)

    monkeypatch.setattr(world.chain, "jobs", jobs)
    for _ in range(20):
        world.chain.land(whole=False)
        await world.index()
    assert reads == 1
