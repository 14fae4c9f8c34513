"""HTTP model of an oracle's attestation."""

from hypernode.wire.fields import U32, U64, AddressText, HashText, SignatureText, WireModel


class AttestationIn(WireModel):
    """`digest` is the 32 bytes the oracle signed; the API recomputes it from the job on chain."""

    oracle: AddressText
    sequence: U64
    attempt: int
    verdict: int
    reason: int
    epoch: U64
    digest: HashText
    signature: SignatureText


class AttestationView(AttestationIn):
    job: AddressText
    node: AddressText
    exec_hash: HashText
    output_root: HashText
    receipt_hash: HashText
    seconds_used: U32
    expires_at: int
    received_at: int


class AttestationList(WireModel):
    attestations: list[AttestationView]
