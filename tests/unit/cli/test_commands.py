"""Tests of what all commands of `hyper` have in common, over the whole tree of commands."""

import json
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from hypernode_cli.errors import ExtraMissing
from hypernode_cli.main import hyper as root
from hypernode_cli.main import split_colon, wants_json
from hypernode_cli.tree import LazyCommand
from tests.support.fake_market import FakeMarket
from tests.support.hyper import Hyper, run_hyper


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], LazyCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            assert isinstance(command, LazyCommand)
            yield (*path, name), command


COMMANDS = dict(leaves(root))
GROUPS = {name: found for name, found in root.commands.items() if isinstance(found, click.Group)}
# What no help text may load: each costs more time than the help itself.
SLOW = ("asyncio", "docker", "httpx", "hypernode.config", "pydantic", "solders", "sqlalchemy")


def test_the_tree_has_every_command_that_the_documentation_names() -> None:
    named = {" ".join(path) for path in COMMANDS}
    assert {"up", "down", "status", "job run", "job cancel", "node init", "node start"} <= named
    assert {"wallet deposit", "stake withdraw", "localnet advance"} <= named


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    shown = run_hyper(*path, "--help")
    assert shown.code == 0
    assert "--json" in shown.out
    assert "--home" in shown.out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_table_of_commands_has_each_command_with_its_own_name_and_sentence(path: tuple[str, ...]) -> None:
    loaded = COMMANDS[path].load()
    sentence = COMMANDS[path].short_help or ""
    assert loaded.name == path[-1]
    assert len(sentence) > 10
    assert " ".join((loaded.help or "").split()).startswith(sentence)


@pytest.mark.parametrize(
    "words", [("--help",), ("job", "--help"), ("gov", "propose", "--help")], ids=" ".join
)
def test_help_loads_no_slow_library(words: tuple[str, ...]) -> None:
    script = f"""
import sys
from hypernode_cli.main import main
try:
    main({words!r})
except SystemExit:
    pass
print([name for name in {SLOW!r} if name in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout.startswith("Usage: hyper"), ran.stderr) == (True, "[]\n")


def test_listing_jobs_loads_no_signing_library(buyer: Hyper, market: FakeMarket) -> None:
    market.answers["GET /v1/jobs"] = {"jobs": []}
    script = f"""
import sys
from hypernode_cli.main import main
main(["job", "list", "--home", {str(buyer.home)!r}])
print([name for name in ("docker", "solders") if name in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("no jobs yet: hyper job run --help\n", "[]\n")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_knows_json(path: tuple[str, ...]) -> None:
    """An option that no command has shows that --json was read, and that the complaint is JSON too."""
    ran = run_hyper(*path, "--json", "--surely-not-an-option")
    assert ran.code == 2
    assert ran.problem["error"] == "NoSuchOption"
    assert ran.problem["fix"] == f"hyper {' '.join(path)} --help"


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_is_explained_and_lists_its_commands(name: str) -> None:
    shown = run_hyper(name, "--help").out
    assert all(command in shown for command in GROUPS[name].commands)
    assert GROUPS[name].help


@pytest.mark.parametrize("path", [path for path in COMMANDS if len(path) == 2], ids=":".join)
def test_a_colon_stands_for_a_space(path: tuple[str, ...]) -> None:
    assert run_hyper(":".join(path), "--help") == run_hyper(*path, "--help")


def test_a_command_two_groups_deep_has_two_colons() -> None:
    assert split_colon(["gov:propose:fees", "--help"]) == ["gov", "propose", "fees", "--help"]


def test_only_the_first_word_is_split_at_its_colon() -> None:
    assert split_colon(["job:run", "--gpu", "nvidia:1:24000"]) == ["job", "run", "--gpu", "nvidia:1:24000"]
    assert split_colon(["--home=a:b"]) == ["--home=a:b"]


def test_a_colon_command_does_what_the_spaced_one_does(hyper: Hyper) -> None:
    assert hyper.json("node:stop") == hyper.json("node", "stop") == {"stopped": False}


@pytest.mark.parametrize(
    ("words", "meant"), [(["jbo"], "job"), (["job", "lst"], "list"), (["node:strat"], "start")]
)
def test_an_unknown_command_is_answered_with_the_nearest_one(words: list[str], meant: str) -> None:
    ran = run_hyper(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "Did you mean" in ran.err
    assert f"'{meant}'" in ran.err
    assert "--help" in ran.err
    told = run_hyper(*words, "--json").problem
    assert f"'{meant}'" in told["detail"]
    assert told["fix"].endswith("--help")


def test_json_after_the_double_dash_is_the_jobs_own() -> None:
    assert wants_json(["job", "list", "--json"])
    assert not wants_json(["job", "run", "--", "tool", "--json"])
    ran = run_hyper("job", "run", "--nope", "--", "tool", "--json")
    assert ran.code == 2
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.err)


def test_hyper_alone_shows_what_there_is_and_is_wrong_usage() -> None:
    ran = run_hyper()
    assert ran.code == 2
    assert all(name in ran.out + ran.err for name in root.commands)


@pytest.mark.parametrize(
    "words",
    [
        ("job", "show", "not-an-address"),
        ("job", "show", "../nodes"),
        ("job", "run", "--nonce", "-1"),
        ("job", "run", "--nonce", str(2**64)),
        ("job", "list", "--status", "Done"),
        ("job", "list", "--limit", "0"),
        ("localnet", "advance", "--", "-5"),
        ("up", "--rpc-port", "99999"),
        ("stake", "extend", "400"),
        ("node", "start", "--slots", "0"),
        ("node", "stop", "--name", "localnet"),
        ("node", "stop", "--name", "../../elsewhere"),
    ],
    ids=" ".join,
)
def test_a_value_that_cannot_be_is_wrong_usage(hyper: Hyper, words: tuple[str, ...]) -> None:
    ran = hyper(*words, json=True)
    assert ran.code == 2
    assert ran.problem["error"] == "BadParameter" or "Invalid value" in ran.problem["detail"]
    assert not hyper.home.exists()


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("hypernode_sandbox", ["node", "start"], "node"),
        ("hypernode_localnet", ["node", "init"], "up"),
        ("hypernode_sandbox.docker_engine", ["up"], "up"),
        ("hypernode_oracle", ["up"], "up"),
    ],
)
def test_a_missing_package_names_the_extra_that_brings_it(package: str, words: list[str], extra: str) -> None:
    error = ExtraMissing.of(ModuleNotFoundError(f"No module named {package!r}", name=package), words)
    assert error.fix == f"uv tool install 'hypernode-cli[{extra}]'"


def test_a_missing_package_that_no_extra_brings_is_not_explained_away() -> None:
    with pytest.raises(ModuleNotFoundError, match="elsewhere"):
        ExtraMissing.of(ModuleNotFoundError("No module named 'elsewhere'", name="elsewhere"), ["up"])
