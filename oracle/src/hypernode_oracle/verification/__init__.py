"""Verifying: the gates over the evidence."""

from hypernode_oracle.verification.evidence import Evidence, Undecided
from hypernode_oracle.verification.verifier import Verifier

__all__ = ["Evidence", "Undecided", "Verifier"]
