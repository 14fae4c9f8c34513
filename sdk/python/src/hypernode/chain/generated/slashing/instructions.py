"""Instructions of the slashing program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction, absent_or
from hypernode.domain.fault import FaultReason
from hypernode.domain.types import Address

from . import addresses
from .addresses import PROGRAM_ID
from .types import SlashingParams


def init_config(
    *,
    authority: Address,
    mint: Address,
    config: Address | None = None,
    vault: Address | None = None,
    program_data: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and the vault, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(mint),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(program_data or addresses.program_data()),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7"),
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


def set_params(
    *,
    authority: Address,
    params: SlashingParams,
    config: Address | None = None,
) -> Instruction:
    """Set the parameters of future reports."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config or addresses.config(), writable=True),
        ),
        bytes.fromhex("1beab2349302bb8d") + params.encode(),
    )


def report(
    *,
    reporter: Address,
    stake: Address,
    report: Address,
    record: Address,
    node: Address,
    source: Address,
    evidence: bytes,
    reason: FaultReason,
    payer: Address | None = None,
    config: Address | None = None,
    pool: Address | None = None,
    vault: Address | None = None,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Report the owner of a stake, with a bond. The stake is held until the report has ended."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(reporter, signer=True),
            AccountMeta(payer or reporter, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(pool or addresses.pool()),
            AccountMeta(stake, writable=True),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(node),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("6079f554b22d305b") + layout.raw(evidence, 32) + layout.unsigned(reason, 1),
    )


def open_from_job(
    *,
    payer: Address,
    job: Address,
    job_payer: Address,
    node: Address,
    stake: Address,
    sequence: int,
    config: Address | None = None,
    pool: Address | None = None,
    report: Address | None = None,
    markets_program: Address = Address("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n"),
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Bring a rejected or finally timed-out job: make the confirmed report and close the job. Any wallet may call
    this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config or addresses.config(), writable=True),
            AccountMeta(job, writable=True),
            AccountMeta(job_payer, writable=True),
            AccountMeta(node, writable=True),
            AccountMeta(pool or addresses.pool()),
            AccountMeta(stake, writable=True),
            AccountMeta(report or addresses.report(job, sequence), writable=True),
            AccountMeta(markets_program),
            AccountMeta(staking_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("4cc9b34fcddf7779") + layout.unsigned(sequence, 8),
    )


def vote(
    *,
    validator: Address,
    report: Address,
    vote: Address,
    uphold: bool,
    payer: Address | None = None,
    stake: Address | None = None,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Vote to uphold or overturn a report, with a stake that was locked before the report."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(validator, signer=True),
            AccountMeta(payer or validator, signer=True, writable=True),
            AccountMeta(report, writable=True),
            AccountMeta(stake or addresses.stake(validator)),
            AccountMeta(vote, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("e36e9b17887eac19") + layout.boolean(uphold),
    )


def resolve(
    *,
    report: Address,
    stake: Address,
    config: Address | None = None,
    record: Address | None = None,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
) -> Instruction:
    """Count the votes when the voting is over or decided. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            absent_or(record, PROGRAM_ID, signer=False, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(staking_program),
        ),
        bytes.fromhex("f696ecce6c3f3a0a"),
    )


def appeal(
    *,
    accused: Address,
    report: Address,
    source: Address,
    config: Address | None = None,
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Appeal for a second round with more validators, with a bond."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(accused, signer=True),
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("fa5b01f4b3344bec"),
    )


def execute(
    *,
    report: Address,
    stake: Address,
    stake_vault: Address,
    accumulator: Address,
    mint: Address,
    config: Address | None = None,
    record: Address | None = None,
    pool: Address | None = None,
    vault: Address | None = None,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Slash the accused's stake and book the dues. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            absent_or(record, PROGRAM_ID, signer=False, writable=True),
            AccountMeta(pool or addresses.pool(), writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(stake_vault, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
        ),
        bytes.fromhex("82ddf29a0dc1bd1d"),
    )


def claim_due(
    *,
    report: Address,
    destination: Address,
    config: Address | None = None,
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay the report's dues to the owner of a token account. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("04a8f572d78df558"),
    )


def claim_vote_fee(
    *,
    report: Address,
    vote: Address,
    payer: Address,
    destination: Address,
    config: Address | None = None,
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay a validator who voted as the report ended, and close the vote. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            AccountMeta(vote, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("c3f16ab48463db47"),
    )


def close_vote(
    *,
    report: Address,
    vote: Address,
    payer: Address,
) -> Instruction:
    """Close a vote that has nothing to claim. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(report),
            AccountMeta(vote, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("899857f9aaef853b"),
    )


def close_report(
    *,
    report: Address,
    payer: Address,
    mint: Address,
    config: Address | None = None,
    vault: Address | None = None,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Close an ended report without dues, or 90 days after its end. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config or addresses.config()),
            AccountMeta(report, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(vault or addresses.vault(), writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("6e0582020cefa633"),
    )


def close_record(
    *,
    record: Address,
    payer: Address,
) -> Instruction:
    """Close a record that is no longer in use. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(record, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("6fc07abc26eaf2f9"),
    )


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("1beab2349302bb8d"): "set_params",
    bytes.fromhex("6079f554b22d305b"): "report",
    bytes.fromhex("4cc9b34fcddf7779"): "open_from_job",
    bytes.fromhex("e36e9b17887eac19"): "vote",
    bytes.fromhex("f696ecce6c3f3a0a"): "resolve",
    bytes.fromhex("fa5b01f4b3344bec"): "appeal",
    bytes.fromhex("82ddf29a0dc1bd1d"): "execute",
    bytes.fromhex("04a8f572d78df558"): "claim_due",
    bytes.fromhex("c3f16ab48463db47"): "claim_vote_fee",
    bytes.fromhex("899857f9aaef853b"): "close_vote",
    bytes.fromhex("6e0582020cefa633"): "close_report",
    bytes.fromhex("6fc07abc26eaf2f9"): "close_record",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "authority",
        "config",
        "mint",
        "vault",
        "program_data",
        "token_program",
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
    "set_params": (
        "authority",
        "config",
    ),
    "report": (
        "reporter",
        "payer",
        "config",
        "pool",
        "stake",
        "report",
        "record",
        "node",
        "vault",
        "source",
        "staking_program",
        "token_program",
        "system_program",
    ),
    "open_from_job": (
        "payer",
        "config",
        "job",
        "job_payer",
        "node",
        "pool",
        "stake",
        "report",
        "markets_program",
        "staking_program",
        "system_program",
    ),
    "vote": (
        "validator",
        "payer",
        "report",
        "stake",
        "vote",
        "system_program",
    ),
    "resolve": (
        "config",
        "report",
        "record",
        "stake",
        "staking_program",
    ),
    "appeal": (
        "accused",
        "config",
        "report",
        "vault",
        "source",
        "token_program",
    ),
    "execute": (
        "config",
        "report",
        "record",
        "pool",
        "stake",
        "stake_vault",
        "accumulator",
        "vault",
        "mint",
        "staking_program",
        "token_program",
    ),
    "claim_due": (
        "config",
        "report",
        "vault",
        "destination",
        "token_program",
    ),
    "claim_vote_fee": (
        "config",
        "report",
        "vote",
        "payer",
        "vault",
        "destination",
        "token_program",
    ),
    "close_vote": (
        "report",
        "vote",
        "payer",
    ),
    "close_report": (
        "config",
        "report",
        "payer",
        "vault",
        "mint",
        "token_program",
    ),
    "close_record": (
        "record",
        "payer",
    ),
}
