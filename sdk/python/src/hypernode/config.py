"""Settings of a process: the home folder, the default ports, and the cluster file that names a chain."""

import json
import os
from pathlib import Path
from typing import Any, Self

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from hypernode.domain.types import Address, parse_address
from hypernode.errors import ConfigError, InvalidAddress, NoCluster

RPC_PORT = 8899
WS_PORT = 8900
API_PORT = 8700
ORACLE_PORT = 8710
CLUSTER_FILE = "cluster.json"
# The signed description of the cluster that this home joined.
DESCRIPTION_FILE = "cluster-description.json"
PROGRAMS = ("governance", "markets", "rewards", "slashing", "staking")


class Settings(BaseModel):
    """Settings that a process reads from its environment (`HYPERNODE_HOME`, `HYPERNODE_RPC_URL`, …)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("hypernode")))
    rpc_url: str = f"http://127.0.0.1:{RPC_PORT}"
    ws_url: str = f"ws://127.0.0.1:{WS_PORT}"
    api_url: str = f"http://127.0.0.1:{API_PORT}"

    @classmethod
    def from_environment(cls, **given: object) -> Self:
        """Return the settings of the environment; a value that is given replaces one."""
        named = {name: os.environ.get(f"HYPERNODE_{name.upper()}") for name in cls.model_fields}
        return cls.model_validate({name: text for name, text in named.items() if text is not None} | given)

    @property
    def cluster_file(self) -> Path:
        return self.home / CLUSTER_FILE

    @property
    def keys(self) -> Path:
        return self.home / "keys"


class Cluster(BaseModel):
    """Addresses and endpoints of one chain with our programs; `keys` are key files by role."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    rpc_url: str
    ws_url: str
    api_url: str
    mint: Address
    market: Address
    markets_program: Address
    staking_program: Address
    # Files written by earlier versions lack these.
    rewards_program: Address | None = None
    slashing_program: Address | None = None
    governance_program: Address | None = None
    # URL of each oracle by its key.
    oracles: dict[Address, str] = Field(default_factory=dict)
    keys: dict[str, Path] = Field(default_factory=dict)

    @field_validator("mint", "market", *(f"{name}_program" for name in PROGRAMS))
    @classmethod
    def _check_address(cls, text: str | None) -> Address | None:
        try:
            return None if text is None else parse_address(text)
        except InvalidAddress as cause:
            raise ValueError(cause.detail) from cause

    @classmethod
    def load(cls, home: Path) -> Self:
        """Return the cluster of a home folder's cluster.json; relative key paths start in the folder."""
        path = home / CLUSTER_FILE
        try:
            cluster = cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise NoCluster(f"{path} does not exist") from None
        except OSError as cause:
            raise ConfigError(
                f"{path} cannot be read: {cause.strerror}", fix="check its permissions"
            ) from cause
        except ValidationError as cause:
            fault = cause.errors(include_url=False)[0]
            member = ".".join(map(str, fault["loc"])) or "document"
            raise ConfigError(
                f"{path} is not a valid cluster file: {member}: {fault['msg']}",
                fix="restore the file from your copy, or ask the chain's operator for it",
            ) from cause
        return cluster.model_copy(update={"keys": {role: home / key for role, key in cluster.keys.items()}})

    def save(self, home: Path) -> Path:
        """Write cluster.json in one step, because other processes wait for it, and return its path."""
        return write_document(home / CLUSTER_FILE, self.model_dump(mode="json"))

    def key(self, role: str) -> Path:
        """Return the path of the key file of a role."""
        try:
            return self.keys[role]
        except KeyError:
            raise ConfigError(f"this cluster has no key for {role!r}") from None


def write_document(path: Path, document: dict[str, Any]) -> Path:
    """Write a JSON file in one step, because other processes wait for it, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(document, indent=2) + "\n")
    draft.replace(path)
    return path
