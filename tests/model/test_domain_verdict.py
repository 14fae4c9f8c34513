"""For any findings: whom k - 1 corrupt oracles cannot hurt, and what no verdict can do."""

from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.draw import AUDIT_RATES, NEVER
from hypernode.domain.finding import Cannot, Claim, Finding, Findings, Passed, Repeated, Shut, Step, Varies
from hypernode.domain.metering import Meter, is_excessive
from hypernode.domain.result import Ending, Result
from hypernode.domain.sentence import (
    Frozen,
    exposure,
    factor,
    is_covered,
    pool_share,
    price,
    sentence,
)
from hypernode.domain.status import Verdict
from hypernode.domain.verdict import decide

T, MEMORY = 1_000, 2**30
SETS = ((3, 2), (5, 3), (7, 4))
ROOTS = tuple(bytes([number]) * 32 for number in range(3))
RESULTS = st.one_of(
    st.builds(Result, st.just(Ending.EXITED), st.integers(0, 1), st.sampled_from(ROOTS)),
    st.sampled_from([Result(Ending.TIME), Result(Ending.MEMORY), Result(Ending.OUTPUTS)]),
)
SECONDS = st.integers(0, 2 * T)
REPEATED = st.builds(Repeated, RESULTS, SECONDS, st.integers(0, 2 * MEMORY))
FINDINGS: st.SearchStrategy[Finding] = st.one_of(
    REPEATED,
    st.builds(Shut, st.sampled_from([Reason.MISSING_BLOB, Reason.HASH_MISMATCH])),
    st.just(Varies()),
    st.just(Cannot("image")),
    st.just(Passed()),
)


@st.composite
def claims(draw: st.DrawFn, results: st.SearchStrategy[Result] = RESULTS) -> Claim:
    oracles, quorum = draw(st.sampled_from(SETS))
    return Claim(
        oracles=oracles,
        quorum=quorum,
        drawn=draw(st.booleans()),
        result=draw(results),
        seconds=draw(st.integers(0, T)),
        timeout_seconds=T,
        memory_bytes=MEMORY,
        baseline_bps=draw(st.integers(5_000, 30_000)),
        pays_impossible=draw(st.booleans()),
    )


@st.composite
def known(draw: st.DrawFn, claim: Claim, honest: st.SearchStrategy[Finding], corrupt: int) -> Findings:
    """Draw findings of any subset of the panel, of which `corrupt` say anything."""
    positions = draw(st.permutations(range(claim.oracles)))
    answered = draw(st.integers(0, claim.oracles))
    members = {
        position: draw(FINDINGS if number < corrupt else honest)
        for number, position in enumerate(positions)
        if draw(st.booleans()) or number < answered
    }
    return Findings(
        members=members,
        stage_two=draw(st.booleans()),
        replicas=draw(st.lists(REPEATED, max_size=5)),
        more_replicas=draw(st.integers(0, 5)),
        is_closing=draw(st.booleans()),
    )


def near(claim: Claim) -> st.SearchStrategy[int]:
    """Draw the seconds of repetitions that a node's clock may differ from."""
    least = next(own for own in range(T + 1) if not is_excessive(claim.seconds, own, claim.baseline_bps))
    return st.integers(least, 2 * T)


@given(st.data())
def test_corrupt_oracles_below_k_never_convict_a_node_that_honest_ones_confirm(data: st.DataObject) -> None:
    claim = data.draw(claims())
    honest = st.builds(Repeated, st.just(claim.result), near(claim), st.just(MEMORY))
    decision = decide(claim, data.draw(known(claim, honest, claim.quorum - 1)))
    if isinstance(decision, Decision):
        assert decision.verdict is Verdict.ACCEPT or decision.reason is Reason.IMPOSSIBLE
        assert decision.blame is Blame.NONE


@given(st.data())
def test_no_members_convict_a_node_that_its_machine_class_confirms(data: st.DataObject) -> None:
    """A program that depends on the machine fools oracles, and no replica of the node's class."""
    claim = data.draw(claims())
    findings = data.draw(known(claim, REPEATED, 0))
    replicas = data.draw(
        st.lists(st.builds(Repeated, st.just(claim.result), near(claim)), min_size=2, max_size=3)
    )
    # A replica has the node's own baseline at most once over: its clock is the node's.
    replicas = [Repeated(one.result, max(one.seconds, claim.seconds)) for one in replicas]
    decision = decide(
        claim,
        Findings(
            members=findings.members,
            stage_two=findings.stage_two,
            replicas=replicas,
            is_closing=findings.is_closing,
        ),
    )
    if isinstance(decision, Decision):
        assert decision.verdict is Verdict.ACCEPT


