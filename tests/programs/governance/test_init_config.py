"""init_config: who makes the DAO, and what it may never be made with."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, tokens
from hypernode.chain.generated.governance import Floors, GovernanceInitialized
from hypernode.chain.generated.governance.errors import (
    BadGuardian,
    BadOperations,
    BadQuorum,
    BadTimes,
    NotUpgradeAuthority,
    WrongMint,
)
from hypernode.chain.instructions.governance import Guardian
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.governance.dao import FLOORS, PARAMS, YEAR, DaoWorld, without_signer
from tests.programs.world import DAY


@pytest.fixture
def world() -> DaoWorld:
    """A world whose DAO is not made yet."""
    return DaoWorld()


def test_it_writes_down_what_it_was_given(world: DaoWorld) -> None:
    (event,) = world.run([world.init_governance()], [world.authority])
    config = world.config
    assert isinstance(event, GovernanceInitialized)
    assert (config.mint, config.pool, config.operations) == (world.mint, addresses.pool(), world.operations)
    assert config.guardian == world.guardian.address
    assert config.guardian_expires_at == event.guardian_expires_at == world.now + YEAR
    assert (config.version, config.proposal_count, config.release_count) == (2, 0, 0)
    assert config.quorum_bps == PARAMS.quorum_bps
    assert config.timelock_critical == PARAMS.timelock_critical
    assert config.min_timelock_critical == FLOORS.timelock_critical


def test_both_token_accounts_obey_the_authority_alone(world: DaoWorld) -> None:
    world.run([world.init_governance()], [world.authority])
    for address in (addresses.dao_treasury(), addresses.unlocks()):
        raw = world.raw(address)
        assert raw is not None
        account = tokens.TokenAccount.decode(raw.data)
        assert (account.owner, account.mint) == (addresses.dao_authority(), world.mint)


def test_only_the_upgrade_authority_makes_it(world: DaoWorld) -> None:
    stranger = world.funded("stranger")
    world.refuse(NotUpgradeAuthority, [world.init_governance(stranger)], [stranger])


def test_its_signature_is_needed(world: DaoWorld) -> None:
    crank = world.funded("crank")
    world.refuse(
        "MissingRequiredSignature", [without_signer(world.init_governance())], [crank], "no signature"
    )


def test_it_is_made_once(world: DaoWorld) -> None:
    world.run([world.init_governance()], [world.authority])
    world.refuse("AccountAlreadyInUse", [world.init_governance()], [world.authority], "made twice")


@pytest.mark.parametrize(
    "changes", [{"quorum_bps": 0}, {"quorum_bps": 10_001}, {"proposal_threshold": 0}], ids=str
)
def test_an_impossible_quorum_is_refused(world: DaoWorld, changes: dict[str, int]) -> None:
    batch = [world.init_governance(params=replace(PARAMS, **changes))]
    world.refuse(BadQuorum, batch, [world.authority])


@pytest.mark.parametrize(
    "changes",
    [
        {"voting_period": 3_599},
        {"voting_period": 14 * DAY},
        {"timelock_parameters": DAY - 1},
        {"timelock_parameters": 3 * DAY + 1},
        {"timelock_critical": 2 * DAY - 1},
        {"timelock_critical": 30 * DAY + 1},
        {"execution_window": DAY - 1},
        {"execution_window": 30 * DAY + 1},
        {"voting_period": -(2**63)},
        {"execution_window": 2**63 - 1},
    ],
    ids=str,
)
def test_times_out_of_range_are_refused(world: DaoWorld, changes: dict[str, int]) -> None:
    batch = [world.init_governance(params=replace(PARAMS, **changes))]
    world.refuse(BadTimes, batch, [world.authority])


@pytest.mark.parametrize(
    "changes",
    [{"voting_period": 3_600}, {"voting_period": 14 * DAY - 1}, {"timelock_critical": 2 * DAY}],
    ids=str,
)
def test_the_bounds_themselves_are_allowed(world: DaoWorld, changes: dict[str, int]) -> None:
    world.run([world.init_governance(params=replace(PARAMS, **changes))], [world.authority])


@pytest.mark.parametrize("floors", [Floors(0, 1, 1), Floors(1, 0, 1), Floors(1, 2, 1)], ids=str)
def test_floors_without_meaning_are_refused(world: DaoWorld, floors: Floors) -> None:
    world.refuse(BadTimes, [world.init_governance(floors=floors)], [world.authority])


def test_a_local_chain_may_count_in_seconds(world: DaoWorld) -> None:
    quick = replace(PARAMS, voting_period=2, timelock_parameters=1, timelock_critical=2, execution_window=60)
    world.run([world.init_governance(params=quick, floors=Floors(1, 1, 1))], [world.authority])
    assert world.config.voting_period == 2


@pytest.mark.parametrize("term", [0, -1, 366 * DAY + 1])
def test_a_mandate_out_of_range_is_refused(world: DaoWorld, term: int) -> None:
    guardian = Guardian(address=world.guardian.address, expires_at=world.now + term)
    world.refuse(BadGuardian, [world.init_governance(guardian=guardian)], [world.authority])


def test_nobody_may_be_the_guardian_but_has_no_mandate(world: DaoWorld) -> None:
    batch = [world.init_governance(guardian=Guardian(address=ZERO_ADDRESS, expires_at=world.now + YEAR))]
    world.refuse(BadGuardian, batch, [world.authority])
    nobody = Guardian(address=ZERO_ADDRESS, expires_at=0)
    world.run([world.init_governance(guardian=nobody)], [world.authority])


def test_operations_and_community_must_differ(world: DaoWorld) -> None:
    world.init_rewards()
    batch = [world.init_governance(operations=addresses.community_pool())]
    world.refuse(BadOperations, batch, [world.authority])


def test_everything_must_be_of_one_mint(world: DaoWorld) -> None:
    other = world.a_mint("other")
    foreign = world.a_token_account("foreign", mint=other)
    world.refuse(WrongMint, [world.init_governance(mint=other, operations=foreign)], [world.authority])
    world.refuse(
        "InvalidAccountData",
        [world.init_governance(operations=foreign)],
        [world.authority],
        "foreign operations",
    )
