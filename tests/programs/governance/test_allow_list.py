"""Which instructions each kind of proposal may hold, held against the programs' own interfaces."""

from pathlib import Path

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated import governance, markets, rewards, staking
from hypernode.chain.generated.governance.errors import InstructionNotAllowed
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.programs import NAMES, idl
from hypernode.domain.governance import ProposalKind
from hypernode.domain.types import Address
from tests.programs.governance.dao import DaoWorld, ProposalCookie, Voter, a_voter, create_ix

SLASHING = Address("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA")
PARAMETERS = {
    (markets.PROGRAM_ID, "set_pause"),
    (rewards.PROGRAM_ID, "set_windows"),
    (SLASHING, "set_params"),
}
OWN = {"set_params", "set_guardian", "set_operations", "treasury_transfer"}
OURS = [
    (Address(document["address"]), entry["name"], bytes(entry["discriminator"]))
    for document in map(idl, NAMES)
    for entry in document["instructions"]
]
LOADER_CALLS = {
    0: False,  # InitializeBuffer
    1: False,  # Write
    2: False,  # DeployWithMaxDataLen
    3: True,  # Upgrade
    4: True,  # SetAuthority
    5: False,  # Close
    6: True,  # ExtendProgram
    7: True,  # SetAuthorityChecked
    8: False,
}


@pytest.fixture(scope="module")
def proposer() -> Voter:
    return a_voter(DaoWorld.ready())


def holds(proposer: Voter, kind: ProposalKind, program: Address, data: bytes) -> bool:
    """Whether a proposal of this kind takes the instruction."""
    world = proposer.world
    call = Instruction(program, (AccountMeta(addresses.dao_authority(), signer=True),), data)
    draft = ProposalCookie(world, proposer, world.config.proposal_count)
    world.run([create_ix(proposer, kind=kind)], [proposer.key])
    try:
        world.run([draft.add_ix(call)], [proposer.key])
    except InstructionNotAllowed:
        return False
    return True


@pytest.mark.parametrize(
    ("program", "name", "tag"), OURS, ids=[f"{name} of {program[:4]}" for program, name, _ in OURS]
)
def test_every_instruction_of_ours_is_held_where_it_belongs(
    proposer: Voter, program: Address, name: str, tag: bytes
) -> None:
    own = program == governance.PROGRAM_ID
    expected = {
        ProposalKind.TEXT: False,
        ProposalKind.PARAMETERS: (program, name) in PARAMETERS,
        ProposalKind.TREASURY: own and name == "treasury_transfer",
        ProposalKind.UPGRADE: False,
        ProposalKind.GENERIC: not own or name in OWN,
    }
    assert {kind: holds(proposer, kind, program, tag + bytes(8)) for kind in ProposalKind} == expected


def test_the_list_of_parameters_names_what_exists() -> None:
    known = {(program, name) for program, name, _ in OURS}
    assert known >= PARAMETERS
    assert {name for program, name, _ in OURS if program == governance.PROGRAM_ID} >= OWN


@pytest.mark.parametrize(("number", "allowed"), LOADER_CALLS.items())
def test_an_upgrade_holds_what_replaces_code_but_nothing_that_ends_it(
    proposer: Voter, number: int, allowed: bool
) -> None:
    data = number.to_bytes(4, "little")
    loader = addresses.UPGRADEABLE_LOADER
    assert holds(proposer, ProposalKind.UPGRADE, loader, data) is allowed
    assert holds(proposer, ProposalKind.GENERIC, loader, data)
    for kind in (ProposalKind.PARAMETERS, ProposalKind.TREASURY):
        assert not holds(proposer, kind, loader, data)


@pytest.mark.parametrize("kind", list(ProposalKind)[:4])
def test_short_data_and_other_programs_fit_generic_proposals_only(
    proposer: Voter, kind: ProposalKind
) -> None:
    for program in (markets.PROGRAM_ID, governance.PROGRAM_ID, addresses.UPGRADEABLE_LOADER):
        for data in (b"", b"\x03", b"\x03\0\0"):
            assert not holds(proposer, kind, program, data)
    for program in (addresses.TOKEN_PROGRAM, addresses.SYSTEM_PROGRAM, staking.PROGRAM_ID):
        assert not holds(proposer, kind, program, b"\x03\0\0\0" + bytes(8))


def test_short_data_reaches_no_instruction_of_the_dao(proposer: Voter) -> None:
    assert not holds(proposer, ProposalKind.GENERIC, governance.PROGRAM_ID, b"\x1b")


def test_the_constants_are_the_addresses_that_their_seeds_give() -> None:
    source = Path(__file__).parents[3] / "programs" / "governance" / "src"
    constants = (source / "constants.rs").read_text()
    assert f'AUTHORITY: Address = address!("{addresses.dao_authority()}")' in constants
    assert f'COMMUNITY: Address = address!("{addresses.community_pool()}")' in constants
    programs = (source / "programs.rs").read_text()
    for address in (markets.PROGRAM_ID, staking.PROGRAM_ID, rewards.PROGRAM_ID, SLASHING):
        assert address in programs
    paused_at = 8 + 6 * 32 + 3 * 2
    assert f"MARKETS_PAUSED_AT: usize = {paused_at};" in programs
    config = markets.Config(*[addresses.pool()] * 6, 0, 0, 0, paused=3, bump=0, min_rate=0)  # type: ignore[misc, call-arg, arg-type]
    assert config.encode()[paused_at] == 3
