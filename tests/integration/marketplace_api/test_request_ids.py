"""Every answer names its request, and so does every line of the log about it."""

import pytest
import structlog
from structlog.contextvars import merge_contextvars

from hypernode.chain.ports import ChainClock
from tests.integration.marketplace_api.world import World


async def test_the_callers_id_comes_back(world: World) -> None:
    answer = await world.client.get("/v1/jobs", headers={"X-Request-Id": "order-7.a"})
    assert answer.headers["x-request-id"] == "order-7.a"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a\tb"])
async def test_an_id_that_could_forge_a_line_is_replaced(world: World, given: str) -> None:
    first = await world.client.get("/v1/jobs", headers={"X-Request-Id": given})
    second = await world.client.get("/v1/jobs", headers={"X-Request-Id": given})
    ids = {answer.headers["x-request-id"] for answer in (first, second)}
    assert given not in ids
    assert len(ids) == 2


async def test_a_refusal_names_its_request_too(world: World) -> None:
    answer = await world.client.get("/v1/jobs/nothing")
    assert answer.status_code == 422
    assert answer.headers["x-request-id"]


async def test_lines_about_a_request_carry_its_id(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    clock = world.chain.clock

    async def noted() -> ChainClock:
        seen.append(merge_contextvars(structlog.get_logger(), "info", {})["request"])
        return await clock()

    monkeypatch.setattr(world.chain, "clock", noted)
    await world.client.get("/health", headers={"X-Request-Id": "probe"})
    assert set(seen) == {"probe"}
    assert "request" not in merge_contextvars(structlog.get_logger(), "info", {})
