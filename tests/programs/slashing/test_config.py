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
from tests.programs.slashing.court import PARAMS, Court, ReportCookie, a_case
from tests.programs.world import DAY, HYPER


def config(court: Court) -> Config:
    return court.read(Config, addresses.slashing_config())


def bare_court() -> Court:
    court = Court()
    court.run([court.init_config()], [court.authority])
    court.run([court.init_pool()], [court.authority])
    return court


def test_it_begins_with_the_documented_parameters() -> None:
    court = bare_court()
    (event,) = court.run([court.init_slashing()], [court.authority])
    assert isinstance(event, ConfigInitialized)
    assert event.vault == addresses.slashing_vault()
    state = config(court)
    assert (state.authority, state.pending_authority) == (court.authority.address, ZERO_ADDRESS)
    assert state.mint == court.mint
    assert {name: getattr(state, name) for name in vars(PARAMS)} == vars(PARAMS)


def test_only_the_upgrade_authority_initialises_and_only_once() -> None:
    court = bare_court()
    stranger = court.funded("stranger")
    court.refuse(NotUpgradeAuthority, [court.init_slashing(stranger)], [stranger])
    court.run([court.init_slashing()], [court.authority])
    court.refuse("AccountAlreadyInUse", [court.init_slashing()], [court.authority], "a second configuration")


def test_the_mint_has_six_decimals() -> None:
    court = bare_court()
    mint = court.a_mint("other", decimals=9)
    court.refuse(WrongDecimals, [court.init_slashing(mint=mint)], [court.authority])


def test_the_authority_is_handed_over_in_two_steps(court: Court) -> None:
    heir, stranger = court.funded("heir"), court.funded("stranger")
    propose = instructions.propose_slashing_authority
    accept = instructions.accept_slashing_authority
    taken = propose(authority=stranger.address, new_authority=stranger.address)
    court.refuse(NotAuthority, [taken], [stranger])
    court.run([propose(authority=court.authority.address, new_authority=heir.address)], [court.authority])
    court.refuse(NotPendingAuthority, [accept(new_authority=stranger.address)], [stranger])
    court.run([accept(new_authority=heir.address)], [heir])
    assert config(court).authority == heir.address
    old = instructions.set_slashing_params(authority=court.authority.address, params=PARAMS)
    court.refuse(NotAuthority, [old], [court.authority])


def test_the_authority_sets_parameters(court: Court) -> None:
    params = replace(PARAMS, bond=5 * HYPER, reason_bps=(1, 2, 3, 4, 5_000), daily_cap_bps=100)
    instruction = instructions.set_slashing_params(authority=court.authority.address, params=params)
    (event,) = court.run([instruction], [court.authority])
    assert isinstance(event, ParamsSet)
    assert {name: getattr(config(court), name) for name in vars(params)} == vars(params)


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
        {"quorum_bps": 99},
        {"quorum_bps": 2_001},
        {"quorum_bps": 5_001, "appeal_quorum_bps": 5_001},
        {"appeal_quorum_bps": 999},
        {"appeal_quorum_bps": 5_001},
        *({"reason_bps": tuple(5_001 if n == at else 1 for n in range(5))} for at in range(5)),
        {"reason_bps": (0, 1, 1, 1, 1)},
        {"daily_cap_bps": 99},
        {"daily_cap_bps": 5_001},
        {"burn_bps": 999},
        {"burn_bps": 7_001},
        {"burn_bps": 65_535, "buyer_bps": 65_535},
        {"buyer_bps": 5_001},
    ],
    ids=str,
)
def test_every_parameter_has_its_bounds(court: Court, change: dict[str, Any]) -> None:
    params = replace(PARAMS, **change)
    instruction = instructions.set_slashing_params(authority=court.authority.address, params=params)
    court.refuse(BadParams, [instruction], [court.authority])


def test_an_open_report_keeps_the_parameters_it_was_opened_with(court: Court, report: ReportCookie) -> None:
    before = report.state
    court.set_params(
        replace(
            PARAMS,
            bond=7 * HYPER,
            appeal_bond=9 * HYPER,
            voting_period=DAY,
            appeal_period=DAY,
            min_validator_stake=500_000 * HYPER,
            quorum_bps=5_000,
            appeal_quorum_bps=5_000,
            reason_bps=(1, 1, 1, 1, 1),
            daily_cap_bps=100,
            burn_bps=10_000,
            buyer_bps=0,
        )
    )
    assert report.state == before
    stake = report.accused.stake.amount
    report.judged(uphold=3).executed()
    assert report.state.slashed == stake * 2_000 // 10_000
    assert report.state.buyer_due == report.state.slashed * 3_000 // 10_000


def test_the_next_report_gets_the_new_parameters(court: Court) -> None:
    court.set_params(replace(PARAMS, bond=7 * HYPER, appeal_period=DAY, quorum_bps=1_500))
    state = a_case(court).open().state
    assert (state.bond, state.appeal_period, state.quorum_bps) == (7 * HYPER, DAY, 1_500)
