"""Owns what every command of `hyper` has in common, found by walking the tree of commands."""

import json
from collections.abc import Iterator

import click
import pytest

from hypernode_cli.main import hyper as root
from hypernode_cli.main import split_colon, wants_json
from tests.fixtures.hyper import Hyper, run_hyper


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(leaves(root))
GROUPS = {name: found for name, found in root.commands.items() if isinstance(found, click.Group)}


def test_the_tree_has_every_command_that_the_documentation_names() -> None:
    named = {" ".join(path) for path in COMMANDS}
    assert {"up", "down", "status", "job run", "job cancel", "node init", "node start"} <= named
    assert {"wallet deposit", "stake withdraw", "localnet advance"} <= named


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    shown = run_hyper(*path, "--help")
    assert shown.code == 0
    sentence = (COMMANDS[path].help or "").split("\n")[0]
    assert len(sentence) > 20
    assert sentence.split(";")[0].split()[0] in shown.out
    assert "--json" in shown.out
    assert "--home" in shown.out


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
