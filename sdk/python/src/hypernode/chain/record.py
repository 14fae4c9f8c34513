"""Immutable values declared like frozen dataclasses, without the code that a dataclass compiles at import.

The generated client has 110 such classes. `@dataclass(frozen=True)` compiles six functions for each, which
takes 45 ms of CPU in every process; these classes share the functions below. Type checkers, `fields`,
`replace` and `asdict` treat them as dataclasses.
"""

from dataclasses import Field, FrozenInstanceError, fields, make_dataclass
from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform


class _Fields:
    """Build a class's dataclass fields when `fields`, `replace` or `asdict` first asks for them."""

    def __get__(self, instance: object, owner: type["Record"]) -> dict[str, Field[Any]]:
        kinds = get_annotations(owner)
        made = make_dataclass(owner.__name__, [(name, kinds[name]) for name in owner.__match_args__])
        found = {field.name: field for field in fields(made)}
        if found:
            owner.__dataclass_fields__ = found
        return found


@dataclass_transform(frozen_default=True)
class Record:
    """Base of the values; a subclass declares its fields as annotations, and none has a default."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]] = _Fields()  # type: ignore[assignment]
    # Lets a hand-written subclass be a frozen dataclass.
    __dataclass_params__: ClassVar[Any] = vars(make_dataclass("Frozen", (), frozen=True))[
        "__dataclass_params__"
    ]

    def __init_subclass__(cls) -> None:
        # The base classes declare names in capitals, which their subclasses set for the class.
        own = (name for name in get_annotations(cls) if not name.isupper())
        type.__setattr__(cls, "__match_args__", tuple(own))

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        if len(values) + len(named) == len(names):
            given = dict(zip(names, values, strict=False)) | named
            if len(given) == len(names) and all(map(given.__contains__, names)):
                self.__dict__.update(given)
                return
        raise TypeError(f"{type(self).__name__} takes exactly the fields {', '.join(names)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(map(self.__dict__.__getitem__, self.__match_args__)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({values})"
