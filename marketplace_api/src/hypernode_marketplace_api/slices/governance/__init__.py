"""Governance: proposals, votes, the treasury and its releases."""
