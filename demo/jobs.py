"""Jobs of the demo: a rendering, a long one to interrupt, an endless one to stop, one no node can run."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from hypernode.domain.spec import GpuRequest, InputFile, JobSpec, Resources
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import GpuVendor

FOLDER = Path(__file__).parent / "job"
# Seconds: the node is killed in this time, and the demo waits for it.
LONG_SECONDS = 5
LONG_TIMEOUT = 9
ENDLESS_TIMEOUT = 600
HUGE_VRAM_MIB = 1_000_000

_LONG = (
    "import pathlib, time\n"
    f"for second in range({LONG_SECONDS}):\n"
    "    print('second', second, flush=True)\n"
    "    time.sleep(1)\n"
    "pathlib.Path('/job/out/done.txt').write_text('all seconds counted\\n')\n"
)


_ENDLESS = (
    "import pathlib, signal, sys, time\n"
    "kept = pathlib.Path('/job/out/best.txt')\n"
    "kept.write_text('the best so far\\n')\n"
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit())\n"
    "print('searching', flush=True)\n"
    "time.sleep(600)\n"
)


def rendering(image: str) -> tuple[JobSpec, list[bytes]]:
    """Render a scene file to twelve PNG frames and an animation."""
    files = [(name, (FOLDER / name).read_bytes()) for name in ("render.py", "scene.json")]
    spec = JobSpec(
        image=image,
        command=("python3", "/job/in/render.py"),
        inputs=tuple(InputFile(name, hashlib.sha256(data).digest(), len(data)) for name, data in files),
        timeout_seconds=60,
        determinism=DeterminismClass.D1,
    )
    return spec, [data for _, data in files]


def long_running(image: str) -> tuple[JobSpec, list[bytes]]:
    spec = JobSpec(image=image, command=("python3", "-c", _LONG), timeout_seconds=LONG_TIMEOUT)
    return spec, []


def endless(image: str) -> tuple[JobSpec, list[bytes]]:
    """Search for ten minutes; what was found so far is in a file."""
    return JobSpec(image=image, command=("python3", "-c", _ENDLESS), timeout_seconds=ENDLESS_TIMEOUT), []


def impossible(image: str) -> tuple[JobSpec, list[bytes]]:
    """Ask for more video memory than any GPU has."""
    gpu = GpuRequest(GpuVendor.NVIDIA, 1, HUGE_VRAM_MIB)
    spec, _ = long_running(image)
    return replace(spec, resources=Resources(gpu=gpu)), []
