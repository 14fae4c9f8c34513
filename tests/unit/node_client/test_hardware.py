"""What a machine says of itself: the drivers' figures in whole MiB; without GPUs a node is a node."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hypernode.domain.types import GpuVendor
from hypernode_node_client import hardware
from hypernode_node_client.hardware import amd, nvidia

MIB = 1024 * 1024


class NvmlFault(Exception):
    """The fake library's own error."""


@dataclass
class Card:
    name: str | bytes
    total: int
    uuid: str | bytes
    broken: bool = False


@dataclass
class FakeNvml:
    """Stands in for pynvml."""

    cards: list[Card] = field(default_factory=list)
    installed: bool = True
    answers: bool = True
    version: str | bytes = "580.65.06"
    open: int = 0
    NVMLError: type[Exception] = NvmlFault

    def nvmlInit(self) -> None:
        if not self.installed:
            raise NvmlFault("library not found")
        self.open += 1

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlSystemGetDriverVersion(self) -> str | bytes:
        if not self.answers:
            raise NvmlFault("driver not loaded")
        return self.version

    def nvmlDeviceGetCount(self) -> int:
        return len(self.cards)

    def nvmlDeviceGetHandleByIndex(self, index: int) -> Card:
        return self.cards[index]

    def nvmlDeviceGetName(self, handle: Card) -> str | bytes:
        return handle.name

    def nvmlDeviceGetMemoryInfo(self, handle: Card) -> Any:
        if handle.broken:
            raise NvmlFault("GPU is lost")
        return handle

    def nvmlDeviceGetUUID(self, handle: Card) -> str | bytes:
        return handle.uuid


H200 = Card("NVIDIA H200", 143_771 * MIB, "GPU-aa")


@pytest.mark.parametrize(
    ("total", "mib"),
    [
        (24_576 * MIB, 24_576),
        (24_576 * MIB - 1, 24_575),
        (24_576 * MIB + 1, 24_576),
        (25_769_803_776, 24_576),
        (MIB - 1, 0),
    ],
)
def test_nvidia_memory_is_whole_mib_and_never_rounded_up(total: int, mib: int) -> None:
    (gpu,) = nvidia.detect(FakeNvml([Card("card", total, "GPU-1")]))
    assert gpu.vram_mib == mib


def test_nvidia_cards_are_named_by_uuid_and_the_library_is_closed() -> None:
    library = FakeNvml([H200, Card(b"old driver", 8_192 * MIB, b"GPU-bb")], version=b"390.1")
    found = nvidia.detect(library)
    assert [(gpu.model, gpu.device, gpu.driver) for gpu in found] == [
        ("NVIDIA H200", "GPU-aa", "390.1"),
        ("old driver", "GPU-bb", "390.1"),
    ]
    assert library.open == 0


def test_no_nvidia_driver_is_no_gpu() -> None:
    assert nvidia.detect(FakeNvml([H200], installed=False)) == []


def test_nvidia_driver_that_does_not_answer_is_no_gpu_and_is_closed() -> None:
    library = FakeNvml([H200], answers=False)
    assert nvidia.detect(library) == []
    assert library.open == 0


def test_one_lost_nvidia_card_does_not_hide_the_others() -> None:
    lost = Card("lost", 0, "GPU-lost", broken=True)
    assert [gpu.device for gpu in nvidia.detect(FakeNvml([lost, H200]))] == ["GPU-aa"]


# --- AMD


class Kernel:
    """A file tree as the kernel shows one."""

    def __init__(self, root: Path, kfd: bool = True) -> None:
        self.root = root
        (root / "sys/class/drm").mkdir(parents=True)
        if kfd:
            (root / "dev").mkdir()
            (root / "dev/kfd").touch()

    def card(self, name: str, **files: str) -> None:
        device = self.root / "sys/class/drm" / name / "device"
        device.mkdir(parents=True)
        for file, text in files.items():
            (device / file).write_text(text + "\n")


