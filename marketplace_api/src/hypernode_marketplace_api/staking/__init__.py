"""Owns what HTTP shows of stakes: who locks how much, with what weight, and until when."""
