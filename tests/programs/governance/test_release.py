"""release: the community's part, the burn and the operations' part of every unlock, to the last unit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance import Release, Released
from hypernode.chain.generated.governance.errors import TooLittleToRelease, WrongDestination, WrongMint
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import split_release
from hypernode.errors import TransactionFailed
from tests.programs.governance.dao import DaoWorld
from tests.programs.world import HYPER
from tests.support.documents import vectors

SUPPLY = 10**9 * HYPER
FITTING = [case for case in vectors("governance")["releases"] if int(case["amount"]) <= SUPPLY]


@pytest.fixture
def rewarded() -> DaoWorld:
    dao = DaoWorld.ready()
    dao.init_rewards()
    return dao


def release(dao: DaoWorld) -> Instruction:
    return dao_instructions.release_unlocked(
        payer=dao.funded("crank").address,
        number=dao.config.release_count,
        operations=dao.operations,
        mint=dao.mint,
    )


def mint_supply(dao: DaoWorld) -> int:
    raw = dao.raw(dao.mint)
    assert raw is not None
    return int.from_bytes(raw.data[36:44], "little")


@pytest.mark.parametrize("case", FITTING, ids=lambda case: case["amount"])
def test_a_release_is_split_as_in_the_vectors(rewarded: DaoWorld, case: dict[str, str]) -> None:
    amount = int(case["amount"])
    rewarded.give(addresses.unlocks(), amount)
    supply = mint_supply(rewarded)
    (event,) = rewarded.crank(release(rewarded))
    assert isinstance(event, Released)
    assert rewarded.tokens(addresses.unlocks()) == 0
    assert rewarded.tokens(addresses.community_pool()) == event.community == int(case["community"])
    assert rewarded.tokens(rewarded.operations) == event.operations == int(case["operations"])
    assert supply - mint_supply(rewarded) == event.burned == int(case["burned"])


def test_the_first_unlock_of_the_whitepaper(rewarded: DaoWorld) -> None:
    rewarded.give(addresses.unlocks(), 6_768_279_000_000)
    (event,) = rewarded.crank(release(rewarded))
    assert isinstance(event, Released)
    assert event.community == 2_030_483_700_000
    assert event.burned == 1_353_655_800_000
    assert event.operations == 3_384_139_500_000


def test_every_release_leaves_a_record_and_totals(rewarded: DaoWorld) -> None:
    amounts = (7_000_001, 1_000_003)
    for number, amount in enumerate(amounts):
        rewarded.give(addresses.unlocks(), amount)
        rewarded.crank(release(rewarded))
        record = rewarded.read(Release, addresses.release_record(number))
        split = split_release(amount)
        assert (record.number, record.amount, record.released_at) == (number, amount, rewarded.now)
        assert (record.community, record.burned, record.operations) == (
            split.community,
            split.burned,
            split.operations,
        )
    splits = [split_release(amount) for amount in amounts]
    config = rewarded.config
    assert config.release_count == 2
    assert config.community_total == sum(split.community for split in splits)
    assert config.burned_total == sum(split.burned for split in splits)
    assert config.operations_total == sum(split.operations for split in splits)


@given(st.lists(st.integers(HYPER, 10**14), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_unit_is_lost_or_made(amounts: list[int]) -> None:
    dao = DaoWorld.ready()
    dao.init_rewards()
    for amount in amounts:
        dao.give(addresses.unlocks(), amount)
        supply = mint_supply(dao)
        dao.crank(release(dao))
        assert dao.tokens(addresses.unlocks()) == 0
        assert supply - mint_supply(dao) == split_release(amount).burned
    config = dao.config
    kept = dao.tokens(addresses.community_pool()) + dao.tokens(dao.operations)
    assert kept + config.burned_total == sum(amounts)
    assert kept == config.community_total + config.operations_total


def test_less_than_one_hyper_waits(rewarded: DaoWorld) -> None:
    rewarded.refuse_crank(TooLittleToRelease, release(rewarded))
    rewarded.give(addresses.unlocks(), HYPER - 1)
    rewarded.refuse_crank(TooLittleToRelease, release(rewarded))
    rewarded.give(addresses.unlocks(), 1)
    rewarded.crank(release(rewarded))


def test_no_destination_can_be_replaced(rewarded: DaoWorld) -> None:
    rewarded.give(addresses.unlocks(), 10 * HYPER)
    good = release(rewarded)
    slots = governance.ACCOUNTS["release"]
    thief = AccountMeta(rewarded.a_token_account("thief"), writable=True)
    other = AccountMeta(rewarded.a_mint("other"), writable=True)
    crank = rewarded.funded("crank")
    rewarded.refuse(WrongDestination, [good.with_account(slots.index("community"), thief)], [crank])
    rewarded.refuse(WrongDestination, [good.with_account(slots.index("operations"), thief)], [crank])
    rewarded.refuse(WrongMint, [good.with_account(slots.index("mint"), other)], [crank])
    treasury = AccountMeta(addresses.dao_treasury(), writable=True)
    for name in ("unlocks", "authority", "release", "config"):
        error = "AccountDataTooSmall" if name == "config" else "InvalidSeeds"
        rewarded.refuse(error, [good.with_account(slots.index(name), treasury)], [crank], name)
    fake = good.with_account(slots.index("token_program"), AccountMeta(addresses.SYSTEM_PROGRAM))
    rewarded.refuse("IncorrectProgramId", [fake], [crank], "a fake token program")
    rewarded.run([good], [crank])


def test_the_same_release_is_not_made_twice(rewarded: DaoWorld) -> None:
    rewarded.give(addresses.unlocks(), 10 * HYPER)
    first = release(rewarded)
    rewarded.crank(first)
    rewarded.give(addresses.unlocks(), 10 * HYPER)
    rewarded.refuse("InvalidSeeds", [first], [rewarded.funded("crank")], "the first again")


def test_without_a_community_pool_nothing_is_released(dao: DaoWorld) -> None:
    dao.give(addresses.unlocks(), 10 * HYPER)
    dao.refuse("InvalidAccountData", [release(dao)], [dao.funded("crank")], "no rewards program yet")
    assert dao.tokens(addresses.unlocks()) == 10 * HYPER


def test_an_operations_account_that_is_gone_holds_the_whole_release_back(rewarded: DaoWorld) -> None:
    rewarded.give(addresses.unlocks(), 10 * HYPER)
    rewarded.lite.set_raw_account(rewarded.operations, RawAccount(addresses.TOKEN_PROGRAM, 0, b""))
    before = rewarded.tokens(addresses.unlocks())
    with pytest.raises(TransactionFailed):
        rewarded.run([release(rewarded)], [rewarded.funded("crank")])
    assert rewarded.tokens(addresses.unlocks()) == before
