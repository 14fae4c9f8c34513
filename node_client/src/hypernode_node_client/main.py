"""Entry points of a node: `python -m hypernode_node_client.main` runs the worker, the CLI uses the others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path

import structlog
from structlog.contextvars import bind_contextvars

from hypernode.blobs import HttpBlobs
from hypernode.chain import addresses, instructions
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode_node_client import hardware
from hypernode_node_client.artifacts import Artifacts
from hypernode_node_client.evidence import EvidenceService
from hypernode_node_client.journal import Journal
from hypernode_node_client.session import Identity, open_session
from hypernode_node_client.settings import VERSION, Settings
from hypernode_node_client.shelf import Shelf
from hypernode_node_client.worker import Attempts, Worker
from hypernode_node_client.worker.offers import Policy
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import Sandbox
from hypernode_service.logs import configure
from hypernode_service.running import until_stopped

log = structlog.get_logger()


@dataclass(frozen=True)
class Check:
    """One thing a machine must have; `fix` says how to get it."""

    name: str
    ok: bool
    detail: str
    fix: str | None = None


async def check_requirements(sandbox: Sandbox, home: Path) -> list[Check]:
    """Look at everything a node needs, without changing anything."""
    machine = hardware.detect(home)
    told = machine.hardware
    gpus = ", ".join(f"{gpu.model} ({gpu.vram_mib} MiB)" for gpu in told.gpus) or "none: CPU jobs only"
    checks = [
        Check("cpu", told.cpu_millis >= 1_000, f"{told.cpu_millis / 1000:g} cores"),
        Check("memory", told.memory_mib >= 1_024, f"{told.memory_mib} MiB", "a node needs 1 GiB"),
        Check("disk", told.disk_mib >= 5_120, f"{told.disk_mib} MiB free", "free 5 GiB for images and jobs"),
        Check("gpu", True, gpus),
    ]
    try:
        runtime = await sandbox.check()
        checks.append(Check("docker", True, f"{runtime.engine}, runc {runtime.runc}"))
    except HypernodeError as fault:
        checks.append(Check("docker", False, str(fault), fault.fix))
    return checks


async def register(
    chain: ChainPort, *, operator: Key, worker_key: Address, mint: Address, home: Path, region: str = ""
) -> str | None:
    """Put the node on chain, or bring its hardware and worker key up to date; None if nothing changed."""
    machine = hardware.detect(home, region)
    payout = addresses.ata(operator.address, mint)
    facts = {
        "operator": operator.address,
        "payout": payout,
        "gpu_vendor": machine.vendor,
        "gpu_count": machine.gpu_count,
        "vram_mib": machine.vram_mib,
        "hardware_hash": machine.hardware_hash,
    }
    found = await chain.node(addresses.node(operator.address))
    if found is None:
        return await chain.send([instructions.register_node(worker_key=worker_key, **facts)], [operator])  # type: ignore[arg-type]
    steps = []
    if (found.payout, found.hardware_hash) != (payout, machine.hardware_hash):
        steps.append(instructions.update_node(**facts))  # type: ignore[arg-type]
    if found.worker_key != worker_key:
        steps.append(instructions.set_worker_key(operator=operator.address, worker_key=worker_key))
    return await chain.send(steps, [operator]) if steps else None


async def run(settings: Settings, sandbox: Sandbox | None = None) -> None:
    """Serve until SIGTERM or SIGINT; running jobs stay in their containers and are picked up next time."""
    box = sandbox or DockerSandbox(settings.work, waived_runc=settings.waived_runc)
    await box.check()
    worker_key, operator = Key.load(settings.worker_key), Address(settings.operator)
    machine = hardware.detect(settings.home, settings.region)
    node = addresses.node(operator)
    bind_contextvars(node=node)
    identity = Identity(node, worker_key, machine.hardware, VERSION, settings.ask)
    blobs = HttpBlobs(settings.api_url, worker_key)
    journal = Journal(settings.journal_path)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(journal.close)
        stack.push_async_callback(blobs.close)
        chain = await stack.enter_async_context(await RpcClient.connect(settings.rpc_url))
        artifacts, shelf = Artifacts(blobs), Shelf(settings.shelf_path, settings.evidence_mib << 20)
        evidence = EvidenceService(
            node=node, worker_key=worker_key, chain=chain, shelf=shelf, oracles=settings.oracles
        )
        attempts = Attempts(
            node=node,
            worker_key=worker_key,
            chain=chain,
            artifacts=artifacts,
            sandbox=box,
            journal=journal,
            keep=evidence.keep,
            devices=machine.devices,
        )
        worker = Worker(
            operator=operator,
            worker_key=worker_key,
            chain=chain,
            artifacts=artifacts,
            sandbox=box,
            journal=journal,
            attempts=attempts,
            policy=Policy(machine, settings.ask),
            connect=lambda: open_session(settings.node_ws_url, identity),
            slots=settings.slots,
        )
        log.info("node up", node=node, worker_key=worker_key.address, slots=settings.slots)
        await until_stopped(_both(worker.run(), evidence.run()))


async def _both(one: Coroutine[object, object, None], other: Coroutine[object, object, None]) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(one)
        group.create_task(other)


if __name__ == "__main__":
    configure("node")
    asyncio.run(run(Settings()))  # type: ignore[call-arg]
