"""What an instruction says, read back from its bytes."""

import pytest

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.governance import GovernanceParams
from hypernode.chain.generated.slashing import SlashingParams as SlashingParams
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.loader import set_upgrade_authority
from tests.support.documents import an_address

DAO = addresses.dao_authority()
ONE, OTHER = an_address("one"), an_address("other")


def test_own_programs_are_told_by_their_names():
    call = decode_call(instructions.rotate_oracles(authority=DAO, threshold=1, oracles=[ONE, OTHER]))
    assert (call.program, call.name) == ("markets", "rotate_oracles")
    assert call.values == {"threshold": 1, "oracles": [ONE, OTHER]}
    assert call.accounts[0] == ("authority", DAO)
    assert str(call) == f"markets rotate_oracles threshold=1 oracles=[{ONE}, {OTHER}]"


@pytest.mark.parametrize("module", [governance, markets, rewards, slashing, staking])
def test_every_instruction_of_ours_has_a_reader(module):
    """None has an argument of a kind that nobody here can read."""
    for tag, name in module.INSTRUCTIONS.items():
        sizes = (decode_call(Instruction(module.PROGRAM_ID, (), tag + bytes(size))) for size in range(512))
        assert name in {call.name for call in sizes if call.values is not None}


def test_the_fields_of_a_struct_are_told_one_by_one():
    params = GovernanceParams(1, 2, 3, 4, 5, 6)
    assert decode_call(dao_instructions.set_params(params=params)).values == vars(params)
    slashing = SlashingParams(1, 2, 3, 4, 5, 6, 7, (1, 2, 3), 8)
    told = decode_call(instructions.set_slashing_params(authority=DAO, params=slashing)).values
    assert told == vars(slashing) | {"reason_bps": [1, 2, 3]}


def test_the_loader_and_the_token_program_are_known_too():
    handed = decode_call(set_upgrade_authority(program=ONE, authority=DAO, new_authority=OTHER))
    assert (handed.program, handed.name, dict(handed.accounts)["new_authority"]) == (
        "loader",
        "set_authority",
        OTHER,
    )
    paid = decode_call(tokens.transfer(source=ONE, destination=OTHER, owner=DAO, amount=5))
    assert (paid.program, paid.name, paid.values) == ("token", "transfer", {"amount": 5})


@pytest.mark.parametrize("data", [b"", b"\1\2", bytes(8), bytes(64)])
@pytest.mark.parametrize("program", [ONE, addresses.TOKEN_PROGRAM, addresses.UPGRADEABLE_LOADER, DAO])
def test_what_nobody_knows_is_shown_as_it_is(program, data):
    call = decode_call(Instruction(program, (AccountMeta(OTHER),), data))
    assert (call.program, call.values, call.accounts) == (program, None, (("account_0", OTHER),))
    assert data.hex() in call.name


def test_a_cut_instruction_is_not_half_understood():
    whole = dao_instructions.treasury_transfer(destination=ONE, amount=7)
    for data in (whole.data[:-1], whole.data + b"\0"):
        assert decode_call(whole.with_data(data)).values is None
