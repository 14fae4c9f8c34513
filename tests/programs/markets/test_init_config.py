"""init_config: the program's upgrade authority sets it up, once."""

from typing import Any

import pytest

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated.markets import Config, OracleSet
from hypernode.chain.generated.markets.errors import (
    BadFees,
    BadMinRate,
    BadOracleSet,
    MintCanFreeze,
    NotUpgradeAuthority,
    SameDestination,
    WrongDecimals,
)
from hypernode.chain.generated.staking import PROGRAM_ID
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.lite import GENESIS_HASH
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.world import MOST_MIN_RATE, World


def test_it_writes_the_configuration_and_the_first_oracle_set(bare: World) -> None:
    (event,) = bare.run([bare.init_config()], [bare.authority])
    config = bare.read(Config, addresses.config())
    assert (config.authority, config.pending_authority) == (bare.authority.address, ZERO_ADDRESS)
    assert (config.mint, config.paused) == (bare.mint, 0)
    assert (config.treasury, config.stakers, config.operations) == (
        bare.treasury,
        bare.stakers,
        bare.market_operations,
    )
    assert (config.protocol_bps, config.stakers_bps, config.operations_bps) == (1_000, 100, 500)
    oracles = bare.read(OracleSet, addresses.oracle_set())
    assert (oracles.cluster, oracles.threshold, oracles.count) == (GENESIS_HASH, 2, 3)
    assert oracles.keys[:3] == tuple(oracle.address for oracle in bare.oracles)
    assert set(oracles.keys[3:]) == {ZERO_ADDRESS}
    assert event.name == "ConfigInitialized"


def test_only_the_upgrade_authority_may(bare: World) -> None:
    """Otherwise the first sender after the deployment owns the protocol."""
    stranger = bare.funded("stranger")
    bare.refuse(NotUpgradeAuthority, [bare.init_config(stranger)], [stranger])


@pytest.mark.parametrize("of", ["staking", "nothing"])
def test_the_upgrade_authority_of_something_else_does_not_count(bare: World, of: str) -> None:
    other = addresses.program_data(PROGRAM_ID) if of == "staking" else bare.funded("nothing").address
    instruction = bare.init_config()
    index = [meta.address for meta in instruction.accounts].index(addresses.program_data(instruction.program))
    bare.refuse(NotUpgradeAuthority, [instruction.with_account(index, AccountMeta(other))], [bare.authority])


def test_a_final_program_cannot_be_initialised(bare: World) -> None:
    """Without an upgrade authority nobody is entitled."""
    address = addresses.program_data(bare.init_config().program)
    raw = bare.raw(address)
    assert raw is not None
    final = raw.data[:12] + b"\0" + raw.data[13:]
    bare.lite.set_raw_account(address, RawAccount(raw.owner, raw.lamports, final))
    bare.refuse(NotUpgradeAuthority, [bare.init_config()], [bare.authority])


@pytest.mark.parametrize("shares", [(10_001, 0, 0), (9_501, 0, 500), (100, 101, 0)])
def test_shares_beyond_the_price_are_refused(bare: World, shares: tuple[int, int, int]) -> None:
    protocol, stakers, operations = shares
    instruction = bare.init_config(protocol_bps=protocol, stakers_bps=stakers, operations_bps=operations)
    bare.refuse(BadFees, [instruction], [bare.authority])


def test_one_account_for_two_fees_is_refused(bare: World) -> None:
    bare.refuse(SameDestination, [bare.init_config(stakers=bare.treasury)], [bare.authority])


def test_a_fee_account_of_another_mint_is_refused(bare: World) -> None:
    other = bare.a_token_account("treasury", mint=bare.a_mint("OTHER"))
    bare.refuse(
        "InvalidAccountData",
        [bare.init_config(treasury=other)],
        [bare.authority],
        "a treasury of another mint",
    )


def test_a_mint_of_other_decimals_is_refused(bare: World) -> None:
    mint = bare.a_mint("NINE", decimals=9)
    places: dict[str, Any] = {
        name: bare.a_token_account(name, mint=mint) for name in ("treasury", "stakers", "operations")
    }
    bare.refuse(WrongDecimals, [bare.init_config(mint=mint, **places)], [bare.authority])


def test_a_mint_that_can_freeze_vaults_is_refused(bare: World) -> None:
    mint = bare.a_mint("FROST", can_freeze=True)
    places: dict[str, Any] = {
        name: bare.a_token_account(name, mint=mint) for name in ("treasury", "stakers", "operations")
    }
    bare.refuse(MintCanFreeze, [bare.init_config(mint=mint, **places)], [bare.authority])


@pytest.mark.parametrize("rate", [MOST_MIN_RATE + 1, 2**64 - 1])
def test_a_minimum_rate_that_prices_all_buyers_out_is_refused(bare: World, rate: int) -> None:
    bare.refuse(BadMinRate, [bare.init_config(min_rate=rate)], [bare.authority])


@pytest.mark.parametrize("threshold", [0, 1, 3, 4])
def test_a_threshold_that_is_not_k_of_2k_minus_1_is_refused(bare: World, threshold: int) -> None:
    bare.refuse(BadOracleSet, [bare.init_config(threshold=threshold)], [bare.authority])


def test_an_oracle_with_the_zero_key_is_refused(bare: World) -> None:
    oracles = [ZERO_ADDRESS, *(oracle.address for oracle in bare.oracles[:2])]
    bare.refuse(BadOracleSet, [bare.init_config(oracles=oracles)], [bare.authority])
