"""World of the program tests: a VM with our programs, a token, and keys with balances.

`World.bare()` has programs and a mint; `World.ready()` also a configuration and a pool. `run` sends; `refuse`
sends what must fail and asserts the typed error *and* that no account of any program changed.
"""

import base64
import hashlib
import struct
from collections.abc import Sequence
from typing import TypeVar

from solders.signature import Signature
from solders.transaction import Transaction

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.batch import RawAccount
from hypernode.chain.events import require_events
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event, ProgramAccount
from hypernode.chain.lite import GENESIS_HASH, START_TIME, LiteVm
from hypernode.chain.programs import binary
from hypernode.chain.transactions import Draft
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import ProgramError, TransactionFailed

HYPER = 1_000_000
DAY = 86_400
# Seconds between two rotations of the oracles.
# As the markets program has it: 0.01 HYPER a second.
MOST_MIN_RATE = 10_000
ROTATION_PAUSE = 14 * DAY
SOL = 10**9

# Every transaction our client builds must leave room for a priority fee and a memo.
CLIENT_BYTES = 1_100

PROGRAMS = {
    module.__name__.rpartition(".")[2]: module.PROGRAM_ID
    for module in (governance, markets, rewards, slashing, staking)
}

# Seconds over which fees and community tokens flow to stakers.
FEE_WINDOW, COMMUNITY_WINDOW = DAY, 30 * DAY

PROTOCOL_BPS, STAKERS_BPS, OPERATIONS_BPS = 1_000, 100, 500

Decoded = TypeVar("Decoded", bound=ProgramAccount)


def named_key(name: str) -> Key:
    """Return the same key for the same name, so that a failing test fails alike every time."""
    return Key.from_seed(hashlib.sha256(name.encode()).digest())


