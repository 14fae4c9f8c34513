"""End of a play: from any state everyone gets everything, with time and public instructions alone.

No vote is cast, no oracle speaks, no guardian and no authority acts. Each step is taken by whom it concerns,
or by a stranger; all go through the model and the programs alike, so what is shown is shown of both.
"""

from tests.programs.economy.governance import ACTIVE, DRAFT, ENDED, QUEUED, SUCCEEDED, UNLOCKS
from tests.programs.economy.markets import ALL
from tests.programs.economy.people import DAY, HYPER, STRANGER, WALLETS, YEAR
from tests.programs.economy.play import Play
from tests.programs.economy.reports import DISMISSED, EXECUTED, ReportKey
from tests.programs.economy.rewards import LEAST_WEIGHT
from tests.programs.economy.staking import INDEX_ONE

# The longest anything may take to end by itself: two rounds, an appeal's window and a week of cooldowns.
MOST_ROUNDS = 60


def drain(play: Play) -> None:
    """Let everyone leave, and assert that nothing is left behind."""
    _end_jobs(play)
    _end_reports(play)
    _end_proposals(play)
    _flow(play)
    _leave(play)
    _assert_empty(play)
    _wait_for_somebody(play)
    _assert_empty(play)


def _end_jobs(play: Play) -> None:
    markets = play.economy.markets
    # A job that can still be tried is posted again first, and expires then.
    for _ in range(2):
        play.wait(3 * DAY)
        for (owner, nonce), job in sorted(markets.jobs.items()):
            assert job.ended or play.act("expire_job", owner, nonce)
    _end_outcomes(play)
    for owner in sorted(markets.buyers):
        if any(markets.buyers[owner].dues.values()):
            assert play.act("collect_fees", owner)
        if markets.buyers[owner].available or markets.buyers[owner].donated:
            assert play.act("withdraw", owner, ALL)
        assert play.act("close_buyer", owner)
    for operator in sorted(markets.nodes):
        if not markets.nodes[operator].retired_at:
            assert play.act("retire_node", operator)
    play.wait(14 * DAY)
    for operator in sorted(markets.nodes):
        assert play.act("close_node", operator)


def _end_outcomes(play: Play) -> None:
    markets = play.economy.markets
    # A sentence is brought while the stake has something left; what cannot be is closed without a report.
    for owner, nonce in sorted(markets.jobs):
        play.act("open_from_job", STRANGER, owner, nonce)
    if markets.jobs:
        play.wait(31 * DAY)
    for owner, nonce in sorted(markets.jobs):
        assert play.act("close_outcome", owner, nonce)


def _end_reports(play: Play) -> None:
    slashing = play.economy.slashing
    for _ in range(MOST_ROUNDS):
        live = [key for key, report in sorted(slashing.reports.items()) if not report.ended]
        for key in live:
            _move_on(play, key)
        if not live:
            break
        play.wait(DAY)
    assert all(report.ended for report in slashing.reports.values()), "a report that does not end"
    _claim_dues(play)
    for key in sorted(slashing.reports):
        assert play.act("close_report", key), "someone's due is not claimed"
    play.wait(2 * DAY)
    for accused in sorted(slashing.records):
        assert play.act("close_record", accused)


def _move_on(play: Play, key: ReportKey) -> None:
    """Take one report as far as a stranger can today."""
    report, now = play.economy.slashing.reports[key], play.economy.now
    if report.in_voting:
        if report.decided(now):
            assert play.act("resolve", key)
    elif now >= report.executable_at:
        # The cooldown and the day's cap may be in the way, for some days at most.
        play.act("execute", key)


def _claim_dues(play: Play) -> None:
    slashing = play.economy.slashing
    for key, report in sorted(slashing.reports.items()):
        for claimer in sorted({report.reporter, report.accused} - {""}):
            play.act("claim_due", key, claimer)
    for key, round_number, validator in sorted(slashing.votes):
        vote, of = slashing.votes[key, round_number, validator], slashing.reports.get(key)
        maybe = of is not None and of.status == (EXECUTED if vote.uphold else DISMISSED)
        # A vote of an earlier report at the same address has won nothing here.
        if not (maybe and play.act("claim_fee", key, round_number, validator)):
            assert play.act("close_vote", key, round_number, validator)


def _end_proposals(play: Play) -> None:
    governance = play.economy.governance
    play.wait(14 * DAY)
    for number, proposal in sorted(governance.proposals.items()):
        if proposal.status == DRAFT:
            assert play.act("cancel", "guardian", number)
        if proposal.status == ACTIVE:
            assert play.act("finalize", number)
    play.wait(60 * DAY)
    for number, proposal in sorted(governance.proposals.items()):
        if proposal.status in (SUCCEEDED, QUEUED):
            assert play.act("expire", number)
        assert proposal.status in ENDED
    for number, voter in sorted(governance.ballots):
        assert play.act("close_ballot", voter, number)
    play.wait(30 * DAY)
    for number in sorted(governance.proposals):
        assert play.act("close_proposal", number)


def _flow(play: Play) -> None:
    """Let all that arrived flow to the stakers; if there are none, the streams wait for a stranger."""
    rewards, ledger, staking = play.economy.rewards, play.economy.ledger, play.economy.staking
    if ledger.balances[UNLOCKS] >= HYPER:
        assert play.act("release")
    if staking.total_weight < LEAST_WEIGHT:
        assert play.act("stake", STRANGER, HYPER, 14 * DAY, True)
    for _ in range(4):
        assert play.act("distribute")
        play.at(max(play.economy.now, rewards.fees.ends_at, rewards.community.ends_at))
    assert play.act("distribute")
    assert rewards.fees.left == rewards.community.left == 0


def _leave(play: Play) -> None:
    staking = play.economy.staking
    for owner in (*WALLETS, STRANGER):
        stake = staking.stakes.get(owner)
        if stake is None:
            continue
        if stake.active:
            assert play.act("unstake", owner)
        if stake.owed:
            assert play.act("claim_rewards", owner)
    play.wait(YEAR)
    for owner in sorted(staking.stakes):
        assert play.act("withdraw_stake", owner)


def _wait_for_somebody(play: Play) -> None:
    """While nobody is staked what arrives stands still, whole, and is the next one's."""
    assert play.act("gift", "crag", "rewards vault", HYPER)
    for _ in range(3):
        assert play.act("distribute")
        play.wait(3_600)
    _flow(play)
    _leave(play)


def _assert_empty(play: Play) -> None:
    economy = play.economy
    balances, rewards = economy.ledger.balances, economy.rewards
    assert balances["stake vault"] == economy.gifts["stake vault"]
    assert balances["slashing vault"] == economy.gifts["slashing vault"]
    assert balances["community"] == 0
    assert balances[UNLOCKS] < HYPER
    assert economy.staking.total_weight == economy.staking.total_staked == 0
    # What rounding left, and what people gave up: a later staker's fees, but nobody's any more.
    assert balances["rewards vault"] == rewards.accounted
    dust = economy.staking.roundings + rewards.remainder // INDEX_ONE + 1
    assert 0 <= rewards.accounted - (economy.staking.forfeited - rewards.returned) <= dust
    left = (economy.slashing.reports, economy.slashing.votes, economy.slashing.records)
    assert not any(left)
    assert not any((economy.governance.proposals, economy.governance.ballots))
    assert not any((economy.markets.buyers, economy.markets.nodes, economy.markets.jobs))
