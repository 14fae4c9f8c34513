"""HTTP model of all that an oracle knows to have been said of a job."""

from pydantic import Field

from hypernode.wire.attestations import AttestationIn
from hypernode.wire.fields import WireModel
from hypernode.wire.findings import FindingIn

# Seven oracles, each at two stages, each twice: a second commitment shows that the first was not kept.
MOST_SAID = 64


class Said(WireModel):
    """Findings and attestations of one job. Each reader checks every signature."""

    findings: list[FindingIn] = Field(default=[], max_length=MOST_SAID)
    attestations: list[AttestationIn] = Field(default=[], max_length=MOST_SAID)
