"""`SlashingWorld`, and one report with every step of its life.

`a_report(world).decided(uphold=3).executed()` walks the happy path. Each step has a twin ending in `_ix` that
only builds the instruction. After every transaction `SlashingWorld` counts its money and its holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated import slashing
from hypernode.chain.generated.slashing import Record, Report, SlashingParams, Vote
from hypernode.chain.generated.staking import Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.client.reports import is_of_job
from hypernode.domain.fault import FaultReason
from hypernode.domain.status import Verdict
from hypernode.domain.types import Address
from tests.programs.cookies import BuyerCookie, NodeCookie, a_buyer, a_market, a_node, a_wallet, an_operator
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import DAY, HYPER, ROTATION_PAUSE, World
from tests.support.documents import digest

BOND = APPEAL_BOND = 100 * HYPER
VOTING, APPEAL = 3 * DAY, 7 * DAY
# A second of the job of a sentence costs 0.01 HYPER: a whole job one HYPER.
JOB_RATE = HYPER // 100

PARAMS = SlashingParams(
    bond=BOND,
    appeal_bond=APPEAL_BOND,
    voting_period=VOTING,
    appeal_period=APPEAL,
    min_validator_stake=1_000 * HYPER,
    quorum_bps=3_334,
    appeal_quorum_bps=3_334,
    reason_bps=(500, 500, 5_000),
    daily_cap_bps=5_000,
)


class SlashingWorld(World):
    """A world with the slashing program, whose books are checked after every transaction."""

    @classmethod
    def ready(cls) -> "SlashingWorld":
        world = cls()
        world.run([world.init_config()], [world.authority])
        # The oracles may be rotated again.
        world.advance(ROTATION_PAUSE)
        world.run([world.init_pool()], [world.authority])
        world.run([world.init_slashing()], [world.authority])
        return world

    def init_slashing(self, authority: Key | None = None, mint: Address | None = None) -> Instruction:
        signer = authority or self.authority
        return instructions.init_slashing(authority=signer.address, mint=mint or self.mint)

    def run(self, batch: Sequence[Instruction], signers: Sequence[Key]) -> tuple[Event, ...]:
        events = super().run(batch, signers)
        if self.exists(addresses.slashing_config()):
            self.check_books()
        return events

    def reports(self) -> dict[Address, Report]:
        owned = self.lite.owned_by(slashing.PROGRAM_ID).items()
        tag = Report.DISCRIMINATOR
        return {at: Report.decode(raw.data) for at, raw in owned if raw.data.startswith(tag)}

    def check_books(self) -> None:
        """Every token in the vault is someone's, and every open report holds its stake once."""
        reports = self.reports().values()
        assert self.tokens(addresses.slashing_vault()) == sum(liabilities(report) for report in reports)
        for accused in {report.accused for report in reports}:
            live = [report for report in reports if report.accused == accused and not report.status.is_end]
            if live or self.exists(addresses.stake(accused)):
                stake = self.read(Stake, addresses.stake(accused))
                held = sum(report.amount for report in live if report.confirmed_at)
                assert (stake.holds, stake.held_amount) == (len(live), held)
            record = self.raw(addresses.slashing_record(accused))
            if record is not None and record.owner == slashing.PROGRAM_ID:
                assert Record.decode(record.data).open_reports == sum(not is_of_job(one) for one in live)
        raw = self.raw(self.mint)
        assert raw is not None
        assert tokens.Mint.decode(raw.data).supply == self.supply()

    def set_params(self, params: SlashingParams) -> None:
        instruction = instructions.set_slashing_params(authority=self.authority.address, params=params)
        self.run([instruction], [self.authority])


def liabilities(report: Report) -> int:
    dues = report.reporter_due + report.accused_due + report.validators_due
    return report.bond + report.appeal_bond + dues


def a_validator(
    world: SlashingWorld, name: str, stake: int = 10_000 * HYPER, duration: int = 14 * DAY
) -> NodeCookie:
    validator = an_operator(world, name)
    validator.put_stake(stake, duration)
    return validator


def a_panel(world: SlashingWorld, count: int = 6, name: str = "validator") -> list[NodeCookie]:
    """Return validators whose stakes are older than any report to come."""
    panel = [a_validator(world, f"{name} {number}") for number in range(count)]
    world.advance(1)
    return panel


