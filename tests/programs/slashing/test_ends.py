"""From every state a stranger and time end a report."""

import pytest

from hypernode.chain import addresses
from hypernode.domain.fault import ReportStatus
from tests.programs.cookies import a_wallet
from tests.programs.slashing.attested import Attested
from tests.programs.slashing.court import Court, a_case


@pytest.mark.parametrize("path", ["silence", "conviction", "appeal", "silence after an appeal", "attested"])
def test_from_every_state_somebody_can_end_the_report(path: str) -> None:
    """Without its reporter, without its accused, without a validator: time and a stranger suffice."""
    court = Court.ready()
    case = a_case(court, buyer=a_wallet(court, "buyer"), attested=path == "attested")
    report = Attested(court, case).open() if path == "attested" else case.open()
    if path in ("conviction", "appeal", "silence after an appeal"):
        report.ballot(uphold=6).resolve()
    if "appeal" in path:
        report.appeal()
    if path == "appeal":
        report.ballot(uphold=6)
    court.advance(60 * 86_400)
    if report.state.status in (ReportStatus.VOTING, ReportStatus.APPEALED):
        report.resolve()
    if not report.state.status.is_end:
        report.execute()
    assert report.state.status.is_end
    assert report.accused.stake.holds == 0
    court.advance(90 * 86_400)
    court.run([report.close_ix()], [court.funded("crank")])
    assert not court.exists(report.address)
    assert court.tokens(addresses.slashing_vault()) == 0
    assert not court.reports()
