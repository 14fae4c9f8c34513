"""Owns the instructions of a node: its operator's (authority) and its agent's."""

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address, GpuVendor


def register_node(
    *,
    authority: Address,
    agent: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
    payer: Address | None = None,
) -> Instruction:
    """Register an operator's node; `payout` is a HYPER token account."""
    return markets.register_node(
        authority=authority,
        payer=payer or authority,
        config=addresses.config(),
        node=addresses.node(authority),
        payout=payout,
        agent=agent,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        vram_mib=vram_mib,
        hardware_hash=hardware_hash,
    )


def update_node(
    *,
    authority: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
) -> Instruction:
    return markets.update_node(
        authority=authority,
        config=addresses.config(),
        node=addresses.node(authority),
        payout=payout,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        vram_mib=vram_mib,
        hardware_hash=hardware_hash,
    )


def set_node_agent(*, authority: Address, agent: Address) -> Instruction:
    """Delegate to another agent key; the old one is dead at once."""
    return markets.set_node_agent(authority=authority, node=addresses.node(authority), agent=agent)


def retire_node(*, authority: Address) -> Instruction:
    return markets.retire_node(authority=authority, node=addresses.node(authority))


def close_node(*, authority: Address, payer: Address | None = None) -> Instruction:
    return markets.close_node(authority=authority, node=addresses.node(authority), payer=payer or authority)


def assign_job(
    *, job: Address, market: Address, matcher: Address, node_authority: Address, agent: Address
) -> Instruction:
    """Give a posted job to a node; the market's matcher and the node's agent both sign."""
    return markets.assign_job(
        agent=agent,
        matcher=matcher,
        market=market,
        job=job,
        node=addresses.node(node_authority),
        stake=addresses.stake(node_authority),
    )


def submit_receipt(
    *,
    job: Address,
    node: Address,
    agent: Address,
    exec_hash: bytes,
    output_root: bytes,
    receipt_hash: bytes,
    seconds_used: int,
) -> Instruction:
    return markets.submit_receipt(
        agent=agent,
        node=node,
        job=job,
        exec_hash=exec_hash,
        output_root=output_root,
        receipt_hash=receipt_hash,
        seconds_used=seconds_used,
    )
