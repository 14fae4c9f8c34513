"""Nodes: connections, presence, live logs, and their record on chain."""
