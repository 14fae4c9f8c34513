"""Errors of the API, and the one place that turns any error into an HTTP problem.

ServiceError
├── Unauthenticated            401
│   ├── SignatureMissing
│   ├── SignatureInvalid
│   └── SignatureStale
├── Forbidden                  403
│   ├── NotAnOracle
│   ├── NotYourNode
│   └── NotYourJob
├── NotFound                   404
│   ├── JobNotFound
│   ├── NodeNotFound
│   ├── MarketNotFound
│   ├── LogsNotFound
│   ├── OutputsNotFound
│   ├── StakeNotFound
│   ├── RewardsNotFound
│   ├── ReportNotFound
│   ├── ProposalNotFound
│   └── TreasuryNotFound
├── Conflict                   409
│   ├── NonceReused
│   ├── JobNotSubmitted
│   ├── RateTooLow
│   ├── TimeoutOutOfBounds
│   ├── MarketClosed
│   ├── AttestationMismatch
│   ├── OfferGone
│   └── NodeRetired
├── Malformed                  422
├── RateLimited                429
└── LeasesUnavailable          503
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from hypernode.errors import (
    BlobError,
    BlobNotFound,
    BlobTooLarge,
    ChainError,
    DomainError,
    HypernodeError,
    InvalidTransition,
    ProgramError,
    RpcUnavailable,
)
from hypernode.wire.problem import PROBLEM_CONTENT_TYPE, Problem


class ServiceError(HypernodeError):
    """A refusal of this API; `status` is its HTTP status."""

    status = 500


class Unauthenticated(ServiceError):
    status = 401


class SignatureMissing(Unauthenticated):
    """A request that must be signed carries no, or not all, signature headers."""


class SignatureInvalid(Unauthenticated):
    """The signature is not of this key over this request."""


class SignatureStale(Unauthenticated):
    """The timestamp is too far from the server's clock."""


class Forbidden(ServiceError):
    status = 403


class NotAnOracle(Forbidden):
    """The key is not in the oracle set on chain."""


class NotYourNode(Forbidden):
    """The worker key is not the one this node names on chain."""


class NotYourJob(Forbidden):
    """The job is not assigned to this node at this attempt."""


class NotFound(ServiceError):
    status = 404


class JobNotFound(NotFound):
    """No job has ever had this address."""


class NodeNotFound(NotFound):
    """No node is registered at this address."""


class MarketNotFound(NotFound):
    """No market has this address."""


class LogsNotFound(NotFound):
    """Nothing was logged for this job yet."""


class OutputsNotFound(NotFound):
    """The job has no receipt yet, or its blobs are not in this store."""


class DescriptionNotFound(NotFound):
    """This API publishes no cluster description."""


class StakeNotFound(NotFound):
    """This wallet has never staked."""


class RewardsNotFound(NotFound):
    """The rewards program has not been set up on this cluster."""


class ReportNotFound(NotFound):
    """No report was ever opened at this address."""


class ProposalNotFound(NotFound):
    """There is no proposal of this number."""


class TreasuryNotFound(NotFound):
    """The DAO has not been set up on this cluster."""


class Conflict(ServiceError):
    status = 409


class NonceReused(Conflict):
    """This key has already sent a request with this nonce."""


class JobNotSubmitted(Conflict):
    """Only a job with a receipt and no verdict can be attested."""


class JobNotRunning(Conflict):
    """Only the attempt that a node runs now can be stopped."""


class RateTooLow(Conflict):
    """The market asks for more a second."""


class TimeoutOutOfBounds(Conflict):
    """The market does not allow jobs this short or this long."""


class MarketClosed(Conflict):
    """The market takes no new jobs."""


class AttestationMismatch(Conflict):
    """The signed digest is not the one of this job as it stands on chain."""


class OfferGone(Conflict):
    """The offer was withdrawn, answered or given to another node."""


class NodeRetired(Conflict):
    """The node has retired on chain."""


class Malformed(ServiceError):
    """The request cannot be read."""

    status = 422


class RateLimited(ServiceError):
    """Too many requests from this address or key."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many requests", fix=f"wait {retry_after} s")
        self.retry_after = retry_after


class LeasesUnavailable(ServiceError):
    """The lease store does not answer, so no job can be offered safely."""

    status = 503


# Most specific first: the first class an error is an instance of decides.
_STATUS_OF_CORE: tuple[tuple[type[HypernodeError], int], ...] = (
    (BlobNotFound, 404),
    (BlobTooLarge, 413),
    (BlobError, 503),
    (RpcUnavailable, 503),
    (ProgramError, 409),
    (ChainError, 502),
    (InvalidTransition, 409),
    (DomainError, 422),
)

_TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "In conflict with the state of things",
    413: "Too large",
    422: "Cannot be read",
    429: "Too many requests",
    502: "The chain refused",
    503: "A part this needs is away",
}


_HTTP_NAMES = {404: "RouteNotFound", 405: "MethodNotAllowed", 413: "BodyTooLarge"}


def status_of(error: HypernodeError) -> int:
    if isinstance(error, ServiceError):
        return error.status
    return next((status for kind, status in _STATUS_OF_CORE if isinstance(error, kind)), 500)


def problem_response(
    status: int, error: str, detail: str, fix: str | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    title = _TITLES.get(status, "Failed")
    problem = Problem(
        type=f"urn:hypernode:error:{error}", title=title, status=status, detail=detail, error=error, fix=fix
    )
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM_CONTENT_TYPE)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare to OpenAPI which problems an endpoint answers with."""
    content = {PROBLEM_CONTENT_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": _TITLES[status], "content": content} for status in statuses}


def install_error_handlers(app: FastAPI) -> None:
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        HypernodeError: _on_hypernode_error,
        RequestValidationError: _on_malformed,
        HTTPException: _on_http_error,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_hypernode_error(_request: Request, error: HypernodeError) -> Response:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, RateLimited) else None
    return problem_response(status_of(error), error.code, str(error), error.fix, headers)


async def _on_malformed(_request: Request, error: RequestValidationError) -> Response:
    faults = "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()[:5]
    )
    return problem_response(422, Malformed.__name__, faults)


async def _on_http_error(_request: Request, error: HTTPException) -> Response:
    name = _HTTP_NAMES.get(error.status_code, "HttpError")
    return problem_response(error.status_code, name, str(error.detail), headers=dict(error.headers or {}))
