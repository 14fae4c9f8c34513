"""From every state a stranger and time end a report."""

import pytest

from hypernode.chain import addresses
from hypernode.domain.fault import ReportStatus
from tests.programs.slashing.slashing_world import SlashingWorld, a_sentence, an_unopened_report


@pytest.mark.parametrize(
    "path", ["silence", "confirmation", "appeal", "silence after an appeal", "sentence", "appealed sentence"]
)
def test_from_every_state_somebody_can_end_the_report(path: str) -> None:
    """Without its reporter, without its accused, without a validator: time and a stranger suffice."""
    world = SlashingWorld.ready()
    report = (a_sentence(world) if "sentence" in path else an_unopened_report(world)).open()
    if path in ("confirmation", "appeal", "silence after an appeal"):
        report.ballot(uphold=6).resolve()
    if "appeal" in path:
        report.appeal()
    if path == "appeal":
        report.ballot(uphold=6)
    world.advance(60 * 86_400)
    if report.state.status in (ReportStatus.VOTING, ReportStatus.APPEALED):
        report.resolve()
    if not report.state.status.is_end:
        report.execute()
    assert report.state.status.is_end
    assert report.accused.stake.holds == 0
    world.advance(90 * 86_400)
    world.run([report.close_ix()], [world.funded("crank")])
    assert not world.exists(report.address)
    assert world.tokens(addresses.slashing_vault()) == 0
    assert not world.reports()
