"""HTTP model of every error (RFC 9457 problem details)."""

from hypernode.wire.fields import WireModel

PROBLEM_CONTENT_TYPE = "application/problem+json"


class Problem(WireModel):
    """`error` is the class name and the contract; `detail` and `fix` are for people."""

    type: str
    title: str
    status: int
    detail: str
    error: str
    fix: str | None = None
