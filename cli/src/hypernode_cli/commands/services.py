"""The services of one home folder: starts each, and waits until it answers."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from hypernode.config import API_PORT, CLUSTER_FILE, DESCRIPTION_FILE, RPC_PORT, WS_PORT, Cluster, Settings
from hypernode.domain.types import Address
from hypernode.errors import ConfigError, HypernodeError
from hypernode_cli.commands.processes import Processes, grown, tail

if TYPE_CHECKING:
    from hypernode.chain.generated.markets import MarketTerms

# A service that lives and has not answered after this time has failed. One that ends is noticed at once, so
# the time only has to be more than a busy machine needs.
START_SECONDS = 120.0
LOOK_SECONDS = 0.05
HOST = "127.0.0.1"
CHAIN, API, NODE = "localnet", "api", "node"
# File of a home whose wallet got its first money: a later start gives no more.
WELCOMED = "welcomed"
# Line in the log of an oracle that has checked its engine and watches the chain.
ORACLE_UP = "oracle up"
# The roles that the genesis of a local chain gives keys to.
# Ports that services may take when none was chosen.
PORTS = range(20_000, 32_768)
ORACLE_NAMES = ("oracle-1", "oracle-2", "oracle-3")


class ServiceFailed(ConfigError):
    """A service ended, or did not answer, after its start."""


class PortTaken(ConfigError):
    """Another process listens on a service's port; its answers are those of another marketplace."""


@dataclass(frozen=True)
class Ports:
    rpc: int
    ws: int
    api: int

    @classmethod
    def of(
        cls, home: Path, *, rpc: int | None = None, ws: int | None = None, api: int | None = None
    ) -> Ports:
        """Return the given ports; one that is not given is the port used last, or the default."""
        last = cls(RPC_PORT, WS_PORT, API_PORT)
        if (home / CLUSTER_FILE).exists():
            cluster = Cluster.load(home)
            if "faucet" not in cluster.keys:
                raise ConfigError(
                    f"{home} belongs to the cluster at {cluster.rpc_url}, which is not a local one",
                    fix="choose another folder with --home or HYPERNODE_HOME",
                )
            last = cls(
                urlsplit(cluster.rpc_url).port or last.rpc,
                urlsplit(cluster.ws_url).port or last.ws,
                urlsplit(cluster.api_url).port or last.api,
            )
        return cls(rpc or last.rpc, ws or last.ws, api or last.api)


