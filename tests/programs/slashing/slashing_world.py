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
from hypernode.domain.fault import FaultReason
from hypernode.domain.types import ZERO_ADDRESS, Address
from tests.programs.cookies import BuyerCookie, NodeCookie, a_node, a_wallet, an_operator
from tests.programs.world import DAY, HYPER, ROTATION_PAUSE, World
from tests.support.documents import an_address, digest

BOND = APPEAL_BOND = 100 * HYPER
VOTING, APPEAL = 3 * DAY, 7 * DAY
JOB, HARMED = an_address("the job"), "buyer"

PARAMS = SlashingParams(
    bond=BOND,
    appeal_bond=APPEAL_BOND,
    voting_period=VOTING,
    appeal_period=APPEAL,
    min_validator_stake=1_000 * HYPER,
    quorum_bps=3_334,
    appeal_quorum_bps=3_334,
    reason_bps=(100, 500, 500, 2_000, 5_000),
    daily_cap_bps=5_000,
    burn_bps=5_000,
    buyer_bps=3_000,
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
            live = sum(report.accused == accused and not report.status.is_end for report in reports)
            if live or self.exists(addresses.stake(accused)):
                assert self.read(Stake, addresses.stake(accused)).holds == live
            record = self.raw(addresses.slashing_record(accused))
            if record is not None and record.owner == slashing.PROGRAM_ID:
                assert Record.decode(record.data).open_reports == live
        raw = self.raw(self.mint)
        assert raw is not None
        assert tokens.Mint.decode(raw.data).supply == self.supply()

    def set_params(self, params: SlashingParams) -> None:
        instruction = instructions.set_slashing_params(authority=self.authority.address, params=params)
        self.run([instruction], [self.authority])


def liabilities(report: Report) -> int:
    dues = report.reporter_due + report.buyer_due + report.accused_due + report.validators_due
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
    reason: FaultReason = FaultReason.INVALID_RESULT
    job: Address = JOB
    sequence: int = 7
    buyer: BuyerCookie | None = None
    attested: bool = False
    events: tuple[Event, ...] = field(default=())

    @property
    def address(self) -> Address:
        of = addresses.attested_report if self.attested else addresses.report
        return of(self.accused.operator.address, self.evidence)

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
            "job": self.job,
            "sequence": self.sequence,
            "buyer": self.buyer.owner.address if self.buyer else ZERO_ADDRESS,
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

    def execute_ix(self, payer: Key | None = None) -> Instruction:
        payer = payer or self.world.funded("crank")
        return instructions.execute_report(
            payer=payer.address, report=self.address, account=self.state, mint=self.world.mint
        )

    def execute(self) -> "ReportCookie":
        self.events = self.world.run([self.execute_ix()], [self.world.funded("crank")])
        return self

    def executed(self) -> "ReportCookie":
        """Wait until nobody can appeal any more, and execute."""
        self.world.at(max(self.state.executable_at, self.world.now))
        return self.execute()

    def moot_ix(self) -> Instruction:
        return instructions.dismiss_moot_report(report=self.address, account=self.state)

    def claim_ix(self, destination: Address) -> Instruction:
        return instructions.claim_due(report=self.address, destination=destination)

    def claim(self, destination: Address) -> int:
        before = self.world.tokens(destination)
        self.events = self.world.run([self.claim_ix(destination)], [self.world.funded("crank")])
        return self.world.tokens(destination) - before

    def bounty_ix(
        self, validator: NodeCookie, round_number: int = 1, destination: Address | None = None
    ) -> Instruction:
        return instructions.claim_vote_bounty(
            vote=self.vote_address(validator, round_number),
            account=self.vote_of(validator, round_number),
            destination=destination or validator.wallet,
        )

    def claim_bounty(self, validator: NodeCookie, round_number: int = 1) -> int:
        before = self.world.tokens(validator.wallet)
        batch = [self.bounty_ix(validator, round_number)]
        self.events = self.world.run(batch, [self.world.funded("crank")])
        return self.world.tokens(validator.wallet) - before

    def close_vote_ix(self, validator: NodeCookie, round_number: int = 1) -> Instruction:
        account = self.vote_of(validator, round_number)
        return instructions.close_vote(vote=self.vote_address(validator, round_number), account=account)

    def close_ix(self) -> Instruction:
        return instructions.close_report(report=self.address, account=self.state, mint=self.world.mint)


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
