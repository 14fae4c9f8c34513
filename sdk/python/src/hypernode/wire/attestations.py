"""HTTP model of an oracle's attestation."""

from typing import Annotated, Self

from pydantic import Field

from hypernode.domain.attestation import Attestation, Audit, Blame, Decision, Reason
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import Verdict
from hypernode.errors import DomainError
from hypernode.wire.fields import U32, U64, AddressText, HashText, SignatureText, WireModel

DrawIdText = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class AttestationIn(WireModel):
    """`digest` is the 32 bytes the oracle signed; the API recomputes it from the job on chain."""

    oracle: AddressText
    sequence: U64
    attempt: int
    epoch: U64
    verdict: int
    reason: int
    ending: int
    exit_code: int
    root: HashText
    audit: int
    draw_id: DrawIdText
    own: U32
    blame: int
    digest: HashText
    signature: SignatureText

    @classmethod
    def of(cls, attestation: Attestation, oracle: str, signature: str) -> Self:
        decision = attestation.decision
        return cls(
            oracle=oracle,
            sequence=attestation.sequence,
            attempt=attestation.attempt,
            epoch=attestation.epoch,
            verdict=int(decision.verdict),
            reason=int(decision.reason),
            ending=int(decision.result.ending),
            exit_code=decision.result.exit_code,
            root=decision.result.root.hex(),
            audit=int(decision.audit),
            draw_id=attestation.draw_id.hex(),
            own=decision.own,
            blame=int(decision.blame),
            digest=attestation.digest().hex(),
            signature=signature,
        )

    def decision(self) -> Decision:
        """Return the decision; raise `DomainError` for one that the program does not take."""
        try:
            return Decision(
                verdict=Verdict(self.verdict),
                reason=Reason(self.reason),
                result=Result(Ending(self.ending), self.exit_code, bytes.fromhex(self.root)),
                audit=Audit(self.audit),
                own=self.own,
                blame=Blame(self.blame),
            )
        except ValueError as cause:
            raise DomainError(f"the decision names an unknown number: {cause}") from cause


class AttestationView(AttestationIn):
    job: AddressText
    node: AddressText
    receipt_hash: HashText
    seconds_used: U32
    received_at: int


class AttestationList(WireModel):
    attestations: list[AttestationView]
