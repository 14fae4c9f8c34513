"""Python SDK of Hypernode, the open GPU marketplace settled on Solana.

    async with Hypernode.connect() as hn:
        job = await hn.jobs.run(image, ["python3", "-c", "print(6 * 7)"])
        result = await job.result()

`hypernode.sync` has the same names without `async`. A name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypernode.chain.keys import Key
    from hypernode.chain.ports import ChainEvent
    from hypernode.client.api import ApiUnavailable
    from hypernode.client.buyer import Balance, InsufficientFunds, NoNodeFits, PostedJob
    from hypernode.client.checks import ApiMismatch
    from hypernode.client.connection import Nodes, Wallet
    from hypernode.client.economy import EconomyReader
    from hypernode.client.governance import GovernanceClient
    from hypernode.client.hypernode import Hypernode
    from hypernode.client.job import Job, JobFailed, JobResult, NoSuchOutput, Outputs
    from hypernode.client.jobs import JobOptions, Jobs, NonceTaken
    from hypernode.client.plan import NotNow, Plan, Transfer
    from hypernode.client.slashing import SlashingClient
    from hypernode.client.staker import Move, NothingStaked, NothingToClaim, StakerClient
    from hypernode.client.treasury import Holdings, TreasuryClient
    from hypernode.config import Cluster
    from hypernode.domain.fault import FaultReason
    from hypernode.domain.governance import ProposalKind, VoteChoice
    from hypernode.domain.money import HYPER, format_hyper, parse_hyper
    from hypernode.domain.spec import GpuRequest, InputFile, JobSpec, Resources
    from hypernode.domain.status import DeterminismClass, Outcome
    from hypernode.domain.types import Address, GpuVendor
    from hypernode.errors import (
        ApiError,
        BlobError,
        BlobNotFound,
        ChainError,
        ConfigError,
        DomainError,
        HypernodeError,
        InvalidJobSpec,
        NoCluster,
        NoKey,
        ProgramError,
        RpcUnavailable,
        TransactionFailed,
    )
    from hypernode.wire.jobs import JobDetail, JobView, TimelineEntry
    from hypernode.wire.nodes import NodeView
    from hypernode.wire.quotes import Quote

__all__ = [
    "HYPER",
    "Address",
    "ApiError",
    "ApiMismatch",
    "ApiUnavailable",
    "Balance",
    "BlobError",
    "BlobNotFound",
    "ChainError",
    "ChainEvent",
    "Cluster",
    "ConfigError",
    "DeterminismClass",
    "DomainError",
    "EconomyReader",
    "FaultReason",
    "GovernanceClient",
    "GpuRequest",
    "GpuVendor",
    "Holdings",
    "Hypernode",
    "HypernodeError",
    "InputFile",
    "InsufficientFunds",
    "InvalidJobSpec",
    "Job",
    "JobDetail",
    "JobFailed",
    "JobOptions",
    "JobResult",
    "JobSpec",
    "JobView",
    "Jobs",
    "Key",
    "Move",
    "NoCluster",
    "NoKey",
    "NoNodeFits",
    "NoSuchOutput",
    "NodeView",
    "Nodes",
    "NonceTaken",
    "NotNow",
    "NothingStaked",
    "NothingToClaim",
    "Outcome",
    "Outputs",
    "Plan",
    "PostedJob",
    "ProgramError",
    "ProposalKind",
    "Quote",
    "Resources",
    "RpcUnavailable",
    "SlashingClient",
    "StakerClient",
    "TimelineEntry",
    "TransactionFailed",
    "Transfer",
    "TreasuryClient",
    "VoteChoice",
    "Wallet",
    "format_hyper",
    "parse_hyper",
]

_HOMES = {
    "chain.keys": "Key",
    "chain.ports": "ChainEvent",
    "client.api": "ApiUnavailable",
    "client.buyer": "Balance InsufficientFunds NoNodeFits PostedJob",
    "client.checks": "ApiMismatch",
    "client.connection": "Nodes Wallet",
    "client.economy": "EconomyReader",
    "client.governance": "GovernanceClient",
    "client.hypernode": "Hypernode",
    "client.job": "Job JobFailed JobResult NoSuchOutput Outputs",
    "client.jobs": "JobOptions Jobs NonceTaken",
    "client.plan": "NotNow Plan Transfer",
    "client.slashing": "SlashingClient",
    "client.staker": "Move NothingStaked NothingToClaim StakerClient",
    "client.treasury": "Holdings TreasuryClient",
    "config": "Cluster",
    "domain.fault": "FaultReason",
    "domain.governance": "ProposalKind VoteChoice",
    "domain.money": "HYPER format_hyper parse_hyper",
    "domain.spec": "GpuRequest InputFile JobSpec Resources",
    "domain.status": "DeterminismClass Outcome",
    "domain.types": "Address GpuVendor",
    "errors": "ApiError BlobError BlobNotFound ChainError ConfigError DomainError HypernodeError "
    "InvalidJobSpec NoCluster NoKey ProgramError RpcUnavailable TransactionFailed",
    "wire.jobs": "JobDetail JobView TimelineEntry",
    "wire.nodes": "NodeView",
    "wire.quotes": "Quote",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        for module, names in _HOMES.items():
            if name in names.split():
                globals()[name] = getattr(import_module(f"hypernode.{module}"), name)
                return globals()[name]
        raise AttributeError(f"module 'hypernode' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
