"""The fixtures of the program tests, for attacks that need a single world, job or node."""

from tests.programs.conftest import assigned, bare, buyer, market, node, posted, submitted, world

__all__ = ["assigned", "bare", "buyer", "market", "node", "posted", "submitted", "world"]
