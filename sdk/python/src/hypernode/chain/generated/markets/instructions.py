"""Instructions of the markets program. Written by `make generate`."""

from collections.abc import Mapping, Sequence
from typing import Final

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction, absent_or
from hypernode.domain.status import (
    DeclineReason,
)
from hypernode.domain.types import Address, GpuVendor

from . import addresses
from .addresses import PROGRAM_ID
from .types import DecisionArgs, MarketTerms


def init_config(
    *,
    authority: Address,
    mint: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    cluster: bytes,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
    min_rate: int,
    threshold: int,
    oracles: Sequence[Address],
    config: Address | None = None,
    oracle_set: Address | None = None,
    program_data: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and the oracle set, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(oracle_set or addresses.oracle_set(), writable=True),
            AccountMeta(mint),
            AccountMeta(treasury),
            AccountMeta(stakers),
            AccountMeta(operations),
            AccountMeta(program_data or addresses.program_data()),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7")
        + layout.raw(cluster, 32)
        + layout.unsigned(protocol_bps, 2)
        + layout.unsigned(stakers_bps, 2)
        + layout.unsigned(operations_bps, 2)
        + layout.unsigned(min_rate, 8)
        + layout.unsigned(threshold, 1)
        + layout.vector([layout.address(item) for item in oracles]),
    )


def propose_authority(
    *,
    authority: Address,
    new_authority: Address,
    config: Address | None = None,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    config: Address | None = None,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def set_fees(
    *,
    authority: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
    config: Address | None = None,
) -> Instruction:
    """Set the fee shares of future jobs and the destinations of all fees."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(treasury),
            AccountMeta(stakers),
            AccountMeta(operations),
        ),
        bytes.fromhex("89b2313a00f5f2be")
        + layout.unsigned(protocol_bps, 2)
        + layout.unsigned(stakers_bps, 2)
        + layout.unsigned(operations_bps, 2),
    )


def set_min_rate(
    *,
    authority: Address,
    min_rate: int,
    config: Address | None = None,
) -> Instruction:
    """Set the least rate of new jobs, in base units a second. Posted jobs keep theirs."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("4c174316ddfdc9d4") + layout.unsigned(min_rate, 8),
    )


def set_pause(
    *,
    authority: Address,
    flags: int,
    config: Address | None = None,
) -> Instruction:
    """Set the pause flags: bit 0 stops new jobs, bit 1 new nodes. Refunds and withdrawals cannot be paused."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("3f209a0238674f2d") + layout.unsigned(flags, 1),
    )


def rotate_oracles(
    *,
    authority: Address,
    threshold: int,
    oracles: Sequence[Address],
    config: Address | None = None,
    oracle_set: Address | None = None,
) -> Instruction:
    """Replace the oracle keys and start the next epoch. Attestations of the old epoch become invalid at once."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(oracle_set or addresses.oracle_set(), writable=True),
        ),
        bytes.fromhex("17757182b9eb5912")
        + layout.unsigned(threshold, 1)
        + layout.vector([layout.address(item) for item in oracles]),
    )


def create_market(
    *,
    creator: Address,
    matcher: Address,
    market_id: bytes,
    terms: MarketTerms,
    payer: Address | None = None,
    config: Address | None = None,
    market: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create a market. Any wallet may call this; the market's matcher signs too."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(matcher, signer=True),
            AccountMeta(payer or creator, signer=True, writable=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(market or addresses.market(creator, market_id), writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("67e261ebc8bcfbfe") + layout.raw(market_id, 32) + terms.encode(),
    )


def update_market(
    *,
    creator: Address,
    matcher: Address,
    market: Address,
    terms: MarketTerms,
) -> Instruction:
    """Change a market's terms. Existing jobs keep their prices, times and attempts. The matcher signs too."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(matcher, signer=True),
            AccountMeta(market, writable=True),
        ),
        bytes.fromhex("992702c5b332c7d9") + terms.encode(),
    )


def close_market(
    *,
    creator: Address,
    market: Address,
    payer: Address | None = None,
) -> Instruction:
    """Close a market. Its posted jobs can only be cancelled or expire; its other jobs continue."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(creator, signer=True),
            AccountMeta(market, writable=True),
            AccountMeta(payer or creator, writable=True),
        ),
        bytes.fromhex("589af8ba300e7bf4"),
    )


