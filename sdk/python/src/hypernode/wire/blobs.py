"""HTTP model of an upload's answer."""

from hypernode.wire.fields import U64, CidText, WireModel


class BlobView(WireModel):
    cid: CidText
    size: U64
