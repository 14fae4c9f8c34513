"""HTTP models of what oracles tell one another of a drawn job (docs/findings.md)."""

from typing import Annotated

from pydantic import Field

from hypernode.wire.fields import U64, AddressText, HashText, SignatureText, WireModel

ContentText = Annotated[str, Field(pattern=r"^[0-9a-f]{96}$")]


class FindingIn(WireModel):
    """A signed commitment; `content` and `salt` come with it or later, and open it."""

    oracle: AddressText
    sequence: U64
    attempt: int
    stage: int
    commitment: HashText
    signature: SignatureText
    content: ContentText | None = None
    salt: HashText | None = None


class FindingList(WireModel):
    findings: list[FindingIn]
