"""What the DAO does to itself by a vote: its treasury, its parameters, its operations account."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalKind
from tests.programs.governance.dao import PARAMS, DaoWorld, Voter, a_proposal
from tests.programs.world import HYPER


def test_the_dao_spends_its_treasury(dao: DaoWorld, voter: Voter) -> None:
    dao.give(addresses.dao_treasury(), 100 * HYPER)
    wallet = dao.a_token_account("grant")
    pay = dao_instructions.treasury_transfer(destination=wallet, amount=40 * HYPER)
    proposal = a_proposal(voter, pay, kind=ProposalKind.TREASURY).carry().ripen()
    supply = dao.supply()
    proposal.execute()
    assert (dao.tokens(wallet), dao.tokens(addresses.dao_treasury())) == (40 * HYPER, 60 * HYPER)
    assert dao.supply() == supply
    again = (
        a_proposal(voter, dao_instructions.treasury_transfer(destination=wallet, amount=61 * HYPER))
        .carry()
        .ripen()
    )
    dao.refuse_crank("InsufficientFunds", again.execute_ix())


def test_nothing_is_no_payment(dao: DaoWorld, voter: Voter) -> None:
    pay = dao_instructions.treasury_transfer(destination=dao.operations, amount=0)
    proposal = a_proposal(voter, pay, kind=ProposalKind.TREASURY).carry().ripen()
    dao.refuse_crank("ZeroAmount", proposal.execute_ix())


def test_the_dao_changes_its_own_settings(dao: DaoWorld, voter: Voter) -> None:
    changed = replace(PARAMS, quorum_bps=2_000)
    other = dao.a_token_account("other operations")
    calls = (dao_instructions.set_params(params=changed), dao_instructions.set_operations(operations=other))
    proposal = a_proposal(voter, *calls).carry().ripen()
    version = dao.config.version
    proposal.execute(0)
    proposal.execute(1)
    assert (dao.config.quorum_bps, dao.config.operations, dao.config.version) == (2_000, other, version + 1)


@pytest.mark.parametrize(
    "changes", [{"timelock_critical": 3_600}, {"voting_period": 1}, {"timelock_parameters": 1}], ids=str
)
def test_not_even_the_dao_goes_below_its_floors(dao: DaoWorld, voter: Voter, changes: dict[str, int]) -> None:
    proposal = (
        a_proposal(voter, dao_instructions.set_params(params=replace(PARAMS, **changes))).carry().ripen()
    )
    dao.refuse_crank("BadTimes", proposal.execute_ix())


@pytest.mark.parametrize("account", ["unlocks", "community"])
def test_operations_cannot_become_another_account_of_a_release(
    dao: DaoWorld, voter: Voter, account: str
) -> None:
    dao.init_rewards()
    target = {"unlocks": addresses.unlocks(), "community": addresses.community_pool()}[account]
    proposal = a_proposal(voter, dao_instructions.set_operations(operations=target)).carry().ripen()
    dao.refuse_crank("BadOperations", proposal.execute_ix())
