"""Owns what an upload is answered with."""

from hypernode.wire.fields import U64, CidText, WireModel


class BlobView(WireModel):
    cid: CidText
    size: U64