class Services:
    """Localnet, API, oracles and nodes of one home folder."""

    def __init__(self, home: Path, ports: Ports, *, waived_runc: str = "") -> None:
        self.home, self._ports = home, ports
        self.processes = Processes(home)
        self._waived = f'["{waived_runc}"]' if waived_runc else "[]"
        # What this object started, each with the size of its log before the start.
        self._started: dict[str, int] = {}

    @property
    def settings(self) -> Settings:
        return Settings(
            home=self.home,
            rpc_url=f"http://{HOST}:{self._ports.rpc}",
            ws_url=f"ws://{HOST}:{self._ports.ws}",
            api_url=f"http://{HOST}:{self._ports.api}",
        )

    @property
    def started(self) -> tuple[str, ...]:
        """Return the names of the services that this object started, in order."""
        return tuple(self._started)

    async def start_chain(self, terms: MarketTerms | None = None) -> Cluster:
        """Start the local chain with our programs and open a market on it."""
        from hypernode_localnet.genesis import DEFAULT_TERMS, bootstrap, ensure_key  # of the extra `up`

        authority = ensure_key(self.settings.keys / "authority.json")
        arguments = ("--rpc-port", str(self._ports.rpc), "--ws-port", str(self._ports.ws))
        state = ("--state", str(self.home / "chain"), "--upgrade-authority", authority.address)
        listens = (self._ports.rpc, self._ports.ws)
        self._start(CHAIN, "hypernode_localnet", (*arguments, *state), listens=listens)
        await self._answers(CHAIN, f"{self.settings.rpc_url}/health")
        known = Cluster.load(self.home).oracles if self.settings.cluster_file.exists() else {}
        cluster = await bootstrap(self.settings, terms or DEFAULT_TERMS)
        cluster = cluster.model_copy(update={"oracles": self._oracle_urls(cluster, known)})
        cluster.save(self.home)
        return Cluster.load(self.home)

    def _oracle_urls(self, cluster: Cluster, known: dict[Address, str]) -> dict[Address, str]:
        """Return where each oracle listens: where it was last, if that port is its own or free."""
        from hypernode.chain.keys import Key

        urls = {}
        for name in ORACLE_NAMES:
            key = Key.load(cluster.key(name)).address
            port = urlsplit(known.get(key, "")).port
            if port is None or (self.processes.find(name) is None and not _is_free(port)):
                (port,) = free_ports(1)
            urls[key] = f"http://{HOST}:{port}"
        return urls

    async def start_api(self, cluster: Cluster) -> None:
        blobs, database = self.home / "blobs", self.home / "api.sqlite"
        arguments = (
            *("serve", "--port", str(self._ports.api), "--rpc-url", cluster.rpc_url),
            *("--ws-url", cluster.ws_url),
            *("--database-url", f"sqlite+aiosqlite:///{database}", "--blobs-url", str(blobs)),
            *("--matcher-key", str(cluster.key("matcher")), "--default-market", cluster.market),
        )
        prefix = "HYPERNODE_API_"
        settings = {
            # The matcher vouches for a local chain: there is no other operator.
            f"{prefix}CLUSTER_KEY": str(cluster.key("matcher")),
            f"{prefix}CLUSTER_NAME": "local chain",
            f"{prefix}ORACLES": json.dumps(cluster.oracles),
            **_local_draw(prefix),
        }
        listens = (self._ports.api,)
        self._start(API, "hypernode_marketplace_api.main", arguments, settings, listens=listens)
        await self._answers(API, f"{cluster.api_url}/health")

    def start_oracle(self, cluster: Cluster, name: str) -> None:
        from hypernode.chain.keys import Key

        prefix, key = "HYPERNODE_ORACLE_", Key.load(cluster.key(name)).address
        settings = {
            f"{prefix}HOME": str(self.home / name),
            f"{prefix}KEY": str(cluster.key(name)),
            f"{prefix}RPC_URL": cluster.rpc_url,
            f"{prefix}WS_URL": cluster.ws_url,
            f"{prefix}API_URL": cluster.api_url,
            f"{prefix}PORT": str(urlsplit(cluster.oracles[key]).port),
            f"{prefix}PEERS": json.dumps(cluster.oracles),
            f"{prefix}WAIVED_RUNC": self._waived,
            **_local_draw(prefix),
        }
        self._start(name, "hypernode_oracle.main", settings=settings)

    async def watching(self, oracle: str) -> None:
        """Wait until an oracle that was started here watches the chain."""

        async def up() -> bool:
            size = self._started.get(oracle)
            return size is None or ORACLE_UP in grown(self.processes.log_path(oracle), size)[0]

        await self._until(oracle, up)

    def start_node(
        self,
        cluster: Cluster,
        name: str,
        operator: str,
        *,
        module: str = "hypernode_node_client.main",
        slots: int = 1,
    ) -> None:
        prefix = "HYPERNODE_NODE_"
        settings = {
            f"{prefix}HOME": str(self.home / name),
            f"{prefix}WORKER_KEY": str(self.settings.keys / f"{name}-worker.json"),
            f"{prefix}OPERATOR": operator,
            f"{prefix}RPC_URL": cluster.rpc_url,
            f"{prefix}WS_URL": cluster.ws_url,
            f"{prefix}API_URL": cluster.api_url,
            f"{prefix}SLOTS": str(slots),
            f"{prefix}ORACLES": json.dumps(cluster.oracles),
            f"{prefix}WAIVED_RUNC": self._waived,
        }
        self._start(name, module, settings=settings)

    async def online(self, cluster: Cluster, node: str, name: str = NODE) -> None:
        """Wait until the API reports the node of this worker as online."""

        async with httpx.AsyncClient() as http:

            async def heard() -> bool:
                answer = await http.get(f"{cluster.api_url}/v1/nodes/{node}")
                return answer.is_success and answer.json()["state"] == "online"

            await self._until(name, heard)

    def stop(self, *names: str) -> list[str]:
        """Stop the named services, or all, last started first; return which were running."""
        known = (CHAIN, API, *ORACLE_NAMES)
        running = list(self.processes.running())
        chosen = names or tuple(sorted(running, key=lambda name: known.index(name) if name in known else 99))
        return [name for name in reversed(chosen) if self.processes.stop(name)]

    def workers(self) -> list[Path]:
        """Return the folders of this home's oracles and nodes. Other folders belong to the user."""
        worker_keys = self.settings.keys.glob("*-worker.json")
        names = (*ORACLE_NAMES, *sorted(path.name.removesuffix("-worker.json") for path in worker_keys))
        return [self.home / name for name in names if (self.home / name).exists()]

    async def sweep(self) -> None:
        """Remove the containers and mounts of stopped workers and oracles."""
        from hypernode_sandbox.docker_engine import (
            DockerSandbox,
        )  # slow to import: it loads the engine's client

        for folder in self.workers():
            sandbox = DockerSandbox(folder / "work")
            try:
                for name in await sandbox.names():
                    await sandbox.remove(name)
            finally:
                await sandbox.close()

    def forget_chain(self) -> None:
        """Remove the chain and what refers to it. Keys and the user's own files stay."""
        if not (self.settings.keys / "authority.json").exists():
            return  # no chain was made here: a folder called `logs` belongs to the user
        for folder in (*self.workers(), *(self.home / name for name in ("chain", "blobs", "logs", "run"))):
            if folder.exists():
                shutil.rmtree(folder)
        files = (self.home / name for name in (CLUSTER_FILE, DESCRIPTION_FILE, WELCOMED))
        for file in (*files, *self.home.glob("api.sqlite*")):
            file.unlink(missing_ok=True)

    def _start(
        self,
        name: str,
        module: str,
        arguments: tuple[str, ...] = (),
        settings: dict[str, str] | None = None,
        *,
        listens: tuple[int, ...] = (),
    ) -> None:
        """Start a service, unless it runs with these arguments."""
        package = module.partition(".")[0]
        if find_spec(package) is None:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        found = self.processes.find(name)
        if found is None:
            for port in listens:
                _require_free(name, port)
            _, size = grown(self.processes.log_path(name), 0)
            self.processes.start(name, module, arguments, settings)
            self._started[name] = size
        elif tuple(found.argv[3:]) != arguments:
            raise ConfigError(f"{name} is running with other ports", fix="hyper down, then again")

    async def _answers(self, name: str, url: str) -> None:
        async with httpx.AsyncClient() as http:

            async def healthy() -> bool:
                return (await http.get(url)).is_success

            await self._until(name, healthy)

    async def _until(self, name: str, done: Callable[[], Awaitable[bool]]) -> None:
        """Wait until a service is ready; raise with the end of its log if it fails."""
        try:
            async with asyncio.timeout(START_SECONDS):
                while self._lives(name):
                    if await _tried(done):
                        return
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            pass
        log = self.processes.log_path(name)
        # A traceback ends with the error itself.
        said = next(
            (line for line in reversed(tail(log, 5).splitlines()) if line.strip()), "it logged nothing"
        )
        raise ServiceFailed(f"{name} does not answer; its log ends with: {said.strip()}", fix=f"read {log}")

    def _lives(self, name: str) -> bool:
        """Return whether the service may still answer; one not started here may run on another machine."""
        return name not in self._started or self.processes.find(name) is not None


def _local_draw(prefix: str) -> dict[str, str]:
    """Return the draw of a local chain, which has no leaders: the next slot decides."""
    return {f"{prefix}DRAW_{name}": "1" for name in ("GROUPS", "SLOTS", "DISTANCE")}


def free_ports(count: int) -> list[int]:
    """Return free ports below those of outgoing connections, which could take one before its service does."""
    ports = (port for port in random.sample(PORTS, len(PORTS)) if _is_free(port))
    return list(islice(ports, count))


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def _require_free(name: str, port: int) -> None:
    try:
        socket.create_server((HOST, port)).close()
    except OSError as cause:
        option = "--api-port" if name == API else "--rpc-port and --ws-port"
        raise PortTaken(
            f"{name} cannot listen on port {port}: {cause.strerror or cause}",
            fix=f"stop what listens there (hyper down in its home), or choose another with {option}",
        ) from cause


async def _tried(done: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await done()
    except (httpx.TransportError, HypernodeError):
        return False
