"""The economy's rows: complete, once, from stored events alone, whatever happens to the process."""

from sqlalchemy import delete, select

from hypernode.chain.generated import rewards, slashing, staking
from hypernode.domain.governance import ProposalStatus
from hypernode.domain.money import HYPER
from hypernode_marketplace_api.models import ProjectionPlace
from tests.integration.marketplace_api.test_indexer import ECONOMY, contents, wipe
from tests.integration.marketplace_api.world import World
from tests.support.accounts import an_event
from tests.support.cancelling import cancelled_at
from tests.support.documents import an_address
from tests.support.economy_story import (
    ACCUSED,
    PROPOSAL,
    REPORT,
    STAKER,
    VOTING_ENDS_AT,
    a_short_story,
    created,
    guarded,
    moved,
    released,
    reported,
    staked,
    tell,
    voted,
)

# A prime, so that the points fall on every kind of await; the indexer's own test tries each one.
STRIDE = 7


async def pages(world: World, path: str, member: str) -> list[str]:
    """Return one member of everything on a list, read one entry at a time."""
    joint = "&" if "?" in path else "?"
    found, cursor = [], ""
    while True:
        page = (await world.client.get(f"{path}{joint}limit=1{cursor}")).json()
        (entries,) = [value for value in page.values() if isinstance(value, list)]
        found += [entry[member] for entry in entries]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def test_killed_at_await_points_all_along_loses_and_doubles_nothing(world: World) -> None:
    tell(world.chain, a_short_story())
    world.indexer._batch = 6
    await world.index()
    expected = await contents(world.collaborators.database)
    assert all(expected[model.__tablename__] for model in ECONOMY)
    point, killed = 0, True
    while killed:
        point += STRIDE
        await wipe(world.collaborators.database)
        killed = await cancelled_at(world.indexer.step(), point)
        world.indexer._reconciled = False
        await world.index()
        assert await contents(world.collaborators.database) == expected, f"killed at point {point}"
    assert point > 100


async def test_a_database_that_held_events_already_catches_up_from_them(world: World) -> None:
    tell(world.chain, a_short_story())
    await world.index()
    expected = await contents(world.collaborators.database)
    async with world.collaborators.database.begin() as session:
        for model in (*ECONOMY, ProjectionPlace):
            await session.execute(delete(model))
    world.chain.landed.clear()  # the node has forgotten them all
    await world.index()
    assert await contents(world.collaborators.database) == expected


async def test_looking_again_changes_nothing(world: World) -> None:
    tell(world.chain, a_short_story())
    await world.index()
    async with world.collaborators.database.read() as session:
        before = (await session.scalars(select(ProjectionPlace.position))).one()
    expected = await contents(world.collaborators.database)
    await world.index()
    assert await contents(world.collaborators.database) == expected
    async with world.collaborators.database.read() as session:
        assert (await session.scalars(select(ProjectionPlace.position))).one() == before


async def test_amounts_are_decimal_strings(world: World) -> None:
    tell(world.chain, a_short_story())
    await world.index()
    stake = (await world.client.get(f"/v1/stakes/{ACCUSED}")).json()
    assert (stake["amount"], stake["weight"], stake["slashed"]) == ("8000000", "32000000", "2000000")
    rewards = (await world.client.get("/v1/rewards")).json()
    assert (rewards["index"], rewards["distributed"], rewards["fees"]["total"]) == ("15", "60", "86400")
    report = (await world.client.get(f"/v1/reports/{REPORT}")).json()
    assert (report["tally"]["uphold"], report["amount"]) == ("7", "500000000")
    proposal = (await world.client.get("/v1/proposals/0")).json()
    assert (proposal["number"], proposal["tally"]["in_favour"]) == ("0", str(4_000 * HYPER))
    assert proposal["content"][0]["arguments"] == {"flags": "3"}
    treasury = (await world.client.get("/v1/treasury")).json()
    assert (treasury["released"], treasury["burned"]) == (str(200 * HYPER), str(40 * HYPER))


