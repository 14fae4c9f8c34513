"""Comparison of the real programs with the model: tokens, books, status, lamports."""

from hypernode.chain import addresses
from hypernode.chain.generated import markets, staking
from hypernode.domain.reputation import Reputation
from hypernode.domain.types import ZERO_ADDRESS
from tests.programs.driver import Driver
from tests.programs.model import Model
from tests.programs.model_accounts import DESTINATIONS
from tests.programs.world import World


class Agreement:
    """Knows what there was at the beginning: no step may make or lose a token or a lamport."""

    def __init__(self, world: World, driver: Driver, model: Model) -> None:
        self.world = world
        self.driver = driver
        self.model = model
        self.supply = world.supply()
        self.lamports = self._lamports()
        self.funds = {name: world.lamports(key.address) for name, key in driver.keys.items()}

    def check(self) -> None:
        self.check_tokens()
        self.check_jobs()
        for name in self.driver.keys:
            self.check_books(name)
            self.check_node(name)
            self.check_stake(name)
        self.check_pool()
        self.check_lamports()

    def check_tokens(self) -> None:
        for name, account in self.driver.accounts.items():
            assert self.world.tokens(account) == self.model.wallets[name]
        places = (self.world.treasury, self.world.stakers, self.world.market_operations)
        for place, account in zip(DESTINATIONS, places, strict=True):
            assert self.world.tokens(account) == self.model.collected[place]
        assert self.world.supply() == self.supply == self.model.supply

    def check_jobs(self) -> None:
        accounts = self.world.lite.owned_by(markets.PROGRAM_ID).values()
        live = sum(raw.data.startswith(markets.Job.DISCRIMINATOR) for raw in accounts)
        assert live == len(self.model.jobs)
        for key, job in self.model.jobs.items():
            account = self.driver.job(*key)
            assert account is not None
            assert (account.status, account.attempt, account.cap) == (job.status, job.attempt, job.cap)
            node = addresses.node(self.driver.keys[job.node].address) if job.node else ZERO_ADDRESS
            assert account.node == node

    def check_books(self, name: str) -> None:
        found, buyer = self.driver.buyer(name), self.model.buyers.get(name)
        assert (found is None) == (buyer is None)
        if found is not None and buyer is not None:
            assert (found.available, found.locked) == (buyer.available, buyer.locked)
            dues = (found.treasury_due, found.stakers_due, found.operations_due)
            assert dues == tuple(buyer.dues[place] for place in DESTINATIONS)
            assert self.driver.vault(name) == buyer.vault

    def check_node(self, name: str) -> None:
        found, node = self.driver.node(name), self.model.nodes.get(name)
        assert (found is None) == (node is None)
        if found is not None and node is not None:
            assert (found.active_jobs, found.exposure, found.probation) == (
                node.active_jobs,
                node.exposure,
                node.probation,
            )
            said = found.reputation
            assert {"ok": said.ok, "rejected": said.rejected, "timed_out": said.timed_out} == {
                outcome: node.ended[outcome] for outcome in ("ok", "rejected", "timed_out")
            }
            counters = {member: getattr(said, member) for member in Reputation.__slots__}
            assert said.score == Reputation(**counters).score

    def check_stake(self, name: str) -> None:
        found, stake = self.driver.stake_of(name), self.model.stakes.get(name)
        assert (found is None) == (stake is None)
        if found is not None and stake is not None:
            assert (found.amount, found.weight) == (stake.amount, stake.weight)

    def check_pool(self) -> None:
        pool = self.world.read(staking.Pool, addresses.pool())
        stakes = self.model.stakes.values()
        assert pool.total_staked == sum(stake.amount for stake in stakes)
        assert pool.total_weight == sum(stake.weight for stake in stakes)
        assert self.world.tokens(addresses.stake_vault()) == pool.total_staked

    def check_lamports(self) -> None:
        """The relayer pays every fee, so everyone else's lamports and all rent add up to the same."""
        assert self._lamports() == self.lamports
        for account in self.world.everything().values():
            assert account.lamports >= self.world.rent(len(account.data))

    def check_everybody_is_out(self) -> None:
        assert self.model.wallets.total() + self.model.collected.total() == self.supply
        kept = {addresses.config(), addresses.oracle_set(), addresses.pool()}
        for program in (markets.PROGRAM_ID, staking.PROGRAM_ID):
            assert set(self.world.lite.owned_by(program)) <= kept
        for name, funds in self.funds.items():
            assert self.world.lamports(self.driver.keys[name].address) == funds

    def _lamports(self) -> int:
        people = (*self.driver.keys.values(), self.driver.patron, self.driver.creator, self.world.authority)
        held = sum(self.world.lamports(key.address) for key in people)
        return held + sum(account.lamports for account in self.world.everything().values())
