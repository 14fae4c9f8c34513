"""Starts the services of one machine in their order, and waits for each until it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from cli.commands.processes import Processes, tail
from hypernode.chain.instructions import MarketTerms
from hypernode.config import Cluster, Settings
from hypernode.errors import ConfigError, HypernodeError
from hypernode.localnet.genesis import DEFAULT_TERMS, ORACLES, bootstrap, ensure_key

# A service that has not answered by then never will.
START_SECONDS = 30.0
LOOK_SECONDS = 0.1
CHAIN, API, NODE = "localnet", "api", "node"
ORACLE_NAMES = tuple(f"oracle-{number}" for number in range(1, ORACLES + 1))


class ServiceFailed(ConfigError):
    """A service ended or did not answer after its start."""


@dataclass(frozen=True)
class Ports:
    rpc: int
    ws: int
    api: int


class Services:
    """Localnet, API, oracles and nodes of one home folder."""

    def __init__(self, home: Path, ports: Ports, *, waived_runc: str = "") -> None:
        self.home, self._ports = home, ports
        self.processes = Processes(home)
        self._waived = f'["{waived_runc}"]' if waived_runc else "[]"

    @property
    def settings(self) -> Settings:
        host = "127.0.0.1"
        return Settings(
            home=self.home,
            rpc_url=f"http://{host}:{self._ports.rpc}",
            ws_url=f"ws://{host}:{self._ports.ws}",
            api_url=f"http://{host}:{self._ports.api}",
        )

    async def start_chain(self, terms: MarketTerms = DEFAULT_TERMS) -> Cluster:
        """Start the local chain with our programs on it, and make it a marketplace."""
        authority = ensure_key(self.settings.keys / "authority.json")
        arguments = ("--rpc-port", str(self._ports.rpc), "--ws-port", str(self._ports.ws))
        state = ("--state", str(self.home / "chain"), "--upgrade-authority", authority.address)
        self._start(CHAIN, "hypernode.localnet", (*arguments, *state))
        await self._answers(CHAIN, f"{self.settings.rpc_url}/health")
        return await bootstrap(self.settings, terms)

    async def start_api(self, cluster: Cluster) -> None:
        blobs, database = self.home / "blobs", self.home / "api.sqlite"
        arguments = (
            *("serve", "--port", str(self._ports.api), "--rpc-url", cluster.rpc_url),
            *("--database-url", f"sqlite+aiosqlite:///{database}", "--blobs-url", str(blobs)),
            *("--matcher-key", str(cluster.key("matcher")), "--default-market", cluster.market),
        )
        self._start(API, "marketplace_api.main", arguments)
        await self._answers(API, f"{cluster.api_url}/health")

    def start_oracle(self, cluster: Cluster, name: str) -> None:
        prefix = "HYPERNODE_ORACLE_"
        settings = {
            f"{prefix}HOME": str(self.home / name),
            f"{prefix}KEY": str(cluster.key(name)),
            f"{prefix}RPC_URL": cluster.rpc_url,
            f"{prefix}API_URL": cluster.api_url,
            f"{prefix}WAIVED_RUNC": self._waived,
        }
        self._start(name, "oracle.main", (), settings)

    def start_node(
        self, cluster: Cluster, name: str, authority: str, *, module: str = "node_client.main", slots: int = 1
    ) -> None:
        prefix = "HYPERNODE_NODE_"
        settings = {
            f"{prefix}HOME": str(self.home / name),
            f"{prefix}AGENT_KEY": str(self.settings.keys / f"{name}-agent.json"),
            f"{prefix}AUTHORITY": authority,
            f"{prefix}RPC_URL": cluster.rpc_url,
            f"{prefix}API_URL": cluster.api_url,
            f"{prefix}SLOTS": str(slots),
            f"{prefix}WAIVED_RUNC": self._waived,
        }
        self._start(name, module, (), settings)

    async def online(self, cluster: Cluster, node: str) -> None:
        """Wait until the API hears a node."""

        async def heard() -> bool:
            async with httpx.AsyncClient() as http:
                answer = await http.get(f"{cluster.api_url}/v1/nodes/{node}")
            return answer.is_success and answer.json()["state"] == "online"

        await self._until(NODE, heard)

    def stop(self, *names: str) -> list[str]:
        """Stop the named services, or all, last started first; return which were running."""
        known = (CHAIN, API, *ORACLE_NAMES)
        running = list(self.processes.running())
        chosen = names or tuple(sorted(running, key=lambda name: known.index(name) if name in known else 99))
        return [name for name in reversed(chosen) if self.processes.stop(name)]

    def _start(
        self, name: str, module: str, arguments: tuple[str, ...], settings: dict[str, str] | None = None
    ) -> None:
        if self.processes.find(name) is None:
            self.processes.start(name, module, arguments, settings)

    async def _answers(self, name: str, url: str) -> None:
        async def healthy() -> bool:
            async with httpx.AsyncClient() as http:
                return (await http.get(url)).is_success

        await self._until(name, healthy)

    async def _until(self, name: str, done: Callable[[], Awaitable[bool]]) -> None:
        """Look until a service is ready; say why from its own log when it is not."""
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await _tried(done):
                    if self.processes.find(name) is None and self.processes.log_path(name).exists():
                        break
                    await asyncio.sleep(LOOK_SECONDS)
                else:
                    return
        except TimeoutError:
            pass
        log = self.processes.log_path(name)
        raise ServiceFailed(f"{name} does not answer:\n{tail(log, 5)}".rstrip(), fix=f"read {log}")


async def _tried(done: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await done()
    except (httpx.TransportError, HypernodeError):
        return False
