"""Reader of reports of faults on chain: their state, amounts, and the possible next steps."""

from __future__ import annotations

from hypernode.chain import addresses
from hypernode.chain.generated.slashing import Config, Report, Vote
from hypernode.chain.ports import ChainPort
from hypernode.domain.fault import ReportStatus
from hypernode.domain.money import format_hyper
from hypernode.domain.pricing import BPS
from hypernode.domain.types import ZERO_ADDRESS, Address
from hypernode.domain.words import Window
from hypernode.errors import ConfigError, DomainError

DAY = 86_400
# Both are constants of the program.
LEAST_VOTERS = {1: 3, 2: 5}
CLAIM_PERIOD = 90 * DAY
# A bond is at least a tenth of what is at stake.
BOND_SHARE = 10

Status = ReportStatus


class NoSlashing(ConfigError):
    """This cluster has no slashing configuration yet."""


class UnknownReport(DomainError):
    """No report lies at this address."""


class SlashingReader:
    """Reports and votes of the slashing program; reading needs no key."""

    def __init__(self, chain: ChainPort) -> None:
        self._chain = chain

    async def now(self) -> int:
        """Return the chain's time in Unix seconds."""
        return (await self._chain.clock()).unix_timestamp

    async def config(self) -> Config:
        """Return the settings of the slashing program."""
        found = await self._chain.read(Config, addresses.slashing_config())
        if found is None:
            raise NoSlashing("this cluster has no slashing configuration yet")
        return found

    async def report_at(self, address: Address) -> Report:
        """Return one report by its address."""
        found = await self._chain.read(Report, address)
        if found is None:
            raise UnknownReport(f"no report lies at {address}")
        return found

    async def reports(self) -> dict[Address, Report]:
        """Return the reports that are not closed by address, newest first."""
        found = await self._chain.read_all(Report)
        return dict(sorted(found.items(), key=lambda item: -item[1].opened_at))

    async def votes(self, address: Address) -> list[Vote]:
        """Return the votes on a report that are still on chain, heaviest first."""
        found = await self._chain.read_all(Vote, report=address)
        return sorted(found.values(), key=lambda vote: -vote.weight)


def least_bond(amount: int, floor: int) -> int:
    """Return the bond of a report, or of an appeal, that is about `amount` base units."""
    return max(floor, amount // BOND_SHARE)


def convicts(report: Report) -> bool:
    """Return True if the report stands after this round: silence dismisses, in an appeal it upholds."""
    if report.round == 1:
        return _carries(report, report.uphold_weight)
    return not _carries(report, report.overturn_weight)


def may_resolve(report: Report, now: int) -> bool:
    """Return True if the voting is over, or no vote can change its result."""
    if now >= report.voting_ends_at:
        return True
    uphold, overturn, total = report.uphold_weight, report.overturn_weight, report.total_weight
    if report.round == 1:
        return convicts(report) and uphold * 3 > total * 2
    return uphold * 3 > total or (not convicts(report) and overturn * 3 > total * 2)


def _carries(report: Report, weight: int) -> bool:
    """Return True if this side has enough voters, two thirds of the votes, and the quorum."""
    quorum_bps = report.quorum_bps if report.round == 1 else report.appeal_quorum_bps
    return (
        report.voters >= LEAST_VOTERS[report.round]
        and weight * 3 >= (report.uphold_weight + report.overturn_weight) * 2
        and weight * BPS >= report.total_weight * quorum_bps
    )


def due(report: Report, wallet: Address) -> int:
    """Return the base units that a report owes a wallet as reporter or accused."""
    parties = (
        (report.reporter, report.reporter_due),
        (report.accused, report.accused_due),
    )
    return sum(amount for whose, amount in parties if whose == wallet)


def won(report: Report, vote: Vote) -> bool:
    """Return True if the vote was cast for what was decided."""
    return report.status is (Status.EXECUTED if vote.uphold else Status.DISMISSED)


def fee(report: Report, vote: Vote) -> int:
    """Return a vote's part of the validators' fee, rounded down; the program burns the remainder."""
    if not won(report, vote) or not report.winning_weight:
        return 0
    return report.validators_share * vote.weight // report.winning_weight


def outlook(report: Report, now: int) -> tuple[Window, ...]:
    """Return the possible next steps of a report, and when each is possible."""
    ends = report.voting_ends_at
    match report.status:
        case Status.VOTING | Status.APPEALED:
            counted = Window("anyone may have the votes counted", 0 if may_resolve(report, now) else ends)
            return (Window("validators may vote", closes_at=ends), counted)
        case Status.CONFIRMED:
            return (
                Window(
                    f"the accused may appeal, for {format_hyper(report.appeal_price)} HYPER,",
                    closes_at=report.executable_at,
                ),
                Window("anyone may execute it", report.executable_at),
            )
        case Status.UPHELD:
            return (Window("anyone may execute it", report.executable_at),)
    return _claims(report)


def may_close(report: Report, now: int) -> bool:
    """Return True if an ended report owes nothing, or its claims are over."""
    owed = report.reporter_due or report.accused_due or (report.unclaimed_weight and report.validators_due)
    return not owed or now >= report.ended_at + CLAIM_PERIOD


def is_of_job(report: Report) -> bool:
    """Return True if the report is the verdict on a job: no reporter, no bond, no first vote."""
    return report.job != ZERO_ADDRESS


def _claims(report: Report) -> tuple[Window, ...]:
    over = report.ended_at + CLAIM_PERIOD
    owed = (
        ("the reporter", report.reporter_due),
        ("the accused", report.accused_due),
        ("who voted as it ended", report.validators_due if report.unclaimed_weight else 0),
    )
    claims = [
        Window(f"{who} may claim {format_hyper(amount)} HYPER", closes_at=over)
        for who, amount in owed
        if amount
    ]
    return (*claims, Window("anyone may close it, its rent goes back", over if claims else 0))
