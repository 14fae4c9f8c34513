"""Addresses that a program's accounts are derived at, as functions and as defaults of the builders.

An account of one name has one derivation in a program: an instruction that repeats the account without its
seeds gets the same default, if the seeds are among its own accounts and arguments. Two conventions of our
programs are not in the IDL: `payer` defaults to the first signer, and `program_data` is the loader's account.
"""

from dataclasses import dataclass
from typing import Any

from codegen.idl import AccountSlot, Idl, InstructionDefinition, Pda, Seed, UnknownIdl
from codegen.lowering import Lowering
from hypernode.domain.types import address_bytes, address_of

LOADER = address_bytes("BPFLoaderUpgradeab1e11111111111111111111111")


def derivations(idl: Idl) -> dict[str, Pda]:
    """Return the derivation of every account that has one, by the account's name."""
    found: dict[str, Pda] = {}
    for definition in idl.instructions:
        for slot in definition.accounts:
            pda = _program_data(idl) if slot.name == "program_data" else slot.pda
            if pda is not None and found.setdefault(slot.name, pda) != pda:
                raise UnknownIdl(f"{slot.name} has two derivations")
    return found


def _program_data(idl: Idl) -> Pda:
    return Pda((Seed(address_bytes(idl.address)),), LOADER)


def render_addresses(idl: Idl, lowering: Lowering) -> str:
    functions = [_function(idl, name, pda, lowering) for name, pda in derivations(idl).items()]
    return "\n".join([f'\nPROGRAM_ID: Final = Address("{idl.address}")\n', *functions])


def _function(idl: Idl, name: str, pda: Pda, lowering: Lowering) -> str:
    program = "PROGRAM_ID" if pda.program is None else f'Address("{address_of(pda.program)}")'
    call = f"derive({', '.join([program, *(_bytes(idl, seed, lowering) for seed in pda.seeds)])})"
    named = [seed for seed in pda.seeds if seed.value is None]
    if not named:
        return f"\ndef {name}() -> Address:\n    return {call}[0]\n"
    parameters = ", ".join(f"{seed.name}: {lowering.lower(seed.type).annotation}" for seed in named)
    passed = ", ".join(seed.name for seed in named)
    return f'''
def find_{name}({parameters}) -> tuple[Address, int]:
    """Return the address and its bump."""
    return {call}


def {name}({parameters}) -> Address:
    return find_{name}({passed})[0]
'''


def _bytes(idl: Idl, seed: Seed, lowering: Lowering) -> str:
    if seed.value == address_bytes(idl.address):
        return "layout.address(PROGRAM_ID)"
    if seed.value is not None:
        return repr(seed.value)
    lowered = lowering.lower(seed.type)
    if lowered.size is None:
        raise UnknownIdl(f"seed {seed.name} of type {seed.type}")
    return lowered.writes(seed.name)


@dataclass(frozen=True)
class Slots:
    """The accounts of one instruction as parameters and as expressions."""

    definition: InstructionDefinition
    derived: dict[str, Pda]

    def parameter(self, slot: AccountSlot) -> str:
        """Return the parameter's name; an argument keeps the plain name."""
        return f"{slot.name}_account" if slot.name in self._args() else slot.name

    def default(self, slot: AccountSlot) -> str | None:
        """Return the expression for an account that the caller leaves out; None where he must give it."""
        if slot.address is not None or slot.optional:
            return None
        if slot.name == "payer":
            signers = [other for other in self.definition.accounts if other.signer and other is not slot]
            return self.value(signers[0]) if signers else None
        pda = slot.pda or (None if slot.related else self.derived.get(slot.name))
        if pda is None:
            return None
        values = [self._seed(slot, seed) for seed in pda.seeds if seed.value is None]
        given = [value for value in values if value is not None]
        return f"addresses.{slot.name}({', '.join(given)})" if len(given) == len(values) else None

    def value(self, slot: AccountSlot) -> str:
        default = self.default(slot)
        return self.parameter(slot) if default is None else f"{self.parameter(slot)} or {default}"

    def _seed(self, slot: AccountSlot, seed: Seed) -> str | None:
        if not seed.account:
            return seed.name if seed.name in self._args() else None
        others = {other.name: other for other in self.definition.accounts if other is not slot}
        return self.value(others[seed.name]) if seed.name in others else None

    def _args(self) -> dict[str, Any]:
        return {arg.name: arg.type for arg in self.definition.args}
