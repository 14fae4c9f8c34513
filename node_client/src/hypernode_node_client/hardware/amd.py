"""Reader of AMD GPUs from the kernel: a compute node (kfd) and, per card, its memory in MiB."""

from __future__ import annotations

from pathlib import Path

from hypernode.wire.nodes import Gpu

MIB = 1024 * 1024
AMD_VENDOR = "0x1002"


def detect(root: Path = Path("/")) -> list[Gpu]:
    """Return every card of AMD's that can compute; none where the kernel has no kfd. `root` is for tests."""
    if not (root / "dev/kfd").exists():
        return []
    cards = sorted((root / "sys/class/drm").glob("card[0-9]*"))
    found = (_card(card / "device") for card in cards if "-" not in card.name)
    return [gpu for gpu in found if gpu is not None]


def _card(device: Path) -> Gpu | None:
    if _read(device / "vendor") != AMD_VENDOR:
        return None
    vram = _read(device / "mem_info_vram_total")
    if not vram.isdigit():
        return None
    return Gpu(
        vendor="amd",
        model=_read(device / "product_name") or f"AMD {_read(device / 'device')}",
        vram_mib=int(vram) // MIB,
        device=_read(device / "unique_id") or device.resolve().name,
        driver="amdgpu",
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""
