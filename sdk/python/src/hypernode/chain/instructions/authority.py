"""Owns the instructions of the markets program's authority."""

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address


def init_config(
    *,
    authority: Address,
    mint: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
    cluster: bytes,
    threshold: int,
    oracles: Sequence[Address],
) -> Instruction:
    """Make the configuration, once; `authority` must be the program's upgrade authority."""
    return markets.init_config(
        authority=authority,
        config=addresses.config(),
        oracle_set=addresses.oracle_set(),
        mint=mint,
        treasury=treasury,
        stakers=stakers,
        operations=operations,
        program_data=addresses.program_data(markets.PROGRAM_ID),
        protocol_bps=protocol_bps,
        stakers_bps=stakers_bps,
        operations_bps=operations_bps,
        cluster=cluster,
        threshold=threshold,
        oracles=oracles,
    )


def propose_authority(*, authority: Address, new_authority: Address) -> Instruction:
    return markets.propose_authority(
        authority=authority, config=addresses.config(), new_authority=new_authority
    )


def accept_authority(*, new_authority: Address) -> Instruction:
    return markets.accept_authority(new_authority=new_authority, config=addresses.config())


def set_fees(
    *,
    authority: Address,
    treasury: Address,
    stakers: Address,
    operations: Address,
    protocol_bps: int,
    stakers_bps: int,
    operations_bps: int,
) -> Instruction:
    """Change the shares and where they go; jobs that exist keep the shares they were created with."""
    return markets.set_fees(
        authority=authority,
        config=addresses.config(),
        treasury=treasury,
        stakers=stakers,
        operations=operations,
        protocol_bps=protocol_bps,
        stakers_bps=stakers_bps,
        operations_bps=operations_bps,
    )


def set_pause(*, authority: Address, flags: int) -> Instruction:
    """Bit 0 stops new jobs, bit 1 new nodes; nothing stops refunds and withdrawals."""
    return markets.set_pause(authority=authority, config=addresses.config(), flags=flags)


def rotate_oracles(*, authority: Address, threshold: int, oracles: Sequence[Address]) -> Instruction:
    """Replace the oracle keys; attestations of the old epoch are dead at once."""
    return markets.rotate_oracles(
        authority=authority,
        config=addresses.config(),
        oracle_set=addresses.oracle_set(),
        threshold=threshold,
        oracles=oracles,
    )
