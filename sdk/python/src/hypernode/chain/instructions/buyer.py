"""Instructions of a buyer, whose account lies at an address with a seed (`create_with_seed`)."""

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address, GpuVendor


def open_buyer(*, owner: Address, mint: Address, payer: Address | None = None) -> Instruction:
    """Open the account from which a wallet pays its jobs, with its own vault."""
    vault, bump = markets.addresses.find_vault(owner)
    return markets.open_buyer(
        owner=owner,
        payer=payer,
        mint=mint,
        buyer=addresses.buyer(owner),
        vault=vault,
        vault_bump=bump,
    )


def deposit(*, owner: Address, vault: Address, source: Address, amount: int) -> Instruction:
    """Put tokens into the vault that the owner's buyer account names."""
    return markets.deposit(
        owner=owner, buyer=addresses.buyer(owner), vault=vault, source=source, amount=amount
    )


def withdraw(*, owner: Address, vault: Address, destination: Address, amount: int) -> Instruction:
    """Take out tokens that no job has locked."""
    return markets.withdraw(
        owner=owner, buyer=addresses.buyer(owner), vault=vault, destination=destination, amount=amount
    )


def close_buyer(*, owner: Address, vault: Address, payer: Address | None = None) -> Instruction:
    """Close an empty account; `payer` is the wallet that paid its rent and gets it back."""
    return markets.close_buyer(owner=owner, buyer=addresses.buyer(owner), vault=vault, payer=payer)


def create_job(
    *,
    owner: Address,
    market: Address,
    nonce: int,
    spec_hash: bytes,
    rate: int,
    timeout_seconds: int,
    gpu_vendor: GpuVendor = GpuVendor.NONE,
    gpu_count: int = 0,
    min_vram_mib: int = 0,
    payer: Address | None = None,
) -> Instruction:
    """Lock rate times timeout for a job; a used nonce is refused, so a retry cannot post twice."""
    return markets.create_job(
        owner=owner,
        payer=payer,
        market=market,
        buyer=addresses.buyer(owner),
        nonce=nonce,
        spec_hash=spec_hash,
        rate=rate,
        timeout_seconds=timeout_seconds,
        gpu_vendor=gpu_vendor,
        gpu_count=gpu_count,
        min_vram_mib=min_vram_mib,
    )


def cancel_job(*, owner: Address, job: Address, payer: Address | None = None) -> Instruction:
    """Take a job back before a node has it."""
    return markets.cancel_job(owner=owner, buyer=addresses.buyer(owner), job=job, payer=payer)


def accept_job(*, owner: Address, job: Address, account: markets.Job, vault: Address) -> Instruction:
    """Pay a submitted job without a verdict; only in the second half of its late window."""
    return markets.accept_job(
        owner=owner,
        job=job,
        payer=account.payer,
        buyer=addresses.buyer(owner),
        vault=vault,
        node=account.node,
        payout=account.payout,
    )
