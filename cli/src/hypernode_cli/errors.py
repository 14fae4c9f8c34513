"""Errors of the command line itself."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Self

from hypernode.errors import ConfigError, DomainError

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


class LeftRunning(DomainError):
    """The command was interrupted, and what it posted goes on."""


class OutputsNotSaved(DomainError):
    """The job was paid, but its outputs could not be written."""


class ExtraMissing(ConfigError):
    """A command needs packages that an extra of hypernode-cli installs."""

    @classmethod
    def check(cls, arguments: Sequence[str]) -> None:
        """Raise this error if a package of the extra `up` is absent, before anything is started."""
        for package in _OPTIONAL:
            if find_spec(package) is None:
                raise cls.of(ModuleNotFoundError(name=package), arguments)

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
