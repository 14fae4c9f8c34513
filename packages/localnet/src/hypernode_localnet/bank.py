"""Ledger that runs transactions on the VM one at a time and stores each before listeners hear of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import base58
from solders.account import Account
from solders.hash import Hash
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction
from solders.transaction_metadata import FailedTransactionMetadata

from hypernode_localnet import loading
from hypernode_localnet.clock import ChainTime
from hypernode_localnet.errors import INVALID_PARAMS, RpcFault, invalid_params
from hypernode_localnet.journal import FIRST_SLOT, Journal
from hypernode_localnet.records import Record, failure, metadata
from hypernode_localnet.snapshot import account_keys, token_balances

# Size of a network packet, the most that a transaction can have.
PACKET_BYTES = 1_232
# Slots for which a block hash is valid.
BLOCKHASH_SLOTS = 150
LAMPORTS_PER_SIGNATURE = 5_000

Listener = Callable[[Record, list[str]], None]


class Bank:
    """One chain in one process, the only writer of its journal."""

    def __init__(self, time: ChainTime, journal: Journal) -> None:
        # The bank checks block hashes and duplicates by slot, as the network does.
        self.vm = LiteSVM().with_blockhash_check(False).with_log_bytes_limit(10_000)
        self.time = time
        self._journal = journal
        self.genesis = journal.genesis()
        self._block_secret = journal.block_secret()
        self._skipped = journal.skipped()
        self.slot = journal.slot()
        self.listeners: list[Listener] = []
        self.slot_listeners: list[Callable[[int], None]] = []
        for program, authority, binary in journal.programs():
            loading.add_program(self.vm, program, authority, binary)
        for address, account in journal.accounts():
            self.vm.set_account(address, account)
        self._tick()

    # --- slots

    def next_slot(self, count: int = 1) -> int:
        """Close the slot and store number and time of the new one; slots between have no block."""
        if count > 1:
            self._skipped.append((self.slot + 1, self.slot + count - 1))
            self._journal.save_skipped(*self._skipped[-1])
        self.slot += count
        self._tick()
        self._journal.save_clock(self.slot, self.time.offset, self.time.now())
        for listener in list(self.slot_listeners):
            listener(self.slot)
        return self.slot

    def advance(self, seconds: int) -> int:
        self.time.advance(seconds)
        self.next_slot()
        return self.time.now()

    def set_time(self, unix_timestamp: int) -> int:
        self.time.set(unix_timestamp)
        self.next_slot()
        return self.time.now()

    def blockhash(self, slot: int | None = None) -> str:
        """Return the hash of a slot. Nobody outside this process knows it before the slot begins."""
        number = self.slot if slot is None else slot
        seed = b"hypernode localnet block" + self._block_secret + number.to_bytes(8, "little")
        return base58.b58encode(hashlib.sha256(seed).digest()).decode()

    def is_skipped(self, slot: int) -> bool:
        return any(first <= slot <= last for first, last in self._skipped)

    def parent(self, slot: int) -> int:
        """Return the last slot with a block before a slot."""
        for first, last in reversed(self._skipped):
            if last == slot - 1:
                return first - 1
        return slot - 1

    def height(self, slot: int) -> int:
        """Return the number of blocks before the one of a slot."""
        gaps = sum(last - first + 1 for first, last in self._skipped if last < slot)
        return slot - FIRST_SLOT - gaps

    def hash_age(self, blockhash: str) -> int | None:
        """Return the age of a block hash in slots; None when it is unknown or expired."""
        for age in range(min(BLOCKHASH_SLOTS, self.slot) + 1):
            if self.blockhash(self.slot - age) == blockhash:
                return age
        return None

    # --- accounts

    def account(self, address: Pubkey) -> Account | None:
        return self.vm.get_account(address)

    def program_accounts(self, program: Pubkey) -> list[tuple[Pubkey, Account]]:
        return self.vm.get_program_accounts(program)

    def add_program(self, program: Pubkey, authority: Pubkey, binary: bytes) -> None:
        """Deploy a program with `authority` as its upgrade authority."""
        loading.add_program(self.vm, program, authority, binary)
        self._journal.save_program(program, authority, binary)

    def airdrop(self, address: Pubkey, lamports: int) -> str:
        """Transfer lamports from the VM's faucet; return the signature."""
        faucet = self.vm.airdrop_pubkey()
        before = self._lamports([faucet, address])
        self._tick()
        self.vm.expire_blockhash()  # or the VM takes an equal airdrop for the one before
        result = self.vm.airdrop(address, lamports)
        if isinstance(result, FailedTransactionMetadata):
            raise invalid_params(f"Invalid params: airdrop failed ({failure(result)})")
        keys = (str(faucet), str(address))
        record = Record(
            signature=self._airdrop_signature(address, lamports),
            slot=self.slot,
            block_time=self.time.now(),
            wire=b"",
            keys=keys,
            loaded=(0, 0),
            err=None,
            fee=0,
            logs=tuple(result.logs()),
            units=result.compute_units_consumed(),
            inner=(),
            return_data=None,
            balances=(before, self._lamports([faucet, address])),
            tokens=((), ()),
        )
        self._land(record, [faucet, address])
        return record.signature

    # --- transactions

    def read(self, wire: bytes) -> VersionedTransaction:
        """Return a decoded transaction; refuse one that the network drops."""
        if len(wire) > PACKET_BYTES:
            raise invalid_params(
                f"decoded solana_transaction::versioned::VersionedTransaction too large: "
                f"{len(wire)} bytes (max: {PACKET_BYTES} bytes)"
            )
        try:
            transaction = VersionedTransaction.from_bytes(wire)
            transaction.sanitize()
        except Exception as cause:
            raise RpcFault(INVALID_PARAMS, f"invalid transaction: {cause}") from cause
        return transaction

    def refusal(self, transaction: VersionedTransaction) -> Any:
        """Return the error because of which a transaction is not executed, or None."""
        if self.record(str(transaction.signatures[0])) is not None:
            return "AlreadyProcessed"
        if self.hash_age(str(transaction.message.recent_blockhash)) is None:
            return "BlockhashNotFound"
        return None

    def verifies(self, transaction: VersionedTransaction) -> bool:
        """Return whether every required signature is valid."""
        return all(transaction.verify_with_results())

    def simulate(self, transaction: VersionedTransaction) -> Any:
        """Run a transaction without changing the chain; the caller checks its signatures."""
        self._tick()
        self.vm.with_sigverify(False)
        try:
            return self.vm.simulate_transaction(transaction)
        finally:
            self.vm.with_sigverify(True)

    def execute(self, transaction: VersionedTransaction, wire: bytes) -> Record | None:
        """Run a transaction and store it; return None when it cannot pay its fee and does not land."""
        keys, loaded = account_keys(self.vm, transaction.message)
        before, tokens_before = self._lamports(keys), token_balances(self.vm, keys)
        self._tick()
        result = self.vm.send_transaction(transaction)
        after = self._lamports(keys)
        meta = metadata(result)
        err = failure(result) if isinstance(result, FailedTransactionMetadata) else None
        if err is not None and before == after:
            return None
        record = Record(
            signature=str(transaction.signatures[0]),
            slot=self.slot,
            block_time=self.time.now(),
            wire=wire,
            keys=tuple(str(key) for key in keys),
            loaded=loaded,
            err=err,
            fee=before[0] - after[0] if err is not None else meta.fee(),
            logs=tuple(meta.logs()),
            units=meta.compute_units_consumed(),
            inner=tuple(_inner(meta.inner_instructions())),
            return_data=_returned(meta.return_data()),
            balances=(before, after),
            tokens=(tokens_before, token_balances(self.vm, keys)),
        )
        self._land(record, keys)
        return record

    def transaction_count(self) -> int:
        return self._journal.count()

    def record(self, signature: str) -> Record | None:
        return self._journal.record(signature)

    def signatures(self, address: str, before: str | None, until: str | None, limit: int) -> list[Record]:
        return self._journal.signatures(address, before, until, limit)

    # --- inside

    def _tick(self) -> None:
        clock = self.vm.get_clock()
        clock.slot, clock.unix_timestamp = self.slot, self.time.now()
        self.vm.set_clock(clock)

    def _lamports(self, keys: Iterable[Pubkey]) -> tuple[int, ...]:
        return tuple(self.vm.get_balance(key) or 0 for key in keys)

    def _land(self, record: Record, keys: list[Pubkey]) -> None:
        self._journal.save(record, [(key, self.vm.get_account(key)) for key in keys])
        for listener in list(self.listeners):
            listener(record, [str(key) for key in keys])

    def _airdrop_signature(self, address: Pubkey, lamports: int) -> str:
        """Return a unique signature for an airdrop, which no key signs."""
        seed = f"airdrop {self._journal.count()} {address} {lamports}".encode()
        digest = hashlib.sha512(self.genesis + seed).digest()
        return str(Signature.from_bytes(digest))


def parse_hash(text: str) -> Hash:
    try:
        return Hash.from_string(text)
    except Exception as cause:
        raise invalid_params(f"Invalid param: {cause}") from cause


def _inner(groups: Iterable[Any]) -> list[dict[str, Any]]:
    found = []
    for index, group in enumerate(groups):
        calls = [
            {
                "programIdIndex": entry.instruction().program_id_index,
                "accounts": list(entry.instruction().accounts),
                "data": base58.b58encode(bytes(entry.instruction().data)).decode(),
                "stackHeight": entry.stack_height(),
            }
            for entry in group
        ]
        if calls:
            found.append({"index": index, "instructions": calls})
    return found


def _returned(data: Any) -> dict[str, Any] | None:
    if not data.data:
        return None
    return {
        "programId": str(data.program_id),
        "data": [base64.b64encode(bytes(data.data)).decode(), "base64"],
    }
