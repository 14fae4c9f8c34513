"""Python form of one IDL type: its annotation, the code that reads it and the code that writes it."""

from dataclasses import dataclass
from typing import Any

from codegen.enums import ARGUMENT_ENUMS, domain_enum
from codegen.idl import Alias, Enum, Idl, Struct, UnknownIdl

UNSIGNED = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "u128": 16}
SIGNED = {"i8": 1, "i16": 2, "i32": 4, "i64": 8, "i128": 16}


@dataclass(frozen=True)
class Lowered:
    """`write` holds `{}` where the value stands; `size` is None where it depends on the value."""

    annotation: str
    read: str
    write: str
    size: int | None

    def writes(self, value: str) -> str:
        return self.write.replace("{}", value)


class Lowering:
    """Lower the types of one IDL."""

    def __init__(self, idl: Idl) -> None:
        self._types = idl.types

    def argument(self, instruction: str, name: str, idl_type: Any) -> Lowered:
        """Lower one argument, as its domain enum where it has one."""
        plain = self.lower(idl_type)
        enum = ARGUMENT_ENUMS.get((instruction, name))
        return plain if enum is None else Lowered(enum, plain.read, plain.write, plain.size)

    def lower(self, idl_type: Any) -> Lowered:
        if isinstance(idl_type, str):
            return self._primitive(idl_type)
        ((kind, inner),) = idl_type.items()
        if kind == "array":
            return self._array(*inner)
        if kind == "vec":
            return self._vector(inner)
        if kind == "option":
            return self._option(inner)
        if kind == "defined":
            return self._defined(inner)
        raise UnknownIdl(f"type {idl_type}")

    def _primitive(self, name: str) -> Lowered:
        if name in UNSIGNED:
            size = UNSIGNED[name]
            return Lowered("int", f"read.unsigned({size})", f"layout.unsigned({{}}, {size})", size)
        if name in SIGNED:
            size = SIGNED[name]
            return Lowered("int", f"read.signed({size})", f"layout.signed({{}}, {size})", size)
        others = {
            "bool": Lowered("bool", "read.boolean()", "layout.boolean({})", 1),
            "pubkey": Lowered("Address", "read.address()", "layout.address({})", 32),
            "bytes": Lowered("bytes", "read.blob()", "layout.blob({})", None),
            "string": Lowered("str", "read.text()", "layout.blob({}.encode())", None),
        }
        if name not in others:
            raise UnknownIdl(f"type {name}")
        return others[name]

    def _array(self, inner: Any, length: int) -> Lowered:
        if inner == "u8":
            return Lowered("bytes", f"read.raw({length})", f"layout.raw({{}}, {length})", length)
        element = self.lower(inner)
        return Lowered(
            f"tuple[{element.annotation}, ...]",
            f"tuple({element.read} for _ in range({length}))",
            f"layout.sequence([{element.writes('item')} for item in {{}}], {length})",
            None if element.size is None else element.size * length,
        )

    def _vector(self, inner: Any) -> Lowered:
        if inner == "u8":
            return self._primitive("bytes")
        element = self.lower(inner)
        return Lowered(
            f"tuple[{element.annotation}, ...]",
            f"tuple({element.read} for _ in range(read.unsigned(4)))",
            f"layout.vector([{element.writes('item')} for item in {{}}])",
            None,
        )

    def _option(self, inner: Any) -> Lowered:
        element = self.lower(inner)
        return Lowered(
            f"{element.annotation} | None",
            f"({element.read} if read.boolean() else None)",
            f"(b'\\x00' if {{}} is None else b'\\x01' + {element.writes('{}')})",
            None,
        )

    def _defined(self, inner: dict[str, Any]) -> Lowered:
        name = inner["name"]
        enum = domain_enum(name)
        if enum is not None:
            return Lowered(enum, f"read.member({enum}, 1)", "layout.unsigned({}, 1)", 1)
        definition = self._types.get(name)
        if definition is None or inner.get("generics"):
            raise UnknownIdl(f"type {inner}")
        if isinstance(definition, Alias):
            return self.lower(definition.type)
        if isinstance(definition, Enum):
            return Lowered(name, f"read.member({name}, 1)", "layout.unsigned({}, 1)", 1)
        return Lowered(name, f"{name}.read(read)", "{}.encode()", self.size(definition))

    def size(self, struct: Struct) -> int | None:
        """Return the bytes of a struct without its discriminator, where all its fields are fixed."""
        total = 0
        for field in struct.fields:
            size = self.lower(field.type).size
            if size is None:
                return None
            total += size
        return total
