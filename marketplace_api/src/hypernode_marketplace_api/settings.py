"""Owns what an operator may set of the API: every value has a default that runs on one machine."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from `HYPERNODE_API_*`; durations are seconds, sizes bytes."""

    model_config = SettingsConfigDict(env_prefix="HYPERNODE_API_", frozen=True, extra="ignore")

    database_url: str = "sqlite+aiosqlite:///hypernode.db"
    blobs_url: str = "memory://"
    rpc_url: str = "http://127.0.0.1:8899"
    ws_url: str | None = None
    # Without Redis, leases live in this process: right for one API process, wrong for two.
    redis_url: str | None = None
    # Whoever holds this key decides who may take the jobs of the markets that name it.
    matcher_key: Path | None = None
    default_market: str | None = None

    # A slot is 400 ms: polling faster finds nothing new.
    index_interval: float = Field(default=0.4, gt=0)
    index_batch: int = Field(default=200, ge=1, le=1000)

    heartbeat_seconds: int = Field(default=5, ge=1)
    suspect_seconds: int = Field(default=15, ge=1)
    offline_seconds: int = Field(default=60, ge=1)

    # How long an offer waits for an answer, and how much longer nobody else may be asked after it.
    accept_seconds: int = Field(default=10, ge=1)
    lease_seconds: int = Field(default=15, ge=1)
    # An assignment transaction dies with its block hash, 150 slots after it was built.
    assign_seconds: int = Field(default=60, ge=1)
    match_interval: float = Field(default=0.4, gt=0)

    # Requests a second, and how many at once after a pause; blobs and heartbeats included.
    rate_per_address: float = Field(default=100.0, gt=0)
    rate_per_key: float = Field(default=50.0, gt=0)
    rate_burst: int = Field(default=400, ge=1)

    max_blob_bytes: int = Field(default=256 * 1024 * 1024, ge=1024)
    max_log_buffer_bytes: int = Field(default=256 * 1024, ge=1024)
    signature_skew_seconds: int = Field(default=60, ge=1)
