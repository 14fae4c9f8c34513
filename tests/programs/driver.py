"""The model's actions on the real programs: same names, same arguments, so that both can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated import markets, staking
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import DeclineReason, Verdict
from hypernode.domain.types import Address, GpuVendor
from tests.programs.decisions import a_decision
from tests.programs.world import World, named_key

MARKET_ID = bytes(31) + b"\x01"


@dataclass(frozen=True)
class SpentVerdict:
    key: tuple[str, int]
    operator: str
    attestation: Attestation
    signatures: list[tuple[Address, bytes]]


class Driver:
    """Acts for wallets that are known by name; `patron` pays the rent of those it sponsors, nobody's fees."""

    def __init__(
        self, world: World, terms: markets.MarketTerms, wallets: dict[str, int], sponsored: Sequence[str]
    ) -> None:
        self.world = world
        self.relayer = world.funded("relayer")
        self.creator = world.funded("creator")
        self.patron = world.funded("patron")
        self.sponsored = frozenset(sponsored)
        self.keys = {name: world.funded(name) for name in wallets}
        self.accounts = {name: world.a_token_account(name, amount) for name, amount in wallets.items()}
        self.market = addresses.market(self.creator.address, MARKET_ID)
        self.terms = replace(terms, matcher=self.creator.address)
        create = instructions.create_market(
            creator=self.creator.address,
            matcher=self.terms.matcher,
            market_id=MARKET_ID,
            terms=self.terms,
        )
        self._run([create], self.creator)
        # every verdict that ever settled a job, to be brought again
        self.spent: list[SpentVerdict] = []
        # The keys of each epoch: they judge the jobs that were assigned under it.
        self.judges: dict[int, list[Key]] = {}

    # --- authority

    def set_pause(self, flags: int) -> None:
        authority = self.world.authority
        self._run([instructions.set_pause(authority=authority.address, flags=flags)], authority)

    def set_fees(self, protocol_bps: int, stakers_bps: int, operations_bps: int) -> None:
        world = self.world
        change = instructions.set_fees(
            authority=world.authority.address,
            treasury=world.treasury,
            stakers=world.stakers,
            operations=world.market_operations,
            protocol_bps=protocol_bps,
            stakers_bps=stakers_bps,
            operations_bps=operations_bps,
        )
        self._run([change], world.authority)

    def rotate_oracles(self, generation: int) -> None:
        world = self.world
        former = world.oracles
        world.oracles = [named_key(f"oracle {generation} {number}") for number in range(3)]
        change = instructions.rotate_oracles(
            authority=world.authority.address,
            threshold=2,
            oracles=[oracle.address for oracle in world.oracles],
        )
        self._run([change], world.authority)
        epoch = self.world.read(markets.OracleSet, addresses.oracle_set()).epoch
        self.judges[epoch - 1], self.judges[epoch] = former, world.oracles

    def close_market(self) -> None:
        close = instructions.close_market(creator=self.creator.address, market=self.market)
        self._run([close], self.creator)

    # --- buyers

    def open_buyer(self, owner: str) -> None:
        payer = self._payer(owner)
        opening = instructions.open_buyer(
            owner=self._address(owner), mint=self.world.mint, payer=payer.address
        )
        self._run([opening], self.keys[owner], payer)

    def deposit(self, owner: str, amount: int) -> None:
        who, source = self._owner(owner), self.accounts[owner]
        self._act(owner, instructions.deposit(**who, source=source, amount=amount))

    def withdraw(self, owner: str, amount: int) -> None:
        who, target = self._owner(owner), self.accounts[owner]
        self._act(owner, instructions.withdraw(**who, destination=target, amount=amount))

    def donate(self, giver: str, owner: str, amount: int) -> None:
        vault = self._vault(owner)
        gift = tokens.transfer(
            source=self.accounts[giver], destination=vault, owner=self._address(giver), amount=amount
        )
        self._act(giver, gift)

    def collect_fees(self, owner: str) -> None:
        config = self.world.read(markets.Config, addresses.config())
        self._run([instructions.collect_fees(**self._owner(owner), config=config)])

    def close_buyer(self, owner: str) -> None:
        payer = self._payer(owner).address
        self._act(owner, instructions.close_buyer(**self._owner(owner), payer=payer))

    # --- jobs

    def create_job(self, owner: str, nonce: int, rate: int, timeout_seconds: int) -> None:
        payer = self._payer(owner)
        creation = instructions.create_job(
            owner=self._address(owner),
            market=self.market,
            nonce=nonce,
            spec_hash=bytes([nonce + 1]) * 32,
            rate=rate,
            timeout_seconds=timeout_seconds,
            payer=payer.address,
        )
        self._run([creation], self.keys[owner], payer)

    def cancel_job(self, owner: str, nonce: int) -> None:
        payer = self._payer(owner).address
        job = self.job_address(owner, nonce)
        self._act(owner, instructions.cancel_job(owner=self._address(owner), job=job, payer=payer))

    def assign_job(self, owner: str, nonce: int, operator: str) -> None:
        assignment = instructions.assign_job(
            job=self.job_address(owner, nonce),
            market=self.market,
            matcher=self.creator.address,
            operator=self._address(operator),
            worker_key=self._worker_key(operator).address,
        )
        self._run([assignment], self._worker_key(operator), self.creator)

    def submit_receipt(self, owner: str, nonce: int, operator: str, seconds_used: int) -> None:
        submission = instructions.submit_receipt(
            job=self.job_address(owner, nonce),
            worker_key=self._worker_key(operator).address,
            receipt_hash=b"\x03" * 32,
            seconds_used=seconds_used,
        )
        self._run([submission], self._worker_key(operator))

    def settle_job(
        self, owner: str, nonce: int, verdict: Verdict, voices: Sequence[Key] | None = None
    ) -> None:
        address = self.job_address(owner, nonce)
        account = self.world.read(markets.Job, address)
        oracle_set = self.world.read(markets.OracleSet, addresses.oracle_set())
        attestation = attestation_for(
            job=address,
            account=account,
            oracle_set=oracle_set,
            decision=a_decision(verdict, account.seconds_used),
        )
        judges = self.judges.get(account.epoch, self.world.oracles)
        voices = judges[:2] if voices is None else voices
        signatures = [(voice.address, voice.sign(attestation.digest())) for voice in voices]
        brought = SpentVerdict((owner, nonce), self._operator(account.node), attestation, signatures)
        self._settle(brought)
        self.spent.append(brought)

    def settle_again(self, index: int) -> None:
        """Bring a spent verdict again, to the job that has the address now."""
        self._settle(self.spent[index])

    def _settle(self, brought: SpentVerdict) -> None:
        address = self.job_address(*brought.key)
        account = self.world.read(markets.Job, address)
        batch = instructions.settle_job(
            job=address,
            account=account,
            vault=addresses.buyer_vault(account.buyer),
            attestation=brought.attestation,
            signatures=brought.signatures,
        )
        self._run(batch)

    def decline_job(self, owner: str, nonce: int, operator: str) -> None:
        address = self.job_address(owner, nonce)
        account = self.world.read(markets.Job, address)
        reason = DeclineReason.IMAGE_UNAVAILABLE
        decline = instructions.decline_job(job=address, account=account, reason=reason)
        self._run([decline], self._worker_key(operator))

    def accept_job(self, owner: str, nonce: int) -> None:
        address = self.job_address(owner, nonce)
        account = self.world.read(markets.Job, address)
        vault = addresses.buyer_vault(account.buyer)
        pay = instructions.accept_job(owner=account.buyer, job=address, account=account, vault=vault)
        self._act(owner, pay)

    def expire_job(self, owner: str, nonce: int) -> None:
        address = self.job_address(owner, nonce)
        account = self.world.read(markets.Job, address)
        self._run([instructions.expire_job(job=address, account=account)])

    # --- nodes

    def register_node(self, operator: str) -> None:
        registration = instructions.register_node(
            operator=self._address(operator),
            worker_key=self._worker_key(operator).address,
            payout=self.accounts[operator],
            gpu_vendor=GpuVendor.NONE,
            gpu_count=0,
            vram_mib=0,
            hardware_hash=bytes(32),
        )
        self._act(operator, registration)

    def retire_node(self, operator: str) -> None:
        self._act(operator, instructions.retire_node(operator=self._address(operator)))

    def close_node(self, operator: str) -> None:
        self._act(operator, instructions.close_node(operator=self._address(operator)))

    # --- stakes

    def stake(self, owner: str, amount: int, duration: int) -> None:
        source = self.accounts[owner]
        self._act(
            owner,
            instructions.stake(owner=self._address(owner), source=source, amount=amount, duration=duration),
        )

    def top_up(self, owner: str, amount: int) -> None:
        source = self.accounts[owner]
        self._act(owner, instructions.top_up_stake(owner=self._address(owner), source=source, amount=amount))

    def extend(self, owner: str, duration: int) -> None:
        self._act(owner, instructions.extend_stake(owner=self._address(owner), duration=duration))

    def unstake(self, owner: str) -> None:
        self._act(owner, instructions.unstake(owner=self._address(owner)))

    def restake(self, owner: str) -> None:
        self._act(owner, instructions.restake(owner=self._address(owner)))

    def withdraw_stake(self, owner: str) -> None:
        target = self.accounts[owner]
        self._act(owner, instructions.withdraw_stake(owner=self._address(owner), destination=target))

    # --- looking

    def job_address(self, owner: str, nonce: int) -> Address:
        return addresses.job(self._address(owner), nonce)

    def buyer(self, owner: str) -> markets.BuyerAccount | None:
        address = addresses.buyer(self._address(owner))
        return self.world.read(markets.BuyerAccount, address) if self.world.exists(address) else None

    def job(self, owner: str, nonce: int) -> markets.Job | None:
        address = self.job_address(owner, nonce)
        return self.world.read(markets.Job, address) if self.world.exists(address) else None

    def node(self, operator: str) -> markets.Node | None:
        address = addresses.node(self._address(operator))
        return self.world.read(markets.Node, address) if self.world.exists(address) else None

    def stake_of(self, owner: str) -> staking.Stake | None:
        address = addresses.stake(self._address(owner))
        return self.world.read(staking.Stake, address) if self.world.exists(address) else None

    def vault(self, owner: str) -> int:
        return self.world.tokens(self._vault(owner))

    def _address(self, name: str) -> Address:
        return self.keys[name].address

    def _vault(self, owner: str) -> Address:
        return addresses.buyer_vault(self._address(owner))

    def _owner(self, owner: str) -> dict[str, Address]:
        return {"owner": self._address(owner), "vault": self._vault(owner)}

    def _worker_key(self, operator: str) -> Key:
        return named_key(f"worker of {operator}")

    def _payer(self, owner: str) -> Key:
        return self.patron if owner in self.sponsored else self.keys[owner]

    def _operator(self, node: Address) -> str:
        """Return whose node this is; a job without one gives any, as a stranger's call would."""
        return next(
            (name for name in self.keys if addresses.node(self._address(name)) == node), min(self.keys)
        )

    def _act(self, name: str, instruction: Instruction) -> None:
        self._run([instruction], self.keys[name])

    def _run(self, batch: Sequence[Instruction], *signers: Key) -> None:
        self.world.run(batch, [self.relayer, *signers])
