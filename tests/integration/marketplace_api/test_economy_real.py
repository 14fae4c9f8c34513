"""The economy over the real programs on the real VM: what the events add up to is what the accounts say."""

from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.rewards import Accumulator
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.domain.rewards import yield_bps
from hypernode_marketplace_api.resources.database import Database
from tests.integration.marketplace_api.economy import Mirror, mirrored
from tests.integration.marketplace_api.test_indexer import contents, wipe
from tests.programs.cookies import NodeCookie, an_operator
from tests.programs.slashing.slashing_world import APPEAL_BOND, BOND, SlashingWorld, a_report
from tests.programs.world import COMMUNITY_WINDOW, DAY, FEE_WINDOW, HYPER, World

YEAR = 365 * DAY


def run(world: World, owner: NodeCookie, *batch: Any) -> None:
    """Send what a staker signs, with the index brought up to date first."""
    world.run([instructions.distribute(), *batch], [owner.operator])


async def agree_on_the_accumulator(mirror: Mirror) -> None:
    account = mirror.programs.read(Accumulator, addresses.accumulator())
    pool = mirror.programs.read(Pool, addresses.pool())
    shown = await mirror.reader.rewards()
    assert (shown.index, shown.distributed, shown.claimed) == (
        account.index,
        account.distributed,
        account.claimed,
    )
    assert (shown.total_staked, shown.total_weight) == (pool.total_staked, pool.total_weight)
    for flow, stream in ((shown.fees, account.fees), (shown.community, account.community)):
        assert flow.flowed == stream.flowed
        assert flow.total == stream.total
        assert (flow.starts_at, flow.ends_at) == (stream.starts_at, stream.ends_at)


async def agree_on_the_stake(mirror: Mirror, owner: NodeCookie) -> None:
    account = mirror.programs.read(Stake, addresses.stake(owner.operator.address))
    shown = await mirror.reader.stake(owner.operator.address)
    assert (shown.amount, shown.weight, shown.duration) == (account.amount, account.weight, account.duration)
    assert shown.open_reports == account.holds
    noticed = account.unstake_at + account.duration if account.unstake_at else None
    assert (shown.withdrawable_at, shown.staked_at) == (noticed, account.staked_at)


