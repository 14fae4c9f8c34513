"""Owns the instructions of a node: its operator's (operator) and its worker's."""

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address, GpuVendor


def register_node(
    *,
    operator: Address,
    worker_key: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
    payer: Address | None = None,
) -> Instruction:
    """Register an operator's node; `payout` is a HYPER token account."""
    return markets.register_node(
        operator=operator,
        payer=payer or operator,
        config=addresses.config(),
        node=addresses.node(operator),
        payout=payout,
        worker_key=worker_key,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        vram_mib=vram_mib,
        hardware_hash=hardware_hash,
    )


def update_node(
    *,
    operator: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
) -> Instruction:
    return markets.update_node(
        operator=operator,
        config=addresses.config(),
        node=addresses.node(operator),
        payout=payout,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        vram_mib=vram_mib,
        hardware_hash=hardware_hash,
    )


def set_worker_key(*, operator: Address, worker_key: Address) -> Instruction:
    """Delegate to another worker key; the old one is dead at once."""
    return markets.set_worker_key(operator=operator, node=addresses.node(operator), worker_key=worker_key)


def retire_node(*, operator: Address) -> Instruction:
    return markets.retire_node(operator=operator, node=addresses.node(operator))


def close_node(*, operator: Address, payer: Address | None = None) -> Instruction:
    return markets.close_node(operator=operator, node=addresses.node(operator), payer=payer or operator)


def assign_job(
    *, job: Address, market: Address, matcher: Address, operator: Address, worker_key: Address
) -> Instruction:
    """Give a posted job to a node; the market's matcher and the node's worker both sign."""
    return markets.assign_job(
        worker_key=worker_key,
        matcher=matcher,
        market=market,
        job=job,
        node=addresses.node(operator),
        stake=addresses.stake(operator),
    )


def submit_receipt(
    *,
    job: Address,
    node: Address,
    worker_key: Address,
    exec_hash: bytes,
    output_root: bytes,
    receipt_hash: bytes,
    seconds_used: int,
) -> Instruction:
    return markets.submit_receipt(
        worker_key=worker_key,
        node=node,
        job=job,
        exec_hash=exec_hash,
        output_root=output_root,
        receipt_hash=receipt_hash,
        seconds_used=seconds_used,
    )
