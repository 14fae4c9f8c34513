"""Runs inside the container under test: tries every way out it knows and prints what happened as JSON."""

import ctypes
import json
import os
import socket
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, CLONE_NEWNS, PTRACE_TRACEME_OTHER = 0x10000000, 0x20000, 16


def write(path):
    with open(path, "w") as file:
        file.write("1")


def call(number, *args):
    """Make a raw system call; a refusal raises as it would in C."""
    ctypes.set_errno(0)
    if libc.syscall(number, *args) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def connect(host, port):
    socket.create_connection((host, port), timeout=1).close()


def raw_socket():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


def packet_socket():
    socket.socket(17, socket.SOCK_RAW, 0)


def setuid_root():
    os.setuid(0)


def fork_bomb():
    children = []
    try:
        for _ in range(1000):
            child = os.fork()
            if child == 0:
                libc.pause()
                os._exit(0)
            children.append(child)
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)


def fill(path, size):
    with open(path, "wb") as file:
        for _ in range(size):
            file.write(b"\0" * 1024 * 1024)
        file.flush()
        os.fsync(file.fileno())


def many_files():
    for number in range(200_000):
        os.close(os.open(f"/job/out/f{number}", os.O_CREAT))


def run_from_tmp():
    with open("/tmp/tool", "w") as file:
        file.write("#!/bin/sh\necho out\n")
    os.chmod("/tmp/tool", 0o755)
    subprocess.run(["/tmp/tool"], check=True)


def sees_host_processes():
    if sum(name.isdigit() for name in os.listdir("/proc")) < 20:
        raise OSError("only our own processes")


def has_capability():
    with open("/proc/self/status") as status:
        line = next(row for row in status if row.startswith("CapEff"))
    if int(line.split()[1], 16) == 0:
        raise OSError("none")


def other_network():
    names = [name for _, name in socket.if_nameindex()]
    if names == ["lo"]:
        raise OSError("loopback only")


def is_root():
    if os.getuid() != 0:
        raise OSError("not root")


def device(path):
    """Read one byte; a masked file opens and is empty."""
    with open(path, "rb") as file:
        if not file.read(1):
            raise OSError("empty")


def find_setuid_gain():
    done = subprocess.run(["su", "-c", "id -u"], capture_output=True, input=b"", timeout=5)
    if done.returncode != 0:
        raise OSError("refused")


PROBES = {
    "write_root_filesystem": lambda: write("/escape"),
    "write_etc_passwd": lambda: write("/etc/passwd"),
    "write_inputs": lambda: write("/job/in/in.txt"),
    "write_proc_sysrq": lambda: write("/proc/sysrq-trigger"),
    "write_core_pattern": lambda: write("/proc/sys/kernel/core_pattern"),
    "write_sys_kernel": lambda: write("/sys/kernel/uevent_helper"),
    "write_cgroup_release_agent": lambda: write("/sys/fs/cgroup/memory/release_agent"),
    "read_kernel_memory": lambda: device("/proc/kcore"),
    "read_keys": lambda: device("/proc/keys"),
    "read_host_disk": lambda: device("/dev/sda"),
    "read_first_disk": lambda: device("/dev/vda"),
    "read_memory_device": lambda: device("/dev/mem"),
    "docker_socket": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "mount_tmpfs": lambda: call(165, b"none", b"/tmp", b"tmpfs", 0, None),
    "unshare_user_namespace": lambda: call(272, CLONE_NEWUSER),
    "unshare_mount_namespace": lambda: call(272, CLONE_NEWNS),
    "clone_user_namespace": lambda: call(56, CLONE_NEWUSER | 17, 0, 0, 0, 0),
    "setns": lambda: call(308, os.open("/proc/1/ns/mnt", os.O_RDONLY), 0),
    "ptrace_parent": lambda: call(101, PTRACE_TRACEME_OTHER, 1, 0, 0),
    "chroot": lambda: os.chroot("/tmp"),
    "pivot_root": lambda: call(155, b"/tmp", b"/tmp"),
    "load_module": lambda: call(175, b"", 0, b""),
    "bpf": lambda: call(321, 0, None, 0),
    "perf_event_open": lambda: call(298, None, 0, -1, -1, 0),
    "userfaultfd": lambda: call(323, 0),
    "io_uring": lambda: call(425, 1, None),
    "keyctl": lambda: call(250, 0, -3, 1),
    "reboot": lambda: call(169, 0xFEE1DEAD, 672274793, 0, None),
    "set_host_time": lambda: call(227, 0, ctypes.byref((ctypes.c_long * 2)(0, 0))),
    "raw_socket": raw_socket,
    "packet_socket": packet_socket,
    "metadata_service": lambda: connect("169.254.169.254", 80),
    "private_network": lambda: connect("172.17.0.1", 22),
    "public_network": lambda: connect("192.0.2.1", 443),
    "another_interface": other_network,
    "become_root": setuid_root,
    "already_root": is_root,
    "capabilities": has_capability,
    "setuid_program": find_setuid_gain,
    "make_device": lambda: os.mknod("/job/out/disk", 0o60600, os.makedev(8, 0)),
    "host_processes": sees_host_processes,
    "run_from_tmp": run_from_tmp,
    "fill_tmp": lambda: fill("/tmp/big", 4096),
    "fill_outputs": lambda: fill("/job/out/big", 4096),
    "many_output_files": many_files,
    "fork_bomb": fork_bomb,
}


def main():
    report = {}
    for name in sys.argv[1:] or PROBES:
        try:
            PROBES[name]()
        except BaseException as refusal:
            report[name] = {"blocked": True, "how": f"{type(refusal).__name__}: {refusal}"}
        else:
            report[name] = {"blocked": False, "how": "went through"}
        for leftover in ("/tmp/big", "/job/out/big"):
            if os.path.exists(leftover):
                os.unlink(leftover)
    sys.stdout.write(json.dumps(report) + "\n")


main()
