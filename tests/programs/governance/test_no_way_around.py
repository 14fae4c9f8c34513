"""No path leads around the timelock: privileged instructions obey the DAO's authority, and that no wallet."""

import struct
from collections.abc import Callable
from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions, loader
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.governance import AuthorityAdopted
from hypernode.chain.generated.governance.errors import NotAuthority, UnknownProgram
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.generated.staking import Pool
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.programs import binary
from hypernode.domain.attestation import MAX_THRESHOLD
from hypernode.domain.governance import ProposalKind
from hypernode.domain.types import Address, address_bytes
from tests.programs.governance.dao import (
    PARAMS,
    DaoWorld,
    a_proposal,
    a_voter,
    upgrade_authority_bytes,
    without_signer,
)
from tests.programs.slashing.slashing_world import PARAMS as SLASHING_PARAMS
from tests.programs.world import DAY, HYPER, SOL, World, named_key

DAO = addresses.dao_authority()

# Every instruction that an authority signs, with the DAO as that authority.
PRIVILEGED: dict[str, Callable[[DaoWorld], Instruction]] = {
    "governance.set_params": lambda dao: dao_instructions.set_params(params=PARAMS),
    "governance.set_guardian": lambda dao: dao_instructions.set_guardian(
        guardian=DAO, expires_at=dao.now + 30 * DAY
    ),
    "governance.set_operations": lambda dao: dao_instructions.set_operations(operations=dao.treasury),
    "governance.treasury_transfer": lambda dao: dao_instructions.treasury_transfer(
        destination=dao.treasury, amount=1
    ),
    "markets.set_fees": lambda dao: instructions.set_fees(
        authority=DAO,
        treasury=dao.treasury,
        stakers=dao.stakers,
        operations=dao.operations,
        protocol_bps=1,
        stakers_bps=1,
        operations_bps=1,
    ),
    "markets.set_min_rate": lambda dao: instructions.set_min_rate(authority=DAO, min_rate=1),
    "markets.set_pause": lambda dao: instructions.set_pause(authority=DAO, flags=1),
    "markets.rotate_oracles": lambda dao: instructions.rotate_oracles(
        authority=DAO, threshold=2, oracles=[named_key(f"judge {number}").address for number in range(3)]
    ),
    "markets.propose_authority": lambda dao: instructions.propose_authority(
        authority=DAO, new_authority=dao.guardian.address
    ),
    "staking.propose_authority": lambda dao: instructions.propose_pool_authority(
        authority=DAO, new_authority=dao.guardian.address
    ),
    "rewards.propose_authority": lambda dao: instructions.propose_rewards_authority(
        authority=DAO, new_authority=dao.guardian.address
    ),
    "slashing.propose_authority": lambda dao: instructions.propose_slashing_authority(
        authority=DAO, new_authority=dao.guardian.address
    ),
    "slashing.set_params": lambda dao: instructions.set_slashing_params(
        authority=DAO, params=replace(SLASHING_PARAMS, bond=2 * SLASHING_PARAMS.bond)
    ),
    "rewards.set_windows": lambda dao: instructions.set_windows(
        authority=DAO, fee_window=7_200, community_window=7_200
    ),
}


@pytest.fixture
def governed() -> DaoWorld:
    dao = DaoWorld.ready()
    dao.init_rewards()
    dao.hand_over()
    propose = instructions.propose_rewards_authority(authority=dao.authority.address, new_authority=DAO)
    world = instructions.init_slashing(authority=dao.authority.address, mint=dao.mint)
    hand = instructions.propose_slashing_authority(authority=dao.authority.address, new_authority=DAO)
    dao.run([propose, world, hand], [dao.authority])
    dao.crank(dao_instructions.adopt(program=rewards.PROGRAM_ID, state=addresses.accumulator()))
    dao.crank(dao_instructions.adopt(program=slashing.PROGRAM_ID, state=addresses.slashing_config()))
    dao.give(addresses.dao_treasury(), HYPER)
    return dao


