"""Built programs and their IDL: files and addresses."""

import json
import os
from pathlib import Path
from typing import Any

from hypernode.domain.types import Address
from hypernode.errors import ConfigError

OVERRIDE = "HYPERNODE_ARTIFACTS"
# A link to programs/artifacts in a checkout, the files in a wheel.
SHIPPED = Path(__file__).parents[1] / "artifacts"
NAMES = ("governance", "markets", "rewards", "slashing", "staking")


def artifacts() -> Path:
    """Return the folder with `<program>.so` and `idl/<program>.json`."""
    named = os.environ.get(OVERRIDE)
    place = Path(named) if named else SHIPPED
    if not (place / "idl").is_dir():
        raise ConfigError(
            f"{place} holds no built programs", fix=f"set {OVERRIDE} to a folder that holds them"
        )
    return place


def binary(name: str) -> bytes:
    return (artifacts() / f"{name}.so").read_bytes()


def idl(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((artifacts() / "idl" / f"{name}.json").read_text())
    return document


def program_id(name: str) -> Address:
    return Address(idl(name)["address"])
