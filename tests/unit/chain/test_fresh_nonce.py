"""A nonce that saves the program its search."""

from itertools import count

from hypernode.chain import addresses
from hypernode.chain.generated.markets import PROGRAM_ID
from hypernode.domain.types import address_bytes, address_of

OWNER = address_of(b"\x07" * 32)


def test_its_job_address_has_the_first_bump() -> None:
    numbers = count(1)
    nonce = addresses.fresh_nonce(OWNER, lambda bits: next(numbers))
    seed = nonce.to_bytes(8, "little")
    address, bump = addresses.derive(PROGRAM_ID, b"job", address_bytes(OWNER), seed)
    assert bump == 255
    assert address == addresses.job(OWNER, nonce)


def test_two_are_not_the_same() -> None:
    assert addresses.fresh_nonce(OWNER) != addresses.fresh_nonce(OWNER)
