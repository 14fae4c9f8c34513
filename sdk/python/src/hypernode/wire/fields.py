"""Field types of the HTTP and WebSocket models: addresses, hashes, signatures, amounts.

Amounts and sequences are `u64`: many JSON parsers read a number as a double, so they travel as
decimal strings and are read back from either form.
"""

from typing import Annotated

import base58
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

MAX_U64 = 2**64 - 1
MAX_U128 = 2**128 - 1


class WireModel(BaseModel):
    """A frozen model that ignores members it does not know, so that a newer peer can still be read."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


def _base58_of(size: int) -> AfterValidator:
    def check(text: str) -> str:
        try:
            decoded = base58.b58decode(text)
        except ValueError as error:
            raise ValueError("not base58") from error
        if len(decoded) != size or base58.b58encode(decoded).decode() != text:
            raise ValueError(f"not the base58 form of {size} bytes")
        return text

    return AfterValidator(check)


def _from_decimal(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(MAX_U128)):
        return int(value)
    return value


def _from_digest(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


AddressText = Annotated[str, Field(min_length=32, max_length=44), _base58_of(32)]
SignatureText = Annotated[str, Field(min_length=64, max_length=88), _base58_of(64)]
HashText = Annotated[str, BeforeValidator(_from_digest), Field(pattern=r"^[0-9a-f]{64}$")]
CidText = Annotated[str, Field(pattern=r"^bafkrei[a-z2-7]{52}$")]
U64 = Annotated[
    int,
    Field(ge=0, le=MAX_U64, strict=True, json_schema_extra={"format": "uint64"}),
    BeforeValidator(_from_decimal),
    PlainSerializer(str, return_type=str, when_used="json"),
]
U128 = Annotated[
    int,
    Field(ge=0, le=MAX_U128, strict=True, json_schema_extra={"format": "uint128"}),
    BeforeValidator(_from_decimal),
    PlainSerializer(str, return_type=str, when_used="json"),
]
# Text for people on one line; a NUL, above all, is text that PostgreSQL does not store.
LineText = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
U32 = Annotated[int, Field(ge=0, le=2**32 - 1)]
