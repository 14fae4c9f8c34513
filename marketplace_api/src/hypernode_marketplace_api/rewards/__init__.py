"""Owns what HTTP shows of rewards: what flows to stakers, what it yields, and who claimed what."""
