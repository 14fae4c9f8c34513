"""Every account of every instruction anybody can send: a copy of it under another owner is refused."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance.errors import UnknownProgram, WrongDecimals, WrongPool
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.chain.reading import RawAccount
from hypernode.domain.governance import VoteChoice
from tests.programs.governance.dao import DaoWorld, a_proposal, a_voter, create_ix
from tests.programs.world import DAY, HYPER, named_key

Play = tuple[Instruction, Sequence[Key]]
ROGUE = named_key("rogue program").address


def stage() -> DaoWorld:
    dao = DaoWorld.ready()
    dao.init_rewards()
    dao.hand_over()
    dao.give(addresses.unlocks(), 10 * HYPER)
    return dao


def created(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    return create_ix(voter), [voter.key]


def added(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    call = instructions.set_pause(authority=addresses.dao_authority(), flags=1)
    return a_proposal(voter, call).add_ix(call), [voter.key]


def activated(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    return a_proposal(voter).activate_ix(), [voter.key]


def voted(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    return voter.vote_ix(a_proposal(voter).activate().number), [voter.key]


def queued(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    proposal = a_proposal(voter).activate()
    proposal.vote(voter)
    proposal.finalize()
    return dao_instructions.queue_proposal(number=proposal.number), [dao.funded("crank")]


def executed(dao: DaoWorld) -> Play:
    call = instructions.set_pause(authority=addresses.dao_authority(), flags=1)
    return a_proposal(a_voter(dao), call).carry().ripen().execute_ix(), [dao.funded("crank")]


def cancelled(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    number = a_proposal(voter).number
    return dao_instructions.cancel_proposal(canceller=voter.address, number=number), [voter.key]


def vetoed(dao: DaoWorld) -> Play:
    number, version = a_proposal(a_voter(dao)).activate().number, dao.config.version
    veto = dao_instructions.veto_proposal(guardian=dao.guardian.address, number=number, version=version)
    return veto, [dao.guardian]


def paused(dao: DaoWorld) -> Play:
    version = dao.config.version
    return dao_instructions.guardian_pause(guardian=dao.guardian.address, flags=1, version=version), [
        dao.guardian
    ]


def released(dao: DaoWorld) -> Play:
    crank = dao.funded("crank")
    release = dao_instructions.release_unlocked(
        payer=crank.address, number=0, operations=dao.operations, mint=dao.mint
    )
    return release, [crank]


def vote_closed(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    proposal = a_proposal(voter).activate()
    proposal.vote(voter, VoteChoice.AGAINST)
    proposal.finalize()
    return dao_instructions.close_vote(voter=voter.address, number=proposal.number), [voter.key]


def proposal_closed(dao: DaoWorld) -> Play:
    voter = a_voter(dao)
    proposal = a_proposal(voter)
    dao.run([dao_instructions.cancel_proposal(canceller=voter.address, number=proposal.number)], [voter.key])
    dao.advance(30 * DAY)
    close = dao_instructions.close_proposal(number=proposal.number, payer=voter.address)
    return close, [dao.funded("crank")]


PLAYS = [
    created,
    added,
    activated,
    voted,
    queued,
    executed,
    cancelled,
    vetoed,
    paused,
    released,
    vote_closed,
    proposal_closed,
]


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.__name__)
def test_a_copy_under_another_owner_is_refused(play: Callable[[DaoWorld], Play]) -> None:
    dao = stage()
    good, signers = play(dao)
    for index, meta in enumerate(good.accounts):
        raw = dao.raw(meta.address) or RawAccount(addresses.SYSTEM_PROGRAM, 10**9, b"")
        copy = named_key(f"copy {index}").address
        dao.lite.set_raw_account(copy, RawAccount(ROGUE, raw.lamports, raw.data))
        bent = good.with_account(index, AccountMeta(copy, meta.signer, meta.writable))
        keys = [dao.funded("somebody"), *(key for key in signers if _asked(bent, key))]
        if meta.signer:
            keys.append(named_key(f"copy {index}"))
        dao.refuse_any([bent], keys, f"{play.__name__}, account {index}")
    dao.run([good], [dao.funded("somebody"), *(key for key in signers if _asked(good, key))])


def _asked(instruction: Instruction, key: Key) -> bool:
    return any(meta.signer and meta.address == key.address for meta in instruction.accounts)


def test_a_pool_that_is_not_the_configured_one_elects_nobody(dao: DaoWorld) -> None:
    voter = a_voter(dao)
    raw = dao.raw(addresses.pool())
    assert raw is not None
    other = named_key("another pool").address
    dao.lite.set_raw_account(other, raw)
    slot = governance.ACCOUNTS["create_proposal"].index("pool")
    dao.refuse(WrongPool, [create_ix(voter).with_account(slot, AccountMeta(other))], [voter.key])


def test_a_mint_of_other_decimals_makes_no_dao() -> None:
    world = DaoWorld()
    odd = world.a_mint("odd", decimals=9)
    world.write(addresses.pool(), replace(world.pool, mint=odd))
    operations = world.a_token_account("odd operations", mint=odd)
    batch = [world.init_governance(mint=odd, operations=operations)]
    world.refuse(WrongDecimals, batch, [world.authority])


def test_a_pause_reaches_the_markets_program_alone() -> None:
    dao = stage()
    good, signers = paused(dao)
    slots = governance.ACCOUNTS["pause"]
    staking_pool = AccountMeta(addresses.pool(), writable=True)
    dao.refuse(UnknownProgram, [good.with_account(slots.index("markets_config"), staking_pool)], signers)
    oracles = AccountMeta(addresses.oracle_set(), writable=True)
    dao.refuse(
        "InvalidAccountData", [good.with_account(slots.index("markets_config"), oracles)], signers, "oracles"
    )
    other = AccountMeta(addresses.TOKEN_PROGRAM)
    dao.refuse(UnknownProgram, [good.with_account(slots.index("markets_program"), other)], signers)
