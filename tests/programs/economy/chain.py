"""The real programs as one economy: their first state, the way back to it, and how they are asked.

A world is made once a process. `restore` brings every account that was written since back to what it was, the
clock and the slots too, so that each sequence starts alike and costs no new machine.
"""

import json
from collections.abc import Sequence

from solders.account import Account
from solders.instruction import AccountMeta as VendorMeta
from solders.instruction import Instruction as VendorInstruction
from solders.message import Message
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import Transaction
from solders.transaction_metadata import FailedTransactionMetadata

from hypernode.chain import addresses, instructions
from hypernode.chain.errors import transaction_error
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.governance import Floors
from hypernode.chain.generated.governance import GovernanceParams as Rules
from hypernode.chain.generated.markets import MarketTerms
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.instructions.governance import Guardian
from hypernode.chain.keys import Key
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import ProgramError
from tests.programs.economy import markets as market_terms
from tests.programs.economy import people
from tests.programs.world import DAY, World

MARKET_ID = b"economy".ljust(32, b"\0")
GUARDIAN_TERM = 365 * DAY
OWNERS = tuple(
    Pubkey.from_bytes(address_bytes(program))
    for program in (
        governance.PROGRAM_ID,
        markets.PROGRAM_ID,
        rewards.PROGRAM_ID,
        slashing.PROGRAM_ID,
        staking.PROGRAM_ID,
        addresses.TOKEN_PROGRAM,
    )
)
_NOTHING = Account(0, b"", Pubkey.default())
Vendor = tuple[VendorInstruction, ...]
# Lamports and data by owner and address: two of them are equal when no byte differs.
Raws = tuple[dict[Pubkey, tuple[int, bytes]], ...]


