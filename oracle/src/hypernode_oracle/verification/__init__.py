"""Verifying: hard gates over the evidence first, then, at the audit rate, the job itself once more."""

from hypernode_oracle.verification.evidence import Undecided
from hypernode_oracle.verification.verifier import Verifier

__all__ = ["Undecided", "Verifier"]
