"""Text of the value classes: accounts, events, and the plain types inside them."""

from codegen.idl import Enum, Idl, Struct, UnknownIdl
from codegen.lowering import Lowering


def docstring(docs: tuple[str, ...], otherwise: str) -> str:
    text = "\n    ".join(line.strip() for line in docs).strip() or otherwise
    return f'"""{text}"""'


def render_enum(definition: Enum) -> str:
    members = "\n".join(
        f"    {constant_case(variant)} = {value}" for value, variant in enumerate(definition.variants)
    )
    doc = docstring(definition.docs, f"The program's `{definition.name}`.")
    return f"class {definition.name}(IntEnum):\n    {doc}\n\n{members}\n"


def render_plain(struct: Struct, lowering: Lowering) -> str:
    """Render a struct that exists only inside others."""
    return f"""
class {struct.name}(record.Record):
    {docstring(struct.docs, f"The program's `{struct.name}`.")}

{_fields(struct, lowering)}

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls({_reads(struct, lowering)})

    def encode(self) -> bytes:
        return {_writes(struct, lowering)}
"""


def render_account(idl: Idl, name: str, discriminator: bytes, lowering: Lowering) -> str:
    struct = _struct(idl, name)
    size = lowering.size(struct)
    if size is None:
        raise UnknownIdl(f"account {name} has no fixed size")
    return f'''
class {name}(ProgramAccount):
    {docstring(struct.docs, f"The account `{name}`.")}

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("{discriminator.hex()}")
    SIZE = {size + len(discriminator)}
    PLACES = {{{_places(struct, lowering, len(discriminator))}}}

{_fields(struct, lowering)}

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls({_reads(struct, lowering)})
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + {_writes(struct, lowering)}
'''


def render_event(idl: Idl, name: str, discriminator: bytes, lowering: Lowering) -> str:
    struct = _struct(idl, name)
    return f'''
class {name}(Event):
    {docstring(struct.docs, f"The event `{name}`.")}

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("{discriminator.hex()}")

{_fields(struct, lowering)}

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls({_reads(struct, lowering)})
        read.finish()
        return decoded
'''


def constant_case(name: str) -> str:
    return "".join(f"_{char}" if char.isupper() and at else char for at, char in enumerate(name)).upper()


def _struct(idl: Idl, name: str) -> Struct:
    definition = idl.types.get(name)
    if not isinstance(definition, Struct):
        raise UnknownIdl(f"{name} has no struct in `types`")
    return definition


def _fields(struct: Struct, lowering: Lowering) -> str:
    lines = []
    for field in struct.fields:
        lines += [f"    # {line.strip()}" for line in field.docs if line.strip()]
        lines.append(f"    {field.name}: {lowering.lower(field.type).annotation}")
    return "\n".join(lines)


def _places(struct: Struct, lowering: Lowering, start: int) -> str:
    """Return the offset and the bytes of every field, by which a node filters accounts."""
    places = []
    for field in struct.fields:
        size = lowering.lower(field.type).size or 0
        places.append(f'"{field.name}": ({start}, {size}),')
        start += size
    return "".join(places)


def _reads(struct: Struct, lowering: Lowering) -> str:
    return "".join(f"{field.name}={lowering.lower(field.type).read}," for field in struct.fields)


def _writes(struct: Struct, lowering: Lowering) -> str:
    parts = [lowering.lower(field.type).writes(f"self.{field.name}") for field in struct.fields]
    return "b''.join((" + "".join(f"{part}," for part in parts) + "))"