def register_node(
    *,
    operator: Address,
    payout: Address,
    worker_key: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
    payer: Address | None = None,
    config: Address | None = None,
    node: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Register the operator's node."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(payer or operator, signer=True, writable=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(node or addresses.node(operator), writable=True),
            AccountMeta(payout),
            AccountMeta(system_program),
        ),
        bytes.fromhex("66557572c2bcd3a8")
        + layout.address(worker_key)
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(vram_mib, 4)
        + layout.raw(hardware_hash, 32),
    )


def update_node(
    *,
    operator: Address,
    payout: Address,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    vram_mib: int,
    hardware_hash: bytes,
    config: Address | None = None,
    node: Address | None = None,
) -> Instruction:
    """Change a node's hardware and payout account. Jobs that it has taken keep the account of their assignment."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(node or addresses.node(operator), writable=True),
            AccountMeta(payout),
        ),
        bytes.fromhex("0d41f666655b622b")
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(vram_mib, 4)
        + layout.raw(hardware_hash, 32),
    )


def set_worker_key(
    *,
    operator: Address,
    worker_key: Address,
    node: Address | None = None,
) -> Instruction:
    """Replace the node's worker key. The old key can only finish the jobs that it took."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node or addresses.node(operator), writable=True),
        ),
        bytes.fromhex("fc14099aabd24b2d") + layout.address(worker_key),
    )


def retire_node(
    *,
    operator: Address,
    node: Address | None = None,
) -> Instruction:
    """Retire the node: it takes no more jobs, and its current jobs continue."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node or addresses.node(operator), writable=True),
        ),
        bytes.fromhex("c42fc94792020d91"),
    )


def close_node(
    *,
    operator: Address,
    node: Address | None = None,
    payer: Address | None = None,
) -> Instruction:
    """Close a node that has been retired for 14 days and has no jobs."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(operator, signer=True),
            AccountMeta(node or addresses.node(operator), writable=True),
            AccountMeta(payer or operator, writable=True),
        ),
        bytes.fromhex("133de845f787ff6b"),
    )


def open_buyer(
    *,
    owner: Address,
    mint: Address,
    buyer: Address,
    vault_bump: int,
    payer: Address | None = None,
    config: Address | None = None,
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Open the signer's buyer account and its vault, from which the wallet pays its jobs."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer or owner, signer=True, writable=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(mint),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault or addresses.vault(owner), writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("1f39be620a20f738") + layout.unsigned(vault_bump, 1),
    )


def deposit(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    source: Address,
    amount: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Deposit tokens into the vault."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("f223c68952e1f2b6") + layout.unsigned(amount, 8),
    )


def withdraw(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    destination: Address,
    amount: int,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Withdraw available tokens. The largest u64 withdraws all of them."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b712469c946da122") + layout.unsigned(amount, 8),
    )


def close_buyer(
    *,
    owner: Address,
    buyer: Address,
    vault: Address,
    payer: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Close an empty buyer account and its vault."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(payer or owner, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("b3d27c08cc0c534b"),
    )


def create_job(
    *,
    owner: Address,
    market: Address,
    buyer: Address,
    nonce: int,
    spec_hash: bytes,
    rate: int,
    timeout_seconds: int,
    gpu_vendor: GpuVendor,
    gpu_count: int,
    min_vram_mib: int,
    payer: Address | None = None,
    config: Address | None = None,
    job: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Post a job and lock its cap, the rate times the timeout. The same nonce is refused while that job exists."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(payer or owner, signer=True, writable=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(market),
            AccountMeta(buyer, writable=True),
            AccountMeta(job or addresses.job(owner, nonce), writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("b282d96e641b5277")
        + layout.unsigned(nonce, 8)
        + layout.raw(spec_hash, 32)
        + layout.unsigned(rate, 8)
        + layout.unsigned(timeout_seconds, 4)
        + layout.unsigned(gpu_vendor, 1)
        + layout.unsigned(gpu_count, 1)
        + layout.unsigned(min_vram_mib, 4),
    )


def cancel_job(
    *,
    owner: Address,
    buyer: Address,
    job: Address,
    payer: Address | None = None,
) -> Instruction:
    """Cancel a posted job and unlock its cap."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(job, writable=True),
            AccountMeta(payer or owner, writable=True),
        ),
        bytes.fromhex("7ef19bf132ec5376"),
    )


def assign_job(
    *,
    worker_key: Address,
    matcher: Address,
    market: Address,
    job: Address,
    node: Address,
    stake: Address,
    oracle_set: Address | None = None,
) -> Instruction:
    """Assign a posted job to a node. The market's matcher and the node's worker both sign."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(worker_key, signer=True),
            AccountMeta(matcher, signer=True),
            AccountMeta(market),
            AccountMeta(oracle_set or addresses.oracle_set()),
            AccountMeta(job, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(stake),
        ),
        bytes.fromhex("25eb690dc43af80a"),
    )


