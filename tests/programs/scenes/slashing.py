"""One scene for each instruction of slashing, with a rival report in the same state."""

from collections.abc import Callable, Mapping

from hypernode.chain import addresses, instructions
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.programs.cookies import a_node, a_wallet
from tests.programs.scenes.scene import Scene
from tests.programs.slashing.slashing_world import (
    PARAMS,
    ReportCookie,
    SentenceCookie,
    SlashingWorld,
    a_panel,
    a_sentence,
    an_unopened_report,
)
from tests.programs.world import DAY, HYPER
from tests.support.documents import digest


class SlashingStage:
    """A report and its rival: another accused, reporter and validators."""

    def __init__(self, *, of_jobs: bool = False) -> None:
        self.world = SlashingWorld.ready()
        self.world.run([self.world.init_accumulator()], [self.world.authority])
        if of_jobs:
            self.report: ReportCookie = a_sentence(self.world)
            panel = a_panel(self.world, name="rival validator")
            self.rival: ReportCookie = a_sentence(self.world, "rival", panel=panel)
            return
        self.report = an_unopened_report(self.world)
        self.rival = an_unopened_report(
            self.world,
            accused=a_node(self.world, "rival accused"),
            reporter=a_wallet(self.world, "rival reporter", 10_000 * HYPER),
            panel=a_panel(self.world, name="rival validator"),
            evidence=digest("rival evidence"),
        )

    def each(self, step: Callable[[ReportCookie], object]) -> "SlashingStage":
        for report in (self.report, self.rival):
            step(report)
        return self

    def opened(self) -> "SlashingStage":
        return self.each(ReportCookie.open)

    def voted(self, uphold: int = 0, overturn: int = 0) -> "SlashingStage":
        """Let both panels vote, and wait until both votings are over."""
        self.each(lambda report: report.ballot(uphold, overturn))
        self.world.at(max(self.report.state.voting_ends_at, self.rival.state.voting_ends_at))
        return self

    def resolved(self, uphold: int = 0, overturn: int = 0) -> "SlashingStage":
        return self.voted(uphold, overturn).each(ReportCookie.resolve)

    def executable(self) -> "SlashingStage":
        self.resolved(uphold=6)
        self.world.at(max(self.report.state.executable_at, self.rival.state.executable_at))
        return self

    def executed(self) -> "SlashingStage":
        return self.executable().each(ReportCookie.execute)

    def scene(self, instruction: Instruction, *signers: Key) -> Scene:
        return Scene(self.world, (instruction,), signers, self.rivals)

    @property
    def rivals(self) -> Mapping[Address, Address]:
        theirs = parts(self.rival)
        pairs = {mine: theirs[part] for part, mine in parts(self.report).items()}
        for vault in (addresses.slashing_vault(), addresses.stake_vault()):
            pairs[vault] = self.rival.reporter.wallet
        return pairs


def parts(report: ReportCookie) -> dict[str, Address]:
    """Return the accounts that belong to one report, by what they are to it."""
    accused, validator = report.accused, report.panel[0]
    job = {}
    if isinstance(report, SentenceCookie):
        job = {"job": report.job.address, "job payer": report.job.buyer.owner.address}
    return {
        **job,
        "report": report.address,
        "record": addresses.slashing_record(accused.operator.address),
        "accused node": accused.address,
        "accused": accused.operator.address,
        "accused stake": accused.stake_address,
        "accused wallet": accused.wallet,
        "reporter": report.reporter.owner.address,
        "reporter wallet": report.reporter.wallet,
        "validator": validator.operator.address,
        "validator stake": validator.stake_address,
        "validator wallet": validator.wallet,
        "vote": report.vote_address(validator),
    }


def init_config() -> Scene:
    world = SlashingWorld()
    world.run([world.init_config()], [world.authority])
    world.run([world.init_pool()], [world.authority])
    return Scene(world, (world.init_slashing(),), (world.authority,))


def set_params() -> Scene:
    world = SlashingWorld.ready()
    change = instructions.set_slashing_params(authority=world.authority.address, params=PARAMS)
    return Scene(world, (change,), (world.authority,))


def report() -> Scene:
    stage = SlashingStage()
    return stage.scene(stage.report.open_ix(), stage.report.reporter.owner)


def open_from_job() -> Scene:
    stage = SlashingStage(of_jobs=True)
    return stage.scene(stage.report.open_ix(), stage.report.reporter.owner)


def close_outcome() -> Scene:
    """Close a rejected job that nobody brought in thirty days."""
    stage = SlashingStage(of_jobs=True)
    stage.world.advance(30 * DAY + 1)
    closer, report = stage.world.funded("closer"), stage.report
    assert isinstance(report, SentenceCookie)
    job = report.job
    step = instructions.close_outcome(closer=closer.address, job=job.address, account=job.state)
    return stage.scene(step, closer)


def vote() -> Scene:
    stage = SlashingStage().opened()
    validator = stage.report.panel[0]
    return stage.scene(stage.report.vote_ix(validator, True), validator.operator)


def resolve() -> Scene:
    stage = SlashingStage().opened().voted(uphold=1)
    return stage.scene(stage.report.resolve_ix())


def appeal() -> Scene:
    stage = SlashingStage().opened().resolved(uphold=6)
    return stage.scene(stage.report.appeal_ix(), stage.report.accused.operator)


def execute() -> Scene:
    stage = SlashingStage().opened().executable()
    return stage.scene(stage.report.execute_ix())


def claim_due() -> Scene:
    stage = SlashingStage().opened().executed()
    return stage.scene(stage.report.claim_ix(stage.report.reporter.wallet))


def claim_vote_fee() -> Scene:
    stage = SlashingStage().opened().executed()
    return stage.scene(stage.report.fee_ix(stage.report.panel[0]))


def close_vote() -> Scene:
    stage = SlashingStage().opened().resolved(uphold=1)
    return stage.scene(stage.report.close_vote_ix(stage.report.panel[0]))


def close_report() -> Scene:
    """Close a report whose dues nobody claimed: they are burned."""
    stage = SlashingStage().opened().resolved(overturn=3)
    stage.world.advance(90 * DAY)
    return stage.scene(stage.report.close_ix())


def close_record() -> Scene:
    stage = SlashingStage().opened().resolved()
    account = stage.report.record
    return stage.scene(instructions.close_record(accused=account.accused, account=account))
