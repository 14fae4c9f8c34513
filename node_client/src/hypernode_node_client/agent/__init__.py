"""The agent: takes offers, runs what it took, brings the receipt, and resumes after its own death."""

from hypernode_node_client.agent.agent import Agent
from hypernode_node_client.agent.attempts import Attempts

__all__ = ["Agent", "Attempts"]
