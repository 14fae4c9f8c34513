"""init_config, authority handover and set_params: who governs, and within which bounds."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.slashing import Config, ConfigInitialized, ParamsSet
from hypernode.chain.generated.slashing.errors import (
    BadParams,
    NotAuthority,
    NotPendingAuthority,
    NotUpgradeAuthority,
    WrongDecimals,
)
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.slashing.slashing_world import PARAMS, ReportCookie, SlashingWorld, an_unopened_report
from tests.programs.world import DAY, HYPER


def config(world: SlashingWorld) -> Config:
    return world.read(Config, addresses.slashing_config())


def bare_world() -> SlashingWorld:
    world = SlashingWorld()
    world.run([world.init_config()], [world.authority])
    world.run([world.init_pool()], [world.authority])
    return world


def test_it_begins_with_the_documented_parameters() -> None:
    world = bare_world()
    (event,) = world.run([world.init_slashing()], [world.authority])
    assert isinstance(event, ConfigInitialized)
    assert event.vault == addresses.slashing_vault()
    state = config(world)
    assert (state.authority, state.pending_authority) == (world.authority.address, ZERO_ADDRESS)
    assert state.mint == world.mint
    assert {name: getattr(state, name) for name in vars(PARAMS)} == vars(PARAMS)


def test_only_the_upgrade_authority_initialises_and_only_once() -> None:
    world = bare_world()
    stranger = world.funded("stranger")
    world.refuse(NotUpgradeAuthority, [world.init_slashing(stranger)], [stranger])
    world.run([world.init_slashing()], [world.authority])
    world.refuse("AccountAlreadyInUse", [world.init_slashing()], [world.authority], "a second configuration")


def test_the_mint_has_six_decimals() -> None:
    world = bare_world()
    mint = world.a_mint("other", decimals=9)
    world.refuse(WrongDecimals, [world.init_slashing(mint=mint)], [world.authority])


def test_the_authority_is_handed_over_in_two_steps(world: SlashingWorld) -> None:
    heir, stranger = world.funded("heir"), world.funded("stranger")
    propose = instructions.propose_slashing_authority
    accept = instructions.accept_slashing_authority
    taken = propose(authority=stranger.address, new_authority=stranger.address)
    world.refuse(NotAuthority, [taken], [stranger])
    world.run([propose(authority=world.authority.address, new_authority=heir.address)], [world.authority])
    world.refuse(NotPendingAuthority, [accept(new_authority=stranger.address)], [stranger])
    world.run([accept(new_authority=heir.address)], [heir])
    assert config(world).authority == heir.address
    old = instructions.set_slashing_params(authority=world.authority.address, params=PARAMS)
    world.refuse(NotAuthority, [old], [world.authority])


def test_the_authority_sets_parameters(world: SlashingWorld) -> None:
    params = replace(PARAMS, bond=5 * HYPER, reason_bps=(1, 2, 4_000), daily_cap_bps=4_000)
    instruction = instructions.set_slashing_params(authority=world.authority.address, params=params)
    (event,) = world.run([instruction], [world.authority])
    assert isinstance(event, ParamsSet)
    assert {name: getattr(config(world), name) for name in vars(params)} == vars(params)


@pytest.mark.parametrize(
    "change",
    [
        {"bond": HYPER - 1},
        {"bond": 10_000 * HYPER + 1},
        {"appeal_bond": HYPER - 1},
        {"appeal_bond": 10_000 * HYPER + 1},
        {"voting_period": DAY - 1},
        {"voting_period": 14 * DAY + 1},
        {"appeal_period": DAY - 1},
        {"appeal_period": 30 * DAY + 1},
        {"voting_period": -1},
        {"min_validator_stake": 100 * HYPER - 1},
        {"min_validator_stake": 1_000_000 * HYPER + 1},
        {"quorum_bps": 3_333},
        {"quorum_bps": 3_335},
        {"quorum_bps": 5_001, "appeal_quorum_bps": 5_001},
        {"appeal_quorum_bps": 3_333},
        {"appeal_quorum_bps": 5_001},
        *({"reason_bps": tuple(5_001 if n == at else 1 for n in range(3))} for at in range(3)),
        {"reason_bps": (0, 1, 1)},
        {"daily_cap_bps": 4_999},
        {"daily_cap_bps": 5_001},
    ],
    ids=str,
)
def test_every_parameter_has_its_bounds(world: SlashingWorld, change: dict[str, Any]) -> None:
    params = replace(PARAMS, **change)
    instruction = instructions.set_slashing_params(authority=world.authority.address, params=params)
    world.refuse(BadParams, [instruction], [world.authority])


def test_an_open_report_keeps_the_parameters_it_was_opened_with(
    world: SlashingWorld, report: ReportCookie
) -> None:
    before = report.state
    world.set_params(
        replace(
            PARAMS,
            bond=7 * HYPER,
            appeal_bond=9 * HYPER,
            voting_period=DAY,
            appeal_period=DAY,
            min_validator_stake=500_000 * HYPER,
            quorum_bps=5_000,
            appeal_quorum_bps=5_000,
            reason_bps=(1, 1, 1),
            daily_cap_bps=1,
        )
    )
    assert report.state == before
    stake = report.accused.stake.amount
    report.decided(uphold=3).executed()
    assert report.state.slashed == stake * 500 // 10_000


def test_the_next_report_gets_the_new_parameters(world: SlashingWorld) -> None:
    world.set_params(
        replace(PARAMS, bond=7 * HYPER, appeal_period=DAY, quorum_bps=4_000, appeal_quorum_bps=4_000)
    )
    state = an_unopened_report(world).open().state
    assert (state.bond, state.appeal_period, state.quorum_bps) == (7 * HYPER, DAY, 4_000)
