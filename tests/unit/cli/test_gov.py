"""Tests of `hyper gov` and `hyper treasury` on a local chain: what is shown, signed and refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hypernode.chain import addresses, tokens
from hypernode.chain.generated.markets import PROGRAM_ID as MARKETS
from hypernode.chain.keys import Key
from hypernode.chain.loader import set_upgrade_authority
from hypernode.chain.rpc_client import RpcClient
from hypernode.client.handover import LOCAL_SETTINGS, PROGRAMS
from tests.support.documents import an_address
from tests.support.hyper import Hyper
from tests.support.local_chain import LocalChain, local_chain

DAO = addresses.dao_authority()
VOTING = LOCAL_SETTINGS.params.voting_period
NAMES = {"governance", "markets", "rewards", "slashing", "staking"}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalChain]:
    """A cluster under a DAO whose votes last seconds; "wallet" has a stake, "poor" has none."""
    with local_chain(tmp_path_factory.mktemp("gov")) as made:
        # The oracles may be rotated again.
        made.advance(14 * 86_400)
        guardian = made.wallet("guardian", 10**6)
        made.hyper.json("gov", "bootstrap", "--local", "--guardian", guardian)
        made.staker("wallet")
        made.wallet("poor", 10**6)
        yield made


@pytest.fixture
def hyper(chain: LocalChain) -> Hyper:
    return chain.hyper


def proposed(hyper: Hyper, *words: str) -> int:
    return int(hyper.json("gov", "propose", *words, "--about", "why it is good")["proposal"])


def carried(chain: LocalChain, *words: str) -> int:
    number = proposed(chain.hyper, *words)
    chain.hyper.json("gov", "vote", str(number), "for")
    chain.advance(VOTING)
    for verb in ("finalize", "queue"):
        chain.hyper.json("gov", verb, str(number))
    return number


def shown(hyper: Hyper, number: int) -> dict[str, Any]:
    document: dict[str, Any] = hyper.json("gov", "show", str(number))
    return document


# --- proposals


def test_a_cluster_file_names_all_five_programs(chain: LocalChain) -> None:
    document = json.loads((chain.settings.home / "cluster.json").read_text())
    assert {document[f"{name}_program"] for name in NAMES} == set(PROGRAMS.values())


def test_fees_are_changed_by_a_vote(chain: LocalChain) -> None:
    hyper = chain.hyper
    number = proposed(hyper, "fees", "--protocol-bps", "800")
    seen = shown(hyper, number)
    assert (seen["status"], seen["kind"], seen["about"]) == ("Active", "Generic", "why it is good")
    (call,) = seen["instructions"]
    assert (call["program"], call["name"], call["values"]["protocol_bps"]) == ("markets", "set_fees", 800)
    assert call["accounts"]["treasury"] == addresses.dao_treasury()
    assert seen["next"][0]["what"] == "stakers may vote"
    assert seen["next"][0]["open"]
    told = hyper("gov", "show", str(number)).out
    assert "markets set_fees protocol_bps=800" in told
    assert "stakers may vote now until" in told
    assert "(closes in " in told
    hyper.json("gov", "vote", str(number), "for")
    assert shown(hyper, number)["would_pass"]
    chain.advance(VOTING)
    hyper.json("gov", "finalize", str(number))
    queued = hyper.json("gov", "queue", str(number))
    (window,) = queued["windows"]
    assert window["closes_at"] - window["opens_at"] == LOCAL_SETTINGS.params.execution_window
    early = hyper("gov", "execute", str(number), json=True).problem
    assert (early["error"], "anyone may execute it from" in early["detail"]) == ("NotNow", True)
    chain.advance(LOCAL_SETTINGS.params.timelock_critical)
    hyper.json("gov", "execute", str(number), "--key", "poor")
    assert shown(hyper, number)["status"] == "Executed"
    assert hyper.problem("gov", "propose", "fees", "--protocol-bps", "800", "--about", "x")["error"] == (
        "NothingChanges"
    )


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        (("rate", "0.00001"), "Generic", "markets set_min_rate"),
        (("pause", "--jobs"), "Parameters", "markets set_pause"),
        (("oracles", "--threshold", "2", *map(an_address, "abc")), "Generic", "markets rotate_oracles"),
        (("windows", "--fees", "12h"), "Parameters", "rewards set_windows"),
        (("slashing", "--bond", "50", "--reason-bps", "1,2,3"), "Parameters", "slashing set_params"),
        (("params", "--voting-period", "2m"), "Generic", "governance set_params"),
        (("guardian", an_address("new guardian"), "--days", "30"), "Generic", "governance set_guardian"),
        (("guardian", "--none"), "Generic", "governance set_guardian"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_each_form_makes_the_proposal_that_it_shows(
    hyper: Hyper, words: tuple[str, ...], kind: str, name: str
) -> None:
    count = hyper.json("gov", "settings")["proposal_count"]
    dry = hyper.json("gov", "propose", *words, "--about", "a", "--dry-run")
    assert any(" -> " in line for line in dry["preview"])
    assert any(line.startswith(f"will do: {name} ") for line in dry["preview"])
    assert any(line.startswith("votes count now until") for line in dry["preview"])
    assert hyper.json("gov", "settings")["proposal_count"] == count
    number = proposed(hyper, *words)
    seen = shown(hyper, number)
    assert seen["kind"] == kind
    assert [f"{call['program']} {call['name']}" for call in seen["instructions"]] == [name]
    hyper.json("gov", "cancel", str(number))
    assert shown(hyper, number)["status"] == "Cancelled"


def test_a_file_of_instructions_is_proposed_and_named(hyper: Hyper, tmp_path: Path) -> None:
    call = set_upgrade_authority(program=MARKETS, authority=DAO, new_authority=an_address("council"))
    entry = {
        "program": call.program,
        "accounts": [
            {"address": meta.address, "signer": meta.signer, "writable": meta.writable}
            for meta in call.accounts
        ],
        "data": call.data.hex(),
    }
    file = tmp_path / "upgrade.json"
    file.write_text(json.dumps([entry]))
    number = proposed(hyper, "file", str(file), "--kind", "upgrade", "--draft")
    hyper.json("gov", "add", str(number), str(file))
    seen = shown(hyper, number)
    assert (seen["status"], seen["count"]) == ("Draft", 2)
    assert seen["instructions"][0]["name"] == "set_authority"
    assert seen["instructions"][0]["accounts"]["new_authority"] == an_address("council")
    hyper.json("gov", "activate", str(number))
    assert shown(hyper, number)["status"] == "Active"
    told = hyper("gov", "propose", "file", str(file), "--kind", "treasury", "--about", "x", json=True).problem
    assert told["error"] == "InstructionNotAllowed"
    assert f"proposal {number + 1} is a draft now" in told["fix"]
    hyper.json("gov", "cancel", str(number + 1))
    file.write_text('{"program": 1}')
    assert "program" in hyper.problem("gov", "propose", "file", str(file), "--about", "x")["fix"]


def test_seven_oracles_fit_into_a_proposal(chain: LocalChain) -> None:
    oracles = [an_address(f"oracle {number}") for number in range(7)]
    number = carried(chain, "oracles", "--threshold", "4", *oracles)
    chain.advance(LOCAL_SETTINGS.params.timelock_critical)
    chain.hyper.json("gov", "execute", str(number))
    (call,) = shown(chain.hyper, number)["instructions"]
    assert call["values"] == {"threshold": 4, "oracles": oracles}
    assert shown(chain.hyper, number)["status"] == "Executed"


def test_what_a_proposal_moves_is_refused_before_anybody_votes(hyper: Hyper) -> None:
    about = ("--about", "x")
    far = hyper.problem(
        "gov", "propose", "fees", "--protocol-bps", "9000", "--operations-bps", "2000", *about
    )
    assert far["error"] == "OutOfBounds"
    for words in (
        ("windows", "--fees", "5s"),
        ("slashing", "--bond", "20000"),
        ("params", "--voting-period", "1s"),
        ("upgrade", "staking", an_address("buffer")),
        ("oracles", "--threshold", "2", an_address("one")),
        ("oracles", "--threshold", "2", an_address("one"), an_address("one")),
        ("oracles", "--threshold", "3", *(an_address(f"oracle {number}") for number in range(7))),
    ):
        assert hyper.problem("gov", "propose", *words, *about)["error"] == "OutOfBounds"
    spent = hyper.problem("gov", "propose", "transfer", addresses.dao_treasury(), "5", *about)
    assert (spent["error"], "hyper treasury show" in spent["fix"]) == ("InsufficientFunds", True)


def test_who_may_not_is_told_why(hyper: Hyper) -> None:
    number = str(proposed(hyper, "text"))
    for words in (("vote", number, "for"), ("vote", number, "abstain")):
        told = hyper.problem("gov", *words, "--key", "poor")
        assert (told["error"], told["fix"]) == ("NothingStaked", "hyper stake add AMOUNT")
    assert hyper.problem("gov", "veto", number)["error"] == "NotGuardian"
    assert "hyper gov settings" in hyper.problem("gov", "pause", "--jobs")["fix"]
    assert "alone may cancel" in hyper.problem("gov", "cancel", number, "--key", "poor")["detail"]
    assert hyper.problem("gov", "show", "99999")["error"] == "UnknownProposal"
    for verb in ("finalize", "queue", "execute", "expire", "activate", "close"):
        ran = hyper("gov", verb, number, json=True)
        told = ran.problem
        assert (ran.code, told["error"], told["fix"]) == (
            1,
            "NotNow",
            f"see what can be done: hyper gov show {number}",
        )
    hyper.json("gov", "vote", number, "against")
    assert hyper.problem("gov", "vote", number, "for")["error"] == "AlreadyVoted"


def test_a_dry_run_sends_nothing(hyper: Hyper) -> None:
    number = str(proposed(hyper, "text"))
    dry = hyper.json("gov", "vote", number, "for", "--dry-run")
    assert dry["dry_run"]
    assert dry["preview"][0] == "no tokens move"
    assert "would vote For" in hyper("gov", "vote", number, "for", "--dry-run").out
    assert shown(hyper, int(number))["for"] == 0


def test_the_guardian_vetoes_and_pauses(hyper: Hyper) -> None:
    number = str(proposed(hyper, "text"))
    hyper.json("gov", "veto", number, "--key", "guardian")
    assert shown(hyper, int(number))["status"] == "Vetoed"
    done = hyper.json("gov", "pause", "--jobs", "--key", "guardian")
    assert done["what"] == "pause new jobs"
    assert hyper("gov", "pause", "--key", "guardian").code == 2


def test_lists_are_rows_for_programs_and_sentences_for_people(hyper: Hyper) -> None:
    number = proposed(hyper, "text")
    rows = hyper.json("gov", "list")
    assert rows[0]["number"] == number
    assert rows[0]["status"] == "Active"
    assert number in [row["number"] for row in hyper.json("gov", "list", "--open")]
    assert "stakers may vote now" in hyper("gov", "list").out
    assert hyper("gov", "propose", "text").code == 2


# --- the treasury


def test_what_is_deposited_is_released_in_parts(chain: LocalChain) -> None:
    hyper = chain.hyper
    assert hyper.problem("treasury", "release")["error"] == "NothingToRelease"
    assert hyper.problem("treasury", "deposit-unlock", "0")["error"] == "InvalidAmount"
    assert hyper.problem("treasury", "deposit-unlock", "99999999")["error"] == "InsufficientFunds"
    hyper.json("treasury", "deposit-unlock", "1000")
    dry = hyper.json("treasury", "release", "--dry-run")
    assert dry["preview"][1] == "200 HYPER  unlocks -> burned"
    assert hyper.json("treasury", "show")["unlocks"]["amount"] == 10**9
    hyper.json("treasury", "release")
    (row,) = hyper.json("treasury", "releases")
    assert (row["number"], row["amount"], row["burned"]) == (0, 10**9, 2 * 10**8)
    seen = hyper.json("treasury", "show")
    assert (seen["unlocks"]["amount"], seen["operations"]["amount"]) == (0, 5 * 10**8)
    assert "300 HYPER on their way to stakers" in hyper("treasury", "show").out
    assert "500" in hyper("treasury", "releases").out


def test_a_vote_spends_the_treasury(chain: LocalChain) -> None:
    hyper = chain.hyper
    asyncio.run(pay_into_treasury(chain, 7 * 10**6))
    operations = hyper.json("treasury", "show")["operations"]
    number = carried(chain, "transfer", operations["account"], "7")
    chain.advance(LOCAL_SETTINGS.params.timelock_critical)
    hyper.json("gov", "execute", str(number))
    seen = hyper.json("treasury", "show")
    assert seen["treasury"]["amount"] == 0
    assert seen["operations"]["amount"] == operations["amount"] + 7 * 10**6


async def pay_into_treasury(chain: LocalChain, amount: int) -> None:
    """Bring tokens as collected fees would."""
    cluster, key = chain.cluster, Key.load(chain.settings.keys / "wallet.json")
    source = addresses.ata(key.address, cluster.mint)
    destination = addresses.dao_treasury()
    pay = tokens.transfer(source=source, destination=destination, owner=key.address, amount=amount)
    async with await RpcClient.connect(cluster.rpc_url) as open_chain:
        await open_chain.send([pay], [key])
