"""The precompile instruction is laid out as its table says, and the VM's precompile accepts it."""

import pytest

from hypernode.chain.ed25519 import assemble, offsets, verify_instruction
from hypernode.chain.errors import NativeError
from hypernode.chain.keys import Key
from hypernode.chain.lite import LiteChain, LiteVm
from hypernode.domain.types import Address

MESSAGE = bytes(range(32))


def signed(count: int, message: bytes = MESSAGE) -> list[tuple[Address, bytes]]:
    keys = [Key.from_seed(bytes([number]) * 32) for number in range(1, count + 1)]
    return [(key.address, key.sign(message)) for key in keys]


@pytest.fixture
def payer() -> Key:
    return Key.generate()


@pytest.fixture
def chain(payer: Key) -> LiteChain:
    lite = LiteVm()
    lite.airdrop(payer.address, 10**9)
    return LiteChain(lite)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_layout_shares_one_message(count: int) -> None:
    data = verify_instruction(MESSAGE, signed(count)).data
    assert len(data) == 2 + 110 * count + 32
    assert data[:2] == bytes([count, 0])
    assert data[-32:] == MESSAGE
    for number, entry in enumerate(offsets(count, 32)):
        at = 2 + 14 * count + 96 * number
        assert (entry.signature, entry.key, entry.message) == (at, at + 64, 2 + 110 * count)
        assert data[entry.signature : entry.key] == signed(count)[number][1]


async def test_the_precompile_accepts_honest_signatures(chain: LiteChain, payer: Key) -> None:
    await chain.send([verify_instruction(MESSAGE, signed(3))], [payer])


async def test_the_precompile_refuses_a_signature_of_another_message(chain: LiteChain, payer: Key) -> None:
    with pytest.raises(NativeError) as caught:
        await chain.send([verify_instruction(MESSAGE, signed(3, b"\xff" * 32))], [payer])
    assert caught.value.name == "InvalidSignature"


async def test_offsets_beyond_the_data_are_refused(chain: LiteChain, payer: Key) -> None:
    with pytest.raises(NativeError) as caught:
        await chain.send([assemble(MESSAGE, signed(1), offsets(2, 32))], [payer])
    assert caught.value.name == "InvalidDataOffsets"
