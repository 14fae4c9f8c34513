"""Logging of a service: one JSON object a line for machines, or one readable line for people.

`HYPERNODE_LOG` is `json` or `console`; without it a terminal gets `console`, and a file or pipe `json`.
`HYPERNODE_LOG_LEVEL` is the least level that is written (`info` by default). Lines of libraries that use the
standard library's logging have the same form.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TextIO

import structlog
from structlog.contextvars import bind_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor

from hypernode.errors import ConfigError

FORMS = ("json", "console")
LEVELS = ("debug", "info", "warning", "error")
# These log every request; only a person who asks for everything wants that.
CHATTY = ("httpx", "httpcore", "websockets", "urllib3", "docker", "aiosqlite", "alembic")
# The same in every line of a service's own file.
CONSTANT = ("service", "node", "oracle")


def configure(service: str, stream: TextIO | None = None, **bound: str) -> None:
    """Log to `stream` (standard output) from now on; every line names the service and what is `bound`.

    Raises `ConfigError` for a form or level that does not exist.
    """
    stream = stream or sys.stdout
    form = _setting("HYPERNODE_LOG", FORMS, "console" if stream.isatty() else "json")
    level = _setting("HYPERNODE_LOG_LEVEL", LEVELS, "info")
    shared: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if form == "json" else "%Y-%m-%d %H:%M:%SZ", utc=True),
    ]
    render: list[Processor] = [_brief, structlog.dev.ConsoleRenderer(colors=stream.isatty())]
    if form == "json":
        render = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "debug" else logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    bind_contextvars(service=service, **bound)


def _brief(_logger: object, _method: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if name not in CONSTANT}


def _setting(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = os.environ.get(name, default).lower()
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}", fix=f"set it to one of {', '.join(allowed)}")
    return value
