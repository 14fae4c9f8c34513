"""The in-process chain behaves as the port says: same errors, same cursor, same partial signing."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.errors import NativeError
from hypernode.chain.generated.markets import PROGRAM_ID, Config, ConfigInitialized, Job, Node
from hypernode.chain.generated.markets.errors import NotAuthority
from hypernode.chain.generated.staking import PROGRAM_ID as STAKING
from hypernode.chain.layout import LayoutError
from hypernode.chain.lite import LiteChain
from hypernode.chain.ports import ChainPort
from hypernode.chain.transactions import Draft
from hypernode.domain.status import JobStatus
from hypernode.errors import TransactionFailed
from tests.programs.cookies import a_buyer, a_market, a_node
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import HYPER, World


@pytest.fixture
def world() -> World:
    return World.ready()


@pytest.fixture
def chain(world: World) -> ChainPort:
    return LiteChain(world.lite)


async def test_it_reads_what_is_there_and_none_for_what_is_not(world: World, chain: ChainPort) -> None:
    config = await chain.config()
    assert config is not None
    assert config.mint == world.mint
    assert await chain.job(addresses.job(world.authority.address, 1)) is None
    assert await chain.stake(world.authority.address) is None
    assert (await chain.clock()).unix_timestamp == world.now


async def test_it_lists_jobs_by_status(world: World, chain: ChainPort) -> None:
    market, buyer, node = a_market(world), a_buyer(world), a_node(world)
    first = a_job(world, nonce=1, buyer=buyer, market=market)
    second = a_job(world, nonce=2, buyer=buyer, market=market).assign(node)
    assert set(await chain.jobs()) == {first.address, second.address}
    assert set(await chain.jobs(JobStatus.ASSIGNED)) == {second.address}
    assert set(await chain.jobs(JobStatus.ASSIGNED, node.address)) == {second.address}
    assert await chain.jobs(JobStatus.POSTED, node.address) == {}
    assert await chain.jobs(node=market.address) == {}
    assert set(await chain.read_all(Job, cap=second.state.cap, status=JobStatus.POSTED)) == {first.address}
    assert set(await chain.nodes()) == {node.address}
    assert set(await chain.markets()) == {market.address}
    assert await chain.token_balance(buyer.vault) == 10 * HYPER


async def test_it_reads_several_accounts_together(world: World, chain: ChainPort) -> None:
    node, nothing = a_node(world), addresses.job(world.authority.address, 1)
    found = await chain.read_many([addresses.config(), node.address, nothing, node.address])
    assert found.get(Config, addresses.config()) == await chain.config()
    assert found.get(Node, node.address) == node.state
    assert found.get(Job, nothing) is None
    with pytest.raises(LayoutError):
        found.get(Job, node.address)


async def test_a_refusal_is_the_same_typed_error_as_over_rpc(world: World, chain: ChainPort) -> None:
    stranger = world.funded("stranger")
    batch = [instructions.set_pause(authority=stranger.address, flags=1)]
    with pytest.raises(NotAuthority) as caught:
        await chain.send(batch, [stranger])
    assert caught.value.signature
    assert caught.value.logs


async def test_a_matcher_prepares_and_an_agent_completes(world: World, chain: ChainPort) -> None:
    market, buyer, node = a_market(world), a_buyer(world), a_node(world)
    job: JobCookie = a_job(world, buyer=buyer, market=market)
    agreed = [job.assign_ix(node)]
    handed = await chain.prepare(agreed, [market.matcher], node.worker_key.address)
    draft = Draft.decode(handed)
    assert draft.does_exactly(agreed)
    assert draft.missing == {node.worker_key.address}
    with pytest.raises(TransactionFailed):
        await chain.submit(handed)
    signature = await chain.submit(draft.sign(node.worker_key).encode())
    assert await chain.submit(draft.sign(node.worker_key).encode()) == signature
    assert job.state.attempt == 1


async def test_a_cursor_sees_every_transaction_of_a_program_once(world: World, chain: ChainPort) -> None:
    (first,) = await chain.transactions_since(limit=1)
    assert isinstance(first.events[0].event, ConfigInitialized)
    assert first.events[0].program == PROGRAM_ID
    market = a_market(world)
    assert [event.event.name for event in await chain.events_since(first.signature)] == ["MarketCreated"]
    last = (await chain.transactions_since())[-1].signature
    assert await chain.transactions_since(last) == []
    assert [event.event.name for event in await chain.events_since(program=STAKING)] == ["PoolInitialized"]
    assert market.address in await chain.markets()


async def test_the_events_of_one_account_are_those_of_the_transactions_that_name_it(
    world: World, chain: ChainPort
) -> None:
    first, second = a_market(world, "first"), a_market(world, "second")
    assert [event.event.name for event in await chain.events_of(first.address)] == ["MarketCreated"]
    job = a_job(world, market=second)
    assert [event.event.name for event in await chain.events_of(job.address)] == ["JobCreated"]
    told = [event.event.name for event in await chain.events_of(second.address)]
    assert told == ["MarketCreated", "JobCreated"]
    assert await chain.events_of(second.address, STAKING) == []


async def test_a_failed_transaction_is_history_without_events(world: World, chain: ChainPort) -> None:
    stranger = world.funded("stranger")
    with pytest.raises(NotAuthority):
        await chain.send([instructions.set_pause(authority=stranger.address, flags=1)], [stranger])
    failed = (await chain.transactions_since())[-1]
    assert isinstance(failed.error, NotAuthority)
    assert failed.events == ()


async def test_a_deposit_of_more_than_there_is_names_the_token_programs_rule(
    world: World, chain: ChainPort
) -> None:
    buyer = a_buyer(world, deposit=0)
    with pytest.raises(NativeError) as caught:
        await chain.send([buyer.deposit_ix(11 * HYPER)], [buyer.owner])
    assert (caught.value.program, caught.value.name) == (addresses.TOKEN_PROGRAM, "InsufficientFunds")


async def test_an_account_of_a_newer_program_is_skipped_and_the_others_stay_readable(
    world: World, chain: ChainPort
) -> None:
    market, buyer = a_market(world), a_buyer(world)
    first, second = (a_job(world, nonce=nonce, buyer=buyer, market=market) for nonce in (1, 2))
    raw = world.raw(first.address)
    assert raw is not None
    place, _ = Job.PLACES["status"]
    newer = raw.data[:place] + bytes([99]) + raw.data[place + 1 :]
    world.lite.set_raw_account(first.address, replace(raw, data=newer))
    assert set(await chain.jobs()) == {second.address}
    with pytest.raises(LayoutError, match="99 is not a valid JobStatus"):
        await chain.job(first.address)