@given(st.data())
def test_nobody_is_convicted_without_two_replicas_but_for_evidence(data: st.DataObject) -> None:
    claim = data.draw(claims())
    findings = data.draw(known(claim, FINDINGS, 0))
    alone = Findings(
        members=findings.members,
        stage_two=findings.stage_two,
        replicas=findings.replicas[:1],
        is_closing=findings.is_closing,
    )
    decision = decide(claim, alone)
    if isinstance(decision, Decision) and decision.verdict is Verdict.REJECT:
        shut = sum(isinstance(finding, Shut) for finding in findings.members.values())
        assert decision.blame is Blame.NONE or shut >= claim.quorum


@given(st.data())
def test_a_verdict_has_k_members_behind_it_or_an_unbroken_first_row(data: st.DataObject) -> None:
    claim = data.draw(claims())
    findings = data.draw(known(claim, FINDINGS, 0))
    decision = decide(claim, findings)
    if not isinstance(decision, Decision):
        return
    members, quorum = findings.members, claim.quorum
    agreeing = {
        position
        for position, finding in members.items()
        if isinstance(finding, Repeated) and finding.result == claim.result
    }
    if decision.audit is Audit.NONE:
        assert not claim.is_repeated
        assert len(members) >= quorum
    elif decision.audit is Audit.REPEATED and decision.verdict is Verdict.ACCEPT:
        silent = max(members) + 1 - len(members)
        assert len(agreeing) >= quorum or (
            not findings.stage_two and agreeing == set(members) and len(agreeing) > silent
        )
    elif decision.verdict is Verdict.REJECT and decision.reason is Reason.OUTPUT_MISMATCH:
        others = [finding for finding in members.values() if isinstance(finding, Repeated)]
        assert sum(finding.result == decision.result for finding in others) >= quorum


@given(st.data())
def test_a_later_finding_turns_no_acceptance_into_a_sentence(data: st.DataObject) -> None:
    """In stage two a verdict stays when the missing members answer, unless nothing could reach k before."""
    claim = data.draw(claims())
    findings = data.draw(known(claim, FINDINGS, 0))
    rest = {
        position: data.draw(FINDINGS) for position in range(claim.oracles) if position not in findings.members
    }
    before = Findings(members=findings.members, stage_two=True, replicas=findings.replicas)
    after = Findings(members={**findings.members, **rest}, stage_two=True, replicas=findings.replicas)
    first, second = decide(claim, before), decide(claim, after)
    if isinstance(first, Decision):
        assert isinstance(second, Decision)
        assert (first.verdict, first.blame) == (second.verdict, second.blame)
        gates = {finding.reason for finding in after.members.values() if isinstance(finding, Shut)}
        # Of several gates the one that most members name is told: another may lead in the end.
        assert first.reason == second.reason or {first.reason, second.reason} <= gates


@given(st.data())
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    claim = data.draw(claims())
    findings = data.draw(known(claim, FINDINGS, 0))
    turned = Findings(
        members=dict(reversed(list(findings.members.items()))),
        stage_two=findings.stage_two,
        replicas=findings.replicas[::-1],
        more_replicas=findings.more_replicas,
        is_closing=findings.is_closing,
    )
    assert decide(claim, turned) == decide(claim, findings)


@st.composite
def jobs(draw: st.DrawFn) -> Frozen:
    oracles, quorum = draw(st.sampled_from(SETS))
    rate, timeout = draw(st.integers(0, 10**9)), draw(st.integers(1, 7 * 86_400))
    audit_bps = draw(st.sampled_from(AUDIT_RATES))
    return Frozen(
        rate=rate,
        cap=rate * timeout + draw(st.integers(0, 10**9)),
        timeout_seconds=timeout,
        audit_bps=audit_bps,
        quorum=quorum,
        factor=factor(audit_bps, oracles, quorum, replicated=draw(st.booleans())),
        ratio_bps=draw(st.integers(0, 10**6)),
        baseline_bps=draw(st.integers(0, 10**6)),
        seconds=draw(st.integers(0, 2**32 - 1)),
    )


