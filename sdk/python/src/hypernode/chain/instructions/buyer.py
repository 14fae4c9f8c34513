"""Owns the instructions of a buyer."""

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address, GpuVendor


def open_buyer(*, owner: Address, mint: Address, payer: Address | None = None) -> Instruction:
    """Open the account from which a wallet pays its jobs, with a vault of its own."""
    return markets.open_buyer(
        owner=owner,
        payer=payer or owner,
        config=addresses.config(),
        mint=mint,
        buyer=addresses.buyer(owner),
        vault=addresses.buyer_vault(owner),
        vault_bump=addresses.buyer_vault_bump(owner),
    )


def deposit(*, owner: Address, vault: Address, source: Address, amount: int) -> Instruction:
    """Put tokens into the owner's vault, which its buyer account names."""
    return markets.deposit(
        owner=owner,
        buyer=addresses.buyer(owner),
        vault=vault,
        source=source,
        amount=amount,
    )


def withdraw(*, owner: Address, vault: Address, destination: Address, amount: int) -> Instruction:
    """Take tokens out that no job has locked."""
    return markets.withdraw(
        owner=owner,
        buyer=addresses.buyer(owner),
        vault=vault,
        destination=destination,
        amount=amount,
    )


def close_buyer(*, owner: Address, vault: Address, payer: Address | None = None) -> Instruction:
    """Close an empty account; `payer` is who paid its rent and gets it back."""
    return markets.close_buyer(
        owner=owner,
        buyer=addresses.buyer(owner),
        vault=vault,
        payer=payer or owner,
    )


def create_job(
    *,
    owner: Address,
    market: Address,
    nonce: int,
    spec_hash: bytes,
    cap: int,
    rate: int,
    timeout_seconds: int,
    gpu_vendor: GpuVendor = GpuVendor.NONE,
    gpu_count: int = 0,
    min_vram_mib: int = 0,
    payer: Address | None = None,
) -> Instruction:
    """Lock `cap` for a job; the same nonce again is refused, so a retry cannot post twice."""
    return markets.create_job(
        owner=owner,
        payer=payer or owner,
        config=addresses.config(),
        market=market,
        buyer=addresses.buyer(owner),
        job=addresses.job(owner, nonce),
        nonce=nonce,
        spec_hash=spec_hash,
        cap=cap,
        rate=rate,
        timeout_seconds=timeout_seconds,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        min_vram_mib=min_vram_mib,
    )


def cancel_job(*, owner: Address, job: Address, payer: Address | None = None) -> Instruction:
    """Take a job back while no node has it."""
    return markets.cancel_job(owner=owner, buyer=addresses.buyer(owner), job=job, payer=payer or owner)
