"""The context of a command: its home folder, the cluster, the keys, and connections to the services."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from hypernode.config import Cluster, Settings
from hypernode.domain.types import ZERO_ADDRESS, Address, address_of, parse_address
from hypernode.domain.words import parse_length
from hypernode.errors import ConfigError, InvalidAddress, InvalidDuration
from hypernode_cli.errors import KeyUnusable
from hypernode_cli.output import Output

# Imports inside functions: signing and RPC libraries take longer to load than most commands take to run.
if TYPE_CHECKING:
    from hypernode import GovernanceClient, Hypernode, SlashingClient, StakerClient, TreasuryClient
    from hypernode.chain.keys import Key
    from hypernode.chain.rpc_client import RpcClient
    from hypernode.client.api import ApiClient

WALLET = "wallet"
SECRET_BYTES = 64

Rest = ParamSpec("Rest")


class AddressArgument(click.ParamType[Address]):
    """An address in its only spelling, so that a typing error never becomes part of a request."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Address:
        try:
            return parse_address(value)
        except InvalidAddress as fault:
            self.fail(str(fault), param, context)


class LengthArgument(click.ParamType[int]):
    """A length of time as people write it (12h, 30d), in seconds."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        try:
            return value if isinstance(value, int) else parse_length(value)
        except InvalidDuration as fault:
            self.fail(f"{fault}: {fault.fix}", param, context)


class _NoKey:
    """The signer of requests that are only reads: it signs nothing."""

    address = ZERO_ADDRESS

    def sign(self, message: bytes) -> bytes:
        raise ConfigError("a read is not signed")


@dataclass(frozen=True)
class Context:
    """The settings and the output of one command, from its --home and --json."""

    settings: Settings
    output: Output

    @property
    def home(self) -> Path:
        return self.settings.home

    def cluster(self) -> Cluster:
        """Return the cluster that cluster.json of this home describes."""
        return Cluster.load(self.home)

    def key_path(self, name: str) -> Path:
        return self.settings.keys / f"{name}.json"

    def key(self, name: str) -> Key:
        from hypernode.chain.keys import Key

        path = self.key_path(name)
        try:
            return Key.load(path)
        except ConfigError as fault:
            if not path.exists():
                raise
            raise KeyUnusable(
                f"{path} cannot be read as a key",
                fix="check its permissions, or put your copy of the key there",
            ) from fault

    def ensure_key(self, name: str) -> Key:
        """Return a named key; make it if it does not exist."""
        from hypernode.chain.keys import Key

        if not self.key_path(name).exists():
            Key.generate().save(self.key_path(name))
        return self.key(name)

    def signer(self, name: str) -> Key:
        """Return a named key that is going to sign."""
        if not self.key_path(name).exists():
            raise ConfigError(f"there is no key {name!r}", fix="hyper wallet new, or --key node-operator")
        return self.key(name)

    def wallet(self) -> Key:
        return self.key(WALLET)

    def wallet_address(self) -> Address:
        """Return the wallet's address, which ends its key file, without loading the signing library."""
        try:
            secret = bytes(json.loads(self.key_path(WALLET).read_bytes()))
        except (OSError, ValueError, TypeError):
            secret = b""
        return address_of(secret[32:]) if len(secret) == SECRET_BYTES else self.wallet().address

    @asynccontextmanager
    async def chain(self) -> AsyncIterator[RpcClient]:
        from hypernode.chain.rpc_client import RpcClient

        cluster = self.cluster()
        chain = await RpcClient.connect(cluster.rpc_url, cluster.ws_url)
        try:
            yield chain
        finally:
            await chain.close()

    @asynccontextmanager
    async def api(self) -> AsyncIterator[ApiClient]:
        """Open the API to read from it, which takes no key."""
        from hypernode.client.api import ApiClient
        from hypernode.domain.clock import SystemClock
        from hypernode.domain.http_signature import RequestSigner

        async with ApiClient(self.cluster().api_url, RequestSigner(_NoKey(), SystemClock())) as api:
            yield api

    @asynccontextmanager
    async def connected(self, signer: Key | None = None) -> AsyncIterator[Hypernode]:
        """Connect to chain and API, as the SDK does; without a signer the wallet signs, if there is one."""
        from hypernode import Hypernode

        async with Hypernode.connect(self.home, cluster=self.cluster(), wallet=signer) as hn:
            yield hn

    @asynccontextmanager
    async def staker(self, key: str) -> AsyncIterator[StakerClient]:
        """Open the staker's client for a named key."""
        async with self.connected(self.signer(key)) as hn:
            yield hn.staking

    @asynccontextmanager
    async def governance(self, key: str) -> AsyncIterator[GovernanceClient]:
        """Open the client of the DAO for a named key."""
        async with self.connected(self.signer(key)) as hn:
            yield hn.governance

    @asynccontextmanager
    async def slasher(self, key: str) -> AsyncIterator[SlashingClient]:
        """Open the client of the slashing program for a named key."""
        async with self.connected(self.signer(key)) as hn:
            yield hn.slashing

    @asynccontextmanager
    async def treasury(self, key: str) -> AsyncIterator[TreasuryClient]:
        """Open the client of the treasury for a named key."""
        async with self.connected(self.signer(key)) as hn:
            yield hn.treasury


class _Command(click.Command):
    """A command whose help lists the options that all commands have after its own."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return sorted(super().get_params(ctx), key=lambda found: found.name in ("as_json", "home", "help"))


def command(name: str) -> Callable[[Callable[Concatenate[Context, Rest], Awaitable[None]]], click.Command]:
    """Make a command of an async function that takes a `Context` first; add --json and --home."""

    def make(run: Callable[Concatenate[Context, Rest], Awaitable[None]]) -> click.Command:
        def call(*args: Any, as_json: bool, home: Path | None, **options: Any) -> None:
            settings = Settings.from_environment(**({} if home is None else {"home": home}))
            # Services and mounts of containers outlive this command's working directory.
            settings = settings.model_copy(update={"home": settings.home.absolute()})
            asyncio.run(_finish(run(Context(settings, Output(as_json=as_json)), *args, **options)))

        update_wrapper(call, run)
        made = click.command(name, cls=_Command, help=run.__doc__)(call)
        made.params += [
            click.Option(["--json", "as_json"], is_flag=True, help="Print JSON."),
            click.Option(
                ["--home"],
                type=click.Path(path_type=Path, file_okay=False),
                help="Folder with keys, state and cluster.json (HYPERNODE_HOME).",
            ),
        ]
        return made

    return make


async def _finish(work: Awaitable[None]) -> None:
    await work
