"""open_from_job: the end of a job is the verdict; what it costs was frozen, and nothing is left to claim."""

from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import slashing
from hypernode.chain.generated.markets import JobRejected, JobTimedOut, OutcomeClosed
from hypernode.chain.generated.markets.errors import (
    JobEnded,
    JobNotEnded,
    JobNotPosted,
    JobNotSubmitted,
    NodeBusy,
    OutcomeKept,
    WrongAccountForJob,
)
from hypernode.chain.generated.slashing import SentenceOpened
from hypernode.chain.generated.slashing.errors import NothingAtStake, WrongJob, WrongRecord, WrongStake
from hypernode.chain.instruction import Instruction
from hypernode.domain.attestation import Blame
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.status import JobStatus, Outcome, RejectReason, Verdict
from hypernode.domain.types import ZERO_ADDRESS, Address
from tests.programs.cookies import a_buyer, a_market, a_node, a_wallet
from tests.programs.jobs import JobCookie, a_job
from tests.programs.slashing.slashing_world import (
    APPEAL,
    APPEAL_BOND,
    JOB_RATE,
    ReportCookie,
    SentenceCookie,
    SlashingWorld,
    a_panel,
    a_rejected_job,
    a_sentence,
)
from tests.programs.world import DAY, HYPER

STAKE = 1_000 * HYPER
# Every job of a new node is repeated: the factor is then 2 k + 3.
FACTOR = 7
SENTENCE = JOB_RATE * 60 * FACTOR
EXPOSURE = JOB_RATE * 100 * FACTOR
CU_GOAL = 12_600


@pytest.fixture
def sentence(world: SlashingWorld) -> SentenceCookie:
    return a_sentence(world)


def a_late_job(world: SlashingWorld, name: str = "late", rate: int = JOB_RATE) -> JobCookie:
    """Return a job whose last attempt got no receipt in time, before anyone says so."""
    market = a_market(world, name, max_attempts=1)
    job = a_job(world, buyer=a_buyer(world, f"buyer {name}"), market=market, rate=rate)
    job.assign(a_node(world, f"sleeper {name}"))
    world.at(job.state.deadline + 1)
    return job


def test_a_rejected_job_stays_and_refunds_at_once(world: SlashingWorld, sentence: SentenceCookie) -> None:
    job, node = sentence.job, sentence.accused.state
    state, (event,) = job.state, job.events
    assert isinstance(event, JobRejected)
    assert (state.status, state.blame) == (JobStatus.REJECTED, Blame.FAULT)
    assert (state.reject_reason, state.ended_at) == (RejectReason.OUTPUT_MISMATCH, world.now)
    assert state.sentence == event.sentence == SENTENCE
    assert event.outcome is Outcome.REJECTED
    assert (job.buyer.state.locked, job.buyer.state.available) == (0, 10 * HYPER)
    # The job loads the node no more, but its sentence still has to be covered.
    assert (node.active_jobs, node.exposure) == (0, EXPOSURE)


def test_a_rejection_becomes_a_confirmed_report(world: SlashingWorld, sentence: SentenceCookie) -> None:
    job, payer = sentence.job.state, sentence.job.buyer.owner.address
    rent, before = world.lamports(sentence.job.address), world.lamports(payer)
    sentence.open()
    state, stake = sentence.state, sentence.accused.stake
    assert (state.status, state.reason) == (ReportStatus.CONFIRMED, FaultReason.INVALID_RESULT)
    assert (state.amount, state.accused) == (SENTENCE, sentence.accused.operator.address)
    assert (state.job, state.sequence, state.attempt) == (sentence.job.address, job.sequence, 1)
    assert (state.evidence, state.reporter, state.bond) == (job.receipt_hash, ZERO_ADDRESS, 0)
    assert (state.confirmed_at, state.executable_at) == (world.now, world.now + APPEAL)
    assert (stake.holds, stake.held_amount) == (1, SENTENCE)
    assert not sentence.job.exists
    assert world.lamports(payer) == before + rent
    assert sentence.accused.state.exposure == 0
    (opened,) = [event for event in sentence.events if isinstance(event, SentenceOpened)]
    assert (opened.sentence, opened.amount, opened.new_status) == (SENTENCE, SENTENCE, state.status)
    (closed,) = [event for event in sentence.events if isinstance(event, OutcomeClosed)]
    assert (closed.exposure, closed.reported) == (EXPOSURE, True)


def test_the_whole_sentence_is_burned_and_nobody_is_paid(
    world: SlashingWorld, sentence: SentenceCookie
) -> None:
    """No buyer, no reporter, no validator gains by a conviction."""
    sentence.open().executed()
    state = sentence.state
    assert (state.slashed, state.burned) == (SENTENCE, SENTENCE)
    assert (state.reporter_due, state.accused_due, state.validators_due) == (0, 0, 0)
    stake = sentence.accused.stake
    assert (stake.amount, stake.holds, stake.held_amount) == (STAKE - SENTENCE, 0, 0)
    world.run([sentence.close_ix()], [world.funded("crank")])


