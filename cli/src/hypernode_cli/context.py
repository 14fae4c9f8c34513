"""What every command starts from: the home folder, the cluster, the wallet, and the connections to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click

from hypernode.blobs import HttpBlobs
from hypernode.chain.keys import Key
from hypernode.chain.rpc_client import RpcClient
from hypernode.client import (
    ApiClient,
    BuyerClient,
    GovernanceClient,
    SlashingClient,
    StakerClient,
    TreasuryClient,
)
from hypernode.config import Cluster, Settings
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.types import Address, parse_address
from hypernode.domain.words import parse_length
from hypernode.errors import ConfigError, InvalidAddress, InvalidDuration
from hypernode_cli.output import Output

WALLET = "wallet"

Rest = ParamSpec("Rest")


class KeyUnusable(ConfigError):
    """A key file is there but holds no key that can be read."""


class AddressArgument(click.ParamType[Address]):
    """An address in its one spelling, so that a typing error never becomes part of a request."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Address:
        try:
            return parse_address(value)
        except InvalidAddress as fault:
            self.fail(str(fault), param, context)


class LengthArgument(click.ParamType[int]):
    """A length of time as people write it, in seconds."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        try:
            return value if isinstance(value, int) else parse_length(value)
        except InvalidDuration as fault:
            self.fail(f"{fault}: {fault.fix}", param, context)


@dataclass(frozen=True)
class Context:
    """Made once per command, from its --home and --json."""

    settings: Settings
    output: Output

    @property
    def home(self) -> Path:
        return self.settings.home

    def cluster(self) -> Cluster:
        """Read cluster.json; a missing one says to run `hyper up`."""
        return Cluster.load(self.home)

    def key_path(self, name: str) -> Path:
        return self.settings.keys / f"{name}.json"

    def key(self, name: str) -> Key:
        path = self.key_path(name)
        try:
            return Key.load(path)
        except ConfigError as fault:
            if not path.exists():
                raise
            raise KeyUnusable(
                f"{path} cannot be read as a key", fix="check its permissions, or put back your copy of it"
            ) from fault

    def signer(self, name: str) -> Key:
        """Return a named key that is to sign; a missing one says how to get one."""
        if not self.key_path(name).exists():
            raise ConfigError(f"there is no key {name!r}", fix="hyper wallet new, or --key node-operator")
        return self.key(name)

    def wallet(self) -> Key:
        return self.key(WALLET)

    @asynccontextmanager
    async def chain(self) -> AsyncIterator[RpcClient]:
        cluster = self.cluster()
        chain = await RpcClient.connect(cluster.rpc_url, cluster.ws_url)
        try:
            yield chain
        finally:
            await chain.close()

    @asynccontextmanager
    async def api(self, signer: Key | None = None) -> AsyncIterator[ApiClient]:
        """Open the API; reading needs no key, so a throw-away one signs when there is no wallet."""
        requests = RequestSigner(signer or Key.generate(), SystemClock())
        async with ApiClient(self.cluster().api_url, requests) as api:
            yield api

    @asynccontextmanager
    async def staker(self, key: str) -> AsyncIterator[StakerClient]:
        """Open the staker's SDK for a named key."""
        signer = self.signer(key)
        async with self.chain() as chain:
            yield StakerClient(chain, signer, mint=self.cluster().mint)

    @asynccontextmanager
    async def governance(self, key: str) -> AsyncIterator[GovernanceClient]:
        """Open the DAO's SDK for a named key."""
        signer = self.signer(key)
        async with self.chain() as chain:
            yield GovernanceClient(chain, signer)

    @asynccontextmanager
    async def slasher(self, key: str) -> AsyncIterator[SlashingClient]:
        """Open the court's SDK for a named key."""
        signer = self.signer(key)
        async with self.chain() as chain:
            yield SlashingClient(chain, signer, mint=self.cluster().mint)

    @asynccontextmanager
    async def treasury(self, key: str) -> AsyncIterator[TreasuryClient]:
        """Open the treasury's SDK for a named key."""
        signer = self.signer(key)
        async with self.chain() as chain:
            yield TreasuryClient(chain, signer, mint=self.cluster().mint)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[BuyerClient]:
        """Open the buyer's SDK for this wallet."""
        wallet, cluster = self.wallet(), self.cluster()
        requests = RequestSigner(wallet, SystemClock())
        async with self.chain() as chain, ApiClient(cluster.api_url, requests) as api:
            blobs = HttpBlobs(cluster.api_url, wallet)
            try:
                yield BuyerClient(chain, api, blobs, wallet, mint=cluster.mint, market=cluster.market)
            finally:
                await blobs.close()


def command(
    group: click.Group, name: str | None = None
) -> Callable[[Callable[Concatenate[Context, Rest], Awaitable[None]]], click.Command]:
    """Register an async command that takes a `Context` first and has --json and --home."""

    def register(run: Callable[Concatenate[Context, Rest], Awaitable[None]]) -> click.Command:
        def call(*args: Any, as_json: bool, home: Path | None, **options: Any) -> None:
            settings = Settings.from_environment(**({} if home is None else {"home": home}))
            # Services and mounts of containers outlive this command's working directory.
            settings = settings.model_copy(update={"home": settings.home.absolute()})
            asyncio.run(_finish(run(Context(settings, Output(as_json=as_json)), *args, **options)))

        update_wrapper(call, run)
        decorated = group.command(name, help=run.__doc__)(call)
        decorated.params += [
            click.Option(["--json", "as_json"], is_flag=True, help="Print JSON."),
            click.Option(
                ["--home"],
                type=click.Path(path_type=Path, file_okay=False),
                help="Folder with keys, state and cluster.json (HYPERNODE_HOME).",
            ),
        ]
        return decorated

    return register


async def _finish(work: Awaitable[None]) -> None:
    await work
