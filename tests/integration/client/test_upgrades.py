"""A program's code is replaced by a vote, and only by code that nobody can change meanwhile."""

from __future__ import annotations

import hashlib
import struct

import pytest

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated import staking
from hypernode.chain.programs import binary
from hypernode.client.changes import OutOfBounds
from hypernode.client.handover import LOCAL_SETTINGS
from hypernode.client.upgrades import NotReplaceable, change_code, code_line
from hypernode.domain.types import ZERO_ADDRESS, Address, address_bytes
from tests.integration.client.stage import Stage, carried
from tests.programs.world import SOL, named_key

DAO = addresses.dao_authority()
BUFFER = named_key("buffer").address
SPILL = named_key("spill").address
CODE = binary("staking")


def write_buffer(stage: Stage, authority: Address | None = DAO) -> None:
    """Put code into a buffer, as the loader's Write instructions would."""
    option = b"\0" + bytes(32) if authority is None else b"\1" + address_bytes(authority)
    account = RawAccount(addresses.UPGRADEABLE_LOADER, 10 * SOL, struct.pack("<I", 1) + option + CODE)
    stage.world.lite.set_raw_account(BUFFER, account)


async def test_a_carried_upgrade_replaces_the_code(stage: Stage) -> None:
    voter = stage.staker("voter")
    write_buffer(stage)
    change = await change_code(stage.chain, program=staking.PROGRAM_ID, buffer=BUFFER, spill=SPILL)
    assert hashlib.sha256(CODE).hexdigest() in change.differences[0]
    number = await carried(stage, voter, *change.calls, kind=change.kind)
    stage.world.advance(LOCAL_SETTINGS.params.timelock_critical)
    client, slot = stage.governance(voter), stage.world.lite.vm.get_clock().slot
    await client.send(await client.execute(number))
    data = stage.world.raw(addresses.program_data(staking.PROGRAM_ID))
    assert data is not None
    assert struct.unpack_from("<Q", data.data, 4)[0] >= slot
    assert data.data[45:].startswith(CODE[:1_000])
    assert stage.world.lamports(SPILL) > 0


async def test_voters_see_what_code_waits_and_whether_it_can_change(stage: Stage) -> None:
    write_buffer(stage)
    change = await change_code(stage.chain, program=staking.PROGRAM_ID, buffer=BUFFER, spill=SPILL)
    call = decode_call(change.calls[0])
    told = await code_line(stage.chain, call)
    assert told is not None
    assert hashlib.sha256(CODE).hexdigest() in told
    assert told.endswith("nobody can change it")
    write_buffer(stage, named_key("proposer").address)
    assert "WARNING" in (await code_line(stage.chain, call) or "")
    stage.world.lite.set_raw_account(BUFFER, RawAccount(addresses.SYSTEM_PROGRAM, 0, b""))
    assert "no code waits" in (await code_line(stage.chain, call) or "")
    assert await code_line(stage.chain, decode_call(stage.new_fees())) is None


@pytest.mark.parametrize("authority", [named_key("proposer").address, None])
async def test_code_that_somebody_else_holds_is_not_proposed(stage: Stage, authority: Address | None) -> None:
    write_buffer(stage, authority)
    with pytest.raises(OutOfBounds, match="not the DAO"):
        await change_code(stage.chain, program=staking.PROGRAM_ID, buffer=BUFFER, spill=SPILL)


async def test_a_buffer_that_is_not_there_is_not_proposed(stage: Stage) -> None:
    with pytest.raises(OutOfBounds, match="no code waits"):
        await change_code(stage.chain, program=staking.PROGRAM_ID, buffer=BUFFER, spill=SPILL)


async def test_a_program_that_the_dao_does_not_hold_is_not_replaced() -> None:
    before_bootstrap = Stage()
    write_buffer(before_bootstrap)
    for program in (staking.PROGRAM_ID, ZERO_ADDRESS):
        with pytest.raises(NotReplaceable, match="not the DAO"):
            await change_code(before_bootstrap.chain, program=program, buffer=BUFFER, spill=SPILL)