def test_sentences_wait_for_no_other(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """Neither daily cap nor cooldown: two rejections of one day are both collected."""
    job = a_rejected_job(world, sentence.accused, "second")
    second = replace(sentence, of=job, sequence=job.state.sequence)
    for report in (sentence, second):
        report.open()
    world.at(second.state.executable_at)
    for report in (sentence, second):
        report.execute()
    assert sentence.accused.stake.amount == STAKE - 2 * SENTENCE


def test_a_final_time_out_costs_a_hundredth_of_the_stake_at_most_the_price(world: SlashingWorld) -> None:
    """It was frozen with the assignment: what is added to the stake later does not count."""
    job = a_late_job(world)
    job.expire()
    (event,) = job.events
    assert isinstance(event, JobTimedOut)
    assert (event.sentence, event.outcome) == (HYPER, Outcome.TIMED_OUT)
    state = job.state
    assert (state.status, state.blame, state.sentence) == (JobStatus.TIMED_OUT, Blame.TIMEOUT, HYPER)
    assert job.buyer.state.locked == 0
    node = job.node
    assert node is not None
    report = SentenceCookie(
        world, node, a_wallet(world, "opener"), a_panel(world), of=job, sequence=state.sequence
    )
    report.open().executed()
    assert (report.state.reason, report.state.evidence) == (FaultReason.JOB_TIMEOUT, bytes(32))
    assert node.stake.amount == STAKE - HYPER


def test_a_sentence_below_the_floor_closes_the_job_at_once(world: SlashingWorld) -> None:
    """A hundredth of a HYPER is what collecting it costs."""
    kept, closed = a_late_job(world, "at the floor", rate=100), a_late_job(world, "below", rate=99)
    for job in (kept, closed):
        job.expire()
    assert (kept.exists, closed.exists) == (True, False)
    assert kept.state.sentence == 10_000
    assert closed.node is not None
    assert closed.node.state.exposure == 0


@pytest.mark.parametrize("path", ["posted", "assigned", "submitted"])
def test_a_job_that_has_not_ended_is_no_verdict(world: SlashingWorld, path: str) -> None:
    job = a_job(world, rate=JOB_RATE)
    node, crank = a_node(world), world.funded("crank")
    if path != "posted":
        job.assign(node)
    if path == "submitted":
        job.submit()
    account = replace(job.state, operator=node.operator.address, node=node.address)
    batch = [instructions.open_from_job(payer=crank.address, job=job.address, account=account)]
    if path == "posted":
        world.refuse(WrongStake, batch, [crank])
    else:
        world.refuse(JobNotEnded, batch, [crank])
    close = [instructions.close_outcome(closer=crank.address, job=job.address, account=account)]
    world.refuse(WrongAccountForJob if path == "posted" else JobNotEnded, close, [crank])


def test_an_ended_job_takes_no_other_step(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """It cannot be settled, expired, cancelled or assigned again: only the report or time ends it."""
    job, crank = sentence.job, world.funded("crank")
    for verdict in Verdict:
        world.refuse(JobNotSubmitted, job.settle_ixs(job.attestation(verdict)), [crank])
    world.refuse(JobEnded, [job.expire_ix()], [crank])
    world.refuse(JobNotPosted, [job.cancel_ix()], [job.buyer.owner])
    world.advance(20 * DAY)
    world.refuse(JobEnded, [job.expire_ix()], [crank])


def test_a_job_is_brought_once(world: SlashingWorld, sentence: SentenceCookie) -> None:
    batch = [sentence.open_ix()]
    sentence.open()
    world.refuse("AccountAlreadyInUse", batch, [sentence.reporter.owner], "the same job again")
    sentence.executed()
    world.run([sentence.close_ix()], [world.funded("crank")])
    world.refuse(WrongJob, batch, [sentence.reporter.owner])


def test_the_stake_is_the_one_of_the_assignment(world: SlashingWorld, sentence: SentenceCookie) -> None:
    other = a_node(world, "innocent")
    bent = _with(sentence, sentence.accused.stake_address, other.stake_address)
    world.refuse(WrongStake, [bent], [sentence.reporter.owner])
    node = _with(sentence, sentence.accused.address, other.address)
    world.refuse(WrongAccountForJob, [node], [sentence.reporter.owner])


def test_a_forged_job_is_no_job(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """An account of another program with the bytes of a rejected job convicts nobody."""
    batch, signers = [sentence.open_ix()], [sentence.reporter.owner]
    raw, node = world.raw(sentence.job.address), world.raw(sentence.accused.address)
    assert raw is not None
    assert node is not None
    for fake in (replace(raw, owner=addresses.SYSTEM_PROGRAM), replace(raw, owner=slashing.PROGRAM_ID), node):
        world.lite.set_raw_account(sentence.job.address, fake)
        world.refuse(WrongJob, batch, signers)


def test_a_wrong_number_opens_nothing(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """The number is part of the report's address, or a job at the same address could not be brought later."""
    account = replace(sentence.job.state, sequence=sentence.sequence + 1)
    payer = sentence.reporter.owner
    step = instructions.open_from_job(payer=payer.address, job=sentence.job.address, account=account)
    world.refuse(WrongJob, [step], [payer])


def test_the_operator_cannot_dodge_its_sentence(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """A rejected node changes its key, retires, gives notice, or closes: it is slashed all the same."""
    owner = sentence.accused.operator
    for step in (
        instructions.set_worker_key(operator=owner.address, worker_key=owner.address),
        instructions.retire_node(operator=owner.address),
        instructions.unstake(owner=owner.address),
    ):
        world.run([step], [owner])
    world.advance(14 * DAY)
    world.refuse(NodeBusy, [instructions.close_node(operator=owner.address)], [owner])
    # Even on the second at which the stake could leave: a sentence is more than an accusation.
    sentence.open().executed()
    assert sentence.accused.stake.amount == STAKE - SENTENCE
    world.run([instructions.close_node(operator=owner.address)], [owner])


def test_a_sentence_takes_what_other_sentences_leave(world: SlashingWorld, sentence: SentenceCookie) -> None:
    accused = sentence.accused
    stake = replace(accused.stake, amount=SENTENCE // 2, weight=0, base_weight=0)
    world.write(accused.stake_address, stake)
    assert sentence.open().state.amount == SENTENCE // 2
    job = a_rejected_job_without_checks(world, sentence)
    world.refuse(NothingAtStake, [job.open_ix()], [job.reporter.owner])


def test_nobody_closes_an_outcome_before_thirty_days(world: SlashingWorld, sentence: SentenceCookie) -> None:
    """Not the operator, whose exposure it keeps, and not a program that is not the slashing program."""
    operator, job = sentence.accused.operator, sentence.job
    close = instructions.close_outcome(closer=operator.address, job=job.address, account=job.state)
    for ahead in (0, 30 * DAY):
        world.at(job.state.ended_at + ahead)
        world.refuse(OutcomeKept, [close], [operator])
    world.advance(1)
    events = world.run([close], [operator])
    assert isinstance(events[0], OutcomeClosed)
    assert (events[0].reported, job.exists, sentence.accused.state.exposure) == (False, False, 0)
    assert sentence.accused.stake.holds == 0


def test_an_appealed_sentence_costs_a_bond_and_a_fee_whatever_is_decided(world: SlashingWorld) -> None:
    for name, overturn in (("upheld", 0), ("overturned", 5)):
        sentence = a_sentence(world, name, panel=a_panel(world, name=f"judge {name}")).open()
        sentence.appeal().decided(uphold=5 - overturn, overturn=overturn)
        if not overturn:
            sentence.execute()
        state = sentence.state
        assert state.validators_due == APPEAL_BOND // 10
        assert state.accused_due == (APPEAL_BOND - APPEAL_BOND // 10 if overturn else 0)
        assert state.burned == (0 if overturn else SENTENCE + APPEAL_BOND - APPEAL_BOND // 10)
        assert sentence.accused.stake.amount == STAKE - state.slashed
        for judge in sentence.panel[:5]:
            assert sentence.claim_fee(judge, 2) == APPEAL_BOND // 50


def test_a_sentence_goes_without_a_record_and_a_report_by_bond_with_one(
    world: SlashingWorld, sentence: SentenceCookie
) -> None:
    """The record bounds what reports by bond take: none gets around it, and no sentence waits for it."""
    sentence.open()
    report = ReportCookie(world, sentence.accused, a_wallet(world, "reporter", 1_000 * HYPER), sentence.panel)
    report.open().decided(uphold=3)
    world.at(report.state.executable_at)
    crank, record = world.funded("crank"), addresses.slashing_record(sentence.accused.operator.address)
    bonded, of_job = report.execute_ix(), sentence.execute_ix()
    at = [meta.address for meta in bonded.accounts].index(record)
    assert of_job.accounts[at].address == slashing.PROGRAM_ID
    world.refuse(WrongRecord, [of_job.with_account(at, bonded.accounts[at])], [crank])
    world.refuse(WrongRecord, [bonded.with_account(at, of_job.accounts[at])], [crank])
    sentence.execute()
    report.execute()


def test_opening_costs_little(world: SlashingWorld, sentence: SentenceCookie) -> None:
    sentence.open()
    units = world.compute_units["last"]
    assert units <= CU_GOAL, units


def a_rejected_job_without_checks(world: SlashingWorld, sentence: SentenceCookie) -> SentenceCookie:
    """Return a sentence against the same stake, whose job was assigned before the stake was gone."""
    accused = sentence.accused
    kept = accused.stake
    world.write(accused.stake_address, replace(kept, amount=STAKE))
    job = a_rejected_job(world, accused, "later")
    world.write(accused.stake_address, kept)
    return replace(sentence, of=job, sequence=job.state.sequence)


def _with(sentence: SentenceCookie, old: Address, new: Address) -> Instruction:
    instruction = sentence.open_ix()
    at = [meta.address for meta in instruction.accounts].index(old)
    return instruction.with_account(at, replace(instruction.accounts[at], address=new))
