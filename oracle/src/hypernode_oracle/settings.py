"""Settings of an oracle; every one has a default that runs on one machine."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from hypernode.config import API_PORT, RPC_PORT, WS_PORT
from hypernode.domain.money import HYPER

# A verdict is mostly a run of the job, which takes the machine; with two, a slow one leaves a place.
JUDGED_AT_ONCE = 2


class Settings(BaseSettings):
    """Read from `HYPERNODE_ORACLE_*`; durations are seconds, amounts base units."""

    model_config = SettingsConfigDict(env_prefix="HYPERNODE_ORACLE_", frozen=True, extra="ignore")

    home: Path
    key: Path
    rpc_url: str = f"http://127.0.0.1:{RPC_PORT}"
    # Without it the oracle polls; with it, it is told.
    ws_url: str | None = f"ws://127.0.0.1:{WS_PORT}"
    api_url: str = f"http://127.0.0.1:{API_PORT}"
    # Never audited less, whatever a market asks for.
    least_audit_bps: int = Field(default=500, ge=500, le=10_000)
    # Jobs worth more are always run again.
    always_audit_above: int = Field(default=100 * HYPER, ge=0)
    # A node's first jobs are always run again.
    newcomer_jobs: int = Field(default=10, ge=0)
    # Submissions judged side by side, each perhaps with a container of its own.
    judged_at_once: int = Field(default=JUDGED_AT_ONCE, ge=1, le=64)
    # A missing blob counts against the node only when the verdict is due in fewer seconds than this.
    blob_patience: int = Field(default=10, ge=0)
    waived_runc: frozenset[str] = frozenset()

    @property
    def journal_path(self) -> Path:
        return self.home / "journal.sqlite"

    @property
    def work(self) -> Path:
        return self.home / "work"