DECISIONS = st.one_of(
    st.builds(
        Decision,
        verdict=st.just(Verdict.ACCEPT),
        audit=st.just(Audit.REPEATED),
        own=st.integers(0, 2**32 - 1),
        blame=st.sampled_from([Blame.NONE, Blame.METERING]),
    ),
    st.builds(
        Decision,
        verdict=st.just(Verdict.REJECT),
        reason=st.just(Reason.USAGE_IMPLAUSIBLE),
        audit=st.just(Audit.REPEATED),
        own=st.integers(0, 2**32 - 1),
        blame=st.sampled_from(Blame),
    ),
)


@given(st.lists(st.tuples(jobs(), DECISIONS), max_size=6), st.integers(0, 10**19), st.integers(1, 10_000))
def test_all_sentences_together_fit_the_stake_that_covers_the_exposure(
    open_jobs: list[tuple[Frozen, Decision]], stake: int, fraud_bps: int
) -> None:
    """Even if the stake shrinks to what is not held: exposure is counted against the rest."""
    # Nobody repeats a job that is never audited, so no verdict finds a fault in it.
    found = (Blame.FAULT, Blame.METERING)
    open_jobs = [
        (job, decision)
        for job, decision in open_jobs
        if job.audit_bps != NEVER or decision.blame not in found
    ]
    total = sum(exposure(job.rate, job.timeout_seconds, job.factor) for job, _ in open_jobs)
    sentences = sum(sentence(job, decision, stake) for job, decision in open_jobs)
    assert sentences <= total
    if is_covered(total, stake, 0, fraud_bps):
        assert sentences * 10_000 <= stake * fraud_bps


@given(jobs(), DECISIONS, st.integers(0, 10**19))
def test_a_job_pays_or_punishes_and_never_more_than_was_locked(
    job: Frozen, decision: Decision, stake: int
) -> None:
    paid, lost = price(job, decision), sentence(job, decision, stake)
    assert 0 <= paid <= job.cap
    assert not (paid and lost)
    assert 0 <= pool_share(lost, job.rate, decision.own, 2) <= lost


@given(jobs(), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_claiming_more_time_never_costs_less_when_it_is_found(job: Frozen, one: int, other: int) -> None:
    wrong = Decision(
        verdict=Verdict.REJECT, reason=Reason.OUTPUT_MISMATCH, audit=Audit.REPEATED, blame=Blame.FAULT
    )
    low, high = (_with_seconds(job, seconds) for seconds in sorted((one, other)))
    assert sentence(low, wrong, 0) <= sentence(high, wrong, 0)


@given(jobs(), st.integers(0, 2**32 - 1))
def test_the_expected_loss_is_twice_what_an_undrawn_wrong_result_pays(job: Frozen, seconds: int) -> None:
    """Against the price of an undrawn job, with the detection d that the page states."""
    job = _with_seconds(job, seconds)
    wrong = Decision(
        verdict=Verdict.REJECT, reason=Reason.OUTPUT_MISMATCH, audit=Audit.REPEATED, blame=Blame.FAULT
    )
    gain = price(job, Decision(verdict=Verdict.ACCEPT))
    if job.audit_bps != NEVER:
        assert sentence(job, wrong, 0) >= 2 * gain


def _with_seconds(job: Frozen, seconds: int) -> Frozen:
    return Frozen(
        rate=job.rate,
        cap=job.cap,
        timeout_seconds=job.timeout_seconds,
        audit_bps=job.audit_bps,
        quorum=job.quorum,
        factor=job.factor,
        ratio_bps=job.ratio_bps,
        baseline_bps=job.baseline_bps,
        seconds=seconds,
    )


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_claimed_or_less_measured_is_never_less_excess(seconds: int, own: int, more: int) -> None:
    found = is_excessive(seconds, own, 10_000)
    assert found <= is_excessive(seconds + more, own, 10_000)
    assert is_excessive(seconds, own + more, 10_000) <= found
    assert is_excessive(seconds, own, 10_000 + more) <= found
    assert not is_excessive(seconds, seconds, 0)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=60), st.integers(1, 10_000))
def test_one_repetition_moves_the_ratio_by_a_quarter_at_most(owns: list[int], seconds: int) -> None:
    """An oracle that claims any time for a repetition gains or costs a node little."""
    meter = Meter().record(60 + seconds, 60 + seconds)
    for own in owns:
        before, meter = meter.ratio_bps, meter.record(60 + seconds, own)
        assert before * 79 // 100 <= meter.ratio_bps <= before * 126 // 100


def test_a_step_is_not_a_verdict() -> None:
    assert not any(isinstance(step, Decision) for step in Step)
