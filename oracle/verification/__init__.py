"""Verifying: hard gates over the evidence first, then, at the audit rate, the job itself once more."""

from oracle.verification.evidence import Undecided
from oracle.verification.verifier import Verifier

__all__ = ["Undecided", "Verifier"]
