"""Class 9: offsets and indices that make the precompile verify one thing and the program read another."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hypernode.chain.ed25519 import HEADER_BYTES, HERE, Offsets, assemble, offsets
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.programs.jobs import JobCookie, proof
from tests.programs.world import World, named_key

INDEX_FIELDS = ("signature_instruction", "key_instruction", "message_instruction")
FORGED = b"\xee" * 32


def signatures(message: bytes, keys: Sequence[Key]) -> list[tuple[Address, bytes]]:
    return [(key.address, key.sign(message)) for key in keys]


@pytest.fixture
def evil() -> Key:
    return named_key("evil")


@pytest.fixture
def crank(world: World) -> Key:
    return world.funded("crank")


def settlement_of(submitted: JobCookie) -> tuple[bytes, Instruction]:
    """Return the digest that the oracles would have to sign, and the settlement."""
    return submitted.attestation().digest(), submitted.settle_ixs()[1]


@pytest.mark.parametrize("field", INDEX_FIELDS)
@pytest.mark.parametrize("index", [0, 1])
def test_an_index_that_names_an_instruction_is_refused(
    world: World, submitted: JobCookie, crank: Key, field: str, index: int
) -> None:
    """Even one that names this very instruction: only 0xFFFF means "here" wherever it stands."""
    digest, settlement = settlement_of(submitted)
    honest = proof(digest, world.oracles[:2])
    bent = [replace(entry, **{field: index}) for entry in offsets(2, len(digest))]
    evidence = assemble(digest, signatures(digest, world.oracles[:2]), bent)
    batch = [evidence, settlement] if index == 0 else [honest, evidence, settlement]
    world.refuse("ForeignPrecompileData", batch, [crank])


def test_keys_that_only_stand_in_the_data_have_signed_nothing(
    world: World, submitted: JobCookie, crank: Key, evil: Key
) -> None:
    """The published attack: the precompile checks evil's signatures elsewhere, the oracles' keys lie here."""
    digest, settlement = settlement_of(submitted)
    really_signed = proof(digest, [evil, evil])
    decoys = [
        replace(entry, signature_instruction=0, key_instruction=0, message_instruction=0)
        for entry in offsets(2, len(digest))
    ]
    unsigned = [(oracle.address, bytes(64)) for oracle in world.oracles[:2]]
    world.refuse(
        "ForeignPrecompileData", [really_signed, assemble(digest, unsigned, decoys), settlement], [crank]
    )


def test_evils_signatures_beside_the_oracles_keys_are_refused(
    world: World, submitted: JobCookie, crank: Key, evil: Key
) -> None:
    """Keys behind the pairs that the offsets name: the program must read the keys that were verified."""
    digest, settlement = settlement_of(submitted)
    evidence = proof(digest, [evil, named_key("evil too")])
    padded = evidence.with_data(evidence.data + b"".join(_key_bytes(oracle) for oracle in world.oracles))
    world.refuse("UnknownOracle", [padded, settlement], [crank])


def test_a_signed_message_beside_the_expected_one_is_refused(
    world: World, submitted: JobCookie, crank: Key
) -> None:
    """The oracles did sign something, and the digest stands in the data, but not where they signed."""
    digest, settlement = settlement_of(submitted)
    other = proof(FORGED, world.oracles[:2])
    world.refuse("WrongMessage", [other.with_data(other.data + digest), settlement], [crank])


@pytest.mark.parametrize("size", [0, 1, 31])
def test_a_part_of_the_message_is_not_the_message(
    world: World, submitted: JobCookie, crank: Key, size: int
) -> None:
    digest, settlement = settlement_of(submitted)
    part = digest[:size]
    entries = [replace(entry, message_size=size) for entry in offsets(2, len(digest))]
    evidence = assemble(digest, signatures(part, world.oracles[:2]), entries)
    world.refuse("WrongMessage", [evidence, settlement], [crank])


def test_a_longer_message_that_begins_alike_is_refused(
    world: World, submitted: JobCookie, crank: Key
) -> None:
    digest, settlement = settlement_of(submitted)
    world.refuse("WrongMessage", [proof(digest + b"\0", world.oracles[:2]), settlement], [crank])


def test_a_count_of_zero_proves_nothing(world: World, submitted: JobCookie, crank: Key) -> None:
    _, settlement = settlement_of(submitted)
    evidence = assemble(b"", [], [])
    for padded, error in (
        (evidence.with_data(b"\0\0"), "BelowThreshold"),
        (evidence.with_data(b"\0\0" + bytes(110)), "InvalidInstructionDataSize"),
    ):
        world.refuse(error, [padded, settlement], [crank], "no signatures at all")


def test_one_entry_twice_is_one_oracle(world: World, submitted: JobCookie, crank: Key) -> None:
    """Two entries that overlap in the same signature and key."""
    digest, settlement = settlement_of(submitted)
    first = HEADER_BYTES + 14 * 2
    entry = Offsets(first, HERE, first + 64, HERE, first + 96, len(digest), HERE)
    evidence = assemble(digest, signatures(digest, world.oracles[:1]), [entry, entry])
    world.refuse("DuplicateOracle", [evidence, settlement], [crank])


def test_one_bad_entry_spoils_a_full_proof(world: World, submitted: JobCookie, crank: Key, evil: Key) -> None:
    digest, settlement = settlement_of(submitted)
    world.refuse("UnknownOracle", [proof(digest, [*world.oracles[:2], evil]), settlement], [crank])


def test_offsets_in_any_order_prove_the_same(world: World, submitted: JobCookie, crank: Key) -> None:
    """What counts is what was verified, not how it was laid out."""
    digest, settlement = settlement_of(submitted)
    entries = tuple(reversed(offsets(2, len(digest))))
    evidence = assemble(digest, signatures(digest, world.oracles[:2]), entries)
    world.run([evidence, settlement], [crank])
    assert not submitted.exists


def _key_bytes(key: Key) -> bytes:
    return bytes(key.keypair.pubkey())
