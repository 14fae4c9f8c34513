"""Fixture of the SDK's tests: a cluster whose programs obey a DAO."""

from __future__ import annotations

import pytest

from tests.integration.client.stage import Stage


@pytest.fixture
async def stage() -> Stage:
    made = Stage()
    await made.bootstrap()
    return made
