"""Measures settlements a second in one process, beside plain token transfers in the same process.

Everything a settlement costs is inside: two oracles sign, the transaction is built and signed, the VM
verifies its signature and the precompile's two, and runs the program. Once on the vendor's types, which is
what chain and cryptography cost, and once through `hypernode.chain`, which adds our own client.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from solders.instruction import AccountMeta as VendorMeta
from solders.instruction import Instruction as VendorInstruction
from solders.message import Message
from solders.transaction import Transaction
from solders.transaction_metadata import FailedTransactionMetadata

from benchmarks.report import Column, publish
from hypernode.chain import tokens
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.lite import pubkey
from tests.programs.cookies import BuyerCookie, a_buyer, a_market, a_node
from tests.programs.jobs import JobCookie
from tests.programs.world import HYPER, World

NAME = "settle"
GOAL = 2_000
BATCH = 300
ROUNDS = 10
COLUMNS = (
    Column("what", "what"),
    Column("a second", "rate"),
    Column("best round", "best"),
    Column("goal", "goal"),
)
NOTES = (
    f"{ROUNDS} rounds of {BATCH} of each, taken in turn, on one core. Every settled job has 2 attestations.",
    "The transfer is the floor: one signature, one token transfer, the same VM.",
)


@dataclass(frozen=True)
class Order:
    """A transaction that only lacks its signatures; `attest` makes the oracles' own."""

    instructions: Sequence[VendorInstruction]
    attest: Callable[[], None]


class Settling:
    """Makes jobs up to their receipts, and settles them either way."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.market = a_market(world)
        self.buyer = a_buyer(world)
        # Enough stake for a whole batch of jobs at once.
        self.node = a_node(world, stake=200_000 * HYPER)
        self.crank = world.funded("crank")
        self.nonce = 0

    def submitted(self) -> list[JobCookie]:
        jobs = []
        for _ in range(BATCH):
            self.nonce += 1
            job = JobCookie(self.world, self.buyer, self.market, self.nonce)
            jobs.append(job.create(rate=1).assign(self.node))
        self.world.advance(10)
        for job in jobs:
            self.world.run([job.submit_ix(10)], [self.node.worker_key])
        return jobs

    def order(self, job: JobCookie) -> Order:
        attestation = job.attestation()
        digest, oracles = attestation.digest(), self.world.oracles[:2]
        proof, settle = job.settle_ixs(attestation, oracles)

        def attest() -> None:
            # Ed25519 signs the same bytes alike, so what the proof already carries is what is signed here.
            assert all(oracle.sign(digest) in proof.data for oracle in oracles)

        return Order([_vendor(proof), _vendor(settle)], attest)

    def pair(self, one: JobCookie, other: JobCookie) -> Order:
        """Settle two jobs in one transaction, each behind its own proof."""
        first, second = self.order(one), self.order(other)

        def attest() -> None:
            first.attest()
            second.attest()

        return Order([*first.instructions, *second.instructions], attest)

    def by_client(self, jobs: Sequence[JobCookie]) -> None:
        for job in jobs:
            self.world.run(job.settle_ixs(), [self.crank])


def send(world: World, orders: Sequence[Order], signer: Key) -> None:
    """Sign and send each; a new block hash for each, since some are alike."""
    for order in orders:
        order.attest()
        blockhash = world.lite.vm.latest_blockhash()
        message = Message.new_with_blockhash(order.instructions, signer.keypair.pubkey(), blockhash)
        result = world.lite.vm.send_transaction(Transaction([signer.keypair], message, blockhash))
        assert not isinstance(result, FailedTransactionMetadata), result
        world.lite.vm.expire_blockhash()


def _vendor(instruction: Instruction) -> VendorInstruction:
    metas = [VendorMeta(pubkey(meta.address), meta.signer, meta.writable) for meta in instruction.accounts]
    return VendorInstruction(pubkey(instruction.program), instruction.data, metas)


def a_transfer(source: BuyerCookie, target: BuyerCookie) -> Instruction:
    owner = source.owner.address
    return tokens.transfer(source=source.wallet, destination=target.wallet, owner=owner, amount=1)


def seconds(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def measure() -> list[dict[str, Any]]:
    world = World.ready()
    settling = Settling(world)
    giver, taker = a_buyer(world, "giver", deposit=0), a_buyer(world, "taker", deposit=0)
    transfer = a_transfer(giver, taker)
    transfers = [Order([_vendor(transfer)], lambda: None)] * BATCH
    times: dict[str, list[float]] = {}

    def note(what: str, act: Callable[[], None]) -> None:
        times.setdefault(what, []).append(seconds(act))

    for _ in range(ROUNDS):
        orders = [settling.order(job) for job in settling.submitted()]
        note("settle_job, one a transaction", lambda orders=orders: send(world, orders, settling.crank))  # type: ignore[misc]
        jobs = settling.submitted()
        pairs = [settling.pair(one, other) for one, other in zip(jobs[::2], jobs[1::2], strict=True)]
        note("settle_job, two a transaction", lambda pairs=pairs: send(world, pairs, settling.crank))  # type: ignore[misc]
        note("token transfer", lambda: send(world, transfers, giver.owner))
        jobs = settling.submitted()
        note("settle_job, by hypernode.chain", lambda jobs=jobs: settling.by_client(jobs))  # type: ignore[misc]
        note("token transfer, by hypernode.chain", lambda: by_client(world, transfer, giver.owner))
    return [_row(what, taken) for what, taken in times.items()]


def by_client(world: World, instruction: Instruction, signer: Key) -> None:
    for _ in range(BATCH):
        world.run([instruction], [signer])


def _row(what: str, times: list[float]) -> dict[str, Any]:
    return {
        "what": what,
        "rate": round(BATCH * len(times) / sum(times)),
        "best": round(BATCH / min(times)),
        "goal": GOAL if what.startswith("settle_job,") and "hypernode.chain" not in what else None,
    }


if __name__ == "__main__":
    publish(NAME, COLUMNS, measure(), NOTES)
