"""Takes an operator from nothing to a registered node: keys, checks, stake, registration; each step once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypernode.chain import addresses, instructions
from hypernode.chain.keys import Key
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import Cluster
from hypernode.domain.money import HYPER, format_hyper
from hypernode.domain.staking import MIN_DURATION
from hypernode.domain.types import Address
from hypernode.errors import ConfigError, UnsafeRuntime
from hypernode_cli.context import Context
from hypernode_cli.output import Output
from hypernode_localnet.genesis import ensure_key, fund
from hypernode_node_client import main as node_client
from hypernode_sandbox.docker_engine import DockerSandbox

# Three jobs at once (the Standard tier).
DEFAULT_STAKE = 1_000 * HYPER


class RequirementMissing(ConfigError):
    """This machine lacks something a node needs."""


@dataclass(frozen=True)
class Prepared:
    """A node on chain, with the wallet that owns it and the key its worker signs with."""

    node: Address
    operator: Address
    worker_key: Address
    stake: int


async def runtime_waiver(output: Output, work: Path) -> str:
    """Return the runc to vouch for on a machine where only our own jobs run; "" if it needs no waiver."""
    sandbox = DockerSandbox(work)
    try:
        await sandbox.check()
    except UnsafeRuntime as fault:
        output.note(f"warning: {fault}. Accepted here because only your own jobs run on a local chain.")
        return (await sandbox.versions()).runc
    finally:
        await sandbox.close()
    return ""


async def prepare_node(
    context: Context, cluster: Cluster, name: str, stake: int = DEFAULT_STAKE, duration: int = MIN_DURATION
) -> Prepared:
    """Make what is missing: keys, faucet money on a local chain, the stake, the registration."""
    operator = ensure_key(context.key_path(f"{name}-operator"))
    worker_key = ensure_key(context.key_path(f"{name}-worker"))
    async with await RpcClient.connect(cluster.rpc_url, cluster.ws_url) as chain:
        await _fund(chain, cluster, operator, worker_key, stake)
        if await chain.stake(operator.address) is None:
            step = instructions.stake(
                owner=operator.address,
                source=addresses.ata(operator.address, cluster.mint),
                amount=stake,
                duration=duration,
            )
            await chain.send([step], [operator])
        await node_client.register(
            chain,
            operator=operator,
            worker_key=worker_key.address,
            mint=cluster.mint,
            home=context.home / name,
        )
        staked = await chain.stake(operator.address)
    return Prepared(
        addresses.node(operator.address), operator.address, worker_key.address, staked.amount if staked else 0
    )


async def _fund(chain: RpcClient, cluster: Cluster, operator: Key, worker_key: Key, stake: int) -> None:
    """On a local chain the faucet pays; elsewhere say what to send where."""
    account = addresses.ata(operator.address, cluster.mint)
    held, staked = await chain.token_balance(account), await chain.stake(operator.address)
    short = staked is None and held < stake
    if "faucet" in cluster.keys:
        if short or await chain.balance(account) == 0:
            await fund(cluster, operator.address, stake)
        if await chain.balance(worker_key.address) == 0:
            await fund(cluster, worker_key.address, 0)
    elif short or await chain.balance(operator.address) == 0 or await chain.balance(worker_key.address) == 0:
        raise RequirementMissing(
            f"the operator needs {format_hyper(stake)} HYPER to stake and SOL for fees",
            fix=f"send HYPER and SOL to {operator.address} and some SOL to {worker_key.address}, then again",
        )


async def require_machine(context: Context, name: str, waiver: str) -> list[node_client.Check]:
    """Return all checks; raise with every fix when one fails."""
    waived = frozenset({waiver} if waiver else ())
    sandbox = DockerSandbox(context.home / name / "work", waived_runc=waived)
    try:
        checks = await node_client.check_requirements(sandbox, context.home / name)
    finally:
        await sandbox.close()
    failed = [check for check in checks if not check.ok]
    if failed:
        raise RequirementMissing(
            "; ".join(f"{check.name}: {check.detail}" for check in failed),
            fix="; ".join(check.fix for check in failed if check.fix) or "use a larger machine",
        )
    return checks
