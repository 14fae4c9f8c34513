"""The public TypeScript client, unchanged, in Node.js: its own test run must pass."""

import asyncio
import hashlib
import os
import shutil
from pathlib import Path

import pytest

from hypernode_localnet.service import Localnet, Options

KIT = Path(__file__).parent / "kit"
INSTALL_SECONDS = 180


async def installed() -> Path:
    """Install what the lock file pins, once, outside the checkout, and put the test beside it."""
    lock = (KIT / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "hypernode" / f"kit-{hashlib.sha256(lock).hexdigest()[:16]}"
    _copy(folder)
    if not _complete(folder):
        process = await asyncio.create_subprocess_exec(
            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder
        )
        assert await process.wait() == 0, "npm ci failed"
        (folder / "installed").touch()
    return folder


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "kit.test.mjs"):
        shutil.copy(KIT / name, folder / name)


def _complete(folder: Path) -> bool:
    return (folder / "installed").exists()


@pytest.mark.node
@pytest.mark.timeout(INSTALL_SECONDS + 60)
async def test_the_typescript_client_works_unchanged() -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: make test installs it")
    folder = await installed()
    async with Localnet(Options()) as net:
        process = await asyncio.create_subprocess_exec(
            *(
                "node",
                "--test",
                "--test-timeout=20000",
                "--test-force-exit",
                "--test-reporter=tap",
                "kit.test.mjs",
            ),
            cwd=folder,
            env={**os.environ, "RPC_URL": net.rpc_url, "WS_URL": net.ws_url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
    report = output.decode()
    assert process.returncode == 0, report
    assert "# pass 6" in report, report
