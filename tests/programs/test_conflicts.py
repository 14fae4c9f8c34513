"""Two unrelated jobs never wait for each other: their lifecycles share no account that either writes."""

from dataclasses import dataclass
from random import Random

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.instruction import Instruction
from hypernode.domain.status import JobStatus, Verdict
from hypernode.domain.types import Address, address_of
from tests.programs.decisions import a_decision
from tests.support.accounts import a_job, blank

PAIRS = 1_000
# Unrelated are jobs of different buyers and nodes. Everything else may well be the same.
MARKETS, MATCHERS = 3, 2


@dataclass(frozen=True)
class Life:
    """Everything that is sent for one job, from the deposit to its end."""

    steps: tuple[Instruction, ...]

    @property
    def written(self) -> frozenset[Address]:
        return frozenset(meta.address for step in self.steps for meta in step.accounts if meta.writable)

    @property
    def read(self) -> frozenset[Address]:
        return frozenset(meta.address for step in self.steps for meta in step.accounts) - self.written


def key(random: Random) -> Address:
    return address_of(random.randbytes(32))


def a_life(random: Random) -> Life:
    """Post, assign, submit and end a job; market and matcher are drawn from a few that all share."""
    owner, authority, worker_key, payout, mint = (key(random) for _ in range(5))
    market, matcher = _one_of(MARKETS, random), _one_of(MATCHERS, random)
    nonce = random.getrandbits(63)
    job, node, vault = addresses.job(owner, nonce), addresses.node(authority), addresses.buyer_vault(owner)
    account = a_job(
        buyer=owner, payer=owner, market=market, node=node, payout=payout, status=JobStatus.SUBMITTED
    )
    post = instructions.create_job(
        owner=owner, market=market, nonce=nonce, spec_hash=bytes(32), rate=1, timeout_seconds=60
    )
    assign = instructions.assign_job(
        job=job, market=market, matcher=matcher, operator=authority, worker_key=worker_key
    )
    hashes = {"receipt_hash": bytes(32)}
    submit = instructions.submit_receipt(job=job, worker_key=worker_key, seconds_used=1, **hashes)
    return Life(
        (
            instructions.open_buyer(owner=owner, mint=mint),
            instructions.deposit(owner=owner, vault=vault, source=key(random), amount=1),
            post,
            assign,
            submit,
            ending(random, job, account),
            instructions.withdraw(owner=owner, vault=vault, destination=key(random), amount=1),
        )
    )


def ending(random: Random, job: Address, account: Job) -> Instruction:
    """Return one of the ways in which a job ends."""
    match random.randrange(3):
        case 0:
            return _settled(job, account)
        case 1:
            return instructions.expire_job(job=job, account=account)
        case _:
            return instructions.cancel_job(owner=account.buyer, job=job)


def _settled(job: Address, account: Job) -> Instruction:
    oracles = blank(OracleSet, cluster=bytes(32), epoch=1)
    attestation = attestation_for(
        job=job, account=account, oracle_set=oracles, decision=a_decision(Verdict.ACCEPT, 1)
    )
    _, settle = instructions.settle_job(
        job=job,
        account=account,
        vault=addresses.buyer_vault(account.buyer),
        attestation=attestation,
        signatures=[],
    )
    return settle


def _one_of(count: int, random: Random) -> Address:
    return address_of(bytes([count, random.randrange(count)]) * 16)


def test_a_thousand_pairs_of_unrelated_jobs_never_wait_for_each_other() -> None:
    random = Random(2026)
    waiting = 0
    for _ in range(PAIRS):
        one, other = a_life(random), a_life(random)
        touched = other.written | other.read
        waiting += bool(one.written & touched or other.written & (one.written | one.read))
    assert waiting == 0


def test_what_all_jobs_share_is_only_read() -> None:
    """The check above is empty if the lives had nothing in common."""
    random = Random(2026)
    lives = [a_life(random) for _ in range(50)]
    common = frozenset.intersection(*(life.read for life in lives))
    assert addresses.config() in common
    assert not common & frozenset.union(*(life.written for life in lives))


def test_jobs_of_one_buyer_do_wait() -> None:
    """And it is empty if it could find nothing."""
    first, again = Random(7), Random(7)
    assert a_life(first).written & a_life(again).written
