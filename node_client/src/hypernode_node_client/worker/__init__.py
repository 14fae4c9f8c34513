"""The worker: takes offers, runs what it took, brings the receipt, and resumes after its own death."""

from hypernode_node_client.worker.worker import Worker
from hypernode_node_client.worker.attempts import Attempts

__all__ = ["Worker", "Attempts"]