@pytest.mark.parametrize("name", PRIVILEGED)
def test_no_wallet_calls_it_directly(governed: DaoWorld, name: str) -> None:
    good = PRIVILEGED[name](governed)
    former, guardian, stranger = governed.authority, governed.guardian, governed.funded("stranger")
    for wallet in (former, guardian, stranger):
        bent = good.with_account(0, AccountMeta(wallet.address, signer=True))
        expected = NotAuthority if good.program == governance.PROGRAM_ID else "NotAuthority"
        governed.refuse(expected, [bent], [wallet])
    governed.refuse(
        "MissingRequiredSignature",
        [without_signer(good)],
        [stranger],
        "the DAO's address without its signature",
    )


@pytest.mark.parametrize("name", PRIVILEGED)
def test_a_generic_proposal_calls_it(governed: DaoWorld, name: str) -> None:
    """So the refusals above are for the signer and nothing else."""
    a_proposal(a_voter(governed), PRIVILEGED[name](governed)).carry().ripen().execute()


def test_the_list_above_is_whole() -> None:
    """Every instruction of our programs whose first account is called an authority that signs."""
    found = set()
    for module in (governance, markets, rewards, slashing, staking):
        name = module.__name__.rsplit(".", 1)[1]
        for instruction, slots in module.ACCOUNTS.items():
            if "authority" in slots and not {"market", "node"} & set(slots):
                found.add(f"{name}.{instruction}")
    by_anybody = {
        "governance.adopt",
        "governance.execute",
        "governance.pause",
        "governance.release",
        "governance.init_config",
        "markets.init_config",
        "staking.init_pool",
        "rewards.init_accumulator",
        "slashing.init_config",
    }
    assert found - by_anybody == set(PRIVILEGED)


def test_adopting_takes_what_was_proposed_and_nothing_else(dao: DaoWorld) -> None:
    for program, state in ((markets.PROGRAM_ID, addresses.config()), (staking.PROGRAM_ID, addresses.pool())):
        dao.refuse(
            "NotPendingAuthority",
            [dao_instructions.adopt(program=program, state=state)],
            [dao.funded("crank")],
            "not proposed",
        )
    dao.hand_over()
    assert dao.read(MarketsConfig, addresses.config()).authority == DAO
    assert dao.read(Pool, addresses.pool()).authority == DAO
    dao.refuse(
        "NotPendingAuthority",
        [dao_instructions.adopt(program=markets.PROGRAM_ID, state=addresses.config())],
        [dao.funded("crank")],
        "twice",
    )


def test_adopting_tells(dao: DaoWorld) -> None:
    propose = instructions.propose_authority(authority=dao.authority.address, new_authority=DAO)
    dao.run([propose], [dao.authority])
    _, event = dao.crank(dao_instructions.adopt(program=markets.PROGRAM_ID, state=addresses.config()))
    assert isinstance(event, AuthorityAdopted)
    assert (event.program, event.state) == (markets.PROGRAM_ID, addresses.config())


@pytest.mark.parametrize("program", [addresses.TOKEN_PROGRAM, governance.PROGRAM_ID], ids=["token", "itself"])
def test_the_authority_signs_for_no_other_program(dao: DaoWorld, program: Address) -> None:
    dao.refuse_crank(UnknownProgram, dao_instructions.adopt(program=program, state=addresses.config()))


def test_the_former_authority_is_powerless_at_once(governed: DaoWorld) -> None:
    back = instructions.propose_authority(
        authority=governed.authority.address, new_authority=governed.authority.address
    )
    governed.refuse("NotAuthority", [back], [governed.authority])


def test_a_handover_takes_the_long_wait(governed: DaoWorld) -> None:
    voter = a_voter(governed)
    leave = instructions.propose_authority(authority=DAO, new_authority=voter.address)
    draft = a_proposal(voter, instructions.set_pause(authority=DAO, flags=1), kind=ProposalKind.PARAMETERS)
    governed.refuse("InstructionNotAllowed", [draft.add_ix(leave)], [voter.key])
    proposal = a_proposal(voter, leave).carry()
    assert proposal.state.eta == governed.now + PARAMS.timelock_critical
    proposal.ripen().execute()
    governed.run([instructions.accept_authority(new_authority=voter.address)], [voter.key])