async def test_lists_are_paged_to_their_end_and_filtered(world: World) -> None:
    owners = [an_address(f"owner {number}") for number in range(5)]
    tell(world.chain, [staked(owner, (number // 2 + 1) * HYPER) for number, owner in enumerate(owners)])
    places = [an_address(f"report {number}") for number in range(4)]
    tell(world.chain, [reported(report=place) for place in places])
    world.chain.time += 5
    tell(world.chain, [reported(report=REPORT, accused=STAKER)])
    tell(world.chain, [guarded(), *(created(n, proposal=an_address(f"p {n}")) for n in range(4))])
    tell(world.chain, [moved("ProposalCancelled", ProposalStatus.CANCELLED, proposal=an_address("p 2"))])
    tell(world.chain, [released(number) for number in range(3)])
    await world.index()
    listed = await pages(world, "/v1/stakes", "owner")
    assert listed == [owners[4], *sorted(owners[2:4]), *sorted(owners[:2])]
    assert await pages(world, f"/v1/stakes?owner={owners[1]}", "owner") == [owners[1]]
    assert await pages(world, "/v1/reports", "report") == [REPORT, *sorted(places)]
    assert await pages(world, f"/v1/reports?accused={STAKER}", "report") == [REPORT]
    assert await pages(world, "/v1/proposals", "number") == ["3", "2", "1", "0"]
    assert await pages(world, "/v1/proposals?status=Cancelled", "number") == ["2"]
    assert await pages(world, "/v1/treasury/releases", "number") == ["2", "1", "0"]


async def test_history_and_votes_are_paged(world: World) -> None:
    voters = [an_address(f"voter {number}") for number in range(3)]
    tell(world.chain, [staked(), *(an_event("StakeHeld", staking, owner=STAKER, holds=n) for n in (1, 2))])
    claims = [an_event("RewardsClaimed", rewards, owner=STAKER, amount=n, claimed=n) for n in (1, 2)]
    tell(world.chain, claims)
    tell(world.chain, [created(), *(voted(voter) for voter in voters), reported()])
    ballots = [{"report": REPORT, "validator": voter, "round": 1} for voter in voters]
    tell(world.chain, [an_event("Voted", slashing, **ballot) for ballot in ballots])
    await world.index()
    assert await pages(world, "/v1/proposals/0/votes", "voter") == voters[::-1]
    assert await pages(world, f"/v1/reports/{REPORT}/votes", "validator") == voters[::-1]
    assert await pages(world, f"/v1/rewards/{STAKER}", "amount") == ["2", "1"]
    first = (await world.client.get(f"/v1/stakes/{STAKER}?limit=4")).json()
    assert [event["name"] for event in first["events"]] == [
        "RewardsClaimed",
        "RewardsClaimed",
        "StakeHeld",
        "StakeHeld",
    ]
    rest = (await world.client.get(f"/v1/stakes/{STAKER}?cursor={first['next_cursor']}")).json()
    assert [event["name"] for event in rest["events"]] == ["Staked"]


async def test_what_there_is_not_is_a_problem(world: World) -> None:
    await world.index()
    for path, error in (
        (f"/v1/stakes/{STAKER}", "StakeNotFound"),
        (f"/v1/rewards/{STAKER}", "StakeNotFound"),
        ("/v1/rewards", "RewardsNotFound"),
        (f"/v1/reports/{REPORT}", "ReportNotFound"),
        (f"/v1/reports/{REPORT}/votes", "ReportNotFound"),
        ("/v1/proposals/0", "ProposalNotFound"),
        (f"/v1/proposals/{2**64 - 1}", "ProposalNotFound"),
        ("/v1/proposals/0/votes", "ProposalNotFound"),
        ("/v1/treasury", "TreasuryNotFound"),
    ):
        answer = await world.client.get(path)
        assert (answer.status_code, answer.json()["error"]) == (404, error), path
    for path in (
        "/v1/proposals/-1",
        "/v1/stakes?cursor=x",
        "/v1/rewards?window=0",
        "/v1/reports?status=Ended",
    ):
        answer = await world.client.get(path)
        assert (answer.status_code, answer.json()["error"]) == (422, "Malformed"), path


async def test_next_actions_follow_the_clock(world: World) -> None:
    active = moved("ProposalActivated", ProposalStatus.ACTIVE, count=1, voting_ends_at=VOTING_ENDS_AT)
    tell(world.chain, [guarded(), created(proposal=PROPOSAL), active])
    await world.index()

    async def may() -> set[str]:
        shown = (await world.client.get("/v1/proposals/0")).json()["next"]
        return {one["instruction"] for one in shown if one["open"]}

    assert await may() == {"vote", "cancel", "veto"}
    world.clock.set(VOTING_ENDS_AT)
    assert await may() == {"finalize", "veto"}
