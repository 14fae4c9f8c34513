"""Which faults of an attempt last, so that the node gives the job back instead of trying again."""

from hypernode.domain.status import DeclineReason
from hypernode.errors import (
    BlobNotFound,
    HashMismatch,
    HypernodeError,
    ImageUnavailable,
    InvalidDocument,
    ProfileViolation,
)

# Tries after which a blob that the store does not have counts as lost: it may be on its way at first.
TRIES = 3


def decline_reason(fault: HypernodeError, failures: int) -> DeclineReason | None:
    """Return why the job has to be given back after this many failures; None to try again."""
    if isinstance(fault, ImageUnavailable):
        return DeclineReason.IMAGE_UNAVAILABLE
    if isinstance(fault, ProfileViolation):
        return DeclineReason.FORBIDDEN_PROFILE
    if isinstance(fault, BlobNotFound | HashMismatch | InvalidDocument) and failures >= TRIES:
        return DeclineReason.INPUT_UNAVAILABLE
    return None
