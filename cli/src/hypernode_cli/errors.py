"""Errors of the command line itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from hypernode.errors import ConfigError

# The distributions of the extra `up`; `node` brings the first two.
_OPTIONAL = (
    "hypernode_node_client",
    "hypernode_sandbox",
    "hypernode_localnet",
    "hypernode_marketplace_api",
    "hypernode_oracle",
)


class KeyUnusable(ConfigError):
    """A key file exists but holds no readable key."""


class ExtraMissing(ConfigError):
    """A command needs packages that an extra of hypernode-cli installs."""

    @classmethod
    def of(cls, error: ModuleNotFoundError, arguments: Sequence[str]) -> Self:
        """Return the error for a package that is absent; raise `error` again if no extra brings it."""
        package = (error.name or "").partition(".")[0]
        if package not in _OPTIONAL:
            raise error
        extra = "node" if arguments[:1] == ["node"] and package in _OPTIONAL[:2] else "up"
        return cls(
            f"this command needs {package.replace('_', '-')}, which is not installed",
            fix=f"uv tool install 'hypernode-cli[{extra}]'",
        )
