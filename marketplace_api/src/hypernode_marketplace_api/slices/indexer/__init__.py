"""Indexer: the mirror of the chain, its health, and metrics."""
