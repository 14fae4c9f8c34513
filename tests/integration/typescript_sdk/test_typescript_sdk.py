"""The packed TypeScript client in another project: its types, its example, and a buyer's whole flow."""

import re
import shutil
from pathlib import Path

import pytest

from tests.integration.typescript_sdk.conftest import SDK, Project, run

FLOW = Path(__file__).parent / "flow.test.ts"
README = SDK / "README.md"
# Installation happens once for each lock file; the rest takes seconds.
INSTALL_SECONDS = 240

pytestmark = [pytest.mark.node, pytest.mark.timeout(INSTALL_SECONDS)]


def test_its_types_and_its_example_check_in_another_project(project: Project) -> None:
    _write_sources(project)
    run(str(SDK / "node_modules" / ".bin" / "tsc"), "--project", ".", cwd=project.folder)


def test_the_example_of_the_readme_runs(project: Project, home: Path) -> None:
    _write_sources(project)
    lines = project.node("example.ts", home=home).splitlines()
    assert lines[0] == "locked 60000n"
    assert "event markets JobCreated" in lines
    assert lines[-1].startswith("refused markets ")


def test_it_works_against_a_chain_and_the_api(project: Project, home: Path) -> None:
    _write_sources(project)
    report = project.node("--test", "--test-reporter=tap", "--test-timeout=60000", FLOW.name, home=home)
    passed = re.search(r"# pass (\d+)", report)
    assert passed is not None, report
    assert int(passed[1]) == FLOW.read_text().count("\ntest("), report


def _write_sources(project: Project) -> None:
    (example,) = re.findall(r"```ts\n(.*?)```", README.read_text(), re.DOTALL)
    (project.folder / "example.ts").write_text(example)
    shutil.copy(FLOW, project.folder)
