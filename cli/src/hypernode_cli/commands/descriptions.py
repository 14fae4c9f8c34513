"""Files of the CLI's documents: the stored cluster description, and JSON that is read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypernode.chain.keys import verify
from hypernode.config import DESCRIPTION_FILE, write_document
from hypernode.domain.canonical import parse_json
from hypernode.domain.cluster import SignedCluster
from hypernode.errors import ConfigError, InvalidDocument
from hypernode_cli.context import Context


class NoDescription(ConfigError):
    """The home folder has no cluster description."""


def description_path(context: Context) -> Path:
    return context.home / DESCRIPTION_FILE


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object of a file; refuse one that names a member twice."""
    try:
        return parse_json(path.read_bytes())
    except InvalidDocument as fault:
        raise InvalidDocument(str(path), fault.detail, fix="get the file again") from fault


def load_description(context: Context, path: Path | None) -> SignedCluster:
    """Return the description in a file, or the one that `hyper join` stored; its signature is checked."""
    chosen = path or description_path(context)
    if path is None and not chosen.exists():
        raise NoDescription(f"{chosen} does not exist", fix="hyper join URL, or name a file with --cluster")
    return SignedCluster.from_document(read_json(chosen), verify)


def save_description(context: Context, signed: SignedCluster) -> Path:
    """Write the description in one step, and return its path."""
    return write_document(description_path(context), signed.to_document())
