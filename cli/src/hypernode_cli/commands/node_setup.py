"""Setup of a node: keys, checks, stake and registration, each done once."""

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
from hypernode_node_client import main as node_client
from hypernode_sandbox.docker_engine import DockerSandbox

# Three jobs at once (the Standard tier).
DEFAULT_STAKE = 1_000 * HYPER


class RequirementMissing(ConfigError):
    """This machine lacks something a node needs."""


@dataclass(frozen=True)
class Prepared:
    """A registered node, its operator and its worker key."""

    node: Address
    operator: Address
    worker_key: Address
    stake: int


async def runtime_waiver(output: Output, work: Path) -> str:
    """Return the runc version to accept although it is unsafe, or "" if it is safe.

    Only for a local chain: all jobs there come from this machine.
    """
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
    """Make keys, get money from the faucet of a local chain, stake and register. Finished steps are kept."""
    operator = context.ensure_key(f"{name}-operator")
    worker_key = context.ensure_key(f"{name}-worker")
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
    """Fund a node from the faucet of a local chain; elsewhere raise with what the operator must send."""
    account = addresses.ata(operator.address, cluster.mint)
    held, staked = await chain.token_balance(account), await chain.stake(operator.address)
    short = staked is None and held < stake
    if "faucet" in cluster.keys:
        from hypernode_localnet.genesis import fund  # of the extra `up`, which made this chain

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
    """Return all checks of this machine; raise with every fix if one fails."""
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
