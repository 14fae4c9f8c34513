"""Tests of `hyper gov bootstrap`, and of the commands that need it first."""

from __future__ import annotations

from pathlib import Path

from hypernode.chain import addresses
from hypernode.client.handover import LOCAL_SETTINGS
from tests.support.local_chain import local_chain

DAO = addresses.dao_authority()
VOTING = LOCAL_SETTINGS.params.voting_period
NAMES = {"governance", "markets", "rewards", "slashing", "staking"}


def test_bootstrap_lists_then_does_then_finds_nothing_to_do(tmp_path: Path) -> None:
    with local_chain(tmp_path) as chain:
        told = chain.hyper.problem("gov", "settings")
        assert (told["error"], told["fix"]) == ("NoGovernance", "hyper gov bootstrap")
        dry = chain.hyper.json("gov", "bootstrap", "--local", "--dry-run")
        assert "to do   make the governance configuration" in dry["preview"]
        assert "done    make the slashing configuration" in dry["preview"]
        assert chain.hyper.problem("gov", "settings")["error"] == "NoGovernance"
        done = chain.hyper.json("gov", "bootstrap", "--local")
        assert {row["program"] for row in done["programs"]} == NAMES
        assert {row["config_authority"] for row in done["programs"]} == {DAO}
        assert {row["upgrade_authority"] for row in done["programs"]} == {DAO}
        assert done["treasury"] == addresses.dao_treasury()
        again = chain.hyper.json("gov", "bootstrap", "--local")
        assert again["signatures"] == []
        assert {step["was"] for step in again["steps"]} == {"done"}
        assert "the DAO" in chain.hyper("gov", "bootstrap", "--local").out


def test_the_handover_of_the_code_outlives_a_restart_of_the_chain(tmp_path: Path) -> None:
    with local_chain(tmp_path) as chain:
        chain.hyper.json("gov", "bootstrap", "--local")
    with local_chain(tmp_path) as chain:
        settings = chain.hyper.json("gov", "settings")
        assert {row["upgrade_authority"] for row in settings["programs"]} == {DAO}
        chain.wallet("anyone", 10**6)


def test_a_stranger_cannot_hand_over(tmp_path: Path) -> None:
    with local_chain(tmp_path) as chain:
        chain.wallet("stranger", 10**6)
        told = chain.hyper.problem("gov", "bootstrap", "--local", "--key", "stranger")
        assert told["error"] == "NotInCharge"
        assert "may upgrade" in told["detail"]
        assert "--key" in chain.hyper.problem("gov", "bootstrap", "--key", "nobody")["fix"]
        assert chain.hyper.problem("gov", "settings")["error"] == "NoGovernance"


def test_without_a_dao_each_command_says_how_to_get_one(tmp_path: Path) -> None:
    with local_chain(tmp_path) as chain:
        chain.wallet("wallet", 10**6)
        for words in (("gov", "list"), ("gov", "propose", "text", "--about", "x"), ("treasury", "show")):
            assert chain.hyper.problem(*words)["fix"] == "hyper gov bootstrap"
        assert "hyper wallet new" in chain.hyper.problem("gov", "vote", "0", "for", "--key", "gone")["fix"]
