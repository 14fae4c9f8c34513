"""Slashing: reports, their votes and their cost."""
