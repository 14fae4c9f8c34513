"""Owns what tests hold in their hands: a market, a buyer, a node, a job, each made with defaults.

`a_job(world, price=5).assign(node).submit(seconds=3).settle()` walks the happy path. Each step has a twin
ending in `_ix` that only builds the instruction, for tests that bend it first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated.markets import BuyerAccount, Job, Market, Node, OracleSet
from hypernode.chain.generated.staking import Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import MarketTerms
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.domain.attestation import Attestation
from hypernode.domain.status import Gate, Verdict
from hypernode.domain.types import Address, GpuVendor
from tests.programs.world import DAY, HYPER, World

SPEC_HASH = b"\x01" * 32
EXEC_HASH = b"\x02" * 32
OUTPUT_ROOT = b"\x03" * 32
RECEIPT_HASH = b"\x04" * 32
HARDWARE_HASH = b"\x05" * 32

RATE = 10
TIMEOUT = 100
CAP = RATE * TIMEOUT

TERMS = MarketTerms(
    matcher=Address("11111111111111111111111111111111"),
    price_per_second=1,
    min_timeout=10,
    max_timeout=3_600,
    job_ttl=600,
    grace=30,
    verdict_window=900,
    min_stake=0,
    min_reputation=0,
    audit_bps=500,
    max_attempts=2,
)


@dataclass(frozen=True)
class MarketCookie:
    world: World
    creator: Key
    matcher: Key
    address: Address
    terms: MarketTerms

    @property
    def state(self) -> Market:
        return self.world.read(Market, self.address)


def a_market(world: World, name: str = "default", **terms: object) -> MarketCookie:
    creator, matcher = world.funded(f"creator {name}"), world.funded(f"matcher {name}")
    wanted = replace(TERMS, **{"matcher": matcher.address, **terms})  # type: ignore[arg-type]
    market_id = name.encode().ljust(32, b"\0")
    world.run(
        [instructions.create_market(creator=creator.address, market_id=market_id, terms=wanted)], [creator]
    )
    address = addresses.market(creator.address, market_id)
    return MarketCookie(world, creator, matcher, address, wanted)


@dataclass(frozen=True)
class BuyerCookie:
    world: World
    owner: Key
    wallet: Address

    @property
    def address(self) -> Address:
        return addresses.buyer(self.owner.address)

    @property
    def vault(self) -> Address:
        return addresses.buyer_vault(self.owner.address)

    @property
    def state(self) -> BuyerAccount:
        return self.world.read(BuyerAccount, self.address)

    def open_ix(self) -> Instruction:
        return instructions.open_buyer(owner=self.owner.address, mint=self.world.mint)

    def deposit_ix(self, amount: int) -> Instruction:
        return instructions.deposit(owner=self.owner.address, source=self.wallet, amount=amount)

    def deposit(self, amount: int) -> None:
        self.world.run([self.deposit_ix(amount)], [self.owner])

    def withdraw_ix(self, amount: int) -> Instruction:
        return instructions.withdraw(owner=self.owner.address, destination=self.wallet, amount=amount)

    def withdraw(self, amount: int) -> None:
        self.world.run([self.withdraw_ix(amount)], [self.owner])


def a_wallet(world: World, name: str, hyper: int = 0) -> BuyerCookie:
    """A person with SOL and tokens who has not opened a buyer account."""
    return BuyerCookie(world, world.funded(name), world.a_token_account(name, hyper))


def a_buyer(world: World, name: str = "buyer", deposit: int = 10 * HYPER) -> BuyerCookie:
    buyer = a_wallet(world, name, 10 * HYPER)
    world.run([buyer.open_ix()], [buyer.owner])
    if deposit:
        buyer.deposit(deposit)
    return buyer


@dataclass(frozen=True)
class NodeCookie:
    world: World
    authority: Key
    agent: Key
    payout: Address
    wallet: Address

    @property
    def address(self) -> Address:
        return addresses.node(self.authority.address)

    @property
    def stake_address(self) -> Address:
        return addresses.stake(self.authority.address)

    @property
    def state(self) -> Node:
        return self.world.read(Node, self.address)

    @property
    def stake(self) -> Stake:
        return self.world.read(Stake, self.stake_address)

    @property
    def earned(self) -> int:
        return self.world.tokens(self.payout)

    def register_ix(self, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "authority": self.authority.address,
            "agent": self.agent.address,
            "payout": self.payout,
            "gpu_vendor": GpuVendor.NVIDIA,
            "gpu_count": 2,
            "vram_mib": 24_000,
            "hardware_hash": HARDWARE_HASH,
        }
        return instructions.register_node(**{**arguments, **changes})  # type: ignore[arg-type]

    def stake_ix(self, amount: int, duration: int = 14 * DAY) -> Instruction:
        return instructions.stake(
            owner=self.authority.address, source=self.wallet, amount=amount, duration=duration
        )

    def put_stake(self, amount: int, duration: int = 14 * DAY) -> None:
        self.world.run([self.stake_ix(amount, duration)], [self.authority])


def an_operator(world: World, name: str = "node", hyper: int = 1_000_000 * HYPER) -> NodeCookie:
    """An operator with a wallet, an agent key and a payout account, but nothing registered or staked."""
    authority = world.funded(name)
    agent = world.funded(f"{name} agent")
    payout = world.a_token_account(f"{name} payout", owner=authority.address)
    wallet = world.a_token_account(f"{name} wallet", hyper, owner=authority.address)
    return NodeCookie(world, authority, agent, payout, wallet)


def a_node(world: World, name: str = "node", stake: int = 1_000 * HYPER) -> NodeCookie:
    node = an_operator(world, name)
    world.run([node.register_ix()], [node.authority])
    if stake:
        node.put_stake(stake)
    return node


@dataclass
class JobCookie:
    world: World
    buyer: BuyerCookie
    market: MarketCookie
    nonce: int
    node: NodeCookie | None = None
    events: tuple[Event, ...] = field(default=())

    @property
    def address(self) -> Address:
        return addresses.job(self.buyer.owner.address, self.nonce)

    @property
    def state(self) -> Job:
        return self.world.read(Job, self.address)

    @property
    def exists(self) -> bool:
        return self.world.exists(self.address)

    def create_ix(self, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "owner": self.buyer.owner.address,
            "market": self.market.address,
            "nonce": self.nonce,
            "spec_hash": SPEC_HASH,
            "price_cap": CAP,
            "rate": RATE,
            "timeout": TIMEOUT,
        }
        return instructions.create_job(**{**arguments, **changes})  # type: ignore[arg-type]

    def create(self, **changes: object) -> "JobCookie":
        self.events = self.world.run([self.create_ix(**changes)], [self.buyer.owner])
        return self

    def cancel_ix(self) -> Instruction:
        return instructions.cancel_job(owner=self.buyer.owner.address, job=self.address)

    def cancel(self) -> "JobCookie":
        self.events = self.world.run([self.cancel_ix()], [self.buyer.owner])
        return self

    def assign_ix(self, node: NodeCookie) -> Instruction:
        return instructions.assign_job(
            job=self.address,
            market=self.market.address,
            matcher=self.market.matcher.address,
            node_authority=node.authority.address,
            agent=node.agent.address,
        )

    def assign(self, node: NodeCookie) -> "JobCookie":
        self.events = self.world.run([self.assign_ix(node)], [node.agent, self.market.matcher])
        self.node = node
        return self

    def submit_ix(self, seconds: int = 60, **changes: object) -> Instruction:
        assert self.node is not None
        arguments: dict[str, object] = {
            "job": self.address,
            "node": self.node.address,
            "agent": self.node.agent.address,
            "exec_hash": EXEC_HASH,
            "output_root": OUTPUT_ROOT,
            "receipt_hash": RECEIPT_HASH,
            "seconds_used": seconds,
        }
        return instructions.submit_receipt(**{**arguments, **changes})  # type: ignore[arg-type]

    def submit(self, seconds: int = 60) -> "JobCookie":
        """Let the node work for `seconds`, then hand in its receipt."""
        assert self.node is not None
        self.world.advance(seconds)
        self.events = self.world.run([self.submit_ix(seconds)], [self.node.agent])
        return self

    def attestation(self, verdict: Verdict = Verdict.ACCEPT, reason: Gate | None = None) -> Attestation:
        default = Gate.NONE if verdict is Verdict.ACCEPT else Gate.OUTPUT_MISMATCH
        return attestation_for(
            job=self.address,
            account=self.state,
            oracle_set=self.world.read(OracleSet, addresses.oracle_set()),
            verdict=verdict,
            reason=default if reason is None else reason,
        )

    def settle_ixs(
        self, attestation: Attestation | None = None, oracles: Sequence[Key] | None = None
    ) -> tuple[Instruction, Instruction]:
        """Build the proof and the settlement; two of the three oracles sign unless told otherwise."""
        assert self.node is not None
        attested = attestation or self.attestation()
        digest = attested.digest()
        signers = self.world.oracles[:2] if oracles is None else oracles
        return instructions.settle_job(
            job=self.address,
            account=self.state,
            payout=self.node.payout,
            attestation=attested,
            signatures=[(oracle.address, oracle.sign(digest)) for oracle in signers],
        )

    def settle(self, verdict: Verdict = Verdict.ACCEPT) -> "JobCookie":
        """Let a stranger bring the verdict."""
        crank = self.world.funded("crank")
        self.events = self.world.run(self.settle_ixs(self.attestation(verdict)), [crank])
        return self

    def expire_ix(self) -> Instruction:
        return instructions.expire_job(job=self.address, account=self.state)

    def expire(self) -> "JobCookie":
        """Let a stranger bring the clock's verdict."""
        self.events = self.world.run([self.expire_ix()], [self.world.funded("crank")])
        return self


def a_job(
    world: World,
    *,
    nonce: int = 1,
    buyer: BuyerCookie | None = None,
    market: MarketCookie | None = None,
    price: int = CAP,
    **changes: object,
) -> JobCookie:
    """Post a job; `price` is its cap."""
    buyer = buyer or a_buyer(world)
    market = market or a_market(world)
    return JobCookie(world, buyer, market, nonce).create(**{"price_cap": price, **changes})


def proof(message: bytes, oracles: Sequence[Key]) -> Instruction:
    return verify_instruction(message, [(oracle.address, oracle.sign(message)) for oracle in oracles])
