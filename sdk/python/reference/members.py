"""Public members of a class, and the text of their types."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from hypernode.client import connection, economy, governance, slashing, staker, treasury

# Modules that the facade imports only for its types.
_LATE = [connection, economy, governance, slashing, staker, treasury]
TypeText = Callable[[Any], str]


@dataclass(frozen=True)
class Member:
    """One public method or property. `kind` is "method", "class method" or "property"."""

    name: str
    kind: str
    call: Callable[..., Any]

    @property
    def doc(self) -> str:
        return inspect.getdoc(self.call) or ""

    @property
    def hints(self) -> dict[str, Any]:
        """The types by parameter, and "return"; an iterator or a manager is what a caller gets."""
        late = {name: found for module in _LATE for name, found in vars(module).items()}
        own = inspect.unwrap(self.call)
        found = typing.get_type_hints(own, {**late, **own.__globals__})
        if hasattr(self.call, "__wrapped__"):
            found["return"] = types.GenericAlias(
                AbstractAsyncContextManager, typing.get_args(found["return"])
            )
        return found

    @property
    def is_coroutine(self) -> bool:
        return inspect.iscoroutinefunction(self.call)

    def parameters(self, text: TypeText) -> str:
        """Return the parameter list as source text, without self or cls."""
        hints, written, star = self.hints, [], False
        for parameter in list(inspect.signature(inspect.unwrap(self.call)).parameters.values())[1:]:
            if parameter.kind is parameter.KEYWORD_ONLY and not star:
                written.append("*")
                star = True
            mark = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
            hint = hints[parameter.name]
            default = "" if parameter.default is parameter.empty else f" = {_value(parameter.default, hint)}"
            written.append(f"{mark}{parameter.name}: {text(hint)}{default}")
        return ", ".join(written)


def members(owner: type[Any]) -> list[Member]:
    """Return the public methods and properties of a class and its own bases, in the order of the source."""
    found: dict[str, Member] = {}
    for kind in reversed(owner.__mro__):
        if not kind.__module__.startswith("hypernode."):
            continue
        for name, value in vars(kind).items():
            if not name.startswith("_") and (member := _member(name, value)) is not None:
                found[name] = member
    return list(found.values())


def fields(owner: type[Any]) -> dict[str, Any]:
    """Return the types of a class's public fields."""
    if typing.is_typeddict(owner):
        return typing.get_type_hints(owner)
    names = getattr(owner, "__dataclass_fields__", None) or getattr(owner, "model_fields", None) or {}
    hints = typing.get_type_hints(owner)
    return {name: hints[name] for name in names}


def short(found: Any) -> str:
    """Write a type as people read it: the names alone."""
    return write(found, lambda kind: str(kind.__name__))


def write(found: Any, name: Callable[[Any], str]) -> str:
    """Write a type; `name` writes each class."""
    origin, arguments = typing.get_origin(found), typing.get_args(found)
    if found is None or found is type(None):
        return "None"
    if found is Ellipsis:
        return "..."
    if isinstance(found, list):
        return f"[{', '.join(write(item, name) for item in found)}]"
    if origin in (typing.Union, types.UnionType):
        return " | ".join(write(item, name) for item in arguments)
    if origin is typing.Annotated:
        return write(arguments[0], name)
    if origin is typing.Literal:
        return f"Literal[{', '.join(map(repr, arguments))}]"
    if origin is typing.Unpack:
        return f"Unpack[{write(arguments[0], name)}]"
    if origin is not None:
        return f"{name(origin)}[{', '.join(write(item, name) for item in arguments)}]"
    return name(found)


def _member(name: str, value: Any) -> Member | None:
    if isinstance(value, property) and value.fget is not None:
        return Member(name, "property", value.fget)
    if hasattr(value, "attrname") and hasattr(value, "func"):
        return Member(name, "property", value.func)
    if isinstance(value, classmethod):
        return Member(name, "class method", value.__func__)
    return Member(name, "method", value) if inspect.isfunction(value) else None


def _value(default: Any, hint: Any) -> str:
    """Write a default that is a plain value; "..." stands for a constant such as a program's address."""
    plain = isinstance(default, int | str | tuple) or default is None
    return repr(default) if plain and not isinstance(hint, typing.NewType) else "..."
