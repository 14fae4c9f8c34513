"""The DAO over the real programs on the real VM: what its events add up to is what its accounts say."""

from hypernode.chain import addresses
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode_marketplace_api.resources.database import Database
from tests.integration.marketplace_api.economy import mirrored
from tests.programs.governance.dao import (
    TIMELOCK_CRITICAL,
    VOTING_PERIOD,
    WINDOW,
    DaoWorld,
    a_proposal,
    a_voter,
)
from tests.programs.world import HYPER


async def test_a_proposal_is_voted_queued_and_executed(database: Database) -> None:
    world = DaoWorld.ready()
    async with mirrored(database, world) as mirror:
        world.give(addresses.dao_treasury(), 10 * HYPER)
        proposer, other = a_voter(world, "proposer"), a_voter(world, "other")
        goal = world.a_token_account("goal")
        pay = dao_instructions.treasury_transfer(destination=goal, amount=4 * HYPER)
        proposal = a_proposal(proposer, pay, kind=ProposalKind.TREASURY)
        await mirror.look()
        shown = await mirror.reader.proposal(proposal.number)
        assert (shown.status, shown.kind, shown.instructions) == ("Draft", "Treasury", 1)
        assert {one.instruction for one in shown.next if one.open} == {
            "add_instruction",
            "activate",
            "cancel",
        }

        proposal.activate().vote(proposer)
        proposal.vote(other, VoteChoice.AGAINST)
        third = a_voter(world, "third")
        await mirror.look()
        shown, account = await mirror.reader.proposal(proposal.number), proposal.state
        assert (shown.tally.in_favour, shown.tally.against) == (account.for_weight, account.against_weight)
        assert (shown.tally.passes, shown.tally.quorum) == (False, account.quorum_weight)
        assert shown.voting_ends_at == account.voting_starts_at + VOTING_PERIOD
        assert [(vote.voter, vote.choice) for vote in shown.votes.votes] == [
            (other.address, "Against"),
            (proposer.address, "For"),
        ]
        del third

        second = a_proposal(proposer, pay, kind=ProposalKind.TREASURY).carry(proposer, other)
        await mirror.look()
        shown = await mirror.reader.proposal(second.number)
        execute = next(one for one in shown.next if one.instruction == "execute")
        assert (execute.by, execute.open, execute.opens_at) == ("anyone", False, second.state.eta)
        assert execute.closes_at == shown.executable_until == second.state.eta + WINDOW
        assert shown.eta == world.now + TIMELOCK_CRITICAL
        second.ripen().execute()
        await mirror.look()
        shown = await mirror.reader.proposal(second.number)
        assert (shown.status, shown.executed, shown.ended_at) == ("Executed", 1, second.state.ended_at)
        (content,) = shown.content
        assert (content.program_name, content.name) == ("governance", "treasury_transfer")
        assert content.arguments == {"amount": str(4 * HYPER)}
        assert content.hash == second.state.instructions[0].hex()
        assert [(account.name, account.address) for account in content.accounts][1:3] == [
            ("treasury", addresses.dao_treasury()),
            ("destination", goal),
        ]
        assert content.executed
        treasury = await mirror.reader.treasury()
        assert (treasury.spent, treasury.balance_after_spending) == (4 * HYPER, 6 * HYPER)
        listed = await mirror.reader.proposals()
        assert [one.number for one in listed.proposals] == [second.number, proposal.number]
        assert [one.number for one in (await mirror.reader.proposals(status="Executed")).proposals] == [1]
        assert [vote.voter for vote in (await mirror.reader.votes(second.number, limit=1)).votes] == [
            other.address
        ]


async def test_releases_are_told_to_the_last_unit(database: Database) -> None:
    world = DaoWorld.ready()
    world.init_rewards()
    async with mirrored(database, world) as mirror:
        for amount in (6_768_279_000_000, 1_000_003):
            world.give(addresses.unlocks(), amount)
            number = world.config.release_count
            crank = world.funded("crank").address
            world.crank(
                dao_instructions.release_unlocked(
                    payer=crank, number=number, operations=world.operations, mint=world.mint
                )
            )
            await mirror.look()
        shown = await mirror.get("/v1/treasury/releases")
        assert [entry["number"] for entry in shown["releases"]] == ["1", "0"]
        first = shown["releases"][1]
        assert (first["community"], first["burned"], first["operations"]) == (
            "2030483700000",
            "1353655800000",
            "3384139500000",
        )
        treasury, config = await mirror.reader.treasury(), world.config
        assert (treasury.to_community, treasury.burned, treasury.to_operations) == (
            config.community_total,
            config.burned_total,
            config.operations_total,
        )
        assert treasury.released == 6_768_279_000_000 + 1_000_003
        page = await mirror.reader.releases(limit=1)
        assert (await mirror.reader.releases(cursor=page.next_cursor)).releases[0].number == 0
