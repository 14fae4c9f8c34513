"""Job specs from the command line: a file, options, or both (options win)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from hypernode.domain.spec import JobSpec
from hypernode.errors import InvalidJobSpec

# Members of a spec without a default, and how to give them.
NEEDED = {
    "image": "name one with its digest: --image NAME@sha256:…, or a --spec FILE",
    "command": "put the command after two dashes: hyper job run --image … -- COMMAND",
}


def draft_spec(
    spec_file: Path | None,
    image: str | None,
    inputs: tuple[str, ...],
    timeout: int | None,
    memory: int | None,
    gpu: str | None,
    argv: tuple[str, ...],
) -> tuple[JobSpec, list[bytes]]:
    """Return the spec and the bytes of its local input files."""
    draft = _read(spec_file) if spec_file is not None else {}
    resources = dict(_member(draft, "resources", dict))
    given = {"image": image, "command": list(argv) or None, "timeout_seconds": timeout}
    draft.update({name: value for name, value in given.items() if value is not None})
    if memory is not None:
        resources["memory_mib"] = memory
    if gpu is not None:
        resources["gpu"] = _gpu(gpu)
    if resources:
        draft["resources"] = resources
    files = [_input(pair) for pair in inputs]
    if files:
        draft["inputs"] = [*_member(draft, "inputs", list), *(document for document, _ in files)]
    for name, fix in NEEDED.items():
        if name not in draft:
            raise InvalidJobSpec(name, "is missing", fix=fix)
    return JobSpec.from_draft(draft), [data for _, data in files]


def _member(draft: dict[str, Any], name: str, kind: type[Any]) -> Any:
    """Return a member that options add to; an absent one is empty."""
    found = draft.get(name, kind())
    if not isinstance(found, kind):
        shape = "an object" if kind is dict else "a list"
        raise InvalidJobSpec(name, f"must be {shape}", fix="docs/spec.md shows one")
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text())
    except OSError as cause:
        raise InvalidJobSpec(
            "spec", f"cannot read {path}: {cause.strerror}", fix="name a JSON file: --spec job.json"
        ) from cause
    except ValueError as cause:
        raise InvalidJobSpec("spec", f"{path} is not JSON: {cause}", fix="docs/spec.md shows one") from cause
    if not isinstance(document, dict):
        raise InvalidJobSpec("spec", f"{path} must hold one JSON object", fix="docs/spec.md shows one")
    return document


def _input(pair: str) -> tuple[dict[str, Any], bytes]:
    name, found, file = pair.partition("=")
    path = Path(file if found else name)
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise InvalidJobSpec(
            "inputs", f"cannot read {path}: {cause.strerror}", fix="use NAME=FILE"
        ) from cause
    target = name if found else path.name
    return {"path": target, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}, data


def _gpu(text: str) -> dict[str, Any]:
    parts = text.split(":")
    try:
        vendor, count, vram = parts[0], int(parts[1]), int(parts[2])
    except (IndexError, ValueError):
        raise InvalidJobSpec(
            "gpu", f"{text!r} is not a GPU request", fix="write vendor:count:vram, nvidia:1:24000"
        ) from None
    return {"vendor": vendor, "count": count, "min_vram_mib": vram}
