"""A node for the demo that can get no image: the real worker with a sandbox that runs nothing."""

from __future__ import annotations

import asyncio

from hypernode.errors import ImageUnavailable
from hypernode_node_client.main import run
from hypernode_node_client.settings import Settings
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import LogSink, SandboxResult, SandboxRun


class WithoutImages(DockerSandbox):
    """Say that the image is there, and fail to start it: its layers were lost after the offer."""

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        raise ImageUnavailable(f"{run.spec.image} cannot be read")


def main() -> None:
    settings = Settings()  # type: ignore[call-arg]
    asyncio.run(run(settings, WithoutImages(settings.work, waived_runc=settings.waived_runc)))


if __name__ == "__main__":
    main()