async def test_a_stake_earns_claims_and_leaves(database: Database) -> None:
    world = World.ready()
    async with mirrored(database, world) as mirror:
        first, second = an_operator(world, "first"), an_operator(world, "second")
        run(world, first, first.stake_ix(1_000 * HYPER, YEAR))
        run(world, second, second.stake_ix(100 * HYPER))
        wallet = first.operator.address
        world.give(addresses.rewards_vault(), 500 * HYPER)
        world.give(addresses.community_pool(), 300 * HYPER)
        world.run([instructions.distribute()], [world.funded("crank")])
        world.advance(FEE_WINDOW // 2)
        run(world, first, instructions.top_up_stake(owner=wallet, source=first.wallet, amount=HYPER))
        run(world, second, instructions.extend_stake(owner=second.operator.address, duration=30 * DAY))
        await mirror.look()
        await agree_on_the_accumulator(mirror)
        for owner in (first, second):
            await agree_on_the_stake(mirror, owner)
        listed = (await mirror.get("/v1/stakes"))["stakes"]
        assert [entry["owner"] for entry in listed] == [wallet, second.operator.address]
        assert (listed[0]["amount"], listed[0]["weight"]) == (str(1_001 * HYPER), str(4_004 * HYPER))
        assert (listed[0]["stake_tier"], listed[0]["capacity"]) == ("Bronze", 3)

        world.advance(FEE_WINDOW)
        run(world, first, instructions.claim_rewards(owner=wallet, destination=first.wallet))
        run(world, first, instructions.unstake(owner=wallet))
        await mirror.look()
        await agree_on_the_accumulator(mirror)
        await agree_on_the_stake(mirror, first)
        claims = await mirror.reader.claims(wallet)
        assert claims.claimed == sum(claim.amount for claim in claims.claims) > 400 * HYPER
        rewards = await mirror.reader.rewards(window=30 * DAY)
        assert rewards.distributed_in_window == rewards.distributed > 500 * HYPER
        assert rewards.yield_bps == yield_bps(rewards.distributed, 30 * DAY, 1_101 * HYPER)
        assert (await mirror.reader.stake(wallet)).status == "CoolingDown"

        world.advance(YEAR)
        rest = instructions.claim_rewards(owner=wallet, destination=first.wallet)
        leave = instructions.withdraw_stake(
            owner=wallet, destination=first.wallet, payer=world.read(Stake, addresses.stake(wallet)).payer
        )
        del rest  # a stake that has weighed nothing since the last claim has earned nothing
        run(world, first, leave)
        await mirror.look()
        await agree_on_the_accumulator(mirror)
        left = await mirror.reader.stake(wallet)
        assert (left.status, left.amount, left.weight) == ("Withdrawn", 0, 0)
        assert left.events[0].name == "StakeWithdrawn"
        assert {"Staked", "StakeToppedUp", "RewardsTaken", "Unstaked"} < {event.name for event in left.events}
        assert [stake.owner for stake in (await mirror.reader.stakes()).stakes] == [second.operator.address]


async def test_flows_stand_still_while_nobody_is_staked(database: Database) -> None:
    world = World.ready()
    crank = world.funded("crank")
    async with mirrored(database, world) as mirror:
        world.give(addresses.rewards_vault(), HYPER)
        for _ in range(3):
            world.run([instructions.distribute()], [crank])
            world.advance(1_000)
        staker = an_operator(world, "late")
        run(world, staker, staker.stake_ix(100 * HYPER))
        world.advance(1_000)
        change = instructions.set_windows(
            authority=world.authority.address, fee_window=2 * DAY, community_window=COMMUNITY_WINDOW
        )
        world.run([change], [world.authority])
        for _ in range(3):
            world.give(addresses.rewards_vault(), 7)
            world.run([instructions.distribute()], [crank])
            await mirror.look()
            await agree_on_the_accumulator(mirror)
            world.advance(FEE_WINDOW)


async def test_yield_counts_what_the_window_saw(database: Database) -> None:
    world = World.ready()
    crank = world.funded("crank")
    async with mirrored(database, world) as mirror:
        staker = an_operator(world, "staker")
        run(world, staker, staker.stake_ix(100 * HYPER))
        for _ in range(4):
            world.give(addresses.rewards_vault(), 10 * HYPER)
            world.run([instructions.distribute()], [crank])
            world.advance(FEE_WINDOW)
        world.run([instructions.distribute()], [crank])
        await mirror.look()
        two_days = await mirror.reader.rewards(window=2 * DAY)
        assert (two_days.distributed, two_days.distributed_in_window) == (40 * HYPER, 30 * HYPER)
        assert two_days.yield_bps == yield_bps(30 * HYPER, 2 * DAY, 100 * HYPER)


async def test_a_report_is_voted_on_executed_and_paid_out(database: Database) -> None:
    world = SlashingWorld.ready()
    async with mirrored(database, world) as mirror:
        report = a_report(world)
        accused = report.accused.operator.address
        await mirror.look()
        shown = await mirror.reader.report(report.address)
        assert (shown.status, shown.bond, shown.opened_at) == ("Voting", BOND, report.state.opened_at)
        assert (shown.voting_ends_at, shown.tally.total_weight) == (
            report.state.voting_ends_at,
            report.state.total_weight,
        )
        stake = await mirror.reader.stake(accused)
        assert (stake.open_reports, stake.reports) == (1, [report.address])

        report.decided(uphold=4, overturn=1)
        await mirror.look()
        shown = await mirror.reader.report(report.address)
        assert (shown.status, shown.executable_at) == ("Confirmed", report.state.executable_at)
        assert (shown.tally.uphold, shown.tally.overturn, shown.tally.voters) == (
            report.state.uphold_weight,
            report.state.overturn_weight,
            5,
        )
        assert [vote.uphold for vote in shown.votes.votes] == [False, True, True, True, True]
        first = await mirror.reader.report_votes(report.address, limit=3)
        rest = await mirror.reader.report_votes(report.address, cursor=first.next_cursor)
        assert [*first.votes, *rest.votes] == shown.votes.votes

        report.appeal().ballot(uphold=6)
        await mirror.look()
        shown = await mirror.reader.report(report.address)
        assert (shown.status, shown.appeal_bond, shown.tally.round) == ("Appealed", APPEAL_BOND, 2)
        assert (shown.tally.voters, shown.tally.first_round_uphold) == (6, report.state.first_uphold_weight)

        world.at(report.state.voting_ends_at)
        report.resolve().executed()
        await mirror.look()
        shown, account = await mirror.reader.report(report.address), report.state
        assert (shown.status, shown.slashed, shown.burned) == ("Executed", account.slashed, account.burned)
        assert shown.dues.model_dump() == {
            "reporter": account.reporter_due,
            "accused": account.accused_due,
            "validators": account.validators_due,
        }
        assert shown.ended_at == account.ended_at
        await agree_on_the_stake(mirror, report.accused)
        assert (await mirror.reader.stake(accused)).slashed == account.slashed > 0

        report.claim(report.reporter.wallet)
        report.claim_fee(report.panel[0])
        world.advance(91 * DAY)
        world.run([report.close_ix()], [world.funded("crank")])
        await mirror.look()
        shown = await mirror.reader.report(report.address)
        assert (shown.dues.reporter, shown.dues.validators, shown.closed_at) == (0, 0, world.now)
        assert [event.name for event in shown.timeline] == [
            "FaultReported",
            "ReportResolved",
            "ReportAppealed",
            "ReportResolved",
            "ReportExecuted",
            "DueClaimed",
            "ReportClosed",
        ]
        assert (await mirror.reader.reports(accused=accused, status="Executed")).reports[
            0
        ].report == report.address
        assert (await mirror.reader.reports(status="Voting")).reports == []


async def test_a_reopened_report_is_another_row(database: Database) -> None:
    world = SlashingWorld.ready()
    async with mirrored(database, world) as mirror:
        report = a_report(world).decided(overturn=3)
        report.claim(report.accused.wallet)
        for judge in report.panel[:3]:
            report.claim_fee(judge)
        world.run([report.close_ix()], [world.funded("crank")])
        await mirror.look()
        world.advance(DAY)
        report.open()
        await mirror.look()
        listed = (await mirror.reader.reports()).reports
        assert [(one.report, one.status) for one in listed] == [
            (report.address, "Voting"),
            (report.address, "Dismissed"),
        ]
        shown = await mirror.reader.report(report.address)
        assert (shown.opened_at, shown.votes.votes, len(shown.timeline)) == (report.state.opened_at, [], 1)


@pytest.mark.parametrize("batch", [1, 7])
async def test_backfill_of_the_real_history_gives_the_same_rows(database: Database, batch: int) -> None:
    world = SlashingWorld.ready()
    report = a_report(world)
    async with mirrored(database, world) as mirror:
        await mirror.look()
        report.decided(uphold=4).executed()
        await mirror.look()
        followed = await contents(database)
    await wipe(database)
    async with mirrored(database, world) as restarted:
        restarted.indexer._batch = batch
        await restarted.look()
        assert await contents(database) == followed
