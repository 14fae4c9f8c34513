"""The linker's own arithmetic and calls, on the VM, against Python's integers.

The program is tests/support/arithmetic_probe.so, built from toolchain/testdata;
`make programs-check` compares the two. The operation is the first byte of the instruction data, the answer
is the return data.
"""

import os
import struct
from collections.abc import Callable
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.litesvm import LiteSVM
from solders.message import Message
from solders.pubkey import Pubkey
from solders.transaction import Transaction
from solders.transaction_metadata import FailedTransactionMetadata

COMMITTED = Path(__file__).parents[2] / "support" / "arithmetic_probe.so"
# `make programs-check` runs these tests on a rebuilt program when its bytes cannot be compared.
PROBE = Path(os.environ.get("HYPERNODE_PROBE", COMMITTED))
PROGRAM = Pubkey(b"\x07" * 32)
EXAMPLES = 300

U64, U128 = 2**64, 2**128


def edges(bits: int) -> st.SearchStrategy[int]:
    """Numbers of every length, and the neighbours of powers of two, where limbs meet."""
    near = st.builds(
        lambda power, step: ((1 << power) + step) % (1 << bits), st.integers(0, bits), st.integers(-2, 2)
    )
    any_length = st.integers(0, bits).flatmap(lambda length: st.integers(0, max(0, (1 << length) - 1)))
    return st.one_of(near, any_length)


def signed(value: int, bits: int = 64) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


u64, u128 = edges(64), edges(128)
i64 = u64.map(signed)


class Probe:
    def __init__(self) -> None:
        # Transactions are judged by their result only: no signatures, no history.
        self.vm = LiteSVM().with_sigverify(False).with_transaction_history(0).with_blockhash_check(False)
        self.vm.add_program(PROGRAM, PROBE.read_bytes())
        self.payer = Keypair.from_seed(bytes(32))
        self.vm.airdrop(self.payer.pubkey(), 10**12)

    def run(self, operation: int, operands: bytes) -> tuple[bytes, int] | None:
        """Return the answer and its compute units; None if the program refused."""
        call = Instruction(PROGRAM, bytes([operation]) + operands, [])
        message = Message.new_with_blockhash([call], self.payer.pubkey(), Hash.default())
        result = self.vm.send_transaction(Transaction([self.payer], message, Hash.default()))
        if isinstance(result, FailedTransactionMetadata):
            assert "Custom(1)" in str(result.err()), result
            return None
        return result.return_data().data, result.compute_units_consumed()


@cache
def probe() -> Probe:
    return Probe()


def answer(operation: int, operands: bytes) -> bytes | None:
    result = probe().run(operation, operands)
    return result[0] if result else None


def wide(*values: int) -> bytes:
    return b"".join(value.to_bytes(16, "little") for value in values)


