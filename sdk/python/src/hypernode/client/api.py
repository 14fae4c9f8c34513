"""Client of the marketplace API: it signs requests, returns models, and raises problems as `ApiError`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from hypernode.blobs import HTTP_LIMITS
from hypernode.domain.http_signature import RequestSigner
from hypernode.errors import ApiError
from hypernode.wire.fields import WireModel
from hypernode.wire.problem import Problem

# Seconds that one request may take.
REQUEST_SECONDS = 30.0
# Tries of a read whose connection fails; a write has one.
READ_ATTEMPTS = 4

Model = TypeVar("Model", bound=WireModel)


class ApiUnavailable(ApiError):
    """The API does not answer."""


class ApiClient:
    """One API and one signer; tasks may share it."""

    def __init__(
        self, base_url: str, signer: RequestSigner, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._signer = signer
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

    async def get(self, model: type[Model], path: str, params: Mapping[str, str] | None = None) -> Model:
        """Return one document; retry if the connection fails."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(ApiUnavailable),
            stop=stop_after_attempt(READ_ATTEMPTS),
            wait=wait_exponential(multiplier=0.1, max=1),
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
    try:
        problem = Problem.model_validate_json(response.content)
    except ValueError:
        return ApiError(response.status_code, "ApiError", f"the API answered {response.status_code}")
    return ApiError(problem.status, problem.error, problem.detail, fix=problem.fix)
