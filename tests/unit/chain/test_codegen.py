"""The generator turns an IDL into modules that say the same, and knows when they are stale."""

import importlib
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.idl import UnknownIdl, load, parse
from codegen.modules import formatted, render_package
from hypernode.chain.addresses import program_data
from hypernode.chain.derivation import derive
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.layout import LayoutError
from hypernode.domain.types import address_bytes, address_of
from hypernode.errors import ProgramError

SAMPLE = Path(__file__).parents[2] / "support" / "idl" / "sample.json"
OWNER = address_of(bytes([7]) * 32)
OTHER = address_of(bytes([8]) * 32)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("generated") / "sample"
    folder.mkdir()
    for name, text in formatted(render_package(load(SAMPLE))).items():
        (folder / name).write_text(text)
    spec = importlib.util.spec_from_file_location(
        "sample", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sample"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample_errors(sample: ModuleType) -> ModuleType:
    return importlib.import_module("sample.errors")


def a_box(sample: ModuleType) -> Any:
    return sample.Box(
        owner=OWNER,
        amount=2**64 - 1,
        opened_at=-1,
        keys=(OWNER, OWNER, OWNER),
        hash=bytes(32),
        colour=sample.Colour.DEEP_BLUE,
        terms=sample.Terms(price=3, days=4),
        shut=True,
    )


def test_an_account_survives_encoding_and_decoding(sample: ModuleType) -> None:
    box = a_box(sample)
    data = box.encode()
    assert len(data) == sample.Box.SIZE == 8 + 32 + 8 + 8 + 96 + 32 + 1 + 10 + 1
    assert sample.Box.decode(data) == box


def test_an_account_is_laid_out_field_by_field_without_padding(sample: ModuleType) -> None:
    data = a_box(sample).encode()
    assert data[:8] == bytes(range(16, 24))
    assert data[8:40] == bytes([7]) * 32
    assert data[40:48] == b"\xff" * 8
    assert data[48:56] == b"\xff" * 8
    assert data[-12:] == bytes([1]) + (3).to_bytes(8, "little") + (4).to_bytes(2, "little") + b"\x01"


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: d + b"\0", lambda d: b"\0" + d[1:]])
def test_an_account_of_other_bytes_is_refused(sample: ModuleType, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(LayoutError):
        sample.Box.decode(damage(a_box(sample).encode()))


def test_a_number_that_is_no_member_of_its_enum_is_refused(sample: ModuleType) -> None:
    data = bytearray(a_box(sample).encode())
    data[-12] = 9
    with pytest.raises(LayoutError, match="9 is not a valid Colour"):
        sample.Box.decode(bytes(data))


def test_an_event_is_decoded_with_its_variable_fields(sample: ModuleType) -> None:
    data = (
        bytes(range(32, 40))
        + bytes([7]) * 32
        + b"\x02\0\0\0hi"
        + b"\x01\x05\0\0\0"
        + b"\x01\0\0\0"
        + b"\x09" * 8
    )
    opened = sample.Opened.decode(data)
    assert opened == sample.Opened(owner=OWNER, note="hi", limit=5, amounts=(0x0909090909090909,))
    assert opened.name == "Opened"


def test_a_builder_lays_out_accounts_and_arguments(sample: ModuleType) -> None:
    built = sample.open(
        owner=OWNER,
        referrer=OTHER,
        label_account=OTHER,
        label=b"abcd",
        keys=[OWNER],
        terms=sample.Terms(price=1, days=2),
    )
    assert built.accounts == (
        AccountMeta(OWNER, signer=True, writable=True),
        AccountMeta(OTHER, writable=True),
        AccountMeta(OTHER),
        AccountMeta(address_of(bytes(32))),
    )
    assert built.data == (
        bytes(range(1, 9)) + b"abcd" + b"\x01\0\0\0" + bytes([7]) * 32 + b"\x01" + bytes(7) + b"\x02\0"
    )


def test_an_absent_optional_account_is_the_program_itself(sample: ModuleType) -> None:
    terms = sample.Terms(price=1, days=2)
    built = sample.open(owner=OWNER, label_account=OWNER, label=b"abcd", keys=[], terms=terms)
    assert built.accounts[1] == AccountMeta(sample.PROGRAM_ID)


def test_an_address_is_derived_from_the_seeds_of_the_idl(sample: ModuleType) -> None:
    shelf = derive(sample.PROGRAM_ID, b"s")[0]
    place = derive(sample.PROGRAM_ID, b"p", bytes([7]) * 32, address_bytes(shelf), b"\x01\x02")
    assert sample.addresses.shelf() == shelf
    assert sample.addresses.place(OWNER, shelf, 0x0201) == place[0]
    assert sample.addresses.find_place(OWNER, shelf, 0x0201) == place
    assert sample.addresses.lid(5) == derive(OWNER, b"\x05" + bytes(7))[0]


def test_a_builder_fills_in_what_can_be_derived(sample: ModuleType) -> None:
    shelf = sample.addresses.shelf()
    built = sample.store(owner=OWNER, lid=OTHER, number=1)
    assert built.accounts == (
        AccountMeta(OWNER, signer=True),
        AccountMeta(OWNER, signer=True, writable=True),
        AccountMeta(shelf),
        AccountMeta(sample.addresses.place(OWNER, shelf, 1)),
        AccountMeta(OTHER),
        AccountMeta(program_data(sample.PROGRAM_ID)),
    )


def test_an_account_that_is_given_replaces_the_derived_one(sample: ModuleType) -> None:
    built = sample.store(owner=OWNER, payer=OTHER, shelf=OTHER, lid=OTHER, number=1)
    assert built.accounts[1].address == built.accounts[2].address == OTHER
    assert built.accounts[3].address == sample.addresses.place(OWNER, OTHER, 1)


def test_an_account_named_by_another_must_be_given(sample: ModuleType) -> None:
    with pytest.raises(TypeError, match="'shelf'"):
        sample.look(owner=OWNER, number=1)
    built = sample.look(owner=OWNER, shelf=OTHER, payer=OTHER, number=1)
    assert built.accounts[2].address == sample.addresses.place(OWNER, OTHER, 1)


def test_two_derivations_of_one_account_are_refused() -> None:
    document = json.loads(SAMPLE.read_text())
    place = document["instructions"][3]["accounts"][2]
    place["pda"] = {"seeds": [{"kind": "const", "value": [1]}]}
    with pytest.raises(UnknownIdl, match="place has two derivations"):
        render_package(parse(document))


def test_a_value_that_does_not_fit_is_refused(sample: ModuleType) -> None:
    with pytest.raises(LayoutError, match="does not fit"):
        sample.Terms(price=2**64, days=0).encode()


def test_an_error_has_a_class_with_its_program_number_and_sentence(sample_errors: ModuleType) -> None:
    error = sample_errors.BY_NUMBER[6000](signature="s", logs=["l"])
    assert isinstance(error, ProgramError)
    assert (error.program, error.number, error.name) == (sample_errors.PROGRAM_ID, 6000, "TooMany")
    assert str(error) == "A box holds at most 3 keys"
    assert (error.code, error.signature, error.logs) == ("TooMany", "s", ("l",))


def test_the_same_idl_gives_the_same_bytes() -> None:
    assert formatted(render_package(load(SAMPLE))) == formatted(render_package(load(SAMPLE)))


def test_an_idl_of_another_spec_is_refused() -> None:
    document = json.loads(SAMPLE.read_text())
    document["metadata"]["spec"] = "0.2.0"
    with pytest.raises(UnknownIdl, match=r"0\.2\.0"):
        parse(document)


def test_a_type_nobody_defined_is_refused() -> None:
    document = json.loads(SAMPLE.read_text())
    document["types"][0]["type"]["fields"][0]["type"] = {"defined": {"name": "Missing"}}
    with pytest.raises(UnknownIdl, match="Missing"):
        render_package(parse(document))


def test_check_fails_until_the_modules_are_written_and_again_when_one_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "__init__.py").touch()
    places = ["--idl", str(SAMPLE.parent), "--out", str(tmp_path / "out")]
    assert main(["--check", *places]) == 1
    assert main(places) == 0
    assert main(["--check", *places]) == 0
    assert (tmp_path / "out" / "sample" / "accounts.py").exists()
    gone = tmp_path / "out" / "sample" / "gone.py"
    gone.write_text("")
    assert main(["--check", *places]) == 1
    assert main(places) == 0
    assert not gone.exists()