MI300 = {
    "vendor": "0x1002",
    "device": "0x74a1",
    "mem_info_vram_total": str(196_592 * MIB + 5),
    "product_name": "AMD Instinct MI300X",
    "unique_id": "5c88007d8c6b1f0a",
}


def test_amd_cards_are_read_from_the_kernel(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path)
    kernel.card("card0", **MI300)
    (gpu,) = amd.detect(tmp_path)
    assert (gpu.vendor, gpu.model, gpu.vram_mib, gpu.device, gpu.driver) == (
        "amd",
        "AMD Instinct MI300X",
        196_592,
        "5c88007d8c6b1f0a",
        "amdgpu",
    )


def test_amd_needs_the_compute_node_of_the_kernel(tmp_path: Path) -> None:
    Kernel(tmp_path, kfd=False).card("card0", **MI300)
    assert amd.detect(tmp_path) == []


def test_what_is_not_amds_or_tells_no_memory_is_left_out(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path)
    kernel.card("card0", **{**MI300, "vendor": "0x10de"})
    kernel.card("card1", **{**MI300, "mem_info_vram_total": "unknown"})
    kernel.card("card2", vendor="0x1002")
    kernel.card("card3-DP-1", **MI300)
    assert amd.detect(tmp_path) == []


def test_an_amd_card_without_a_name_is_called_by_its_numbers(tmp_path: Path) -> None:
    Kernel(tmp_path).card("card0", vendor="0x1002", device="0x73bf", mem_info_vram_total=str(16 * MIB))
    (gpu,) = amd.detect(tmp_path)
    assert (gpu.model, gpu.device, gpu.vram_mib) == ("AMD 0x73bf", "device", 16)


# --- the machine


def detect(root: Path, *cards: Card) -> hardware.Machine:
    return hardware.detect(root, nvml=FakeNvml(list(cards)), root=root)


def test_without_gpus_a_node_is_a_cpu_node(tmp_path: Path) -> None:
    machine = detect(tmp_path)
    assert (machine.vendor, machine.gpu_count, machine.vram_mib, machine.devices) == (
        GpuVendor.NONE,
        0,
        0,
        (),
    )
    assert machine.hardware.cpu_millis >= 1_000
    assert machine.hardware.cpu_millis % 1_000 == 0
    assert machine.hardware.memory_mib > 0


def test_a_machine_promises_the_memory_of_its_smallest_gpu(tmp_path: Path) -> None:
    machine = detect(tmp_path, H200, Card("small", 8_192 * MIB, "GPU-small"))
    assert (machine.vendor, machine.gpu_count, machine.vram_mib) == (GpuVendor.NVIDIA, 2, 8_192)
    assert machine.devices == ("GPU-aa", "GPU-small")


def test_amd_is_asked_where_nvidia_has_nothing(tmp_path: Path) -> None:
    Kernel(tmp_path).card("card0", **MI300)
    assert detect(tmp_path).vendor is GpuVendor.AMD
    assert detect(tmp_path, H200).vendor is GpuVendor.NVIDIA


def test_the_disk_of_a_folder_that_is_not_there_yet_is_its_parents(tmp_path: Path) -> None:
    machine = hardware.detect(tmp_path / "not" / "yet", nvml=FakeNvml(), root=tmp_path)
    assert machine.hardware.disk_mib > 0


def test_the_hash_binds_the_machine_but_not_how_full_its_disk_is(tmp_path: Path) -> None:
    machine = detect(tmp_path, H200)

    def hash_with(**changes: Any) -> bytes:
        told = machine.hardware.model_copy(update=changes)
        return hardware.Machine(told, machine.vendor, machine.vram_mib, machine.devices).hardware_hash

    assert hash_with(disk_mib=1) == hash_with(disk_mib=2) == machine.hardware_hash
    others = [
        hash_with(cpu_millis=1),
        hash_with(memory_mib=1),
        hash_with(gpus=[]),
        hash_with(region="eu"),
        machine.hardware_hash,
    ]
    assert len(set(others)) == len(others)
