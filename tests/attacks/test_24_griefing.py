"""Class 24: someone who gains nothing but stops others."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated.markets.errors import BelowThreshold
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.domain.status import JobStatus, Verdict
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_buyer, a_node
from tests.programs.jobs import JobCookie, a_job
from tests.programs.scenes import SCENES, slots_of
from tests.programs.world import CLIENT_BYTES, World, named_key

EVERYTHING = 2**64 - 1


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def test_a_nodes_closed_payout_account_does_not_stop_a_rejection_or_a_refund(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    """A node that would lose a verdict closes the account it is paid into."""
    close = Instruction(
        addresses.TOKEN_PROGRAM,
        (
            AccountMeta(node.payout, writable=True),
            AccountMeta(node.operator.address, writable=True),
            AccountMeta(node.operator.address, signer=True),
        ),
        b"\x09",
    )
    world.run([close], [node.operator])
    submitted.settle(Verdict.REJECT)
    assert not submitted.exists
    assert node.state.reputation.rejected == 1


def test_a_payout_into_the_buyers_own_vault_does_not_stop_a_rejection(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    """Two writable slots with one account are refused: a node could hide behind that from its verdict."""
    state = node.state
    hide = instructions.update_node(
        operator=node.operator.address,
        payout=posted.buyer.vault,
        gpu_vendor=state.gpu_vendor,
        gpu_count=state.gpu_count,
        vram_mib=state.vram_mib,
        hardware_hash=state.hardware_hash,
    )
    world.run([hide], [node.operator])
    posted.assign(node).submit().settle(Verdict.REJECT)
    assert node.state.reputation.rejected == 1
    assert posted.buyer.state.locked == 0


def test_a_nodes_closed_payout_account_does_not_stop_the_clock(
    world: World, submitted: JobCookie, node: NodeCookie
) -> None:
    world.lite.set_raw_account(node.payout, RawAccount(addresses.SYSTEM_PROGRAM, 0, b""))
    world.at(submitted.state.late_until + 1)
    submitted.expire()
    assert submitted.buyer.state.locked == 0


def test_tokens_sent_into_a_vault_stop_nothing(world: World, submitted: JobCookie) -> None:
    """Anyone may send dust to a vault: jobs settle, fees are collected, and the account still closes."""
    buyer = submitted.buyer
    world.give(buyer.vault, 1)
    submitted.settle()
    world.run([buyer.collect_ix()], [world.funded("crank")])
    buyer.withdraw(EVERYTHING)
    world.run([buyer.close_ix()], [buyer.owner])
    assert not world.exists(buyer.address)


def test_tokens_sent_into_the_stake_vault_stop_nothing(world: World, node: NodeCookie) -> None:
    world.give(addresses.stake_vault(), 1)
    owner = node.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    world.advance(14 * 86_400)
    world.run([instructions.withdraw_stake(owner=owner.address, destination=node.wallet)], [owner])
    assert not world.exists(node.stake_address)


def test_a_rent_payer_without_an_account_does_not_stop_a_refund(world: World, posted: JobCookie) -> None:
    """The wallet that paid the rent was emptied: its address can still receive."""
    world.lite.set_raw_account(posted.buyer.owner.address, RawAccount(addresses.SYSTEM_PROGRAM, 0, b""))
    world.at(posted.state.expires_at + 1)
    posted.expire()
    assert posted.buyer.state.locked == 0


def test_a_stranger_cannot_use_up_a_buyers_nonces(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    """Job addresses contain the owner, who must sign: nobody else can occupy one."""
    stranger = a_buyer(world, "stranger with an account")
    mine = JobCookie(world, buyer, market, nonce=1)
    index = [meta.address for meta in mine.create_ix().accounts].index(mine.address)
    theirs = JobCookie(world, stranger, market, nonce=1).create_ix()
    bent = theirs.with_account(index, AccountMeta(mine.address, writable=True))
    world.refuse("InvalidSeeds", [bent], [stranger.owner], "a job at another's address")
    mine.create()


def test_a_node_is_not_bound_to_a_job_without_its_agent(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    """A matcher alone could otherwise fill a rival with jobs and ruin its reputation."""
    assign = posted.assign_ix(node)
    worker_key = [meta.address for meta in assign.accounts].index(node.worker_key.address)
    matcher = posted.market.matcher
    bent = assign.with_account(worker_key, AccountMeta(matcher.address, signer=True))
    world.refuse("NotWorkerKey", [bent], [matcher], "a matcher in the worker's place")


def test_an_expiry_cannot_blame_another_node(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    rival = a_node(world, "rival")
    world.at(assigned.state.deadline + assigned.state.grace + 1)
    expire = assigned.expire_ix()
    index = [meta.address for meta in expire.accounts].index(node.address)
    bent = expire.with_account(index, AccountMeta(rival.address, writable=True))
    before = rival.state
    world.refuse("WrongAccountForJob", [bent], [world.funded("crank")], "the blame for another's delay")
    assert rival.state == before
    assigned.expire()
    assert node.state.reputation.timed_out == 1


def test_an_unverified_job_blames_nobody(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    before = node.state.reputation
    world.at(submitted.state.late_until + 1)
    submitted.expire()
    after = node.state.reputation
    assert (after.rejected, after.timed_out) == (before.rejected, before.timed_out)
    assert after.score == before.score


def test_a_pause_stops_new_jobs_and_nothing_else(world: World, posted: JobCookie, node: NodeCookie) -> None:
    """Refunds, work under way, withdrawals and fees go on."""
    world.run([instructions.set_pause(authority=world.authority.address, flags=3)], [world.authority])
    world.refuse(
        "Paused", [JobCookie(world, posted.buyer, posted.market, 9).create_ix()], [posted.buyer.owner]
    )
    posted.assign(node).submit().settle()
    world.run([posted.buyer.collect_ix()], [world.funded("crank")])
    posted.buyer.withdraw(posted.buyer.state.available)
    owner = node.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])


def test_a_closed_market_holds_no_job_back(world: World, posted: JobCookie, market: MarketCookie) -> None:
    close = instructions.close_market(creator=market.creator.address, market=market.address)
    world.run([close], [market.creator])
    world.at(posted.state.expires_at + 1)
    posted.expire()
    assert posted.buyer.state.locked == 0


def test_a_retired_node_still_finishes_what_it_has(
    world: World, assigned: JobCookie, node: NodeCookie
) -> None:
    world.run([instructions.retire_node(operator=node.operator.address)], [node.operator])
    assigned.submit().settle()
    assert node.earned > 0


def test_a_node_with_work_is_not_closed(world: World, assigned: JobCookie, node: NodeCookie) -> None:
    world.run([instructions.retire_node(operator=node.operator.address)], [node.operator])
    state = node.state
    world.write(node.address, replace(state, retired_at=world.now - 15 * 86_400))
    batch = [instructions.close_node(operator=node.operator.address)]
    world.refuse("NodeBusy", batch, [node.operator])
    assert assigned.state.status is JobStatus.ASSIGNED


@pytest.mark.parametrize("name", [name for name in SCENES if name != "governance.execute"])
def test_more_accounts_than_asked_for_change_nothing(name: str) -> None:
    """Spare accounts at the end are ignored or refused, never used."""
    scene = SCENES[name]()
    extra = tuple(AccountMeta(scene.world.funded(f"extra {number}").address) for number in range(3))
    instruction = replace(scene.instruction, accounts=scene.instruction.accounts + extra)
    batch = scene.replaced(instruction)
    scene.world.run(batch, scene.signers_for(batch))


@pytest.mark.parametrize("name", SCENES)
def test_fewer_accounts_than_asked_for_are_refused(name: str) -> None:
    scene = SCENES[name]()
    for count in range(len(scene.instruction.accounts)):
        instruction = replace(scene.instruction, accounts=scene.instruction.accounts[:count])
        batch = scene.replaced(instruction)
        own = len(slots_of(name))
        error = "NotEnoughAccountKeys" if count < own else "WrongInstruction"
        scene.world.refuse(error, batch, scene.signers_for(batch), f"{name} with {count} accounts")
    scene.play()


@pytest.mark.parametrize("name", SCENES)
def test_a_cut_instruction_is_refused(name: str) -> None:
    """Every prefix of an instruction's data, and data that runs on."""
    scene = SCENES[name]()
    data = scene.instruction.data
    for size in range(len(data)):
        batch = scene.replaced(scene.instruction.with_data(data[:size]))
        scene.world.refuse(
            "InvalidInstructionData", batch, scene.signers_for(batch), f"{name}: {size} of {len(data)} bytes"
        )
    scene.play()


