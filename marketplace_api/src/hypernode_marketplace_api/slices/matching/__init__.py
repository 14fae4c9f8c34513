"""Matching: quotes, hard filter, score, offers under a lease, and assignments (docs/matching.md)."""
