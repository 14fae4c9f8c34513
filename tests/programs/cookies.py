"""Handles of the tests: a market, a buyer and a node, each made with defaults.

Each step has a twin ending in `_ix` that only builds the instruction, for tests that bend it first.
"""

from dataclasses import dataclass, replace

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import BuyerAccount, Config, Market, MarketTerms, Node
from hypernode.chain.generated.staking import Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address, GpuVendor
from tests.programs.world import DAY, HYPER, World

HARDWARE_HASH = b"\x05" * 32

TERMS = MarketTerms(
    matcher=Address("11111111111111111111111111111111"),
    price_per_second=1,
    min_timeout_seconds=10,
    max_timeout_seconds=3_600,
    job_ttl=600,
    start_allowance=60,
    grace=30,
    verdict_floor=900,
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

    def update_ix(self, terms: MarketTerms, creator: Key | None = None) -> Instruction:
        return instructions.update_market(
            creator=(creator or self.creator).address,
            matcher=terms.matcher,
            market=self.address,
            terms=terms,
        )


def a_market(
    world: World, name: str = "default", matcher: Key | None = None, **terms: object
) -> MarketCookie:
    creator, matcher = world.funded(f"creator {name}"), matcher or world.funded(f"matcher {name}")
    wanted = replace(TERMS, **{"matcher": matcher.address, **terms})  # type: ignore[arg-type]
    market_id = name.encode().ljust(32, b"\0")
    create = instructions.create_market(
        creator=creator.address, matcher=wanted.matcher, market_id=market_id, terms=wanted
    )
    world.run([create], [creator, matcher])
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
        """The vault that the buyer account names, or would name."""
        if self.world.exists(self.address):
            return self.state.vault
        return addresses.buyer_vault(self.owner.address)

    @property
    def state(self) -> BuyerAccount:
        return self.world.read(BuyerAccount, self.address)

    def open_ix(self) -> Instruction:
        return instructions.open_buyer(owner=self.owner.address, mint=self.world.mint)

    def deposit_ix(self, amount: int) -> Instruction:
        return instructions.deposit(
            owner=self.owner.address, vault=self.vault, source=self.wallet, amount=amount
        )

    def deposit(self, amount: int) -> None:
        self.world.run([self.deposit_ix(amount)], [self.owner])

    def withdraw_ix(self, amount: int) -> Instruction:
        return self.withdraw_to(self.wallet, amount)

    def withdraw_to(self, destination: Address, amount: int) -> Instruction:
        return instructions.withdraw(
            owner=self.owner.address, vault=self.vault, destination=destination, amount=amount
        )

    def close_ix(self, payer: Address | None = None) -> Instruction:
        return instructions.close_buyer(owner=self.owner.address, vault=self.vault, payer=payer)

    def collect_ix(self) -> Instruction:
        config = self.world.read(Config, addresses.config())
        return instructions.collect_fees(owner=self.owner.address, vault=self.vault, config=config)

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
    operator: Key
    worker_key: Key
    payout: Address
    wallet: Address

    @property
    def address(self) -> Address:
        return addresses.node(self.operator.address)

    @property
    def stake_address(self) -> Address:
        return addresses.stake(self.operator.address)

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
            "operator": self.operator.address,
            "worker_key": self.worker_key.address,
            "payout": self.payout,
            "gpu_vendor": GpuVendor.NVIDIA,
            "gpu_count": 2,
            "vram_mib": 24_000,
            "hardware_hash": HARDWARE_HASH,
        }
        return instructions.register_node(**{**arguments, **changes})  # type: ignore[arg-type]

    def stake_ix(self, amount: int, duration: int = 14 * DAY) -> Instruction:
        return instructions.stake(
            owner=self.operator.address, source=self.wallet, amount=amount, duration=duration
        )

    def put_stake(self, amount: int, duration: int = 14 * DAY) -> None:
        self.world.run([self.stake_ix(amount, duration)], [self.operator])


def an_operator(world: World, name: str = "node", hyper: int = 1_000_000 * HYPER) -> NodeCookie:
    """An operator with a wallet, an worker key and a payout account, but nothing registered or staked."""
    operator = world.funded(name)
    worker_key = world.funded(f"{name} worker")
    payout = world.a_token_account(f"{name} payout", owner=operator.address)
    wallet = world.a_token_account(f"{name} wallet", hyper, owner=operator.address)
    return NodeCookie(world, operator, worker_key, payout, wallet)


def a_node(world: World, name: str = "node", stake: int = 1_000 * HYPER) -> NodeCookie:
    node = an_operator(world, name)
    world.run([node.register_ix()], [node.operator])
    if stake:
        node.put_stake(stake)
    return node
