"""Rules of a job specification; each error names the member and its repair."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hypernode.domain.canonical import MAX_SAFE_INTEGER
from hypernode.domain.paths import clash, path_fault
from hypernode.errors import InvalidJobSpec

MIB = 1024 * 1024
GIB = 1024 * MIB
DAY = 86_400

# A spec is read whole by every service: this keeps it one small blob.
MAX_SPEC_BYTES = 256 * 1024
MAX_ARGUMENTS = 1_024
# Linux refuses a single argument or variable above 128 KiB (MAX_ARG_STRLEN).
MAX_TEXT_BYTES = 128 * 1024 - 1
MAX_ENV = 256
MAX_INPUTS = 1_024
MAX_INPUT_BYTES = 64 * GIB
MAX_OUTPUT_BYTES = 64 * GIB
MAX_LOG_BYTES = 64 * MIB
# The longest timeout that a market can allow.
MAX_TIMEOUT_SECONDS = 7 * DAY
NO_NETWORK = "none"

# Lowest values are what a container needs to start at all.
RESOURCE_BOUNDS = {
    "cpu_millis": (10, 1_024_000),
    "memory_mib": (16, 16 * 1024 * 1024),
    "pids": (1, 32_768),
    "tmpfs_mib": (0, 1024 * 1024),
}
MAX_GPUS = 64
MAX_VRAM_MIB = 1024 * 1024

_NAME_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    rf"(?:(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]{{1,5}})?/)?{_NAME_PART}(?:/{_NAME_PART})*@)?sha256:[0-9a-f]{{64}}"
)
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check_image(image: str) -> None:
    if len(image) > 512 or _IMAGE.fullmatch(image) is None:
        raise InvalidJobSpec(
            "image",
            f"{image[:80]!r} does not name one image by its digest",
            fix='write "<name>@sha256:<64 hex>", or a local image id "sha256:<64 hex>"',
        )


def check_command(command: Sequence[str]) -> None:
    if not 1 <= len(command) <= MAX_ARGUMENTS:
        raise InvalidJobSpec("command", f"must have 1 to {MAX_ARGUMENTS} arguments", fix="give a list")
    for index, argument in enumerate(command):
        _check_text(f"command[{index}]", argument)
    if not command[0]:
        raise InvalidJobSpec("command[0]", "must name a program")


def check_workdir(workdir: str) -> None:
    fault = path_fault(workdir[1:]) if workdir.startswith("/") else "must be absolute"
    if fault:
        raise InvalidJobSpec("workdir", fault, fix='use an absolute path such as "/job"')


def check_env(env: Mapping[str, str]) -> None:
    if len(env) > MAX_ENV:
        raise InvalidJobSpec("env", f"must have at most {MAX_ENV} variables")
    for name, value in env.items():
        if _ENV_NAME.fullmatch(name) is None:
            raise InvalidJobSpec(
                f"env.{name}",
                "is not a variable name",
                fix="use letters, digits and _, no digit first",
            )
        _check_text(f"env.{name}", value)


def check_inputs(inputs: Sequence[tuple[str, bytes, int]]) -> None:
    if len(inputs) > MAX_INPUTS:
        raise InvalidJobSpec("inputs", f"must be at most {MAX_INPUTS} files", fix="pack them together")
    for index, (path, sha256, size) in enumerate(inputs):
        fault = path_fault(path)
        if fault:
            raise InvalidJobSpec(f"inputs[{index}].path", fault, fix="name it relative to /job/in")
        if len(sha256) != 32:
            raise InvalidJobSpec(f"inputs[{index}].sha256", "must have 32 bytes")
        _check_range(f"inputs[{index}].size", size, 0, MAX_INPUT_BYTES)
    _check_range("inputs", sum(size for _, _, size in inputs), 0, MAX_INPUT_BYTES)
    twice = clash(path for path, _, _ in inputs)
    if twice is not None:
        raise InvalidJobSpec("inputs", f"{twice!r} occurs twice, or is also a folder", fix="rename one")


def check_resources(resources: Mapping[str, Any]) -> None:
    for name, (low, high) in RESOURCE_BOUNDS.items():
        _check_range(f"resources.{name}", resources[name], low, high)
    gpu = resources["gpu"]
    wanted = gpu["vendor"] != "none"
    _check_range("resources.gpu.count", gpu["count"], int(wanted), MAX_GPUS if wanted else 0)
    _check_range("resources.gpu.min_vram_mib", gpu["min_vram_mib"], 0, MAX_VRAM_MIB if wanted else 0)


def check_bounds(timeout_seconds: int, max_output_bytes: int, max_log_bytes: int, seed: int) -> None:
    _check_range("timeout_seconds", timeout_seconds, 1, MAX_TIMEOUT_SECONDS)
    _check_range("max_output_bytes", max_output_bytes, 0, MAX_OUTPUT_BYTES)
    _check_range("max_log_bytes", max_log_bytes, 0, MAX_LOG_BYTES)
    _check_range("seed", seed, 0, MAX_SAFE_INTEGER)


def check_network(network: str) -> None:
    if network != NO_NETWORK:
        raise InvalidJobSpec("network", f"{network!r} is not offered", fix='use "none" and send inputs')


def check_document_size(size: int) -> None:
    if size > MAX_SPEC_BYTES:
        raise InvalidJobSpec(
            "document",
            f"has {size} bytes, at most {MAX_SPEC_BYTES}",
            fix="move long texts into an input file",
        )


def _check_text(field: str, text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidJobSpec(field, "is not valid Unicode") from None
    if "\0" in text or size > MAX_TEXT_BYTES:
        raise InvalidJobSpec(field, f"must have no NUL and at most {MAX_TEXT_BYTES} bytes")


def _check_range(field: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InvalidJobSpec(field, f"must lie between {low} and {high}, not {value}")