def decline_job(
    *,
    worker_key: Address,
    job: Address,
    node: Address,
    buyer: Address,
    reason: DeclineReason,
    payer: Address | None = None,
) -> Instruction:
    """Give an assigned job back. Within the start allowance that uses up no attempt; later it counts as a timeout,
    and the last attempt refunds the buyer."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(worker_key, signer=True),
            AccountMeta(job, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(payer or worker_key, writable=True),
        ),
        bytes.fromhex("c1cc828f91117352") + layout.unsigned(reason, 1),
    )


def submit_receipt(
    *,
    worker_key: Address,
    job: Address,
    receipt_hash: bytes,
    seconds_used: int,
) -> Instruction:
    """Submit the receipt of a run: its hash and the seconds used. Its result stays sealed until the verdict."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(worker_key, signer=True),
            AccountMeta(job, writable=True),
        ),
        bytes.fromhex("ac547723c39ad6b0") + layout.raw(receipt_hash, 32) + layout.unsigned(seconds_used, 4),
    )


def settle_job(
    *,
    job: Address,
    payer: Address,
    buyer: Address,
    vault: Address,
    node: Address,
    payout: Address,
    draw_id: bytes,
    decision: DecisionArgs,
    oracle_set: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Settle a submitted job by an attested decision: verdict 1 pays the node, 2 refunds the buyer. Any wallet may
    call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(oracle_set or addresses.oracle_set()),
            AccountMeta(job, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(payout, writable=True),
            AccountMeta(token_program),
            AccountMeta(instructions),
        ),
        bytes.fromhex("f69bdd22a846ad48") + layout.raw(draw_id, 8) + decision.encode(),
    )


def accept_job(
    *,
    owner: Address,
    job: Address,
    buyer: Address,
    vault: Address,
    node: Address,
    payout: Address,
    payer: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay a submitted job without a verdict. Only its buyer may, in the second half of the late window."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(owner, signer=True),
            AccountMeta(job, writable=True),
            AccountMeta(payer or owner, writable=True),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(payout, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("2bc97c0113bd600a"),
    )


def expire_job(
    *,
    job: Address,
    payer: Address,
    buyer: Address,
    node: Address | None = None,
) -> Instruction:
    """End a job, or post it again, when its current deadline is over. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(job, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(buyer, writable=True),
            absent_or(node, PROGRAM_ID, signer=False, writable=True),
        ),
        bytes.fromhex("7f0577fad6ff66a8"),
    )


def close_outcome(
    *,
    closer: Address,
    job: Address,
    node: Address,
    payer: Address | None = None,
) -> Instruction:
    """Close a rejected or finally timed-out job: as the slashing program makes the report, or by anyone 30 days later."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(closer, signer=True),
            AccountMeta(job, writable=True),
            AccountMeta(payer or closer, writable=True),
            AccountMeta(node, writable=True),
        ),
        bytes.fromhex("4a29fb875de7b06f"),
    )


