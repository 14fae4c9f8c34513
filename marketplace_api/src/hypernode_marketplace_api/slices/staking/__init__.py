"""Staking: who locks how much, with what weight, and until when."""
