"""Owns where the built programs and their IDL lie, and under which addresses they run."""

import json
import os
from pathlib import Path
from typing import Any

from hypernode.domain.types import Address
from hypernode.errors import ConfigError

OVERRIDE = "HYPERNODE_ARTIFACTS"
NAMES = ("governance", "markets", "rewards", "slashing", "staking")

# A checkout has them beside the package; a wheel has them inside it.
_PLACES = (
    Path(__file__).parents[2] / "programs" / "artifacts",
    Path(__file__).parents[1] / "artifacts",
)


def artifacts() -> Path:
    """Return the folder with `<program>.so` and `idl/<program>.json`."""
    named = os.environ.get(OVERRIDE)
    for place in (Path(named),) if named else _PLACES:
        if (place / "idl").is_dir():
            return place
    raise ConfigError(
        f"no built programs in {named or 'the package'}",
        fix=f"run `make programs`, or point {OVERRIDE} at a folder that holds them",
    )


def binary(name: str) -> bytes:
    return (artifacts() / f"{name}.so").read_bytes()


def idl(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((artifacts() / "idl" / f"{name}.json").read_text())
    return document


def program_id(name: str) -> Address:
    return Address(idl(name)["address"])