def collect_fees(
    *,
    buyer: Address,
    vault: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    config: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay the fees booked in one buyer account to the fee destinations. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(buyer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(treasury, writable=True),
            AccountMeta(stakers, writable=True),
            AccountMeta(operations, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("a498cf631eba13b6"),
    )


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("89b2313a00f5f2be"): "set_fees",
    bytes.fromhex("4c174316ddfdc9d4"): "set_min_rate",
    bytes.fromhex("3f209a0238674f2d"): "set_pause",
    bytes.fromhex("17757182b9eb5912"): "rotate_oracles",
    bytes.fromhex("67e261ebc8bcfbfe"): "create_market",
    bytes.fromhex("992702c5b332c7d9"): "update_market",
    bytes.fromhex("589af8ba300e7bf4"): "close_market",
    bytes.fromhex("66557572c2bcd3a8"): "register_node",
    bytes.fromhex("0d41f666655b622b"): "update_node",
    bytes.fromhex("fc14099aabd24b2d"): "set_worker_key",
    bytes.fromhex("c42fc94792020d91"): "retire_node",
    bytes.fromhex("133de845f787ff6b"): "close_node",
    bytes.fromhex("1f39be620a20f738"): "open_buyer",
    bytes.fromhex("f223c68952e1f2b6"): "deposit",
    bytes.fromhex("b712469c946da122"): "withdraw",
    bytes.fromhex("b3d27c08cc0c534b"): "close_buyer",
    bytes.fromhex("b282d96e641b5277"): "create_job",
    bytes.fromhex("7ef19bf132ec5376"): "cancel_job",
    bytes.fromhex("25eb690dc43af80a"): "assign_job",
    bytes.fromhex("c1cc828f91117352"): "decline_job",
    bytes.fromhex("ac547723c39ad6b0"): "submit_receipt",
    bytes.fromhex("f69bdd22a846ad48"): "settle_job",
    bytes.fromhex("2bc97c0113bd600a"): "accept_job",
    bytes.fromhex("7f0577fad6ff66a8"): "expire_job",
    bytes.fromhex("4a29fb875de7b06f"): "close_outcome",
    bytes.fromhex("a498cf631eba13b6"): "collect_fees",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "authority",
        "config",
        "oracle_set",
        "mint",
        "treasury",
        "stakers",
        "operations",
        "program_data",
        "system_program",
    ),
    "propose_authority": (
        "authority",
        "config",
    ),
    "accept_authority": (
        "new_authority",
        "config",
    ),
    "set_fees": (
        "authority",
        "config",
        "treasury",
        "stakers",
        "operations",
    ),
    "set_min_rate": (
        "authority",
        "config",
    ),
    "set_pause": (
        "authority",
        "config",
    ),
    "rotate_oracles": (
        "authority",
        "config",
        "oracle_set",
    ),
    "create_market": (
        "creator",
        "matcher",
        "payer",
        "config",
        "market",
        "system_program",
    ),
    "update_market": (
        "creator",
        "matcher",
        "market",
    ),
    "close_market": (
        "creator",
        "market",
        "payer",
    ),
    "register_node": (
        "operator",
        "payer",
        "config",
        "node",
        "payout",
        "system_program",
    ),
    "update_node": (
        "operator",
        "config",
        "node",
        "payout",
    ),
    "set_worker_key": (
        "operator",
        "node",
    ),
    "retire_node": (
        "operator",
        "node",
    ),
    "close_node": (
        "operator",
        "node",
        "payer",
    ),
    "open_buyer": (
        "owner",
        "payer",
        "config",
        "mint",
        "buyer",
        "vault",
        "token_program",
        "system_program",
    ),
    "deposit": (
        "owner",
        "buyer",
        "vault",
        "source",
        "token_program",
    ),
    "withdraw": (
        "owner",
        "buyer",
        "vault",
        "destination",
        "token_program",
    ),
    "close_buyer": (
        "owner",
        "buyer",
        "vault",
        "payer",
        "token_program",
    ),
    "create_job": (
        "owner",
        "payer",
        "config",
        "market",
        "buyer",
        "job",
        "system_program",
    ),
    "cancel_job": (
        "owner",
        "buyer",
        "job",
        "payer",
    ),
    "assign_job": (
        "worker_key",
        "matcher",
        "market",
        "oracle_set",
        "job",
        "node",
        "stake",
    ),
    "decline_job": (
        "worker_key",
        "job",
        "node",
        "buyer",
        "payer",
    ),
    "submit_receipt": (
        "worker_key",
        "job",
    ),
    "settle_job": (
        "oracle_set",
        "job",
        "payer",
        "buyer",
        "vault",
        "node",
        "payout",
        "token_program",
        "instructions",
    ),
    "accept_job": (
        "owner",
        "job",
        "payer",
        "buyer",
        "vault",
        "node",
        "payout",
        "token_program",
    ),
    "expire_job": (
        "job",
        "payer",
        "buyer",
        "node",
    ),
    "close_outcome": (
        "closer",
        "job",
        "payer",
        "node",
    ),
    "collect_fees": (
        "config",
        "buyer",
        "vault",
        "treasury",
        "stakers",
        "operations",
        "token_program",
    ),
}
