import ast
import inspect
import re
from pathlib import Path

import pytest

from hypernode import errors
from hypernode.errors import (
    ApiError,
    ChainError,
    DomainError,
    HypernodeError,
    InvalidJobSpec,
    ProgramError,
    TransactionFailed,
)

TREE = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__]


@pytest.mark.parametrize("cls", TREE)
def test_every_error_is_in_the_one_tree_and_in_its_drawing(cls):
    assert issubclass(cls, HypernodeError)
    assert cls.__name__ in (errors.__doc__ or "")


def test_code_is_the_name_of_the_class():
    assert DomainError("broken").code == "DomainError"
    assert str(DomainError()) == "DomainError"


def test_a_fix_goes_with_the_sentence():
    error = InvalidJobSpec("image", "has no digest", fix="add one")
    assert (str(error), error.field, error.fix) == ("image: has no digest", "image", "add one")


def test_a_program_error_is_named_by_the_program():
    error = ProgramError("markets", 6_001, "JobNotPosted", logs=["log"], signature="5x")
    assert isinstance(error, TransactionFailed)
    assert isinstance(error, ChainError)
    assert (error.code, error.program, error.number) == ("JobNotPosted", "markets", 6_001)
    assert (error.logs, error.signature) == (("log",), "5x")
    assert "JobNotPosted" in str(error)


def test_an_api_error_keeps_the_name_that_the_service_gave():
    error = ApiError(409, "JobAlreadyAssigned", "it has a node")
    assert (error.code, error.status, str(error)) == ("JobAlreadyAssigned", 409, "it has a node")


def test_no_text_of_the_sdk_names_a_command_of_the_cli() -> None:
    """`fix_for` of the CLI adds the commands; a program that embeds the SDK has no `hyper`."""
    command = re.compile(r"\bhyper [a-z]|--[a-z]")
    found = [
        f"{path.name}:{node.lineno}: {node.value}"
        for path in Path(errors.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and command.search(node.value)
    ]
    assert [text for text in found if "--new-buffer-authority" not in text] == []
