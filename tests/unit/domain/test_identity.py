"""Addresses, content ids, canonical JSON, request signatures and clocks."""

import hashlib

import pytest

from hypernode.chain.keys import Key
from hypernode.domain.canonical import canonical_bytes, parse_canonical
from hypernode.domain.cid import cid_of_bytes, cid_of_digest, digest_of_cid
from hypernode.domain.clock import ManualClock, SystemClock
from hypernode.domain.http_signature import RequestSigner, http_signing_text
from hypernode.domain.types import ZERO_ADDRESS, address_bytes, address_of, parse_address
from hypernode.errors import InvalidAddress, InvalidCid, InvalidDocument
from tests.support.documents import an_address, digest, vectors


@pytest.mark.parametrize("case", vectors("http_signature")["cases"], ids=lambda case: case["name"])
def test_request_headers_are_those_of_the_vectors(case):
    body = bytes.fromhex(case["body"])
    signed = http_signing_text(
        case["method"], case["target"], hashlib.sha256(body).digest(), case["timestamp"], case["nonce"]
    )
    assert signed.decode() == case["signed"]
    key, clock = Key.from_seed(bytes.fromhex(case["seed"])), ManualClock(case["timestamp"])
    signer = RequestSigner(key, clock, nonces=lambda _: case["nonce"])
    assert signer.headers(case["method"], case["target"], body) == case["headers"]


@pytest.mark.parametrize("case", vectors("cid")["cases"])
def test_cid_is_the_one_of_the_vectors(case):
    data = bytes.fromhex(case["data"])
    assert cid_of_bytes(data) == case["cid"]
    assert digest_of_cid(case["cid"]).hex() == case["digest"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b",
        "bafkrei",
        "zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA",
        cid_of_bytes(b"x").upper(),
        cid_of_bytes(b"x") + "=",
        cid_of_bytes(b"x")[:-1] + "7",
        "m" + cid_of_bytes(b"x")[1:],
        "../../etc/passwd",
        "bé",
        # another codec: dag-pb in place of raw
        "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
    ],
)
def test_other_cids_are_refused(text):
    with pytest.raises(InvalidCid):
        digest_of_cid(text)


def test_cid_needs_a_whole_digest():
    with pytest.raises(InvalidCid):
        cid_of_digest(b"short")


def test_address_is_base58_of_32_bytes():
    assert address_of(bytes(32)) == ZERO_ADDRESS == "1" * 32
    assert address_bytes(an_address("a")) == digest("a")


@pytest.mark.parametrize("text", ["", "1", "0" * 32, "l" * 32, "1" * 33, " " + "1" * 32, "é"])
def test_other_addresses_are_refused(text):
    with pytest.raises(InvalidAddress):
        parse_address(text)


def test_address_of_other_bytes_is_refused():
    with pytest.raises(InvalidAddress):
        address_of(b"short")


def test_canonical_form_sorts_members_by_utf16_units():
    assert canonical_bytes({"ﬀ": 1, "😀": 2, "a": 3}) == '{"a":3,"😀":2,"ﬀ":1}'.encode()


@pytest.mark.parametrize("document", [{"a": 1.0}, {"a": [{"b": 0.5}]}, {"a": 2**53}, {"a": "\ud800"}])
def test_canonical_form_refuses_what_two_languages_may_write_differently(document):
    with pytest.raises(InvalidDocument):
        canonical_bytes(document)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":"\\u0061"}',
        b"[" * 100_000,
        b'{"a":' + b"[" * 3_000 + b"]" * 3_000 + b"}",
    ],
)
def test_reading_takes_only_the_canonical_bytes(data):
    with pytest.raises(InvalidDocument):
        parse_canonical(data)


class StillSigner:
    """Signs nothing; shows what it was asked to sign."""

    address = an_address("key")

    def __init__(self):
        self.asked = b""

    def sign(self, message):
        self.asked = message
        return bytes(64)


def test_request_headers_bind_method_target_body_time_and_nonce():
    signer = StillSigner()
    headers = RequestSigner(signer, ManualClock(1_000), lambda size: "ab" * size).headers(
        "put", "/v1/blobs/x?y=1", b"data"
    )
    assert signer.asked.decode().split("\n") == [
        "hn/http/1",
        "PUT",
        "/v1/blobs/x?y=1",
        hashlib.sha256(b"data").hexdigest(),
        "1000",
        "ab" * 16,
    ]
    assert headers == {
        "X-Hypernode-Key": an_address("key"),
        "X-Hypernode-Timestamp": "1000",
        "X-Hypernode-Nonce": "ab" * 16,
        "X-Hypernode-Signature": "1" * 64,
    }


def test_every_request_has_a_nonce_of_its_own():
    signer = RequestSigner(StillSigner(), ManualClock())
    assert signer.headers("GET", "/")["X-Hypernode-Nonce"] != signer.headers("GET", "/")["X-Hypernode-Nonce"]


def test_signing_text_cannot_be_split_another_way():
    texts = {
        http_signing_text("GET", "/a", digest("b"), 1, "c"),
        http_signing_text("GET", "/a?b", digest("b"), 1, "c"),
        http_signing_text("GET", "/a", digest("b"), 11, "c"),
    }
    assert len(texts) == 3


def test_clocks():
    clock = ManualClock(10)
    clock.advance(5)
    assert clock.now() == 15
    clock.set(3)
    assert clock.now() == 3
    assert SystemClock().now() > 1_700_000_000