@dataclass
class ReportCookie:
    world: SlashingWorld
    accused: NodeCookie
    reporter: BuyerCookie
    panel: list[NodeCookie]
    evidence: bytes = digest("evidence")
    reason: FaultReason = FaultReason.OFFLINE
    events: tuple[Event, ...] = field(default=())

    @property
    def address(self) -> Address:
        return addresses.report(self.accused.operator.address, self.evidence)

    @property
    def state(self) -> Report:
        return self.world.read(Report, self.address)

    @property
    def record(self) -> Record:
        return self.world.read(Record, addresses.slashing_record(self.accused.operator.address))

    def open_ix(self, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "reporter": self.reporter.owner.address,
            "accused": self.accused.operator.address,
            "source": self.reporter.wallet,
            "evidence": self.evidence,
            "reason": self.reason,
        }
        return instructions.report_fault(**{**arguments, **changes})  # type: ignore[arg-type]

    def open(self) -> "ReportCookie":
        self.events = self.world.run([self.open_ix()], [self.reporter.owner])
        return self

    def vote_ix(self, validator: NodeCookie, uphold: bool) -> Instruction:
        return instructions.vote_on_report(
            validator=validator.operator.address, report=self.address, account=self.state, uphold=uphold
        )

    def vote(self, validator: NodeCookie, uphold: bool) -> None:
        self.events = self.world.run([self.vote_ix(validator, uphold)], [validator.operator])

    def ballot(self, uphold: int, overturn: int = 0) -> "ReportCookie":
        """Let the first of the panel vote to uphold, the next to overturn."""
        for number, validator in enumerate(self.panel[: uphold + overturn]):
            self.vote(validator, number < uphold)
        return self

    def vote_address(self, validator: NodeCookie, round_number: int = 1) -> Address:
        return addresses.vote(self.address, round_number, validator.operator.address)

    def vote_of(self, validator: NodeCookie, round_number: int = 1) -> Vote:
        return self.world.read(Vote, self.vote_address(validator, round_number))

    def resolve_ix(self) -> Instruction:
        return instructions.resolve_report(report=self.address, account=self.state)

    def resolve(self) -> "ReportCookie":
        self.events = self.world.run([self.resolve_ix()], [self.world.funded("crank")])
        return self

    def decided(self, uphold: int = 0, overturn: int = 0) -> "ReportCookie":
        """Vote, wait until the voting is over, and count."""
        self.ballot(uphold, overturn)
        self.world.at(max(self.state.voting_ends_at, self.world.now))
        return self.resolve()

    def appeal_ix(self, signer: Key | None = None, source: Address | None = None) -> Instruction:
        accused = signer or self.accused.operator
        return instructions.appeal_report(
            accused=accused.address, report=self.address, source=source or self.accused.wallet
        )

    def appeal(self) -> "ReportCookie":
        self.events = self.world.run([self.appeal_ix()], [self.accused.operator])
        return self

    def execute_ix(self) -> Instruction:
        return instructions.execute_report(report=self.address, account=self.state, mint=self.world.mint)

    def execute(self) -> "ReportCookie":
        self.events = self.world.run([self.execute_ix()], [self.world.funded("crank")])
        return self

    def executed(self) -> "ReportCookie":
        """Wait until nobody can appeal any more, and execute."""
        self.world.at(max(self.state.executable_at, self.world.now))
        return self.execute()

    def claim_ix(self, destination: Address) -> Instruction:
        return instructions.claim_due(report=self.address, destination=destination)

    def claim(self, destination: Address) -> int:
        before = self.world.tokens(destination)
        self.events = self.world.run([self.claim_ix(destination)], [self.world.funded("crank")])
        return self.world.tokens(destination) - before

    def fee_ix(
        self, validator: NodeCookie, round_number: int = 1, destination: Address | None = None
    ) -> Instruction:
        return instructions.claim_vote_fee(
            vote=self.vote_address(validator, round_number),
            account=self.vote_of(validator, round_number),
            destination=destination or validator.wallet,
        )

    def claim_fee(self, validator: NodeCookie, round_number: int = 1) -> int:
        before = self.world.tokens(validator.wallet)
        batch = [self.fee_ix(validator, round_number)]
        self.events = self.world.run(batch, [self.world.funded("crank")])
        return self.world.tokens(validator.wallet) - before

    def close_vote_ix(self, validator: NodeCookie, round_number: int = 1) -> Instruction:
        account = self.vote_of(validator, round_number)
        return instructions.close_vote(vote=self.vote_address(validator, round_number), account=account)

    def close_ix(self) -> Instruction:
        return instructions.close_report(report=self.address, account=self.state, mint=self.world.mint)


@dataclass
class SentenceCookie(ReportCookie):
    """The report of a rejected job: nobody accuses, and there is no bond and no first vote."""

    of: JobCookie | None = None
    sequence: int = 0

    @property
    def job(self) -> JobCookie:
        assert self.of is not None
        return self.of

    @property
    def address(self) -> Address:
        return addresses.job_report(self.job.address, self.sequence)

    def open_ix(self, **changes: object) -> Instruction:
        return instructions.open_from_job(
            payer=self.reporter.owner.address, job=self.job.address, account=self.job.state
        )


def a_rejected_job(world: World, accused: NodeCookie, name: str = "rejected", seconds: int = 60) -> JobCookie:
    """Return a job that was repeated and rejected: its account waits for the report."""
    job = a_job(world, buyer=a_buyer(world, f"buyer {name}"), market=a_market(world, name), rate=JOB_RATE)
    return job.assign(accused).submit(seconds).settle(Verdict.REJECT)


def a_sentence(
    world: SlashingWorld, name: str = "", *, panel: list[NodeCookie] | None = None
) -> SentenceCookie:
    """Return the report of a rejected job that is not open yet."""
    panel, accused = panel or a_panel(world), a_node(world, f"accused {name}")
    job = a_rejected_job(world, accused, f"rejected {name}")
    opener = a_wallet(world, f"opener {name}")
    return SentenceCookie(world, accused, opener, panel, of=job, sequence=job.state.sequence)


def an_unopened_report(
    world: SlashingWorld, *, accused: NodeCookie | None = None, **changes: object
) -> ReportCookie:
    """Return a report that is not open yet, with a panel that may vote on it."""
    panel = changes.pop("panel", None) or a_panel(world)
    accused = accused or a_node(world, "accused")
    reporter = changes.pop("reporter", None) or a_wallet(world, "reporter", 10_000 * HYPER)
    world.advance(1)
    return ReportCookie(world, accused, reporter, panel, **changes)  # type: ignore[arg-type]


def a_report(world: SlashingWorld, **changes: object) -> ReportCookie:
    return an_unopened_report(world, **changes).open()  # type: ignore[arg-type]


def confirmed(report: ReportCookie, **changes: object) -> ReportCookie:
    """Another report against the same wallet, upheld so clearly that it need not wait."""
    return replace(report, **changes).open().ballot(uphold=5).resolve()  # type: ignore[arg-type]


def executable(report: ReportCookie) -> ReportCookie:
    report.world.at(max(report.state.executable_at, report.world.now))
    return report
