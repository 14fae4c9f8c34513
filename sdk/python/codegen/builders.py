"""Text of the instruction builders."""

from codegen.derivations import Slots
from codegen.idl import AccountSlot, InstructionDefinition, Pda
from codegen.lowering import Lowered, Lowering
from codegen.structs import docstring


def render_builder(definition: InstructionDefinition, derived: dict[str, Pda], lowering: Lowering) -> str:
    """Render one builder; it takes what cannot be derived, and any other account to put in place of one."""
    slots = Slots(definition, derived)
    args = {arg.name: lowering.argument(definition.name, arg.name, arg.type) for arg in definition.args}
    accounts = [_account_parameter(slots, slot) for slot in definition.accounts]
    parameters = [text for text in accounts if "=" not in text]
    parameters += [f"{name}: {_accepted(lowered)}" for name, lowered in args.items()]
    parameters += [text for text in accounts if "=" in text]
    signature = "*, " + ", ".join(parameters) + "," if parameters else ""
    metas = "".join(f"{_meta(slots, slot)}," for slot in definition.accounts)
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
    """Render the names of the accounts, for callers that explain or attack an instruction."""
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


def _accepted(lowered: Lowered) -> str:
    """Return the annotation of an argument, which may be any sequence where an account holds a tuple."""
    if lowered.annotation.startswith("tuple["):
        return lowered.annotation.replace("tuple[", "Sequence[", 1).replace(", ...]", "]")
    return lowered.annotation


def _account_parameter(slots: Slots, slot: AccountSlot) -> str:
    name = slots.parameter(slot)
    if slot.address is not None:
        return f'{name}: Address = Address("{slot.address}")'
    required = not slot.optional and slots.default(slot) is None
    return f"{name}: Address" if required else f"{name}: Address | None = None"


def _meta(slots: Slots, slot: AccountSlot) -> str:
    """Return the account's slot; an absent optional account is the program's own address, read-only."""
    value = slots.value(slot)
    if slot.optional:
        return f"absent_or({value}, PROGRAM_ID, signer={slot.signer}, writable={slot.writable})"
    flags = (", signer=True" if slot.signer else "") + (", writable=True" if slot.writable else "")
    return f"AccountMeta({value}{flags})"
