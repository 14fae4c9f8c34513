"""Amounts and connections that are refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from hypernode import Hypernode, InsufficientFunds
from hypernode.errors import ConfigError, InvalidAmount
from tests.support.scripted_buyer import ScriptedBuyer


@pytest.mark.parametrize("amount", [1.9, True, "1", -1, 2**64])
@pytest.mark.parametrize("move", ["deposit", "withdraw"])
async def test_an_amount_is_an_integer_of_base_units(amount: Any, move: str) -> None:
    """1.9 for 1.9 HYPER would move one base unit, and look like a success."""
    script = ScriptedBuyer()
    with pytest.raises(InvalidAmount):
        await getattr(script.client, move)(amount)


async def test_too_little_money_is_one_error() -> None:
    script = ScriptedBuyer()
    for move in (script.client.deposit, script.client.withdraw):
        with pytest.raises(InsufficientFunds):
            await move(10**12)


@pytest.mark.parametrize("given", [{"rpc_url": "http://127.0.0.1:1"}, {"api_url": "http://127.0.0.1:1"}])
async def test_an_rpc_endpoint_is_not_paired_with_another_clusters_api(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="one of rpc_url and api_url is missing"):
        async with Hypernode.connect(**given):
            pass