class World:
    """Everything a program test needs, with the chain underneath."""

    def __init__(self) -> None:
        self.lite = LiteVm(START_TIME)
        self.compute_units: dict[str, int] = {}
        self.impersonated: set[Address] = set()
        self.authority = self.funded("authority")
        for name, program in PROGRAMS.items():
            self.deploy(name, program)
        self.mint = self.a_mint("HYPER")
        self.treasury = self.a_token_account("treasury")
        self.stakers = self.a_token_account("stakers")
        self.market_operations = self.a_token_account("market operations")
        self.oracles = [named_key(f"oracle {number}") for number in range(3)]

    @classmethod
    def bare(cls) -> "World":
        return cls()

    @classmethod
    def ready(cls) -> "World":
        world = cls()
        world.run([world.init_config()], [world.authority])
        # The oracles may be rotated again.
        world.advance(ROTATION_PAUSE)
        world.run([world.init_pool()], [world.authority])
        world.run([world.init_accumulator()], [world.authority])
        return world

    # --- making things

    def funded(self, name: str) -> Key:
        key = named_key(name)
        self.lite.vm.airdrop(key.keypair.pubkey(), 10 * SOL)
        return key

    def deploy(self, name: str, program: Address) -> None:
        """Put a program where the upgradeable loader would, with our authority as its upgrade authority."""
        data_address = addresses.program_data(program)
        header = struct.pack("<IQB", 3, 0, 1) + address_bytes(self.authority.address)
        loader = addresses.UPGRADEABLE_LOADER
        self.lite.set_raw_account(data_address, RawAccount(loader, 10 * SOL, header + binary(name)))
        pointer = struct.pack("<I", 2) + address_bytes(data_address)
        self.lite.set_raw_account(program, RawAccount(loader, 10 * SOL, pointer), executable=True)

    def a_mint(self, name: str, decimals: int = 6, *, can_freeze: bool = False) -> Address:
        key = named_key(f"mint {name}")
        create = tokens.create_account(
            payer=self.authority.address,
            account=key.address,
            lamports=self.rent(tokens.MINT_BYTES),
            space=tokens.MINT_BYTES,
            owner=addresses.TOKEN_PROGRAM,
        )
        begin = tokens.initialize_mint(
            mint=key.address,
            authority=self.authority.address,
            decimals=decimals,
            freeze_authority=self.authority.address if can_freeze else None,
        )
        self.run([create, begin], [self.authority, key])
        return key.address

    def a_token_account(
        self, name: str, amount: int = 0, mint: Address | None = None, owner: Address | None = None
    ) -> Address:
        """Make a token account of its own address (not the associated one)."""
        mint = mint or self.mint
        key = named_key(f"tokens {name} {mint}")
        create = tokens.create_account(
            payer=self.authority.address,
            account=key.address,
            lamports=self.rent(tokens.ACCOUNT_BYTES),
            space=tokens.ACCOUNT_BYTES,
            owner=addresses.TOKEN_PROGRAM,
        )
        begin = tokens.initialize_account(
            account=key.address, mint=mint, owner=owner or named_key(name).address
        )
        self.run([create, begin], [self.authority, key])
        if amount:
            self.give(key.address, amount, mint)
        return key.address

    def give(self, account: Address, amount: int, mint: Address | None = None) -> None:
        """Mint tokens into an account."""
        authority = self.authority.address
        instruction = tokens.mint_to(
            mint=mint or self.mint, account=account, authority=authority, amount=amount
        )
        self.run([instruction], [self.authority])

    def init_config(self, authority: Key | None = None, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "authority": (authority or self.authority).address,
            "mint": self.mint,
            "treasury": self.treasury,
            "stakers": self.stakers,
            "operations": self.market_operations,
            "protocol_bps": PROTOCOL_BPS,
            "stakers_bps": STAKERS_BPS,
            "operations_bps": OPERATIONS_BPS,
            "min_rate": 0,
            "cluster": GENESIS_HASH,
            "threshold": 2,
            "oracles": [oracle.address for oracle in self.oracles],
        }
        return instructions.init_config(**{**arguments, **changes})  # type: ignore[arg-type]

    def init_pool(self, authority: Key | None = None, mint: Address | None = None) -> Instruction:
        signer = authority or self.authority
        return instructions.init_pool(authority=signer.address, mint=mint or self.mint)

    def init_accumulator(self, authority: Key | None = None, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "authority": (authority or self.authority).address,
            "mint": self.mint,
            "fee_window": FEE_WINDOW,
            "community_window": COMMUNITY_WINDOW,
        }
        return instructions.init_accumulator(**{**arguments, **changes})  # type: ignore[arg-type]

    # --- time

    @property
    def now(self) -> int:
        return self.lite.vm.get_clock().unix_timestamp

    def at(self, unix_timestamp: int) -> None:
        self.lite.set_time(unix_timestamp)

    def advance(self, seconds: int) -> None:
        self.lite.advance(seconds)

    # --- acting

    def run(self, batch: Sequence[Instruction], signers: Sequence[Key]) -> tuple[Event, ...]:
        """Send one transaction that must succeed; return its events."""
        draft = self.draft(batch, signers)
        meta = self.lite.execute(draft)
        self.compute_units["last"] = meta.compute_units_consumed()
        return require_events(meta.logs())

    def refuse(
        self,
        expected: type[ProgramError] | str,
        batch: Sequence[Instruction],
        signers: Sequence[Key],
        what: str = "",
    ) -> None:
        """Send one transaction that must fail as expected and change nothing but the fee."""
        before = self.everything()
        error = self.failure(batch, signers, what)
        name = expected if isinstance(expected, str) else expected.__name__
        found = f"{what}: expected {name}, got {error!r} {error.logs}"
        assert isinstance(error, ProgramError), found
        assert error.name == name, found
        if not isinstance(expected, str):
            assert isinstance(error, expected), found
        assert self.everything() == before, what

    def failure(
        self, batch: Sequence[Instruction], signers: Sequence[Key], what: str = ""
    ) -> TransactionFailed:
        """Return the error of a transaction that must fail, whichever it is."""
        try:
            self.lite.execute(self.draft(batch, signers))
        except TransactionFailed as error:
            return error
        raise AssertionError(f"{what or [entry.data[:8].hex() for entry in batch]} went through")

    def draft(self, batch: Sequence[Instruction], signers: Sequence[Key]) -> Draft:
        blockhash = str(self.lite.vm.latest_blockhash())
        draft = Draft.build(batch, signers, signers[0].address, blockhash)
        return _impersonating(draft, self.impersonated) if draft.missing else draft

    def impersonate(self, program_address: Address) -> None:
        """Let an address without a key sign, as its program does. The VM then verifies no signature."""
        self.lite.vm.with_sigverify(False)
        self.impersonated.add(program_address)

    # --- looking

    def read(self, kind: type[Decoded], address: Address) -> Decoded:
        raw = self.raw(address)
        assert raw is not None, f"{address} does not exist"
        assert raw.owner == kind.PROGRAM
        return kind.decode(raw.data)

    def raw(self, address: Address) -> RawAccount | None:
        raw = self.lite.raw_account(address)
        return None if raw is None or (raw.lamports == 0 and not raw.data) else raw

    def exists(self, address: Address) -> bool:
        return self.raw(address) is not None

    def tokens(self, account: Address) -> int:
        raw = self.raw(account)
        return 0 if raw is None else tokens.TokenAccount.decode(raw.data).amount

    def lamports(self, address: Address) -> int:
        raw = self.raw(address)
        return 0 if raw is None else raw.lamports

    def rent(self, size: int) -> int:
        return self.lite.vm.minimum_balance_for_rent_exemption(size)

    def write(self, address: Address, account: ProgramAccount) -> None:
        """Replace an account's content, to test what no instruction can bring about in a test's time."""
        raw = self.raw(address)
        assert raw is not None
        self.lite.set_raw_account(address, RawAccount(raw.owner, raw.lamports, account.encode()))

    def everything(self) -> dict[Address, RawAccount]:
        """Return every account of our programs and of the token program, byte for byte."""
        owners = (*PROGRAMS.values(), addresses.TOKEN_PROGRAM)
        return {address: raw for owner in owners for address, raw in self.lite.owned_by(owner).items()}

    def supply(self) -> int:
        """Return the tokens in all accounts of the mint: it never changes but by `give`."""
        accounts = self.lite.owned_by(addresses.TOKEN_PROGRAM).values()
        found = [tokens.TokenAccount.decode(raw.data) for raw in accounts if len(raw.data) == 165]
        return sum(account.amount for account in found if account.mint == self.mint)


def _impersonating(draft: Draft, impersonated: set[Address]) -> Draft:
    """Put a signature that is not one where an impersonated address has to sign."""
    message, signatures = draft.transaction.message, draft.transaction.signatures
    signed = [
        Signature(bytes([1]) * 64) if Address(str(signer)) in impersonated else signature
        for signer, signature in zip(message.account_keys, signatures, strict=False)
    ]
    return Draft.decode(base64.b64encode(bytes(Transaction.populate(message, signed))).decode())
