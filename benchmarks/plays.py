"""One run of every instruction of markets, staking and rewards, with what each costs."""

from collections.abc import Sequence
from itertools import count

from benchmarks.metering import Cost, cost
from hypernode.chain import addresses, instructions
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.status import Verdict
from tests.programs.cookies import a_market, a_wallet, an_operator
from tests.programs.jobs import JobCookie
from tests.programs.world import DAY, HYPER, World, named_key

ATTESTATIONS = 3


class Play:
    """Acts every part in a world of its own; only the named steps are measured."""

    def __init__(self, seed: str, waiting: int = 0) -> None:
        self.seed = seed
        self.costs: dict[str, Cost] = {}
        self.world = World.bare()
        self.world.oracles = [named_key(f"oracle {number}") for number in range(2 * ATTESTATIONS - 1)]
        self.measure("init_config", [self.world.init_config(threshold=ATTESTATIONS)], [self.world.authority])
        self.measure("init_pool", [self.world.init_pool()], [self.world.authority])
        self.measure("init_accumulator", [self.world.init_accumulator()], [self.world.authority])
        self.market = a_market(self.world, f"market {seed}")
        self.buyer = a_wallet(self.world, f"buyer {seed}", 100 * HYPER)
        self.node = an_operator(self.world, f"node {seed}")
        self.open()
        for nonce in range(waiting):
            JobCookie(self.world, self.buyer, self.market, 1_000 + nonce).create()

    def measure(self, name: str, batch: Sequence[Instruction], signers: Sequence[Key]) -> None:
        found = cost(self.world, batch[-1], lambda: self.world.run(batch, signers))
        if name not in self.costs or found.units > self.costs[name].units:
            self.costs[name] = found

    def open(self) -> None:
        buyer, node = self.buyer, self.node
        self.measure("open_buyer", [buyer.open_ix()], [buyer.owner])
        self.measure("deposit", [buyer.deposit_ix(50 * HYPER)], [buyer.owner])
        self.measure("withdraw", [buyer.withdraw_ix(HYPER)], [buyer.owner])
        self.measure("register_node", [node.register_ix()], [node.operator])
        self.measure("stake", [node.stake_ix(1_000 * HYPER)], [node.operator])

    def all(self) -> dict[str, Cost]:
        self.settled()
        self.rejected()
        self.ended_by_clock()
        self.rewards()
        self.staking()
        return self.costs

    def job(self, number: int) -> JobCookie:
        """Create a job as our client does: with a nonce whose address has the first bump."""
        numbers = count(number << 32)
        nonce = addresses.fresh_nonce(self.buyer.owner.address, lambda bits: next(numbers))
        job = JobCookie(self.world, self.buyer, self.market, nonce)
        self.measure("create_job", [job.create_ix()], [self.buyer.owner])
        return job

    def submitted(self, nonce: int) -> JobCookie:
        job = self.job(nonce)
        self.measure("assign_job", [job.assign_ix(self.node)], [self.node.worker_key, self.market.matcher])
        job.node = self.node
        self.world.advance(60)
        self.measure("submit_receipt", [job.submit_ix(60)], [self.node.worker_key])
        return job

    def settle(self, job: JobCookie, name: str, verdict: Verdict) -> None:
        attested = job.attestation(verdict)
        batch = job.settle_ixs(attested, self.world.oracles[:ATTESTATIONS])
        self.measure(name, batch, [self.world.funded(f"crank {self.seed}")])

    def settled(self) -> None:
        self.settle(self.submitted(1), "settle_job (pays)", Verdict.ACCEPT)
        collect = self.buyer.collect_ix()
        self.measure("collect_fees", [collect], [self.world.funded("crank")])

    def rejected(self) -> None:
        self.settle(self.submitted(2), "settle_job (refunds)", Verdict.REJECT)

    def ended_by_clock(self) -> None:
        crank = self.world.funded("crank")
        cancelled = self.job(3)
        self.measure("cancel_job", [cancelled.cancel_ix()], [self.buyer.owner])
        declined = self.job(6).assign(self.node)
        worker_key = self.node.worker_key
        self.measure("decline_job (posts again)", [declined.decline_ix()], [worker_key])
        declined.assign(self.node)
        self.world.at(declined.state.deadline + 1)
        declined.expire().assign(self.node)
        self.world.at(declined.state.deadline)
        self.measure("decline_job (refunds)", [declined.decline_ix()], [worker_key])
        unverified = self.submitted(7)
        self.world.at(unverified.state.late_until)
        self.measure("accept_job", [unverified.accept_ix()], [self.buyer.owner])
        unverified = self.submitted(4)
        self.world.at(unverified.state.late_until + 1)
        self.measure("expire_job (unverified)", [unverified.expire_ix()], [crank])
        late = self.job(5).assign(self.node)
        self.world.at(late.state.deadline + 1)
        self.measure("expire_job (posts again)", [late.expire_ix()], [crank])
        self.world.at(late.state.expires_at + 1)
        self.measure("expire_job (expires)", [late.expire_ix()], [crank])

    def rewards(self) -> None:
        """Both flows at once, which is the dearest."""
        owner, wallet, world = self.node.operator, self.node.wallet, self.world
        for account in (addresses.rewards_vault(), addresses.community_pool()):
            world.give(account, 1_000 * HYPER)
        for _ in range(2):
            self.measure("distribute", [instructions.distribute()], [world.funded("crank")])
            world.advance(DAY // 2)
        self.measure("distribute", [instructions.distribute()], [world.funded("crank")])
        claim = instructions.claim_rewards(owner=owner.address, destination=wallet)
        self.measure("claim", [claim], [owner])
        self.measure("forfeit_rewards", [instructions.forfeit_rewards(owner=owner.address)], [owner])

    def staking(self) -> None:
        owner, wallet, world = self.node.operator, self.node.wallet, self.world
        me = owner.address
        top_up = instructions.top_up_stake(owner=me, source=wallet, amount=HYPER)
        self.measure("top_up", [top_up], [owner])
        self.measure("extend", [instructions.extend_stake(owner=me, duration=30 * DAY)], [owner])
        self.measure("unstake", [instructions.unstake(owner=me)], [owner])
        self.measure("restake", [instructions.restake(owner=me)], [owner])
        self.measure("unstake", [instructions.unstake(owner=me)], [owner])
        world.advance(30 * DAY)
        withdraw = instructions.withdraw_stake(owner=me, destination=wallet)
        self.measure("withdraw (stake)", [withdraw], [owner])
