"""Reader of typed accounts over any source of raw ones: a node, or the VM of tests."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from hypernode.chain import addresses
from hypernode.chain.batch import Batch, Decoded, RawAccount, decoded
from hypernode.chain.generated.markets import BuyerAccount, Config, Job, Market, Node, OracleSet
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.chain.layout import LayoutError, Reader
from hypernode.chain.ports import ChainClock
from hypernode.chain.tokens import TokenAccount
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address

log = logging.getLogger(__name__)


class AccountSource(Protocol):
    """Where raw accounts come from."""

    async def account(self, address: Address) -> RawAccount | None:
        """Return one account, or None."""

    async def accounts(self, addresses: list[Address]) -> Mapping[Address, RawAccount | None]:
        """Return accounts by address, all of one slot if there are at most 100."""

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

    async def jobs(self, status: JobStatus | None = None, node: Address | None = None) -> dict[Address, Job]:
        equal = {"status": status, "node": node}
        return await self.read_all(Job, **{name: value for name, value in equal.items() if value is not None})

    async def nodes(self) -> dict[Address, Node]:
        return await self.read_all(Node)

    async def markets(self) -> dict[Address, Market]:
        return await self.read_all(Market)

    async def token_balance(self, token_account: Address) -> int:
        account = await self._source.account(token_account)
        if account is None:
            return 0
        if account.owner != addresses.TOKEN_PROGRAM:
            raise LayoutError(f"{token_account} is not a token account")
        return TokenAccount.decode(account.data).amount

    async def read(self, kind: type[Decoded], address: Address) -> Decoded | None:
        return decoded(kind, address, await self._source.account(address))

    async def read_many(self, wanted: Iterable[Address]) -> Batch:
        return Batch(await self._source.accounts(list(dict.fromkeys(wanted))))

    async def read_all(self, kind: type[Decoded], **equal: Address | int) -> dict[Address, Decoded]:
        found = await self._source.program_accounts(kind.PROGRAM, kind.filters(**equal))
        known: dict[Address, Decoded] = {}
        for address, account in found.items():
            try:
                known[address] = kind.decode(account.data)
            except LayoutError as fault:
                # A newer program wrote it, in a way that this client does not know. The others stay readable.
                log.warning("%s of a newer program skipped: %s", address, fault)
        return known
