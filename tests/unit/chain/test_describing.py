"""Saying what an instruction is: every one of ours by its IDL, others not at all."""

import struct

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.describing import describe
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.slashing import Params
from hypernode.domain.types import Address
from tests.fixtures.scripted_chain import an_address

AUTHORITY = an_address("authority")


def test_arguments_are_typed() -> None:
    windows = instructions.set_windows(authority=AUTHORITY, fee_window=3_600, community_window=7_200)
    found = describe(windows.program, windows.data)
    assert (found.program, found.name) == ("rewards", "set_windows")
    assert found.arguments == {"fee_window": "3600", "community_window": "7200"}
    assert found.accounts == ("authority", "accumulator")


def test_structs_lists_and_addresses_are_decoded() -> None:
    params = Params(100, 200, 3, 4, 5, 6, 7, (1, 2, 3, 4, 5), 8, 9, 10)
    found = describe(
        slashing.PROGRAM_ID, instructions.set_slashing_params(authority=AUTHORITY, params=params).data
    )
    assert found.arguments is not None
    assert found.arguments["params"]["bond"] == "100"
    assert found.arguments["params"]["reason_bps"] == [1, 2, 3, 4, 5]
    oracles = [an_address("a"), an_address("b")]
    rotate = instructions.rotate_oracles(authority=AUTHORITY, threshold=2, oracles=oracles)
    assert describe(rotate.program, rotate.data).arguments == {"threshold": 2, "oracles": oracles}


@pytest.mark.parametrize("program", [governance, markets, rewards, slashing, staking])
def test_every_instruction_of_ours_has_a_name(program: object) -> None:
    for tag, name in program.INSTRUCTIONS.items():  # type: ignore[attr-defined]
        assert describe(program.PROGRAM_ID, tag).name == name  # type: ignore[attr-defined]


def test_bytes_that_are_not_what_the_idl_says_have_no_arguments() -> None:
    pause = instructions.set_pause(authority=AUTHORITY, flags=1)
    for data in (pause.data[:-1], pause.data + b"\0"):
        found = describe(pause.program, data)
        assert (found.name, found.arguments) == ("set_pause", None)
    assert describe(pause.program, b"\xff" * 8).name is None


def test_the_loader_s_instructions_have_a_name_and_others_have_none() -> None:
    assert describe(addresses.UPGRADEABLE_LOADER, struct.pack("<I", 3)).name == "upgrade"
    assert describe(addresses.UPGRADEABLE_LOADER, b"").name is None
    unknown = describe(Address(addresses.SYSTEM_PROGRAM), b"\0")
    assert (unknown.program, unknown.name) == (None, None)
