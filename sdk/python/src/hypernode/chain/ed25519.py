"""The instruction of the Ed25519 precompile with k signatures over one shared message.

| Offset    | Size | Field                        |
|-----------|------|------------------------------|
| 0         | 1    | number of signatures k       |
| 1         | 1    | padding                      |
| 2         | 14 k | k times `Offsets`, u16 LE    |
| 2 + 14 k  | 96 k | k times signature 64, key 32 |
| 2 + 110 k | m    | the message                  |

An instruction index of 0xFFFF means "this instruction"; our programs accept no other index.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from hypernode.chain.addresses import ED25519_PROGRAM
from hypernode.chain.instruction import Instruction
from hypernode.chain.layout import raw
from hypernode.domain.types import Address, address_bytes

HERE = 0xFFFF
HEADER_BYTES = 2
SIGNATURE_BYTES = 64
KEY_BYTES = 32
_OFFSETS = struct.Struct("<7H")


@dataclass(frozen=True)
class Offsets:
    """Offsets of one signature, its key and its message, in the precompile's order."""

    signature: int
    signature_instruction: int
    key: int
    key_instruction: int
    message: int
    message_size: int
    message_instruction: int

    def encode(self) -> bytes:
        return _OFFSETS.pack(
            self.signature,
            self.signature_instruction,
            self.key,
            self.key_instruction,
            self.message,
            self.message_size,
            self.message_instruction,
        )


def offsets(count: int, message_size: int) -> tuple[Offsets, ...]:
    """Return the correct offsets for `count` signatures over one shared message."""
    first = HEADER_BYTES + _OFFSETS.size * count
    pair = SIGNATURE_BYTES + KEY_BYTES
    message = first + pair * count
    return tuple(
        Offsets(at, HERE, at + SIGNATURE_BYTES, HERE, message, message_size, HERE)
        for at in range(first, message, pair)
    )


def verify_instruction(message: bytes, signatures: Sequence[tuple[Address, bytes]]) -> Instruction:
    """Build the instruction that fails the transaction unless every key signed `message`."""
    return assemble(message, signatures, offsets(len(signatures), len(message)))


def assemble(
    message: bytes, signatures: Sequence[tuple[Address, bytes]], entries: Sequence[Offsets]
) -> Instruction:
    """Build the instruction with the given offsets, which tests may falsify."""
    data = bytes([len(entries), 0])
    data += b"".join(entry.encode() for entry in entries)
    data += b"".join(raw(signature, SIGNATURE_BYTES) + address_bytes(key) for key, signature in signatures)
    return Instruction(ED25519_PROGRAM, (), data + message)
