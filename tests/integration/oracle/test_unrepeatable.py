"""A program that gives other outputs each time: its node is paid and nobody is blamed (row 11)."""

import io
import zipfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from hypernode.domain.commitment import finding_of
from hypernode.domain.finding import Varies
from hypernode.domain.status import Verdict
from hypernode_oracle.panel import SECOND
from hypernode_sandbox.ports import SandboxRun
from tests.programs.jobs import CAP
from tests.support.shop import Shop

_clock = count(1_980)


def zips_with_the_time(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    """Write an archive as `zipfile.writestr` does by default: with the time of the run in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (next(_clock), 1, 1, 0, 0, 0)), "hello")
    return 0, {"a.zip": held.getvalue()}, b""


async def test_a_program_that_repeats_nowhere_is_paid_and_blames_nobody(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted(zips_with_the_time)
    before, locked = shop.node.state.reputation, shop.balance[2]
    oracles = [shop.oracle(number, sandbox=shop.a_sandbox(zips_with_the_time)) for number in range(3)]
    for _ in range(4):
        for oracle in oracles:
            await oracle.step()
    assert (locked, shop.job.exists) == (CAP, False)
    assert shop.node.earned > 0
    after = shop.node.state.reputation
    assert (after.ok, after.rejected) == (before.ok, before.rejected)
    left = await shop.board.attestations(shop.job.address)
    assert {verdict.verdict for verdict in left} == {int(Verdict.ACCEPT)}


async def test_members_say_that_their_own_runs_differ(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted(zips_with_the_time)
    oracles = [shop.oracle(number, sandbox=shop.a_sandbox(zips_with_the_time)) for number in range(2)]
    for _ in range(3):
        for oracle in oracles:
            await oracle.step()
    told = await shop.board.findings(shop.job.address)
    second = [one for one in told if one.stage == SECOND and one.content is not None]
    assert [finding_of(bytes.fromhex(one.content or "")) for one in second] == [Varies(), Varies()]
