"""Ports through which services read and write the chain, and the values that cross them.

A consumer asks for the port it needs: `Accounts`, `Transactions`, `History`, or `ChainPort` for all three;
and `Blocks`, which may come from several RPC endpoints.

`hypernode.chain.rpc_client.RpcClient` has all of them over JSON-RPC; `hypernode.chain.lite.LiteChain` over
an in-process VM with a settable clock, for tests. Both raise the same typed errors:

- `RpcUnavailable`: the node cannot be reached or does not answer sensibly; reads were already retried.
- `TransactionTooLarge`: the transaction does not fit into one packet of 1,232 bytes; nothing was sent.
- `TransactionExpired`: the block hash died before the transaction landed; it can never land later.
- `ProgramError` (typed subclasses in `hypernode.chain.generated` and `hypernode.chain.errors`): a program
  refused the transaction; nothing happened on chain but the fee.
- `TransactionFailed`: refused for any other reason (no funds for the fee, missing signature, …).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hypernode.chain.batch import Batch, Decoded
from hypernode.chain.generated import markets
from hypernode.chain.generated.markets import BuyerAccount, Config, Job, Market, Node, OracleSet
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.domain.draw import Block
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import TransactionFailed

MARKETS = markets.PROGRAM_ID


@dataclass(frozen=True)
class ChainClock:
    """What the chain believes the time is; every deadline is judged by `unix_timestamp`."""

    slot: int
    unix_timestamp: int


@dataclass(frozen=True)
class ChainEvent:
    """One event of one of our programs; (signature, index) is unique and stable, so it keys a row."""

    signature: str
    index: int
    slot: int
    block_time: int
    program: Address
    event: Event


@dataclass(frozen=True)
class ChainTransaction:
    """One landed transaction that touched a program of ours.

    A failed one has no events. One whose logs the runtime cut (`whole` is False) may have had more events
    than these: a reader that keeps a copy must then read the accounts.
    """

    signature: str
    slot: int
    block_time: int
    error: TransactionFailed | None
    events: tuple[ChainEvent, ...]
    whole: bool = True


class Accounts(Protocol):
    """The state of the chain, at commitment `confirmed`."""

    async def genesis_hash(self) -> bytes:
        """Return the 32 bytes that tell this cluster from every other."""

    async def clock(self) -> ChainClock:
        """Return the chain's clock, read from its clock account."""

    async def config(self) -> Config | None:
        """Return the markets configuration; None before it is initialised."""

    async def oracle_set(self) -> OracleSet | None:
        """Return the oracle keys in force, with their epoch and threshold."""

    async def pool(self) -> Pool | None:
        """Return the staking pool; None before it is initialised."""

    async def market(self, address: Address) -> Market | None:
        """Return one market by its account address."""

    async def job(self, address: Address) -> Job | None:
        """Return one live job by its account address; None once it has ended (its account is closed)."""

    async def node(self, address: Address) -> Node | None:
        """Return one node by its account address (`addresses.node(authority)`)."""

    async def buyer(self, owner: Address) -> BuyerAccount | None:
        """Return the buyer account of a wallet."""

    async def stake(self, owner: Address) -> Stake | None:
        """Return the stake of a wallet."""

    async def jobs(self, status: JobStatus | None = None, node: Address | None = None) -> dict[Address, Job]:
        """Return live jobs by address: all, or those of one status, of one node (its account), or of both."""

    async def nodes(self) -> dict[Address, Node]:
        """Return every registered node by address."""

    async def markets(self) -> dict[Address, Market]:
        """Return every market by address."""

    async def read(self, kind: type[Decoded], address: Address) -> Decoded | None:
        """Return one account of any of our programs; None if it does not exist."""

    async def read_many(self, wanted: Iterable[Address]) -> Batch:
        """Read several accounts at once: one call for each 100, and one slot if there are no more."""

    async def read_all(self, kind: type[Decoded], **equal: Address | int) -> dict[Address, Decoded]:
        """Return the accounts of one type by address whose fields equal these values; the node filters."""

    async def balance(self, address: Address) -> int:
        """Return the lamports of an account; 0 if it does not exist."""

    async def token_balance(self, token_account: Address) -> int:
        """Return the base units in a token account; 0 if it does not exist."""


class Transactions(Protocol):
    """What changes the chain."""

    async def send(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Key | None = None
    ) -> str:
        """Sign, send and confirm one transaction and return its signature.

        The payer is the first signer unless one is given. Sending the same instructions again makes a
        new transaction: idempotency comes from the programs (a used nonce, a left state).
        """

    async def prepare(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Address
    ) -> str:
        """Build a transaction that still lacks signatures and return it in base64.

        The matcher hands this to a worker, which checks it with `transactions.Draft.decode`, adds its
        signature and calls `submit`. Its block hash lives about a minute.
        """

    async def submit(self, transaction: str) -> str:
        """Send and confirm a fully signed base64 transaction; a second submit has no second effect."""


class History(Protocol):
    """What has landed on the chain."""

    async def transactions_since(
        self,
        signature: str | None = None,
        limit: int | None = None,
        program: Address = MARKETS,
    ) -> list[ChainTransaction]:
        """Return the transactions that touched one program after `signature`, oldest first.

        With None, from the beginning of what the node remembers. With a limit, the oldest `limit` of
        them: call again with the last signature seen to go on, so a cursor never skips one. Keep one
        cursor per program: that is the only order which a node vouches for. A batch ends early where
        the node lists a transaction it cannot show yet, so nothing slips in behind the cursor.
        """

    async def events_since(
        self,
        signature: str | None = None,
        limit: int | None = None,
        program: Address = MARKETS,
    ) -> list[ChainEvent]:
        """Return the events of `transactions_since`, in order. For a cursor use `transactions_since`."""

    async def events_of(self, account: Address, program: Address = MARKETS) -> list[ChainEvent]:
        """Return what a program told in the transactions that name one account, oldest first.

        As far back as the node remembers. Reads that account's transactions alone.
        """


class Blocks(Protocol):
    """Finalized blocks of one RPC endpoint."""

    async def finalized_slot(self) -> int:
        """Return the last finalized slot."""

    async def block(self, slot: int) -> Block | None:
        """Return the block of a finalized slot; None if the node says that the slot was skipped.

        Only the next block's parent slot proves a skipped slot. Raises `RpcUnavailable` for a block that the
        node does not have: it was pruned there, or the node lags.
        """


class ChainPort(Accounts, Transactions, History, Protocol):
    """All three ports: for clients that read and write."""

    async def close(self) -> None:
        """Release the connections."""
