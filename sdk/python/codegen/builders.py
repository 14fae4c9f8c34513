"""Owns the text of the instruction builders."""

from codegen.idl import AccountSlot, InstructionDefinition
from codegen.lowering import Lowered, Lowering
from codegen.structs import docstring


def render_builder(definition: InstructionDefinition, lowering: Lowering) -> str:
    args = {arg.name: lowering.argument(definition.name, arg.name, arg.type) for arg in definition.args}
    accounts = [(_parameter(slot, args), slot) for slot in definition.accounts]
    parameters = [_account_parameter(name, slot) for name, slot in accounts if slot.address is None]
    parameters += [f"{name}: {_accepted(lowered)}" for name, lowered in args.items()]
    parameters += [_account_parameter(name, slot) for name, slot in accounts if slot.address is not None]
    signature = "*, " + ", ".join(parameters) + "," if parameters else ""
    metas = "".join(f"{_meta(name, slot)}," for name, slot in accounts)
    data = " + ".join(
        [
            f'bytes.fromhex("{definition.discriminator.hex()}")',
            *(lowered.writes(name) for name, lowered in args.items()),
        ]
    )
    return f"""
def {definition.name}({signature}) -> Instruction:
    {docstring(definition.docs, f"Build `{definition.name}`.")}
    return Instruction(PROGRAM_ID, ({metas}), {data})
"""


def render_slots(definitions: tuple[InstructionDefinition, ...]) -> str:
    """Render the names of the accounts, for those who explain or attack an instruction."""
    entries = "".join(
        f'"{definition.name}": ({"".join(f"{slot.name!r}," for slot in definition.accounts)}),'
        for definition in definitions
    )
    return f"\nACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {{{entries}}}\n"


def render_discriminators(definitions: tuple[InstructionDefinition, ...]) -> str:
    entries = "".join(
        f'bytes.fromhex("{definition.discriminator.hex()}"): "{definition.name}",'
        for definition in definitions
    )
    return f"\nINSTRUCTIONS: Final[Mapping[bytes, str]] = {{{entries}}}\n"


def _parameter(slot: AccountSlot, args: dict[str, Lowered]) -> str:
    return f"{slot.name}_account" if slot.name in args else slot.name


def _accepted(lowered: Lowered) -> str:
    """A caller may hand over any sequence where an account gives back a tuple."""
    if lowered.annotation.startswith("tuple["):
        return lowered.annotation.replace("tuple[", "Sequence[", 1).replace(", ...]", "]")
    return lowered.annotation


def _account_parameter(name: str, slot: AccountSlot) -> str:
    if slot.address is not None:
        return f'{name}: Address = Address("{slot.address}")'
    return f"{name}: Address | None = None" if slot.optional else f"{name}: Address"


def _meta(name: str, slot: AccountSlot) -> str:
    """An absent optional account is the program's own address, read-only."""
    if slot.optional:
        return f"absent_or({name}, PROGRAM_ID, signer={slot.signer}, writable={slot.writable})"
    flags = (", signer=True" if slot.signer else "") + (", writable=True" if slot.writable else "")
    return f"AccountMeta({name}{flags})"
