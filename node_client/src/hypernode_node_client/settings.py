"""Settings of a node; every one has a default that runs on one machine."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from hypernode.config import API_PORT, RPC_PORT
from hypernode.domain.types import Address

VERSION = "0.1.0"


class Settings(BaseSettings):
    """Read from `HYPERNODE_NODE_*`; the home folder holds the journal and the work of running jobs."""

    model_config = SettingsConfigDict(env_prefix="HYPERNODE_NODE_", frozen=True, extra="ignore")

    home: Path
    worker_key: Path
    operator: str
    rpc_url: str = f"http://127.0.0.1:{RPC_PORT}"
    api_url: str = f"http://127.0.0.1:{API_PORT}"
    # URL of each oracle by its key, as the cluster description has them: the worker serves them its evidence.
    oracles: dict[Address, str] = {}
    # Room for evidence whose verdict is known; what waits for one is always kept.
    evidence_mib: int = Field(default=20 * 1024, ge=0)
    # Jobs at once; the stake's capacity tier bounds it too, on chain.
    slots: int = Field(default=1, ge=1, le=64)
    # Least base units a second the node works for.
    ask: int = Field(default=0, ge=0)
    region: str = ""
    # Exact runc versions this operator vouches for (docs/node-isolation.md).
    waived_runc: frozenset[str] = frozenset()

    @property
    def journal_path(self) -> Path:
        return self.home / "journal.sqlite"

    @property
    def shelf_path(self) -> Path:
        return self.home / "evidence"

    @property
    def work(self) -> Path:
        return self.home / "work"

    @property
    def node_ws_url(self) -> str:
        return self.api_url.rstrip("/").replace("http", "ws", 1) + "/v1/nodes/ws"
