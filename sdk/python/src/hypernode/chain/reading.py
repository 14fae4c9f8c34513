"""Owns turning raw accounts into typed ones; both kinds of chain read through it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import base58

from hypernode.chain import addresses
from hypernode.chain.generated.markets import BuyerAccount, Config, Job, Market, Node, OracleSet
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.chain.layout import LayoutError, Reader
from hypernode.chain.ports import ChainClock, Decoded
from hypernode.chain.tokens import TokenAccount
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address


@dataclass(frozen=True)
class RawAccount:
    owner: Address
    lamports: int
    data: bytes


class AccountSource(Protocol):
    """Where raw accounts come from."""

    async def account(self, address: Address) -> RawAccount | None:
        """Return one account, or None."""

    async def program_accounts(
        self, program: Address, filters: list[dict[str, Any]]
    ) -> Mapping[Address, RawAccount]:
        """Return the accounts of a program that pass every filter of JSON-RPC's getProgramAccounts."""


class ChainReader:
    """Read the protocol's accounts from any source."""

    def __init__(self, source: AccountSource) -> None:
        self._source = source

    async def clock(self) -> ChainClock:
        account = await self._source.account(addresses.CLOCK_SYSVAR)
        if account is None:
            raise LayoutError("the cluster has no clock account")
        read = Reader(account.data)
        slot = read.unsigned(8)
        read.raw(24)  # epoch's start, epoch, leader schedule's epoch
        return ChainClock(slot, read.signed(8))

    async def config(self) -> Config | None:
        return await self.read(Config, addresses.config())

    async def oracle_set(self) -> OracleSet | None:
        return await self.read(OracleSet, addresses.oracle_set())

    async def pool(self) -> Pool | None:
        return await self.read(Pool, addresses.pool())

    async def market(self, address: Address) -> Market | None:
        return await self.read(Market, address)

    async def job(self, address: Address) -> Job | None:
        return await self.read(Job, address)

    async def node(self, address: Address) -> Node | None:
        return await self.read(Node, address)

    async def buyer(self, owner: Address) -> BuyerAccount | None:
        return await self.read(BuyerAccount, addresses.buyer(owner))

    async def stake(self, owner: Address) -> Stake | None:
        return await self.read(Stake, addresses.stake(owner))

    async def jobs(self, status: JobStatus | None = None) -> dict[Address, Job]:
        found = await self.read_all(Job)
        return {address: job for address, job in found.items() if status is None or job.status is status}

    async def nodes(self) -> dict[Address, Node]:
        return await self.read_all(Node)

    async def markets(self) -> dict[Address, Market]:
        return await self.read_all(Market)

    async def token_balance(self, token_account: Address) -> int:
        account = await self._source.account(token_account)
        if account is None:
            return 0
        if account.owner != addresses.TOKEN_PROGRAM:
            raise LayoutError(f"{token_account} is no token account")
        return TokenAccount.decode(account.data).amount

    async def read(self, kind: type[Decoded], address: Address) -> Decoded | None:
        """Return an account of ours; an empty one, or none, is None; somebody else's is an error."""
        account = await self._source.account(address)
        if account is None or not account.data:
            return None
        if account.owner != kind.PROGRAM:
            raise LayoutError(f"{address} belongs to {account.owner}, not to {kind.PROGRAM}")
        return kind.decode(account.data)

    async def read_all(self, kind: type[Decoded]) -> dict[Address, Decoded]:
        """Return every account of one type by address."""
        tag = {"memcmp": {"offset": 0, "bytes": base58.b58encode(kind.DISCRIMINATOR).decode()}}
        found = await self._source.program_accounts(kind.PROGRAM, [tag, {"dataSize": kind.SIZE}])
        return {address: kind.decode(account.data) for address, account in found.items()}
