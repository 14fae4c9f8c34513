"""Settings of an oracle; every one has a default that runs on one machine."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from hypernode.config import API_PORT, ORACLE_PORT, RPC_PORT, WS_PORT
from hypernode.domain.draw import MAINNET, Geometry
from hypernode.domain.types import Address

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
    # Where other oracles and workers reach this one. Behind a proxy that speaks TLS the host stays local.
    host: str = "127.0.0.1"
    port: int = Field(default=ORACLE_PORT, ge=0, le=65_535)
    # URL of each oracle of the set by its key, as the cluster description has them; its own is skipped.
    peers: dict[Address, str] = {}
    # More endpoints that are asked for the blocks of a draw. If two differ nothing is signed.
    block_rpc_urls: tuple[str, ...] = ()
    # Groups, slots of a group and distance of the draw: the same for every oracle of a set.
    draw_groups: int = Field(default=MAINNET.groups, ge=1, le=8)
    draw_slots: int = Field(default=MAINNET.slots, ge=1)
    draw_distance: int = Field(default=MAINNET.distance, ge=1)
    # Jobs repeated side by side, each in a container of its own.
    judged_at_once: int = Field(default=JUDGED_AT_ONCE, ge=1, le=64)
    # A missing blob counts against the node only when the verdict is due in fewer seconds than this.
    blob_patience: int = Field(default=10, ge=0)
    waived_runc: frozenset[str] = frozenset()

    @property
    def geometry(self) -> Geometry:
        return Geometry(self.draw_groups, self.draw_slots, self.draw_distance)

    @property
    def journal_path(self) -> Path:
        return self.home / "journal.sqlite"

    @property
    def work(self) -> Path:
        return self.home / "work"
