"""Middleware that every HTTP request passes first: rate limit by address, body size, metrics."""

import re
import secrets
import time

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from hypernode_marketplace_api.errors import RateLimited, problem_response
from hypernode_marketplace_api.resources.metrics import Metrics
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter

# Specs and verdicts are small. Blobs have their own limit.
MAX_BODY_BYTES = 1024 * 1024
BLOB_PATH = "/v1/blobs/"
# Every line of a request's log carries this id, and so does its answer.
REQUEST_ID = b"x-request-id"
PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
UNLIMITED = frozenset({"/health", "/metrics"})


class Admission:
    """ASGI middleware. WebSockets pass: the node socket limits its own messages."""

    def __init__(self, app: ASGIApp, limit: RateLimiter, metrics: Metrics, max_blob_bytes: int) -> None:
        self._app = app
        self._limit = limit
        self._metrics = metrics
        self._max_blob_bytes = max_blob_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 500
        request = _request_id(scope)

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, request.encode())]
            await send(message)

        try:
            with bound_contextvars(request=request):
                await self._pass(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            self._metrics.requests.labels(scope["method"], route, str(status)).inc()
            self._metrics.latency.labels(route).observe(time.monotonic() - started)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        try:
            if scope["path"] not in UNLIMITED:
                await self._limit.take(client[0] if client else "unknown")
        except RateLimited as error:
            headers = {"Retry-After": str(error.retry_after)}
            refusal = problem_response(error.status, error.code, str(error), error.fix, headers)
            await refusal(scope, receive, send)
            return
        cap = self._max_blob_bytes if scope["path"].startswith(BLOB_PATH) else MAX_BODY_BYTES
        await self._app(scope, _capped(receive, cap), send)


def _request_id(scope: Scope) -> str:
    """Return the caller's id of this request if it is a plain one, or a new id."""
    given = dict(scope["headers"]).get(REQUEST_ID, b"").decode("latin-1")
    return given if PLAIN_ID.fullmatch(given) else secrets.token_hex(8)


def _capped(receive: Receive, cap: int) -> Receive:
    seen = 0

    async def capped() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > cap:
                raise HTTPException(413, f"a body here has at most {cap} bytes")
        return message

    return capped
