"""The marketplace of the demo: its own folder, free ports, and deadlines of seconds."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hypernode import Hypernode
from hypernode.chain import instructions
from hypernode.chain.keys import Key
from hypernode.chain.rpc import Rpc
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import Cluster, Settings
from hypernode.domain.money import HYPER
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode_cli.commands.node_setup import Prepared, prepare_node, runtime_waiver
from hypernode_cli.commands.services import ORACLE_NAMES, Ports, Services, free_ports
from hypernode_cli.context import Context
from hypernode_cli.output import Output
from hypernode_localnet.genesis import DEFAULT_TERMS, ensure_key, fund
from hypernode_sandbox.docker_engine import DockerSandbox

HONEST, DISHONEST, UNABLE = "hypernode_node_client.main", "demo.dishonest_node", "demo.unable_node"
# HYPER of the buyer.
BUDGET = 100 * HYPER
# Seconds a job is offered, and seconds for its image before the run: the least that a market may set.
TTL, START_ALLOWANCE = 60, 10


@dataclass
class Stage:
    """The running marketplace, the buyer's connection, and the nodes by name."""

    services: Services
    cluster: Cluster
    chain: RpcClient
    hn: Hypernode
    context: Context
    nodes: dict[str, Prepared]

    async def node(self, name: str, module: str = HONEST) -> Prepared:
        """Register a node (once) and start its worker; return once the API hears it."""
        if name not in self.nodes:
            self.nodes[name] = await prepare_node(self.context, self.cluster, name)
        prepared = self.nodes[name]
        self.services.start_node(self.cluster, name, prepared.operator, module=module)
        await self.services.online(self.cluster, prepared.node, name)
        return prepared

    def faucet(self) -> Key:
        """Return a key that is not the buyer's: anyone may send these steps."""
        return Key.load(self.cluster.key("faucet"))

    def kill(self, name: str) -> None:
        """Kill a worker with SIGKILL, as a power cut would."""
        record = self.services.processes.find(name)
        if record is not None:
            os.kill(record.pid, signal.SIGKILL)

    async def overdue(self, address: Address) -> None:
        """Move the local chain's clock past a job's present deadline, and end it as anyone may."""
        job = await self.chain.job(address)
        assert job is not None, "the job is live"
        moment = job.expires_at if job.status is JobStatus.POSTED else job.deadline
        rpc = Rpc.open(self.cluster.rpc_url)
        try:
            await rpc.call("hypernode_setTime", moment + 1)
        finally:
            await rpc.close()
        await self.chain.send([instructions.expire_job(job=address, account=job)], [self.faucet()])

    async def score(self, name: str) -> int:
        node = await self.chain.node(self.nodes[name].node)
        assert node is not None, f"{name} is registered"
        return node.reputation.score


@asynccontextmanager
async def raised(home: Path, output: Output) -> AsyncIterator[Stage]:
    """Start all services, and stop them at the end, even after a failure."""
    waiver = await runtime_waiver(output, home / "probe")
    services = Services(home, Ports(*free_ports(3)), waived_runc=waiver)
    try:
        cluster = await services.start_chain(
            replace(DEFAULT_TERMS, job_ttl=TTL, start_allowance=START_ALLOWANCE)
        )
        for name in ORACLE_NAMES:
            services.start_oracle(cluster, name)
        await services.start_api(cluster)
        wallet = ensure_key(services.settings.keys / "wallet.json")
        await fund(cluster, wallet.address, BUDGET)
        async with (
            await RpcClient.connect(cluster.rpc_url, cluster.ws_url) as chain,
            Hypernode.connect(cluster=cluster, wallet=wallet) as hn,
        ):
            yield Stage(services, cluster, chain, hn, Context(Settings(home=home), output), {})
    finally:
        services.stop()
        await _sweep(home, waiver)


async def _sweep(home: Path, waiver: str) -> None:
    """Remove containers and mounts of killed workers."""
    for work in _work_folders(home):
        sandbox = DockerSandbox(work, waived_runc=frozenset({waiver}))
        for name in await sandbox.names():
            await sandbox.remove(name)


def _work_folders(home: Path) -> list[Path]:
    return sorted(home.glob("*/work"))
