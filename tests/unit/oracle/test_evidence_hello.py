"""Bytes that a worker signs when it greets an oracle, against the vectors."""

import pytest

from hypernode.chain.keys import verify
from hypernode.domain.types import Address
from hypernode.wire.evidence import evidence_signing_bytes
from tests.support.documents import vectors

VECTORS = vectors("evidence_hello")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["nonce"][:8])
def test_the_greeting_is_the_bytes_of_the_vectors(case: dict[str, str]) -> None:
    message = evidence_signing_bytes(Address(case["oracle"]), bytes.fromhex(case["nonce"]))
    assert message.hex() == case["message"]
    signature = bytes.fromhex(case["signature"])
    assert verify(Address(VECTORS["worker_key"]), message, signature)
    other = evidence_signing_bytes(Address(VECTORS["worker_key"]), bytes.fromhex(case["nonce"]))
    assert not verify(Address(VECTORS["worker_key"]), other, signature)