def flagged(product: int, bits: int, overflowed: bool) -> bytes:
    return (product % (1 << bits)).to_bytes(bits // 8, "little") + bytes([overflowed])


@settings(max_examples=EXAMPLES)
@given(u64, u64)
@example(2**32, 2**32)
@example(U64 - 1, U64 - 1)
def test_u64_multiplication_notices_overflow(a: int, b: int) -> None:
    assert answer(0, struct.pack("<QQ", a, b)) == flagged(a * b, 64, a * b >= U64)


@settings(max_examples=EXAMPLES)
@given(i64, i64)
@example(-(2**63), -1)
@example(-(2**63), 1)
@example(-(2**32), 2**31)
def test_i64_multiplication_notices_overflow(a: int, b: int) -> None:
    fits = -(2**63) <= a * b < 2**63
    assert answer(1, struct.pack("<qq", a, b)) == flagged(a * b, 64, not fits)


@settings(max_examples=EXAMPLES)
@given(u128, u128)
def test_u128_multiplication_wraps(a: int, b: int) -> None:
    assert answer(2, wide(a, b)) == wide(a * b % U128)


@settings(max_examples=EXAMPLES)
@given(u128, u128)
@example(2**64, 2**64)
@example(2**64, 2**64 - 1)
@example(U128 - 1, 1)
@example(U128 - 1, U128 - 1)
def test_u128_multiplication_notices_overflow(a: int, b: int) -> None:
    assert answer(10, wide(a, b)) == flagged(a * b, 128, a * b >= U128)


@settings(max_examples=EXAMPLES)
@given(u128, u128)
@example(U128 - 1, 2**127 + 1)
@example(U128 - 1, 1)
def test_u128_division_and_remainder(a: int, b: int) -> None:
    assume(b)
    assert answer(3, wide(a, b)) == wide(a // b)
    assert answer(4, wide(a, b)) == wide(a % b)


@settings(max_examples=EXAMPLES)
@given(i64, i64)
@example(-7, 2)
@example(7, -2)
@example(-(2**63), 1)
def test_i64_division_rounds_towards_zero(a: int, b: int) -> None:
    assume(b)
    assume((a, b) != (-(2**63), -1))
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    assert answer(5, struct.pack("<qq", a, b)) == struct.pack("<q", quotient)
    assert answer(6, struct.pack("<qq", a, b)) == struct.pack("<q", a - quotient * b)


@pytest.mark.parametrize("operation", [3, 4])
def test_u128_division_by_zero_is_refused(operation: int) -> None:
    assert answer(operation, wide(5, 0)) is None


@pytest.mark.parametrize("operation", [5, 6])
@pytest.mark.parametrize("operands", [(5, 0), (-(2**63), -1)])
def test_i64_division_without_a_result_is_refused(operation: int, operands: tuple[int, int]) -> None:
    assert answer(operation, struct.pack("<qq", *operands)) is None


@settings(max_examples=EXAMPLES)
@given(st.lists(u64, min_size=7, max_size=7))
def test_seven_arguments_arrive(words: list[int]) -> None:
    def mix(total: int, word: int) -> int:
        return (total << 7 | total >> 57) % U64 ^ word

    assert answer(7, struct.pack("<7Q", *words)) == struct.pack("<Q", reduce(mix, words[1:], words[0]))


@settings(max_examples=EXAMPLES)
@given(st.lists(u64, min_size=4, max_size=4))
def test_a_result_of_five_words_comes_back(words: list[int]) -> None:
    swaps = sum(later < word for at, word in enumerate(words) for later in words[at + 1 :])
    assert answer(8, struct.pack("<4Q", *words)) == struct.pack("<5Q", *sorted(words), swaps)


def key_at(offset: int) -> bytes:
    return bytes([offset]) + bytes(255 - n for n in range(offset)) + bytes(range(1, 33))


@pytest.mark.parametrize("offset", range(16))
def test_a_key_is_copied_whole_from_any_address(offset: int) -> None:
    assert answer(9, key_at(offset)) == bytes(range(1, 33)).ljust(32, b"\0")


def test_a_key_costs_the_same_at_any_address() -> None:
    """Byte by byte, one copy would take 64 instructions instead of 8."""
    costs = [units(9, key_at(offset)) for offset in range(16)]
    assert all(one == other for one, other in pairwise(costs))
    assert costs[0] < 250


def units(operation: int, operands: bytes) -> int:
    result = probe().run(operation, operands)
    assert result is not None
    return result[1]


@pytest.mark.parametrize(
    ("name", "cost", "limit"),
    [
        ("u64 multiplication", lambda: units(0, struct.pack("<QQ", U64 - 1, U64 - 1)), 400),
        ("u128 division", lambda: units(3, wide(U128 - 1, 2**64)), 7_000),
        ("narrow u128 division", lambda: units(3, wide(10**9, 10_000)), 400),
    ],
)
def test_costs_stay_small(name: str, cost: Callable[[], int], limit: int) -> None:
    assert cost() < limit, name
