"""The whole surface: documented, never a 5xx for bad input, nothing open that should be signed."""

import base64
import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from hypernode.domain.cid import cid_of_bytes
from hypernode_marketplace_api.models import Base
from hypernode_marketplace_api.resources.migrate import migrate
from tests.integration.marketplace_api.world import World, a_key
from tests.support.documents import an_address

HOSTILE: list[Any] = [
    "",
    "x",
    "0",
    "-1",
    "null",
    "../../etc/passwd",
    "%00",
    "'; DROP TABLE jobs; --",
    "é" * 40,
    base64.urlsafe_b64encode(b"1:\0:2").decode(),
    base64.urlsafe_b64encode(f"1:{an_address('a')}:{2**80}".encode()).decode(),
    "1" * 5_000,
    "9" * 30,
    an_address("nothing"),
    cid_of_bytes(b"nothing"),
]
BODIES: list[bytes] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"spec": 5}',
    b'{"spec": {}}',
    b'{"spec": {"type": "hn/spec/1"}, "rate": 1e400}',
    b"\xff\xfe",
    json.dumps({"spec": {"a": "b" * 10_000}}).encode(),
    b'{"spec": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}",
    json.dumps({"sequence": 2**70, "attempt": 2**40, "verdict": -1}).encode(),
]


async def operations(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    document = (await world.client.get("/openapi.json")).json()
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


async def test_every_operation_declares_its_problems(world: World) -> None:
    found = await operations(world)
    assert len(found) == 32
    for method, path, operation in found:
        if path in ("/health", "/metrics"):
            continue
        assert "429" in operation["responses"], (method, path)
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert "application/problem+json" in response["content"], (method, path, status)


async def test_no_bad_input_is_answered_with_a_crash(world: World) -> None:
    """Send hostile path, query and body values to every operation, drawn with a fixed seed."""
    await world.index()
    drawing = random.Random(7)
    for method, path, operation in await operations(world):
        for _ in range(40):
            target = path
            for parameter in operation.get("parameters", []):
                value = quote(str(drawing.choice(HOSTILE)), safe="%")
                if parameter["in"] == "path":
                    target = target.replace(f"{{{parameter['name']}}}", value)
                elif parameter["in"] == "query" and drawing.random() < 0.5:
                    joint = "&" if "?" in target else "?"
                    target = f"{target}{joint}{parameter['name']}={value}"
            body = drawing.choice(BODIES)
            headers = world.signed(a_key("fuzzer"), method.upper(), target, body)
            headers["content-type"] = "application/json"
            world.monotonic.advance(1)
            answer = await world.client.request(method, target, content=body, headers=headers)
            assert answer.status_code < 500, (method, target, body, answer.text)
            declared = set(operation["responses"]) | {"404", "405"}
            assert str(answer.status_code) in declared, (method, target, body, answer.text)
            if answer.status_code >= 400 and method != "head":
                assert answer.json()["error"]


async def test_writing_without_a_signature_is_refused_everywhere(world: World) -> None:
    for method, path, operation in await operations(world):
        if method in ("post", "put", "delete", "patch") and path != "/v1/quotes":
            assert operation["security"] == [{"HypernodeSignature": []}]
            target = path.replace("{job}", an_address("job")).replace("{cid}", cid_of_bytes(b"x"))
            answer = await world.client.request(method, target, content=b"{}")
            assert (answer.status_code, answer.json()["error"]) == (401, "SignatureMissing"), (method, path)


async def test_unknown_routes_and_methods_are_problems_too(world: World) -> None:
    for method, target, status, error in (
        ("GET", "/v1/nothing", 404, "RouteNotFound"),
        ("DELETE", "/v1/jobs", 405, "MethodNotAllowed"),
    ):
        answer = await world.client.request(method, target)
        assert (answer.status_code, answer.json()["error"]) == (status, error)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_oversized_document_is_refused_unread(world: World) -> None:
    answer = await world.client.post("/v1/quotes", content=b" " * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "BodyTooLarge")


async def test_metrics_count_requests_by_route_and_not_by_address(world: World) -> None:
    await world.index()
    await world.client.get(f"/v1/jobs/{an_address('a')}")
    await world.client.get(f"/v1/jobs/{an_address('b')}")
    text = (await world.client.get("/metrics")).text
    assert 'hypernode_api_requests_total{method="GET",route="/v1/jobs/{job}",status="404"} 2.0' in text
    assert "hypernode_api_indexer_lag_slots 0.0" in text


async def test_health_names_the_part_that_is_away(world: World) -> None:
    answer = (await world.client.get("/health")).json()
    assert (answer["status"], answer["parts"]["indexer"]["ok"]) == ("degraded", False)
    await world.index()
    assert (await world.client.get("/health")).json()["status"] == "healthy"
    world.chain.slot += 300
    assert (await world.client.get("/health")).json()["status"] == "degraded"
    world.chain.down = True
    answer = await world.client.get("/health")
    assert (answer.status_code, answer.json()["parts"]["chain"]["error"]) == (503, "RpcUnavailable")


async def test_tables_are_what_the_migrations_make(world: World) -> None:
    def differences(connection: Any) -> list[Any]:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        return found

    async with world.collaborators.database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(world: World) -> None:
    await migrate(world.collaborators.database)
    await world.index()
    assert (await world.client.get("/health")).json()["status"] == "healthy"


@pytest.mark.parametrize("state", ["online", "offline", "suspect"])
async def test_node_lists_filter_and_page(world: World, state: str) -> None:
    for name in ("a", "b", "c"):
        await world.online(name)
    await world.nodes["c"].drop()
    await world.sweep()
    world.register("d")
    world.indexer._reconciled = False
    await world.index()
    expected = {"online": {"a", "b"}, "suspect": {"c"}, "offline": {"d"}}[state]
    listed, cursor = set(), ""
    while cursor is not None:
        page = (await world.client.get(f"/v1/nodes?limit=1&state={state}{cursor}")).json()
        listed |= {node["node"] for node in page["nodes"]}
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert listed == {world.nodes[name].node for name in expected}
