"""The worker: takes offers, runs what it took, brings the receipt, and resumes after its own death."""

from hypernode_node_client.worker.attempts import Attempts
from hypernode_node_client.worker.worker import Worker

__all__ = ["Attempts", "Worker"]
