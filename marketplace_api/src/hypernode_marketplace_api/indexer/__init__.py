"""Owns following the chain: every event written down once, and the rows that the events add up to."""
