"""Rewards: flows to stakers, their yield, and claims."""
