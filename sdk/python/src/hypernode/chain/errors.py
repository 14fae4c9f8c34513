"""Typed error for a failed transaction, found by program and number.

The same number is a different rule in each program, so the program that failed first is read from the logs.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypernode.chain import addresses
from hypernode.chain.generated.governance import errors as governance
from hypernode.chain.generated.markets import errors as markets
from hypernode.chain.generated.rewards import errors as rewards
from hypernode.chain.generated.slashing import errors as slashing
from hypernode.chain.generated.staking import errors as staking
from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address
from hypernode.errors import ChainError, ProgramError, TransactionFailed

_FAILED = re.compile(r"Program (\w{32,44}) failed: (.*)")
_CUSTOM = re.compile(r"custom program error: 0x([0-9a-f]+)")

# Numbers of the Anchor framework, which are the same in every program.
FRAMEWORK_NAMES: Final[Mapping[int, str]] = {
    2000: "ConstraintMut",
    2001: "ConstraintHasOne",
    2003: "ConstraintRaw",
    2005: "ConstraintRentExempt",
    2007: "ConstraintExecutable",
    2011: "ConstraintClose",
    2012: "ConstraintAddress",
    2013: "ConstraintZero",
    2019: "ConstraintSpace",
    2020: "ConstraintAccountIsNone",
    2040: "ConstraintDuplicateMutableAccount",
    2500: "RequireViolated",
    2501: "RequireEqViolated",
    2502: "RequireKeysEqViolated",
    2503: "RequireNeqViolated",
    2504: "RequireKeysNeqViolated",
    2505: "RequireGtViolated",
    2506: "RequireGteViolated",
}
TOKEN_NAMES: Final[Mapping[int, str]] = {
    0: "NotRentExempt",
    1: "InsufficientFunds",
    2: "InvalidMint",
    3: "MintMismatch",
    4: "OwnerMismatch",
    5: "FixedSupply",
    6: "AlreadyInUse",
    9: "UninitializedState",
    11: "NonNativeHasBalance",
    13: "InvalidState",
    14: "Overflow",
    17: "AccountFrozen",
}
SYSTEM_NAMES: Final[Mapping[int, str]] = {
    0: "AccountAlreadyInUse",
    1: "ResultWithNegativeLamports",
    3: "InvalidAccountDataLength",
    4: "MaxSeedLengthExceeded",
    5: "AddressWithSeedMismatch",
}
PRECOMPILE_NAMES: Final[Mapping[int, str]] = {
    0: "InvalidPublicKey",
    1: "InvalidRecoveryId",
    2: "InvalidSignature",
    3: "InvalidDataOffsets",
    4: "InvalidInstructionDataSize",
}
_NATIVE_NAMES: Final[Mapping[Address, Mapping[int, str]]] = {
    addresses.TOKEN_PROGRAM: TOKEN_NAMES,
    addresses.SYSTEM_PROGRAM: SYSTEM_NAMES,
    addresses.ED25519_PROGRAM: PRECOMPILE_NAMES,
}
_REFUSALS: Final[Mapping[Address, Mapping[int, type[Refusal]]]] = {
    errors.PROGRAM_ID: errors.BY_NUMBER for errors in (governance, markets, rewards, slashing, staking)
}


class TransactionExpired(TransactionFailed):
    """The block hash of a transaction expired before it landed; the transaction cannot land any more."""


class LogsTruncated(ChainError):
    """The runtime cut the logs of a transaction, so events may be missing: read the accounts instead."""


class FrameworkError(ProgramError):
    """A check of the Anchor framework failed before the program's own code ran; `name` is the check."""


class NativeError(ProgramError):
    """A native program (token, system, Ed25519) refused; `name` is the reason."""


class RuntimeRefusal(ProgramError):
    """A failure without a number; `name` is the runtime's word for it, such as `InvalidSeeds`."""


def transaction_error(
    error: Any, programs: Sequence[Address], logs: Sequence[str], signature: str | None = None
) -> TransactionFailed:
    """Return the typed error for the `err` of JSON-RPC; `programs` names the program of each instruction."""
    if not (isinstance(error, dict) and "InstructionError" in error):
        return TransactionFailed(_plain(error), signature=signature, logs=logs)
    index, cause = error["InstructionError"]
    outer = programs[index] if index < len(programs) else Address("unknown")
    if isinstance(cause, dict) and "Custom" in cause:
        number = int(cause["Custom"])
        return _numbered(_origin(outer, number, logs), number, logs, signature)
    name = cause if isinstance(cause, str) else next(iter(cause))
    return RuntimeRefusal(outer, 0, name, signature=signature, logs=logs)


def _numbered(program: Address, number: int, logs: Sequence[str], signature: str | None) -> ProgramError:
    own = _REFUSALS.get(program, {}).get(number)
    if own is not None:
        return own(signature=signature, logs=logs)
    native = _NATIVE_NAMES.get(program)
    if native is not None:
        name = native.get(number, f"Custom{number}")
        return NativeError(program, number, name, signature=signature, logs=logs)
    name = FRAMEWORK_NAMES.get(number, f"Custom{number}")
    return FrameworkError(program, number, name, signature=signature, logs=logs)


def _origin(outer: Address, number: int, logs: Sequence[str]) -> Address:
    """Return the innermost program that failed, or the outer one where the numbers differ."""
    for line in logs:
        failed = _FAILED.fullmatch(line)
        if failed:
            custom = _CUSTOM.fullmatch(failed[2])
            return Address(failed[1]) if custom and int(custom[1], 16) == number else outer
    return outer


def _plain(error: Any) -> str:
    return error if isinstance(error, str) else str(next(iter(error), error))
