"""Addresses of the protocol's accounts, and of Solana's own programs and sysvars.

Most are generated from the IDL's seeds and only get a name here that is unique among the programs. The
functions written here are the ones that an IDL cannot say.
"""

import secrets
from collections.abc import Callable

from hypernode.chain.derivation import derive, with_seed
from hypernode.chain.generated import governance, markets, slashing
from hypernode.chain.generated.governance.addresses import authority as dao_authority
from hypernode.chain.generated.governance.addresses import config as dao_config
from hypernode.chain.generated.governance.addresses import treasury as dao_treasury
from hypernode.chain.generated.governance.addresses import unlocks
from hypernode.chain.generated.markets.addresses import config, job, market, node, oracle_set
from hypernode.chain.generated.markets.addresses import vault as buyer_vault
from hypernode.chain.generated.rewards.addresses import accumulator
from hypernode.chain.generated.rewards.addresses import community as community_pool
from hypernode.chain.generated.rewards.addresses import vault as rewards_vault
from hypernode.chain.generated.slashing.addresses import config as slashing_config
from hypernode.chain.generated.slashing.addresses import vault as slashing_vault
from hypernode.chain.generated.staking.addresses import pool, stake
from hypernode.chain.generated.staking.addresses import vault as stake_vault
from hypernode.domain.types import Address, address_bytes

__all__ = [
    "ASSOCIATED_TOKEN_PROGRAM",
    "CLOCK_SYSVAR",
    "COMPUTE_BUDGET_PROGRAM",
    "ED25519_PROGRAM",
    "INSTRUCTIONS_SYSVAR",
    "RENT_SYSVAR",
    "SYSTEM_PROGRAM",
    "TOKEN_2022_PROGRAM",
    "TOKEN_PROGRAM",
    "UPGRADEABLE_LOADER",
    "accumulator",
    "ata",
    "buyer",
    "buyer_vault",
    "community_pool",
    "config",
    "dao_authority",
    "dao_config",
    "dao_treasury",
    "derive",
    "fresh_nonce",
    "job",
    "job_report",
    "market",
    "node",
    "oracle_set",
    "pool",
    "program_data",
    "proposal",
    "release_record",
    "report",
    "rewards_vault",
    "slashing_config",
    "slashing_record",
    "slashing_vault",
    "stake",
    "stake_vault",
    "unlocks",
    "vote",
    "vote_record",
    "with_seed",
]

SYSTEM_PROGRAM = Address("11111111111111111111111111111111")
TOKEN_PROGRAM = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")
TOKEN_2022_PROGRAM = Address("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb")
ASSOCIATED_TOKEN_PROGRAM = Address("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL")
ED25519_PROGRAM = Address("Ed25519SigVerify111111111111111111111111111")
COMPUTE_BUDGET_PROGRAM = Address("ComputeBudget111111111111111111111111111111")
UPGRADEABLE_LOADER = Address("BPFLoaderUpgradeab1e11111111111111111111111")
CLOCK_SYSVAR = Address("SysvarC1ock11111111111111111111111111111111")
INSTRUCTIONS_SYSVAR = Address("Sysvar1nstructions1111111111111111111111111")
RENT_SYSVAR = Address("SysvarRent111111111111111111111111111111111")

NUMBER_BYTES = 8
# The program takes 64 bits; 63 fit the signed column of every database.
NONCE_BITS = 63
FIRST_BUMP = 255


def buyer(owner: Address) -> Address:
    return with_seed(owner, "buyer", markets.PROGRAM_ID)


def fresh_nonce(owner: Address, random_bits: Callable[[int], int] = secrets.randbits) -> int:
    """Return a random nonce whose job address has the first bump.

    It takes two tries on average and saves the program 332 compute units for each further bump.
    """
    while True:
        nonce = random_bits(NONCE_BITS)
        if markets.addresses.find_job(owner, nonce)[1] == FIRST_BUMP:
            return nonce


def report(accused: Address, evidence: bytes) -> Address:
    return _slashing(b"report", address_bytes(accused), evidence)


def job_report(job: Address, sequence: int) -> Address:
    """Return the address of the report that collects the sentence of a rejected or timed-out job."""
    return _slashing(b"sentence", address_bytes(job), sequence.to_bytes(NUMBER_BYTES, "little"))


def vote(report: Address, round_number: int, validator: Address) -> Address:
    return _slashing(b"vote", address_bytes(report), bytes([round_number]), address_bytes(validator))


def slashing_record(accused: Address) -> Address:
    return _slashing(b"record", address_bytes(accused))


def proposal(number: int) -> Address:
    return _governance(b"proposal", number.to_bytes(NUMBER_BYTES, "little"))


def vote_record(number: int, voter: Address) -> Address:
    return with_seed(voter, f"vote{number:016x}", governance.PROGRAM_ID)


def release_record(number: int) -> Address:
    return _governance(b"release", number.to_bytes(NUMBER_BYTES, "little"))


def program_data(program: Address) -> Address:
    """Return the account in which the upgradeable loader keeps a program's code and upgrade authority."""
    return derive(UPGRADEABLE_LOADER, address_bytes(program))[0]


def ata(owner: Address, mint: Address) -> Address:
    """Return the associated token account: a wallet's usual account for one mint."""
    seeds = (address_bytes(owner), address_bytes(TOKEN_PROGRAM), address_bytes(mint))
    return derive(ASSOCIATED_TOKEN_PROGRAM, *seeds)[0]


def _slashing(*seeds: bytes) -> Address:
    return derive(slashing.PROGRAM_ID, *seeds)[0]


def _governance(*seeds: bytes) -> Address:
    return derive(governance.PROGRAM_ID, *seeds)[0]
