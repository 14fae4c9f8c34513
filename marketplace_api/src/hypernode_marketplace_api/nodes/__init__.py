"""Owns the nodes: who is connected, what they say of themselves, and how the chain rates them."""
