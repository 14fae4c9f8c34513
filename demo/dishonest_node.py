"""A dishonest node for the demo: the real worker with a sandbox that changes the output of jobs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from hypernode.domain.receipt import RuntimeInfo
from hypernode_node_client.main import run
from hypernode_node_client.settings import Settings
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import LogSink, Output, Sandbox, SandboxResult, SandboxRun


class Tampering:
    """Run the job, then replace its outputs by other bytes under the same names."""

    def __init__(self, honest: Sandbox) -> None:
        self._honest = honest

    async def check(self) -> RuntimeInfo:
        return await self._honest.check()

    async def has_image(self, image: str) -> bool:
        return await self._honest.has_image(image)

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        result = await self._honest.run(run, on_log)
        forged = tuple(
            Output.of(output.file.path, output.file.mode, b"not what the job made\n")
            for output in result.outputs
        )
        return replace(result, outputs=forged)

    async def stop(self, name: str) -> None:
        await self._honest.stop(name)

    async def remove(self, name: str) -> None:
        await self._honest.remove(name)

    async def names(self) -> list[str]:
        return await self._honest.names()


def main() -> None:
    settings = Settings()  # type: ignore[call-arg]
    asyncio.run(run(settings, Tampering(DockerSandbox(settings.work, waived_runc=settings.waived_runc))))


if __name__ == "__main__":
    main()
