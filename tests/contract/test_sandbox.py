"""The promises of a sandbox, kept by the real engine and by the fake that stands for it."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from hypernode.domain.merkle import EMPTY_ROOT
from hypernode.domain.result import Ending
from hypernode.domain.spec import InputFile, JobSpec
from hypernode.errors import ImageUnavailable
from hypernode_sandbox.fake import FakeSandbox
from hypernode_sandbox.ports import EXIT_TIMED_OUT, LogSink, Sandbox, SandboxResult, SandboxRun
from tests.support.engine import a_docker_sandbox, runtime_image
from tests.support.waiting import until

DATA = b"two lines\nof input\n"
FAKE_IMAGE = "sha256:" + "00" * 32
MISSING_IMAGE = "sha256:" + "11" * 32

# What each job does, as a shell script for the engine and as a function for the fake.
Done = tuple[int, Mapping[str, bytes], bytes]
SCRIPTS: dict[str, tuple[str, Callable[[SandboxRun], Done]]] = {
    "upper": (
        "tr a-z A-Z < /job/in/in.txt > /job/out/out.txt; echo done",
        lambda run: (0, {"out.txt": run.inputs["in.txt"].upper()}, b"done\n"),
    ),
    "fails": ("echo broken >&2; exit 3", lambda run: (3, {}, b"broken\n")),
    "chatty": ("yes x | head -c 5000", lambda run: (0, {}, b"x\n" * 2500)),
    "lasting": (
        "echo begun; echo part > /job/out/part.txt; sleep 30; echo all > /job/out/all.txt",
        lambda run: (0, {"part.txt": b"part\n"}, b"begun\n"),
    ),
    "slow": ("sleep 30", lambda run: (0, {"late.txt": b""}, b"")),
}


class Bench:
    """One kind of sandbox, and how its jobs are said."""

    def __init__(self, make: Callable[[], Sandbox], image: str) -> None:
        self.make, self.image = make, image
        self.sandbox = make()

    def run_of(self, script: str, name: str = "run-1", **changes: object) -> SandboxRun:
        inputs = (InputFile("in.txt", hashlib.sha256(DATA).digest(), len(DATA)),)
        spec = JobSpec(
            **{  # type: ignore[arg-type]
                "image": self.image,
                "command": ("sh", "-c", SCRIPTS[script][0]),
                "inputs": inputs,
                "timeout_seconds": 20,
                **changes,
            }
        )
        return SandboxRun(name, spec, {"in.txt": DATA})

    async def has_begun(self, said: asyncio.Event) -> None:
        """Wait until the run has printed something; the fake prints at its end, and has begun at once."""
        if isinstance(self.sandbox, FakeSandbox):
            fake = self.sandbox
            await until(lambda: bool(fake.runs))
        else:
            await said.wait()


def _fake_work(run: SandboxRun) -> Done:
    for script, work in SCRIPTS.values():
        if run.spec.command[-1] == script:
            return work(run)
    raise AssertionError(run.spec.command)


class _SlowFake(FakeSandbox):
    """The fake, taking longer over the slow job than any job may, and going on with the lasting one."""

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        self._until_stopped = run.spec.command[-1] == SCRIPTS["lasting"][0]
        return await super().run(run, on_log)

    def _seconds_of(self, run: SandboxRun) -> float:
        return 30.0 if run.spec.command[-1] == SCRIPTS["slow"][0] else 1.0


@pytest_asyncio.fixture(params=["fake", pytest.param("docker", marks=pytest.mark.docker)])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    if request.param == "fake":
        fake = _SlowFake(_fake_work, images=frozenset({FAKE_IMAGE}), runtime_image=FAKE_IMAGE)
        yield Bench(lambda: fake, FAKE_IMAGE)
        return
    docker = await a_docker_sandbox(tmp_path / "work")
    made = Bench(lambda: docker, runtime_image())
    yield made
    for name in await docker.names():
        await docker.remove(name)
    await docker.close()


async def test_a_job_reads_its_input_and_leaves_its_output(bench: Bench) -> None:
    result = await bench.sandbox.run(bench.run_of("upper"))
    assert (result.ending, result.exit_code) == (Ending.EXITED, 0)
    assert {output.file.path: output.data for output in result.outputs} == {"out.txt": DATA.upper()}
    assert result.outputs[0].file.sha256 == hashlib.sha256(DATA.upper()).digest()
    assert result.logs == b"done\n"
    assert not result.logs_truncated
    assert result.finished_at >= result.started_at
    assert result.runtime.image == bench.image


async def test_two_runs_agree_on_the_root(bench: Bench) -> None:
    first = await bench.sandbox.run(bench.run_of("upper", "run-1"))
    second = await bench.sandbox.run(bench.run_of("upper", "run-2"))
    assert first.manifest.root == second.manifest.root != EMPTY_ROOT


async def test_a_failing_job_is_a_result_not_an_error(bench: Bench) -> None:
    result = await bench.sandbox.run(bench.run_of("fails"))
    assert (result.ending, result.exit_code, result.outputs) == (Ending.EXITED, 3, ())
    assert result.logs == b"broken\n"


async def test_logs_are_cut_at_their_limit_and_say_so(bench: Bench) -> None:
    result = await bench.sandbox.run(bench.run_of("chatty", max_log_bytes=1024))
    assert len(result.logs) == 1024
    assert result.logs_truncated


async def test_a_job_that_takes_too_long_is_stopped_and_leaves_nothing(bench: Bench) -> None:
    result = await bench.sandbox.run(bench.run_of("slow", timeout_seconds=1))
    assert (result.ending, result.exit_code) == (Ending.TIME, EXIT_TIMED_OUT)
    assert result.manifest.root == EMPTY_ROOT


async def test_a_stopped_run_keeps_what_it_had_written(bench: Bench) -> None:
    begun = asyncio.Event()
    running = asyncio.create_task(bench.sandbox.run(bench.run_of("lasting"), lambda _: begun.set()))
    await bench.has_begun(begun)
    await bench.sandbox.stop("run-1")
    result = await running
    assert result.ending is Ending.STOPPED
    assert {output.file.path: output.data for output in result.outputs} == {"part.txt": b"part\n"}
    assert result.logs == b"begun\n"
    assert result.seconds < 20


async def test_a_stop_before_the_run_ends_it_as_it_begins(bench: Bench) -> None:
    await bench.sandbox.stop("run-1")
    result = await bench.sandbox.run(bench.run_of("lasting"))
    assert result.ending is Ending.STOPPED
    assert result.seconds < 20


async def test_a_run_that_has_ended_keeps_its_own_ending(bench: Bench) -> None:
    await bench.sandbox.run(bench.run_of("fails"))
    await bench.sandbox.stop("run-1")
    again = await bench.sandbox.run(bench.run_of("fails"))
    assert (again.ending, again.exit_code) == (Ending.EXITED, 3)


async def test_a_stop_of_an_unknown_run_is_no_error(bench: Bench) -> None:
    await bench.sandbox.stop("nothing")
    await bench.sandbox.remove("nothing")
    assert await bench.sandbox.names() == []


async def test_a_run_of_the_same_name_is_picked_up_not_repeated(bench: Bench) -> None:
    first = await bench.sandbox.run(bench.run_of("upper"))
    again = await bench.make().run(bench.run_of("upper"))
    assert again.started_at == first.started_at
    assert again.manifest == first.manifest
    assert again.logs == first.logs


async def test_a_removed_run_is_forgotten_and_removing_again_is_no_error(bench: Bench) -> None:
    await bench.sandbox.run(bench.run_of("upper"))
    assert await bench.sandbox.names() == ["run-1"]
    await bench.sandbox.remove("run-1")
    await bench.sandbox.remove("run-1")
    assert await bench.sandbox.names() == []


async def test_an_image_that_is_missing_is_a_typed_error(bench: Bench) -> None:
    assert await bench.sandbox.has_image(bench.image)
    assert not await bench.sandbox.has_image(MISSING_IMAGE)
    with pytest.raises(ImageUnavailable):
        await bench.sandbox.run(bench.run_of("upper", image=MISSING_IMAGE))
