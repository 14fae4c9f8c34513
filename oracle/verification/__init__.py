"""Verifying: hard gates over the evidence first, then, at the audit rate, the job itself once more."""

from oracle.verification.verifier import Undecided, Verifier

__all__ = ["Undecided", "Verifier"]
