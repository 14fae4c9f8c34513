"""For any accounts and filters: getProgramAccounts finds what comparing byte by byte finds."""

import base64
from functools import cache
from typing import Any

import base58
from hypothesis import event, given
from hypothesis import strategies as st
from solders.account import Account
from solders.pubkey import Pubkey

from hypernode.domain.clock import ManualClock
from hypernode_localnet.account_methods import get_program_accounts
from hypernode_localnet.bank import Bank
from hypernode_localnet.clock import ChainTime
from hypernode_localnet.journal import Journal

# Few letters and short data, so that what is looked for is often there, or nearly.
DATA = st.lists(st.sampled_from(b"\x00\x01a"), max_size=12).map(bytes)
KEYS = st.binary(min_size=32, max_size=32)
MOST_FILTERS = 4  # what a node takes


@cache
def bank() -> Bank:
    """One chain for all examples: each has a program of its own."""
    return Bank(ChainTime(ManualClock()), Journal(None))


def memcmp(offset: int, wanted: bytes, form: str) -> dict[str, Any]:
    compare: dict[str, Any] = {"offset": offset}
    if form == "list":
        compare["bytes"] = list(wanted)
    elif form == "base64":
        compare |= {"bytes": base64.b64encode(wanted).decode(), "encoding": "base64"}
    else:
        compare["bytes"] = base58.b58encode(wanted).decode()
        if form == "base58":
            compare["encoding"] = "base58"
    return {"memcmp": compare}


FILTERS = st.one_of(
    st.builds(lambda size: {"dataSize": size}, st.integers(0, 13)),
    st.builds(
        memcmp,
        st.integers(0, 14),
        DATA.filter(bool),
        st.sampled_from(["list", "base64", "base58", "base58 unsaid"]),
    ),
)


def wanted_of(compare: dict[str, Any]) -> bytes:
    """Read the bytes of a comparison without the code under test."""
    if isinstance(compare["bytes"], list):
        return bytes(compare["bytes"])
    return (base64.b64decode if compare.get("encoding") == "base64" else base58.b58decode)(compare["bytes"])


def passes(data: bytes, entry: dict[str, Any]) -> bool:
    if "dataSize" in entry:
        return len(data) == int(entry["dataSize"])
    offset, wanted = entry["memcmp"]["offset"], wanted_of(entry["memcmp"])
    return all(offset + at < len(data) and data[offset + at] == byte for at, byte in enumerate(wanted))


def put(program: Pubkey, accounts: dict[bytes, bytes]) -> None:
    for key, data in accounts.items():
        bank().vm.set_account(Pubkey.from_bytes(key), Account(10**9, data, program))


def found(program: Pubkey, options: dict[str, Any] | None) -> dict[str, bytes]:
    answer = get_program_accounts(bank(), [str(program), options])
    rows = answer["value"] if isinstance(answer, dict) else answer
    assert len({row["pubkey"] for row in rows}) == len(rows)
    return {row["pubkey"]: base64.b64decode(row["account"]["data"][0]) for row in rows}


@given(
    KEYS,
    st.dictionaries(KEYS, DATA, max_size=8),
    st.dictionaries(KEYS, DATA, max_size=3),
    st.lists(FILTERS, max_size=MOST_FILTERS),
    st.booleans(),
)
def test_filters_find_what_comparing_every_byte_finds(
    seed: bytes,
    mine: dict[bytes, bytes],
    others: dict[bytes, bytes],
    filters: list[dict[str, Any]],
    context: bool,
) -> None:
    program, other = (Pubkey.from_bytes(seed[:31] + mark) for mark in (b"m", b"o"))
    others = {key: data for key, data in others.items() if key not in mine}
    put(program, mine)
    put(other, others)
    try:
        options = {"encoding": "base64", "filters": filters, "withContext": context}
        expected = {
            str(Pubkey.from_bytes(key)): data
            for key, data in mine.items()
            if all(passes(data, entry) for entry in filters)
        }
        event(f"{len(filters)} filters, {'some' if expected else 'no'} hits")
        assert found(program, options) == expected
    finally:
        for key in (*mine, *others):
            bank().vm.set_account(Pubkey.from_bytes(key), Account(0, b"", Pubkey.default()))


@given(KEYS, st.dictionaries(KEYS, DATA, min_size=1, max_size=8), st.data())
def test_an_account_is_found_by_any_part_of_itself(
    seed: bytes, mine: dict[bytes, bytes], data: st.DataObject
) -> None:
    program = Pubkey.from_bytes(seed)
    key = data.draw(st.sampled_from(sorted(mine)))
    whole = mine[key]
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, len(whole)))
    put(program, mine)
    try:
        part = memcmp(begin, whole[begin:end], "base64")
        options = {"encoding": "base64", "filters": [part, {"dataSize": len(whole)}]}
        assert found(program, options)[str(Pubkey.from_bytes(key))] == whole
    finally:
        for gone in mine:
            bank().vm.set_account(Pubkey.from_bytes(gone), Account(0, b"", Pubkey.default()))
