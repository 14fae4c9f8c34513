"""A record behaves as the frozen dataclass that type checkers take it for."""

from copy import deepcopy
from dataclasses import FrozenInstanceError, asdict, dataclass, fields, replace

import pytest

from hypernode.chain.record import Record


class Point(Record):
    x: int
    y: int


class Length(Record):
    x: int
    y: int


class Base(Record):
    """A base without fields."""


@dataclass(frozen=True)
class Named(Base):
    name: str
    size: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "NAME", self.name.upper())


def test_a_subclass_may_be_a_frozen_dataclass() -> None:
    assert Named("a") == Named("a", 1) != Named("b")
    assert replace(Named("a"), size=2) == Named("a", 2)
    assert vars(Named("a"))["NAME"] == "A"
    with pytest.raises(FrozenInstanceError):
        Named("a").size = 3  # type: ignore[misc]


def test_fields_are_given_by_place_or_by_name() -> None:
    assert Point(1, 2) == Point(1, y=2) == Point(y=2, x=1)
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"


@pytest.mark.parametrize("given", [{}, {"x": 1}, {"x": 1, "z": 2}, {"x": 1, "y": 2, "z": 3}])
def test_every_field_must_be_given_and_nothing_else(given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="exactly the fields x, y"):
        Point(**given)


def test_a_field_cannot_be_given_twice() -> None:
    with pytest.raises(TypeError):
        Point(1, x=2)  # type: ignore[call-arg, misc]


def test_equality_and_hash_are_by_type_and_value() -> None:
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Length(1, 2)
    assert len({Point(1, 2), Point(x=1, y=2), Point(2, 1)}) == 2


def test_no_field_can_be_set_or_deleted() -> None:
    point = Point(1, 2)
    with pytest.raises(FrozenInstanceError):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x


def test_dataclass_functions_work() -> None:
    assert [(field.name, field.type) for field in fields(Point)] == [("x", int), ("y", int)]
    assert replace(Point(1, 2), y=5) == Point(1, 5)
    assert asdict(Point(1, 2)) == {"x": 1, "y": 2}
    assert deepcopy(Point(1, 2)) == Point(1, 2)
    assert fields(Record) == ()


def test_a_record_matches_by_place() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
