"""Client of the marketplace API: it signs requests, returns models, and raises problems as `ApiError`."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_before_delay,
    wait_random_exponential,
)

from hypernode.blobs import HTTP_LIMITS
from hypernode.domain.http_signature import RequestSigner
from hypernode.errors import ApiError
from hypernode.wire.fields import WireModel
from hypernode.wire.problem import Problem

# Seconds that one request may take.
REQUEST_SECONDS = 30.0
# Seconds for which a read is tried again while the API does not answer or is busy; a write is sent once.
READ_PATIENCE = 2.0
# The same for what waits for a job, which goes on without the API.
WAIT_PATIENCE = 600.0

_PAUSE = wait_random_exponential(multiplier=0.1, max=10)
# A wait is told at this attempt, so that a short hiccup is not.
_TOLD_AT = 4

log = logging.getLogger(__name__)

Model = TypeVar("Model", bound=WireModel)


class ApiUnavailable(ApiError):
    """The API does not answer."""


class ApiClient:
    """One API and one signer; tasks may share it."""

    def __init__(
        self,
        base_url: str,
        signer: RequestSigner,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._signer, self.sleep = signer, sleep
        self.http = httpx.AsyncClient(
            base_url=base_url, timeout=REQUEST_SECONDS, limits=HTTP_LIMITS, transport=transport
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self.http.aclose()

    async def get(
        self,
        model: type[Model],
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        patience: float = READ_PATIENCE,
    ) -> Model:
        """Return one document; for `patience` seconds retry what may pass, not before `Retry-After`."""
        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda fault: isinstance(fault, ApiError) and fault.is_passing),
            stop=stop_before_delay(patience),
            wait=_pause,
            sleep=self.sleep,
            before_sleep=_tell,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                response = await self._send("GET", path, params=params)
        return model.model_validate_json(response.content)

    async def post(self, model: type[Model], path: str, document: Mapping[str, Any]) -> Model:
        """Send one signed document, once, and return the answer."""
        response = await self._send("POST", path, body=json.dumps(document).encode())
        return model.model_validate_json(response.content)

    async def _send(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: bytes = b""
    ) -> httpx.Response:
        request = self.http.build_request(method, path, params=params, content=body)
        if body:
            request.headers["content-type"] = "application/json"
            target = request.url.raw_path.decode()
            request.headers.update(self._signer.headers(method, target, body))
        try:
            response = await self.http.send(request)
        except httpx.TransportError as cause:
            raise ApiUnavailable(
                0,
                "ApiUnavailable",
                f"{self.http.base_url} does not answer",
            ) from cause
        if response.is_error:
            raise problem_of(response)
        return response


def problem_of(response: httpx.Response) -> ApiError:
    """Return the error of RFC 9457 problem details, or of the bare status."""
    asked = response.headers.get("retry-after", "")
    later = float(asked) if asked.isdecimal() else 0.0
    try:
        problem = Problem.model_validate_json(response.content)
    except ValueError:
        detail = f"the API answered {response.status_code}"
        return ApiError(response.status_code, "ApiError", detail, retry_after=later)
    return ApiError(problem.status, problem.error, problem.detail, fix=problem.fix, retry_after=later)


def _pause(state: RetryCallState) -> float:
    """Return a random pause that grows, or what the API asked for if that is longer."""
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.retry_after if isinstance(fault, ApiError) else 0.0
    return max(asked, _PAUSE(state))


def _tell(state: RetryCallState) -> None:
    if state.attempt_number == _TOLD_AT and state.outcome is not None:
        log.warning("%s; trying again", state.outcome.exception())