@pytest.mark.parametrize("name", SCENES)
def test_every_transaction_leaves_room_in_its_packet(name: str) -> None:
    scene = SCENES[name]()
    draft = scene.world.draft(scene.batch, scene.signers_for(scene.batch))
    assert draft.size <= CLIENT_BYTES
    assert len({meta.address for entry in scene.batch for meta in entry.accounts}) <= 32


@pytest.mark.parametrize(("threshold", "count"), [(3, 5), (4, 7)])
def test_every_quorum_that_a_set_can_ask_for_fits_into_a_packet(
    world: World, posted: JobCookie, node: NodeCookie, threshold: int, count: int
) -> None:
    """Under a threshold that fits none, no job could be settled; five of nine is a BadOracleSet."""
    keys = [named_key(f"judge {number}") for number in range(count)]
    rotate = instructions.rotate_oracles(
        authority=world.authority.address, threshold=threshold, oracles=[key.address for key in keys]
    )
    world.run([rotate], [world.authority])
    submitted = posted.assign(node).submit()
    world.refuse(BelowThreshold, submitted.settle_ixs(oracles=keys[: threshold - 1]), [world.funded("crank")])
    batch = submitted.settle_ixs(oracles=keys[-threshold:])
    assert world.draft(batch, [world.funded("crank")]).size <= CLIENT_BYTES
    world.run(batch, [world.funded("crank")])


def test_jobs_of_different_buyers_and_nodes_write_no_account_in_common(
    world: World, market: MarketCookie
) -> None:
    """Unrelated jobs never wait for each other."""
    written = []
    for name in ("one", "two"):
        buyer, node = a_buyer(world, f"buyer {name}"), a_node(world, f"node {name}")
        job = a_job(world, buyer=buyer, market=market)
        batch = [job.create_ix(), job.cancel_ix(), job.assign_ix(node)]
        job.assign(node)
        batch.append(job.submit_ix())
        job.submit()
        batch += [job.settle_ixs()[1], job.expire_ix()]
        written.append({meta.address for entry in batch for meta in entry.accounts if meta.writable})
    assert written[0].isdisjoint(written[1])
