"""What the DAO costs: the worst of several keys at each instruction, against its goal."""

from collections.abc import Callable

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import governance
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.domain.governance import ProposalKind
from tests.programs.governance.dao import DaoWorld, a_proposal, a_voter, create_ix

SET_PAUSE_UNITS = 1_000
# A voter's key cannot be chosen: its record's address may need several bumps, 332 units each.
PER_BUMP = 332


@pytest.fixture(scope="module")
def governed() -> DaoWorld:
    dao = DaoWorld.ready()
    dao.hand_over()
    dao.init_rewards()
    return dao


def units(dao: DaoWorld, batch: list[Instruction], signers: list[Key]) -> int:
    dao.run(batch, signers)
    return dao.compute_units["last"]


def bumps(program_seeds: tuple[bytes, ...]) -> int:
    return 255 - addresses.derive(governance.PROGRAM_ID, *program_seeds)[1]


def test_proposing_and_voting(governed: DaoWorld, record_property: Callable[[str, object], None]) -> None:
    voters = [a_voter(governed, f"cu {number}") for number in range(6)]
    created, voted = [], []
    for voter in voters:
        number = governed.config.proposal_count
        found = bumps((b"proposal", number.to_bytes(8, "little")))
        created.append(units(governed, [create_ix(voter)], [voter.key]) - found * PER_BUMP)
        governed.run([dao_instructions.activate_proposal(proposer=voter.address, number=number)], [voter.key])
        for each in voters:
            voted.append(units(governed, [each.vote_ix(number)], [each.key]))
    record_property("create_proposal", max(created))
    record_property("vote", max(voted))
    assert max(created) <= 5_500
    assert max(voted) <= 3_000


def test_executing(governed: DaoWorld, record_property: Callable[[str, object], None]) -> None:
    voter = a_voter(governed, "executor")
    call = instructions.set_pause(authority=addresses.dao_authority(), flags=0)
    proposal = a_proposal(voter, call, kind=ProposalKind.PARAMETERS).carry().ripen()
    spent = units(governed, [proposal.execute_ix()], [governed.funded("crank")])
    record_property("execute", spent)
    assert spent <= 4_500 + SET_PAUSE_UNITS
