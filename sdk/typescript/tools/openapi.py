"""Printer of the marketplace API's OpenAPI document: `python openapi.py`."""

import json
import sys
from unittest.mock import MagicMock

from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.settings import Settings


def document() -> str:
    """Return the document as JSON; it depends on the routes only, so mocks replace chain and database."""
    return json.dumps(create_app(Settings(), MagicMock(), run_loops=False).openapi())


if __name__ == "__main__":
    sys.stdout.write(document())
