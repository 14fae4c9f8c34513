"""Settings of the API; every value has a default that runs on one machine."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from hypernode.domain.draw import MAINNET, Geometry
from hypernode.domain.types import Address


class Settings(BaseSettings):
    """Read from `HYPERNODE_API_*`; durations are seconds, sizes bytes."""

    model_config = SettingsConfigDict(env_prefix="HYPERNODE_API_", frozen=True, extra="ignore")

    database_url: str = "sqlite+aiosqlite:///hypernode.db"
    blobs_url: str = "memory://"
    rpc_url: str = "http://127.0.0.1:8899"
    ws_url: str | None = None
    # Without Redis, each replica counts rate limits and leases alone.
    redis_url: str | None = None
    # This key assigns the jobs of the markets that name it.
    matcher_key: Path | None = None
    default_market: str | None = None
    # This key signs the cluster description; without it none is published.
    cluster_key: Path | None = None
    # URL of each oracle by its key, for the description.
    oracles: dict[Address, str] = {}
    cluster_name: str = Field(default="hypernode", pattern=r"^[ -~]{1,64}$")
    # The draw of this cluster's oracles, as their own settings have it.
    draw_groups: int = Field(default=MAINNET.groups, ge=1, le=8)
    draw_slots: int = Field(default=MAINNET.slots, ge=1)
    draw_distance: int = Field(default=MAINNET.distance, ge=1)

    index_batch: int = Field(default=200, ge=1, le=1000)

    heartbeat_seconds: int = Field(default=5, ge=1)
    suspect_seconds: int = Field(default=15, ge=1)
    offline_seconds: int = Field(default=60, ge=1)

    # An offer waits this long for an answer; its lease keeps other nodes from being asked a little longer.
    accept_seconds: int = Field(default=10, ge=1)
    lease_seconds: int = Field(default=15, ge=1)
    # An assignment transaction dies with its block hash, 150 slots after it was built.
    assign_seconds: int = Field(default=60, ge=1)
    # A slot is 400 ms: the matcher looks once a slot for changes that other replicas made.
    match_interval: float = Field(default=0.4, gt=0)

    # Requests a second, and how many at once after a pause; blobs and heartbeats included.
    rate_per_address: float = Field(default=100.0, gt=0)
    rate_per_key: float = Field(default=50.0, gt=0)
    rate_burst: int = Field(default=400, ge=1)

    max_blob_bytes: int = Field(default=256 * 1024 * 1024, ge=1024)
    max_log_buffer_bytes: int = Field(default=256 * 1024, ge=1024)
    signature_skew_seconds: int = Field(default=60, ge=1)

    @property
    def geometry(self) -> Geometry:
        return Geometry(self.draw_groups, self.draw_slots, self.draw_distance)
