"""Logging of a service: one form for every line, and nothing secret in one."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.contextvars import bound_contextvars, clear_contextvars

from hypernode.chain.keys import Key
from hypernode.errors import ConfigError
from hypernode_service.logs import CHATTY, configure


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    clear_contextvars()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_pipe_gets_one_object_a_line_with_what_is_bound() -> None:
    stream = io.StringIO()
    configure("oracle", stream, oracle="9xQe")
    with bound_contextvars(job="job 1"):
        structlog.get_logger().info("settled", signature="abc")
    (line,) = lines(stream)
    assert line.pop("timestamp")
    assert line == {
        "service": "oracle",
        "oracle": "9xQe",
        "job": "job 1",
        "event": "settled",
        "signature": "abc",
        "level": "info",
    }


def test_lines_of_libraries_have_the_same_form() -> None:
    stream = io.StringIO()
    configure("api", stream)
    logging.getLogger("a.library").warning("port %d is in use", 80)
    (line,) = lines(stream)
    assert (line["service"], line["event"], line["level"]) == ("api", "port 80 is in use", "warning")


def test_an_exception_is_one_line_too() -> None:
    stream = io.StringIO()
    configure("api", stream)
    try:
        raise KeyError("a defect")
    except KeyError as fault:
        structlog.get_logger().error("broke off", exc_info=fault)
    (line,) = lines(stream)
    assert "KeyError: 'a defect'" in str(line["exception"])


def test_a_key_shows_its_address_only() -> None:
    key, stream = Key.generate(), io.StringIO()
    configure("node", stream)
    structlog.get_logger().info("a mistake", key=key)
    assert key.address in stream.getvalue()
    assert str(key.keypair) not in stream.getvalue()


def test_console_is_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERNODE_LOG", "console")
    stream = io.StringIO()
    configure("node", stream)
    structlog.get_logger().info("node up", slots=2)
    assert "node up" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_a_line_for_people_leaves_out_what_is_in_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERNODE_LOG", "console")
    stream = io.StringIO()
    configure("node", stream, node="9xQe")
    structlog.get_logger().info("receipt on chain", job="job 1")
    assert "job 1" in stream.getvalue()
    assert "9xQe" not in stream.getvalue()


@pytest.mark.parametrize(("level", "lines_seen"), [("info", 0), ("debug", 1)])
def test_requests_of_libraries_are_for_debugging(
    level: str, lines_seen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERNODE_LOG_LEVEL", level)
    stream = io.StringIO()
    configure("node", stream)
    logging.getLogger("httpx").info("HTTP Request: POST")
    assert len(lines(stream)) == lines_seen


def test_the_level_hides_what_is_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERNODE_LOG_LEVEL", "warning")
    stream = io.StringIO()
    configure("node", stream)
    structlog.get_logger().info("not this")
    structlog.get_logger().warning("this")
    assert [line["event"] for line in lines(stream)] == ["this"]


@pytest.mark.parametrize("name", ["HYPERNODE_LOG", "HYPERNODE_LOG_LEVEL"])
def test_an_unknown_setting_is_refused_with_the_known_ones(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "loud")
    with pytest.raises(ConfigError) as caught:
        configure("node", io.StringIO())
    assert name in str(caught.value)
    assert "set it to one of" in str(caught.value.fix)