def test_the_upgrade_authority_moves_by_a_vote_alone(governed: DaoWorld) -> None:
    """The program's code is under the same timelock, once the DAO is its upgrade authority."""
    target, owner = markets.PROGRAM_ID, governed.authority
    governed.run(
        [loader.set_upgrade_authority(program=target, authority=owner.address, new_authority=DAO)], [owner]
    )
    assert upgrade_authority_bytes(governed, target) == address_bytes(DAO)
    stranger = governed.funded("stranger")
    for wallet in (owner, stranger):
        take = loader.set_upgrade_authority(
            program=target, authority=wallet.address, new_authority=wallet.address
        )
        governed.refuse("IncorrectAuthority", [take], [wallet], "a wallet")
    voter = a_voter(governed)
    give = loader.set_upgrade_authority(program=target, authority=DAO, new_authority=voter.address)
    proposal = a_proposal(voter, give, kind=ProposalKind.UPGRADE).carry()
    assert proposal.state.eta == governed.now + PARAMS.timelock_critical
    proposal.ripen().execute()
    assert upgrade_authority_bytes(governed, target) == address_bytes(voter.address)


def test_a_program_is_upgraded_by_a_vote(governed: DaoWorld) -> None:
    target, owner = staking.PROGRAM_ID, governed.authority
    governed.run(
        [loader.set_upgrade_authority(program=target, authority=owner.address, new_authority=DAO)], [owner]
    )
    buffer, data = named_key("buffer").address, addresses.program_data(target)
    header = struct.pack("<IB", 1, 1) + address_bytes(DAO)
    owned = addresses.UPGRADEABLE_LOADER
    governed.lite.set_raw_account(buffer, RawAccount(owned, 10 * SOL, header + binary("staking")))
    spill = governed.funded("spill").address
    upgrade = loader.upgrade(program=target, buffer=buffer, spill=spill, authority=DAO)
    voter = a_voter(governed)
    proposal = a_proposal(voter, upgrade, kind=ProposalKind.UPGRADE).carry().ripen()
    slot = governed.lite.vm.get_clock().slot
    proposal.execute()
    raw = governed.raw(data)
    assert raw is not None
    assert struct.unpack_from("<Q", raw.data, 4)[0] >= slot
    assert raw.data[45:].startswith(binary("staking")[:1_000])
    governed.lite.next_slot()
    voter.top_up(HYPER)


def test_a_full_oracle_set_fits_a_proposal(governed: DaoWorld) -> None:
    keys = [named_key(f"oracle of the DAO {number}").address for number in range(7)]
    rotate = instructions.rotate_oracles(authority=DAO, threshold=MAX_THRESHOLD, oracles=keys)
    a_proposal(a_voter(governed), rotate, kind=ProposalKind.GENERIC).carry().ripen().execute()
    assert governed.read(OracleSet, addresses.oracle_set()).keys == tuple(keys)


def test_a_generic_proposal_moves_tokens_of_the_treasury(governed: DaoWorld) -> None:
    voter, wallet = a_voter(governed), governed.a_token_account("grant")
    metas = (
        AccountMeta(addresses.dao_treasury(), writable=True),
        AccountMeta(wallet, writable=True),
        AccountMeta(DAO, signer=True),
    )
    send = Instruction(addresses.TOKEN_PROGRAM, metas, b"\x03" + struct.pack("<Q", 5))
    a_proposal(voter, send).carry().ripen().execute()
    assert governed.tokens(wallet) == 5


def test_an_execution_cannot_run_another_one(governed: DaoWorld) -> None:
    """Only the four settings of the DAO can be called by itself."""
    voter = a_voter(governed)
    inner = a_proposal(voter)
    draft = a_proposal(voter, instructions.set_pause(authority=DAO, flags=1))
    for call in (
        inner.execute_ix(),
        dao_instructions.queue_proposal(number=0),
        dao_instructions.finalize_proposal(number=0),
        dao_instructions.adopt(program=markets.PROGRAM_ID, state=addresses.config()),
        voter.vote_ix(0),
    ):
        governed.refuse("InstructionNotAllowed", [draft.add_ix(call)], [voter.key])


def test_the_authority_has_no_account_that_could_be_initialised(governed: World) -> None:
    assert not governed.exists(DAO)
