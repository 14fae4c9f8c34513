"""`ChainPort` over an in-process VM: the fake that services test against, without sockets.

It runs the real programs on the real VM, so it refuses what the chain refuses; only its clock is the
test's own. A transaction lands at once. Each gets its own slot and block hash.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

import base58
from solders.account import Account
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey
from solders.transaction_metadata import FailedTransactionMetadata, TransactionMetadata

from hypernode.chain.batch import RawAccount
from hypernode.chain.errors import transaction_error
from hypernode.chain.history import landed
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import MARKETS, ChainEvent, ChainTransaction
from hypernode.chain.reading import ChainReader
from hypernode.chain.rpc_client import first_signer
from hypernode.chain.transactions import Draft
from hypernode.domain.draw import Block
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import TransactionFailed

GENESIS_HASH = hashlib.sha256(b"hypernode in-process chain").digest()
# 2026-01-01: any instant does, but not 0, which programs use for "never".
START_TIME = 1_767_225_600


class LiteVm:
    """Hold the VM, what landed on it, and its clock."""

    def __init__(self, start_time: int = START_TIME) -> None:
        self.vm = LiteSVM()
        self.landed: list[dict[str, Any]] = []
        self.set_time(start_time)

    def set_time(self, unix_timestamp: int) -> None:
        clock = self.vm.get_clock()
        clock.unix_timestamp = unix_timestamp
        self.vm.set_clock(clock)

    def advance(self, seconds: int) -> None:
        self.set_time(self.vm.get_clock().unix_timestamp + seconds)

    def airdrop(self, address: Address, lamports: int) -> None:
        self.vm.airdrop(pubkey(address), lamports)
        self.next_slot()

    def next_slot(self) -> None:
        clock = self.vm.get_clock()
        clock.slot += 1
        self.vm.set_clock(clock)
        self.vm.expire_blockhash()

    async def account(self, address: Address) -> RawAccount | None:
        return self.raw_account(address)

    async def accounts(self, addresses: list[Address]) -> dict[Address, RawAccount | None]:
        return {address: self.raw_account(address) for address in addresses}

    async def program_accounts(
        self, program: Address, filters: list[dict[str, Any]]
    ) -> dict[Address, RawAccount]:
        accounts = self.owned_by(program).items()
        return {key: raw for key, raw in accounts if all(_passes(raw, entry) for entry in filters)}

    def raw_account(self, address: Address) -> RawAccount | None:
        account = self.vm.get_account(pubkey(address))
        return None if account is None else _raw(account)

    def owned_by(self, program: Address) -> dict[Address, RawAccount]:
        found = self.vm.get_program_accounts(pubkey(program))
        return {Address(str(key)): _raw(account) for key, account in found}

    def set_raw_account(self, address: Address, account: RawAccount, *, executable: bool = False) -> None:
        vendor = Account(account.lamports, account.data, pubkey(account.owner), executable=executable)
        self.vm.set_account(pubkey(address), vendor)

    def execute(self, draft: Draft) -> TransactionMetadata:
        """Run a signed transaction in a slot of its own; raise its typed error."""
        if draft.missing:
            raise TransactionFailed(f"signatures missing: {', '.join(sorted(draft.missing))}")
        result = self.vm.send_transaction(draft.transaction)
        failed = isinstance(result, FailedTransactionMetadata)
        meta = result.meta() if isinstance(result, FailedTransactionMetadata) else result
        error = json.loads(result.to_json())["err"] if failed else None
        clock = self.vm.get_clock()
        self.landed.append(
            {
                "signature": draft.signature,
                "slot": clock.slot,
                "block_time": clock.unix_timestamp,
                "error": error,
                "logs": meta.logs(),
                "wire": draft.encode(),
            }
        )
        self.next_slot()
        if failed:
            raise transaction_error(error, draft.programs, meta.logs(), draft.signature)
        return meta


class LiteChain(ChainReader):
    """Speak `ChainPort` to a `LiteVm`."""

    def __init__(self, lite: LiteVm, genesis_hash: bytes = GENESIS_HASH) -> None:
        super().__init__(lite)
        self.lite = lite
        self._genesis_hash = genesis_hash

    async def genesis_hash(self) -> bytes:
        return self._genesis_hash

    async def balance(self, address: Address) -> int:
        return self.lite.vm.get_balance(pubkey(address)) or 0

    async def send(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Key | None = None
    ) -> str:
        payer = payer or first_signer(signers)
        draft = Draft.build(instructions, [payer, *signers], payer.address, self._blockhash())
        self.lite.execute(draft)
        return draft.signature

    async def prepare(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Address
    ) -> str:
        return Draft.build(instructions, signers, payer, self._blockhash()).encode()

    async def submit(self, transaction: str) -> str:
        draft = Draft.decode(transaction)
        if any(entry["signature"] == draft.signature for entry in self.lite.landed):
            return draft.signature
        self.lite.execute(draft)
        return draft.signature

    async def transactions_since(
        self, signature: str | None = None, limit: int | None = None, program: Address = MARKETS
    ) -> list[ChainTransaction]:
        seen = [entry["signature"] for entry in self.lite.landed]
        start = seen.index(signature) + 1 if signature in seen else 0
        touching = [entry for entry in self.lite.landed[start:] if _touches(entry, program)]
        return [landed(**entry, program=program) for entry in touching[:limit]]

    async def events_since(
        self, signature: str | None = None, limit: int | None = None, program: Address = MARKETS
    ) -> list[ChainEvent]:
        transactions = await self.transactions_since(signature, limit, program)
        return [event for transaction in transactions for event in transaction.events]

    async def events_of(self, account: Address, program: Address = MARKETS) -> list[ChainEvent]:
        touching = [entry for entry in self.lite.landed if _touches(entry, account)]
        return [event for entry in touching for event in landed(**entry, program=program).events]

    async def close(self) -> None:
        return None

    def _blockhash(self) -> str:
        return str(self.lite.vm.latest_blockhash())


class LiteBlocks:
    """`Blocks` of a `LiteVm`: each slot up to the current one has a block, unless a test says otherwise."""

    def __init__(self, lite: LiteVm, secret: bytes = b"") -> None:
        self._lite, self.secret = lite, secret
        self.skipped: set[int] = set()

    async def finalized_slot(self) -> int:
        return self._lite.vm.get_clock().slot

    async def block(self, slot: int) -> Block | None:
        if slot in self.skipped:
            return None
        parent = slot - 1
        while parent in self.skipped:
            parent -= 1
        seed = b"hypernode in-process block" + self.secret + slot.to_bytes(8, "little")
        return Block(slot, parent, hashlib.sha256(seed).digest())


def pubkey(address: Address) -> Pubkey:
    return Pubkey.from_bytes(address_bytes(address))


def _raw(account: Account) -> RawAccount:
    return RawAccount(Address(str(account.owner)), account.lamports, account.data)


def _passes(account: RawAccount, entry: dict[str, Any]) -> bool:
    if "dataSize" in entry:
        return len(account.data) == int(entry["dataSize"])
    offset = int(entry["memcmp"]["offset"])
    return account.data[offset:].startswith(base58.b58decode(entry["memcmp"]["bytes"]))


def _touches(entry: dict[str, Any], program: Address) -> bool:
    return address_bytes(program) in base64.b64decode(entry["wire"])
