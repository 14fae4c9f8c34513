"""A draft travels between its signers, can be read before signing, and always fits a packet."""

import base64

import pytest

from hypernode.chain import tokens
from hypernode.chain.addresses import ED25519_PROGRAM
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import LayoutError
from hypernode.chain.transactions import PACKET_BYTES, Draft, compute_budget
from hypernode.errors import ConfigError, TransactionTooLarge

BLOCKHASH = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM"


def a_transfer(owner: Key, amount: int = 5) -> Instruction:
    account = Key.from_seed(bytes([9]) * 32).address
    return tokens.transfer(source=account, destination=account, owner=owner.address, amount=amount)


def test_a_draft_passes_from_signer_to_signer_as_text() -> None:
    payer, owner = Key.generate(), Key.generate()
    draft = Draft.build([a_transfer(owner)], [owner], payer.address, BLOCKHASH)
    assert draft.missing == {payer.address}
    received = Draft.decode(draft.encode())
    complete = received.sign(payer)
    assert complete.missing == frozenset()
    complete.transaction.verify()


def test_a_draft_shows_whether_it_does_exactly_what_was_agreed() -> None:
    payer, owner = Key.generate(), Key.generate()
    received = Draft.decode(Draft.build([a_transfer(owner, 5)], [], payer.address, BLOCKHASH).encode())
    assert received.does_exactly([a_transfer(owner, 5)])
    assert not received.does_exactly([a_transfer(owner, 6)])
    assert not received.does_exactly([a_transfer(owner, 5), a_transfer(owner, 5)])
    assert not received.does_exactly([a_transfer(payer, 5)])
    assert received.payer == payer.address


def test_a_stranger_cannot_sign() -> None:
    owner = Key.generate()
    draft = Draft.build([a_transfer(owner)], [], owner.address, BLOCKHASH)
    with pytest.raises(ConfigError, match="not a signer"):
        draft.sign(Key.generate())


def test_signing_twice_changes_nothing() -> None:
    owner = Key.generate()
    draft = Draft.build([a_transfer(owner)], [owner, owner], owner.address, BLOCKHASH)
    assert draft.sign(owner).encode() == draft.encode()


def test_a_packet_holds_1232_bytes_and_not_one_more() -> None:
    payer = Key.generate()

    def draft(size: int) -> Draft:
        return Draft.build([Instruction(ED25519_PROGRAM, (), bytes(size))], [payer], payer.address, BLOCKHASH)

    overhead = draft(1_000).size - 1_000
    assert draft(PACKET_BYTES - overhead).size == PACKET_BYTES
    with pytest.raises(TransactionTooLarge, match="1233 bytes"):
        draft(PACKET_BYTES - overhead + 1)


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", base64.b64encode(b"\x01" * 300).decode()])
def test_text_that_is_no_transaction_is_refused(text: str) -> None:
    with pytest.raises(LayoutError):
        Draft.decode(text)


def test_the_compute_budget_bids_only_when_a_price_is_given() -> None:
    assert [entry.data for entry in compute_budget(200_000)] == [b"\x02" + (200_000).to_bytes(4, "little")]
    assert [entry.data[0] for entry in compute_budget(200_000, 7)] == [2, 3]