class Chain(World):
    """Five programs under the DAO, a market, a guardian, and everyone's tokens."""

    def __init__(self, *, signed: bool = True) -> None:
        """Without signatures a transaction still names its signers, and costs a third less to make."""
        super().__init__()
        self.signed = signed
        # A sequence may say the same thing twice in a slot, and nobody looks transactions up.
        self.lite.vm = self.lite.vm.with_transaction_history(0).with_sigverify(signed)
        self.keys = {name: self.funded(name) for name in (*people.WALLETS, people.STRANGER, "guardian")}
        deposits = {**people.DEPOSITS, people.STRANGER: people.STRANGER_DEPOSIT, "guardian": 0}
        self.wallets = {name: self.a_token_account(name, amount) for name, amount in deposits.items()}
        self.operations = self.a_token_account("operations")
        self.guardian_until = self.now + GUARDIAN_TERM
        self._begin()
        self._open_market()
        self._hand_over()
        self.places = {
            **{f"wallet {name}": account for name, account in self.wallets.items()},
            **{f"buyer vault {name}": addresses.buyer_vault(key.address) for name, key in self.keys.items()},
            "stake vault": addresses.stake_vault(),
            "rewards vault": addresses.rewards_vault(),
            "community": addresses.community_pool(),
            "slashing vault": addresses.slashing_vault(),
            "treasury": addresses.dao_treasury(),
            "unlocks": addresses.unlocks(),
            "operations": self.operations,
            "market treasury": self.treasury,
            "market operations": self.market_operations,
        }
        everyone = (*self.keys.values(), self.creator)
        self._pubkeys = {key.address: key.keypair.pubkey() for key in everyone}
        # What the people have and what the fees of their transactions took: the rest stands in accounts.
        self.fees = 0
        self._start = self.now, self.lite.vm.get_clock().slot
        self._before = self._everything()

    def _begin(self) -> None:
        rules, floors = Rules(**vars(people.RULES)), Floors(people.HOUR, DAY, 2 * DAY)
        self.stakers = addresses.rewards_vault()
        batches = [
            [self.init_pool()],
            [self.init_accumulator(fee_window=people.WINDOWS[0], community_window=people.WINDOWS[1])],
            [self.init_config()],
            [instructions.init_slashing(authority=self.authority.address, mint=self.mint)],
            [
                dao_instructions.init_governance(
                    payer=self.authority.address,
                    mint=self.mint,
                    operations=self.operations,
                    guardian=Guardian(address=self.keys["guardian"].address, expires_at=self.guardian_until),
                    params=rules,
                    floors=floors,
                )
            ],
        ]
        for batch in batches:
            self.run(batch, [self.authority])

    def _open_market(self) -> None:
        self.creator = self.funded("creator")
        terms = MarketTerms(
            matcher=self.creator.address,
            price_per_second=market_terms.PRICE,
            min_timeout_seconds=market_terms.LEAST_TIMEOUT,
            max_timeout_seconds=market_terms.MOST_TIMEOUT,
            job_ttl=market_terms.TTL,
            start_allowance=market_terms.START_ALLOWANCE,
            grace=market_terms.GRACE,
            verdict_floor=market_terms.VERDICT_FLOOR,
            min_stake=0,
            min_reputation=0,
            audit_bps=market_terms.AUDIT_BPS,
            max_attempts=market_terms.MAX_ATTEMPTS,
        )
        create = instructions.create_market(
            creator=self.creator.address,
            matcher=terms.matcher,
            market_id=MARKET_ID,
            terms=terms,
        )
        self.run([create], [self.creator])
        self.market = addresses.market(self.creator.address, MARKET_ID)

    def _hand_over(self) -> None:
        """Give the DAO the authority of every program."""
        dao, old = addresses.dao_authority(), self.authority.address
        proposals = [
            (addresses.config(), instructions.propose_authority(authority=old, new_authority=dao)),
            (addresses.pool(), instructions.propose_pool_authority(authority=old, new_authority=dao)),
            (
                addresses.accumulator(),
                instructions.propose_rewards_authority(authority=old, new_authority=dao),
            ),
            (
                addresses.slashing_config(),
                instructions.propose_slashing_authority(authority=old, new_authority=dao),
            ),
        ]
        for state, propose in proposals:
            self.run(
                [propose, dao_instructions.adopt(program=propose.program, state=state)], [self.authority]
            )

    # --- acting

    def send(self, batch: Vendor, signers: Sequence[Key]) -> ProgramError | None:
        """Send one transaction; return why it was refused, or nothing if it was not."""
        vm = self.lite.vm
        vm.expire_blockhash()
        blockhash = vm.latest_blockhash()
        message = Message.new_with_blockhash(batch, self._pubkeys[signers[0].address], blockhash)
        if self.signed:
            distinct = list({signer.address: signer.keypair for signer in signers}.values())
            transaction = Transaction(distinct, message, blockhash)
        else:
            blank = [Signature.default()] * message.header.num_required_signatures
            transaction = Transaction.populate(message, blank)
        result = vm.send_transaction(transaction)
        clock = vm.get_clock()
        clock.slot += 1
        vm.set_clock(clock)
        if not isinstance(result, FailedTransactionMetadata):
            self.fees += result.fee()
            return None
        self.fees += result.meta().fee()
        programs = [Address(str(instruction.program_id)) for instruction in batch]
        error = transaction_error(json.loads(result.to_json())["err"], programs, result.meta().logs())
        assert isinstance(error, ProgramError), error
        return error

    def restore(self) -> None:
        """Take every account back to the beginning, and end those that were not there."""
        vm = self.lite.vm
        for accounts in self.raws():
            for key in accounts.keys() - self._before.keys():
                vm.set_account(key, _NOTHING)
        for key, account in self._before.items():
            vm.set_account(key, account)
        self.fees = 0
        now, slot = self._start
        clock = vm.get_clock()
        clock.unix_timestamp, clock.slot = now, slot
        vm.set_clock(clock)

    # --- looking

    def raws(self) -> Raws:
        """Return every account of our programs, then every one of the token program, byte for byte."""
        of = self.lite.vm.get_program_accounts
        return tuple({key: (raw.lamports, raw.data) for key, raw in of(owner)} for owner in OWNERS)

    def all_lamports(self, raws: Raws) -> int:
        """Return what people and accounts hold and fees took: rent moves, and none of it is lost."""
        balance = self.lite.vm.get_balance
        held = sum(lamports for accounts in raws for lamports, _ in accounts.values())
        return held + self.fees + sum(balance(key) or 0 for key in self._pubkeys.values())

    def _everything(self) -> dict[Pubkey, Account]:
        vm = self.lite.vm
        found = {key: account for owner in OWNERS for key, account in vm.get_program_accounts(owner)}
        for key in (*self.keys.values(), self.creator, self.authority):
            wallet = vm.get_account(key.keypair.pubkey())
            assert wallet is not None
            found[key.keypair.pubkey()] = wallet
        return found


def vendor(batch: Sequence[Instruction]) -> Vendor:
    """Turn instructions into what the machine takes."""
    return tuple(
        VendorInstruction(
            Pubkey.from_bytes(address_bytes(instruction.program)),
            instruction.data,
            [
                VendorMeta(Pubkey.from_bytes(address_bytes(meta.address)), meta.signer, meta.writable)
                for meta in instruction.accounts
            ],
        )
        for instruction in batch
    )
