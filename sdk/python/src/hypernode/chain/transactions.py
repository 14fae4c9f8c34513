"""Transactions: build, sign (also in part), encode and decode; at most one packet in size."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from solders.errors import BincodeError, SignerError
from solders.hash import Hash
from solders.instruction import AccountMeta as VendorMeta
from solders.instruction import Instruction as VendorInstruction
from solders.message import Message
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import SanitizeError, Transaction

from hypernode.chain.addresses import COMPUTE_BUDGET_PROGRAM
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import LayoutError
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import ConfigError, TransactionTooLarge

# An IPv6 packet of 1,280 bytes less its headers; the network drops larger transactions.
PACKET_BYTES = 1_232

_SET_UNIT_LIMIT = 2
_SET_UNIT_PRICE = 3


def compute_budget(units: int, micro_lamports: int = 0) -> tuple[Instruction, ...]:
    """Return the instructions that limit compute units and, with a price, pay for priority."""
    limit = bytes([_SET_UNIT_LIMIT]) + units.to_bytes(4, "little")
    price = bytes([_SET_UNIT_PRICE]) + micro_lamports.to_bytes(8, "little")
    data = (limit, price) if micro_lamports else (limit,)
    return tuple(Instruction(COMPUTE_BUDGET_PROGRAM, (), entry) for entry in data)


@dataclass(frozen=True)
class Draft:
    """A transaction before or after signing. Read `instructions` before you sign one from another wallet."""

    payer: Address
    instructions: tuple[Instruction, ...]
    blockhash: str
    missing: frozenset[Address]
    _vendor: Transaction

    @classmethod
    def build(
        cls,
        instructions: Sequence[Instruction],
        signers: Sequence[Key],
        payer: Address,
        blockhash: str,
    ) -> "Draft":
        """Build a transaction and sign it with the given keys; `missing` names the other signers."""
        draft = cls._of(Transaction.new_unsigned(_message(instructions, payer, blockhash)))
        for signer in _distinct(signers):
            draft = draft.sign(signer)
        return draft

    @classmethod
    def decode(cls, text: str) -> "Draft":
        """Return the transaction in a base64 text."""
        try:
            transaction = Transaction.from_bytes(base64.b64decode(text, validate=True))
            transaction.sanitize()
        except (binascii.Error, ValueError, BincodeError, SanitizeError) as error:
            raise LayoutError(
                "the text is not a valid transaction; expected base64 of its wire form"
            ) from error
        return cls._of(transaction)

    @classmethod
    def _of(cls, transaction: Transaction) -> "Draft":
        _require_packet(transaction)
        message = transaction.message
        signers = message.account_keys[: message.header.num_required_signatures]
        missing = {
            Address(str(key))
            for key, signature in zip(signers, transaction.signatures, strict=True)
            if signature == Signature.default()
        }
        return cls(
            payer=Address(str(message.account_keys[0])),
            instructions=_instructions(message),
            blockhash=str(message.recent_blockhash),
            missing=frozenset(missing),
            _vendor=transaction,
        )

    def sign(self, key: Key) -> "Draft":
        """Return the transaction with one more signature; the key must be one of its signers."""
        signed = Transaction.from_bytes(bytes(self._vendor))
        try:
            signed.partial_sign([key.keypair], signed.message.recent_blockhash)
        except (ValueError, SignerError) as error:
            raise ConfigError(f"{key.address} is not a signer of this transaction") from error
        return self._of(signed)

    def does_exactly(self, instructions: Sequence[Instruction]) -> bool:
        """Return whether the transaction does these instructions and nothing else."""
        return bytes(_message(instructions, self.payer, self.blockhash)) == bytes(self._vendor.message)

    def encode(self) -> str:
        return base64.b64encode(bytes(self._vendor)).decode()

    @property
    def size(self) -> int:
        return len(bytes(self._vendor))

    @property
    def signature(self) -> str:
        """The payer's signature, which identifies the transaction on the cluster."""
        return str(self._vendor.signatures[0])

    @property
    def accounts(self) -> tuple[Address, ...]:
        """Return every account that the transaction names, its payer first."""
        return tuple(Address(str(key)) for key in self._vendor.message.account_keys)

    @property
    def programs(self) -> tuple[Address, ...]:
        return tuple(instruction.program for instruction in self.instructions)

    @property
    def transaction(self) -> Transaction:
        """The transaction in the form of `solders`, for this package only."""
        return self._vendor


def _require_packet(transaction: Transaction) -> None:
    size = len(bytes(transaction))
    if size > PACKET_BYTES:
        raise TransactionTooLarge(
            f"the transaction has {size} bytes; a packet holds {PACKET_BYTES}",
            fix="split the instructions into two transactions",
        )


def _distinct(signers: Sequence[Key]) -> list[Key]:
    return list({signer.address: signer for signer in signers}.values())


def _pubkey(address: Address) -> Pubkey:
    return Pubkey.from_bytes(address_bytes(address))


def _vendor_instruction(instruction: Instruction) -> VendorInstruction:
    metas = [VendorMeta(_pubkey(meta.address), meta.signer, meta.writable) for meta in instruction.accounts]
    return VendorInstruction(_pubkey(instruction.program), instruction.data, metas)


def _message(instructions: Sequence[Instruction], payer: Address, blockhash: str) -> Message:
    return Message.new_with_blockhash(
        [_vendor_instruction(instruction) for instruction in instructions],
        _pubkey(payer),
        Hash.from_string(blockhash),
    )


def _instructions(message: Message) -> tuple[Instruction, ...]:
    """Return a message's instructions; it holds account rights per transaction, not per instruction."""
    keys = [Address(str(key)) for key in message.account_keys]
    header = message.header
    signers = header.num_required_signatures
    writable_signers = signers - header.num_readonly_signed_accounts
    writable = len(keys) - header.num_readonly_unsigned_accounts

    def meta(at: int) -> AccountMeta:
        return AccountMeta(keys[at], at < signers, at < writable_signers or signers <= at < writable)

    return tuple(
        Instruction(keys[entry.program_id_index], tuple(meta(at) for at in entry.accounts), entry.data)
        for entry in message.instructions
    )
