"""What the DAO hashes and counts, against the shared vectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.governance import (
    GovernedInstruction,
    MetaFlags,
    ProposalStatus,
    VoteChoice,
    passes,
    quorum,
    split_release,
)
from hypernode.domain.types import address_of
from hypernode.errors import DomainError
from tests.support.documents import vectors

VECTORS = vectors("governance")


def instruction(case) -> GovernedInstruction:
    accounts = tuple((entry["address"], MetaFlags(entry["flags"])) for entry in case["accounts"])
    return GovernedInstruction(case["program"], accounts, bytes.fromhex(case["data"]))


@pytest.mark.parametrize("case", VECTORS["instructions"], ids=lambda case: case["name"])
def test_an_instruction_has_the_bytes_of_the_vectors(case):
    assert instruction(case).encode().hex() == case["encoded"]
    assert instruction(case).digest().hex() == case["digest"]


@pytest.mark.parametrize("case", VECTORS["instructions"], ids=lambda case: case["name"])
def test_an_instruction_is_rebuilt_from_its_bytes(case):
    assert GovernedInstruction.decode(bytes.fromhex(case["encoded"])) == instruction(case)


ADDRESSES = st.binary(min_size=32, max_size=32).map(address_of)
INSTRUCTIONS = st.builds(
    GovernedInstruction,
    ADDRESSES,
    st.lists(st.tuples(ADDRESSES, st.sampled_from([MetaFlags(n) for n in range(4)])), max_size=24).map(tuple),
    st.binary(max_size=640),
)


@given(INSTRUCTIONS, INSTRUCTIONS)
def test_different_instructions_never_share_their_bytes(one, other):
    assert (one == other) == (one.encode() == other.encode())
    assert GovernedInstruction.decode(one.encode()) == one


@pytest.mark.parametrize("content", [b"", b"hn/instruction/2" + bytes(33), b"hn/instruction/1" + bytes(32)])
def test_other_bytes_are_refused(content):
    with pytest.raises(DomainError):
        GovernedInstruction.decode(content)


def test_cut_accounts_and_unknown_flags_are_refused():
    header = b"hn/instruction/1" + bytes(32) + b"\x01"
    for content in (header + bytes(32), header + bytes(32) + b"\x04"):
        with pytest.raises(DomainError):
            GovernedInstruction.decode(content)


def test_an_instruction_too_large_for_a_proposal_is_refused():
    program = address_of(bytes(32))
    with pytest.raises(DomainError):
        GovernedInstruction(program, (), bytes(641))


@pytest.mark.parametrize("case", VECTORS["releases"], ids=lambda case: case["amount"])
def test_a_release_is_split_as_in_the_vectors(case):
    split = split_release(int(case["amount"]))
    expected = (int(case["community"]), int(case["burned"]), int(case["operations"]))
    assert (split.community, split.burned, split.operations) == expected


@given(st.integers(0, 2**64 - 1))
def test_a_release_loses_and_makes_nothing(amount):
    split = split_release(amount)
    assert split.community + split.burned + split.operations == amount
    assert 0 <= split.operations - (amount - amount * 5_000 // 10_000) <= 1


@pytest.mark.parametrize("case", VECTORS["quorums"])
def test_a_quorum_is_rounded_up(case):
    assert quorum(int(case["total_weight"]), case["quorum_bps"]) == int(case["quorum"])


@pytest.mark.parametrize(
    ("weights", "carried"),
    [((6, 3, 1), True), ((6, 3, 0), False), ((5, 5, 0), False), ((0, 0, 10), False), ((1, 0, 9), True)],
)
def test_abstaining_counts_towards_the_quorum_only(weights, carried):
    assert passes(weights, 10) is carried


def test_the_lists_know_their_ends_and_labels():
    ends = {status.label for status in ProposalStatus if status.is_end}
    assert ends == {"Defeated", "Executed", "Expired", "Cancelled", "Vetoed"}
    assert VoteChoice.ABSTAIN.label == "Abstain"
