"""Sandbox that runs one job in one hardened container, on nodes and on oracles."""
