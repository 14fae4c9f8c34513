"""The job of a test, and each step of its life.

`a_job(world).assign(node).submit(seconds=3).settle()` walks the happy path. Each step has a twin
ending in `_ix` that only builds the instruction, for tests that bend it first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.domain.attestation import Attestation, Decision
from hypernode.domain.status import DeclineReason, RejectReason, Verdict
from hypernode.domain.types import Address
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_buyer, a_market
from tests.programs.decisions import a_decision
from tests.programs.world import World

SPEC_HASH = b"\x01" * 32
RECEIPT_HASH = b"\x04" * 32
DRAW_ID = b"\x05" * 8

RATE = 10
TIMEOUT = 100
CAP = RATE * TIMEOUT


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
            "rate": RATE,
            "timeout_seconds": TIMEOUT,
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
            operator=node.operator.address,
            worker_key=node.worker_key.address,
        )

    def assign(self, node: NodeCookie) -> "JobCookie":
        self.events = self.world.run([self.assign_ix(node)], [node.worker_key, self.market.matcher])
        self.node = node
        return self

    def submit_ix(self, seconds: int = 60, **changes: object) -> Instruction:
        assert self.node is not None
        arguments: dict[str, object] = {
            "job": self.address,
            "worker_key": self.node.worker_key.address,
            "receipt_hash": RECEIPT_HASH,
            "seconds_used": seconds,
        }
        return instructions.submit_receipt(**{**arguments, **changes})  # type: ignore[arg-type]

    def submit(self, seconds: int = 60) -> "JobCookie":
        """Let the node work for `seconds`, then hand in its receipt."""
        assert self.node is not None
        self.world.advance(seconds)
        self.events = self.world.run([self.submit_ix(seconds)], [self.node.worker_key])
        return self

    def attestation(
        self, verdict: Verdict = Verdict.ACCEPT, reason: RejectReason | None = None
    ) -> Attestation:
        """Return what oracles sign: by default that they repeated the job in the same time."""
        return self.attest(a_decision(verdict, self.state.seconds_used, reason))

    def attest(self, decision: Decision) -> Attestation:
        return attestation_for(
            job=self.address,
            account=self.state,
            oracle_set=self.world.read(OracleSet, addresses.oracle_set()),
            decision=decision,
            draw_id=DRAW_ID,
        )

    def settle_ixs(
        self, attestation: Attestation | None = None, oracles: Sequence[Key] | None = None
    ) -> tuple[Instruction, Instruction]:
        """Build the proof and the settlement; two of the three oracles sign unless told otherwise."""
        attested = attestation or self.attestation()
        digest = attested.digest()
        signers = self.world.oracles[:2] if oracles is None else oracles
        return instructions.settle_job(
            job=self.address,
            account=self.state,
            vault=self.buyer.vault,
            attestation=attested,
            signatures=[(oracle.address, oracle.sign(digest)) for oracle in signers],
        )

    def settle(self, verdict: Verdict = Verdict.ACCEPT) -> "JobCookie":
        """Let a stranger bring the verdict."""
        crank = self.world.funded("crank")
        self.events = self.world.run(self.settle_ixs(self.attestation(verdict)), [crank])
        return self

    def decline_ix(self, reason: DeclineReason = DeclineReason.IMAGE_UNAVAILABLE) -> Instruction:
        return instructions.decline_job(job=self.address, account=self.state, reason=reason)

    def decline(self, reason: DeclineReason = DeclineReason.IMAGE_UNAVAILABLE) -> "JobCookie":
        """Let the node give the job back."""
        assert self.node is not None
        self.events = self.world.run([self.decline_ix(reason)], [self.node.worker_key])
        return self

    def accept_ix(self) -> Instruction:
        return instructions.accept_job(
            owner=self.buyer.owner.address, job=self.address, account=self.state, vault=self.buyer.vault
        )

    def accept(self) -> "JobCookie":
        """Let the buyer pay without a verdict."""
        self.events = self.world.run([self.accept_ix()], [self.buyer.owner])
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
    **changes: object,
) -> JobCookie:
    buyer = buyer or a_buyer(world)
    market = market or a_market(world)
    return JobCookie(world, buyer, market, nonce).create(**changes)


def proof(message: bytes, oracles: Sequence[Key]) -> Instruction:
    return verify_instruction(message, [(oracle.address, oracle.sign(message)) for oracle in oracles])
