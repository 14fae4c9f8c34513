"""Owns who gets which job: hard filter, score, offer under a lease, assignment (docs/matching.md)."""
