"""Owns where every account of the protocol lies: program-derived addresses and their seeds."""

import secrets
from collections.abc import Callable

from solders.pubkey import Pubkey

from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.domain.types import ZERO_ADDRESS, Address, address_bytes

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

NONCE_BYTES = 8
NUMBER_BYTES = 8
# A sign bit less than the program takes, so that every database can hold it.
NONCE_BITS = 63
FIRST_BUMP = 255


def derive(program: Address, *seeds: bytes) -> tuple[Address, int]:
    """Return the canonical address of some seeds, and its bump."""
    address, bump = Pubkey.find_program_address(list(seeds), Pubkey.from_bytes(address_bytes(program)))
    return Address(str(address)), bump


def with_seed(base: Address, seed: str, program: Address) -> Address:
    """Return the one address that a signer has for a seed in a program: no bump, no signature of its own."""
    found = Pubkey.create_with_seed(
        Pubkey.from_bytes(address_bytes(base)), seed, Pubkey.from_bytes(address_bytes(program))
    )
    return Address(str(found))


def config() -> Address:
    return _markets(b"config")


def oracle_set() -> Address:
    return _markets(b"oracle_set")


def market(creator: Address, market_id: bytes) -> Address:
    return _markets(b"market", address_bytes(creator), market_id)


def node(operator: Address) -> Address:
    return _markets(b"node", address_bytes(operator))


def buyer(owner: Address) -> Address:
    return with_seed(owner, "buyer", markets.PROGRAM_ID)


def buyer_vault(owner: Address) -> Address:
    """Return where this client makes a vault. Another may choose another bump: ask the buyer account."""
    return _markets(b"buyer_vault", address_bytes(owner))


def buyer_vault_bump(owner: Address) -> int:
    return derive(markets.PROGRAM_ID, b"buyer_vault", address_bytes(owner))[1]


def job(owner: Address, nonce: int) -> Address:
    return _markets(b"job", address_bytes(owner), nonce.to_bytes(NONCE_BYTES, "little"))


def fresh_nonce(owner: Address, random_bits: Callable[[int], int] = secrets.randbits) -> int:
    """Return a nonce whose job address is found at the first bump.

    It takes about two tries here and saves the program a search of 332 compute units a step.
    """
    while True:
        nonce = random_bits(NONCE_BITS)
        seed = nonce.to_bytes(NONCE_BYTES, "little")
        if derive(markets.PROGRAM_ID, b"job", address_bytes(owner), seed)[1] == FIRST_BUMP:
            return nonce


def pool() -> Address:
    return _staking(b"pool")


def stake_vault() -> Address:
    return _staking(b"vault")


def stake(owner: Address) -> Address:
    return _staking(b"stake", address_bytes(owner))


def accumulator() -> Address:
    return _rewards(b"accumulator")


def rewards_vault() -> Address:
    return _rewards(b"vault")


def community_pool() -> Address:
    """Where the community's part of each unlock waits to flow to stakers."""
    return _rewards(b"community")


def slashing_config() -> Address:
    return _slashing(b"config")


def slashing_vault() -> Address:
    """Where bonds and unpaid dues lie."""
    return _slashing(b"vault")


def report(accused: Address, evidence: bytes) -> Address:
    return _slashing(b"report", address_bytes(accused), evidence)


def attested_report(accused: Address, evidence: bytes) -> Address:
    return _slashing(b"attested", address_bytes(accused), evidence)


def vote(report: Address, round_number: int, validator: Address) -> Address:
    return _slashing(b"vote", address_bytes(report), bytes([round_number]), address_bytes(validator))


def slashing_record(accused: Address) -> Address:
    return _slashing(b"record", address_bytes(accused))


def fault(accused: Address, job: Address, sequence: int, evidence: bytes) -> Address:
    """Where the punishment of a job lies; of the evidence, where there is no job."""
    subject = evidence if job == ZERO_ADDRESS else address_bytes(job)
    return _slashing(b"fault", address_bytes(accused), subject, sequence.to_bytes(8, "little"))


def dao_config() -> Address:
    return _governance(b"config")


def dao_authority() -> Address:
    """Who signs what was voted for; the authority of every program once it is adopted."""
    return _governance(b"authority")


def dao_treasury() -> Address:
    return _governance(b"treasury")


def unlocks() -> Address:
    """Where unlocked HYPER arrives, to be split."""
    return _governance(b"unlocks")


def proposal(number: int) -> Address:
    return _governance(b"proposal", number.to_bytes(NUMBER_BYTES, "little"))


def vote_record(number: int, voter: Address) -> Address:
    return with_seed(voter, f"vote{number:016x}", governance.PROGRAM_ID)


def release_record(number: int) -> Address:
    return _governance(b"release", number.to_bytes(NUMBER_BYTES, "little"))


def program_data(program: Address) -> Address:
    """Where the upgradeable loader keeps a program's code and its upgrade authority."""
    return derive(UPGRADEABLE_LOADER, address_bytes(program))[0]


def ata(owner: Address, mint: Address) -> Address:
    """The associated token account: a wallet's usual account for one mint."""
    seeds = (address_bytes(owner), address_bytes(TOKEN_PROGRAM), address_bytes(mint))
    return derive(ASSOCIATED_TOKEN_PROGRAM, *seeds)[0]


def _markets(*seeds: bytes) -> Address:
    return derive(markets.PROGRAM_ID, *seeds)[0]


def _staking(*seeds: bytes) -> Address:
    return derive(staking.PROGRAM_ID, *seeds)[0]


def _rewards(*seeds: bytes) -> Address:
    return derive(rewards.PROGRAM_ID, *seeds)[0]


def _slashing(*seeds: bytes) -> Address:
    return derive(slashing.PROGRAM_ID, *seeds)[0]


def _governance(*seeds: bytes) -> Address:
    return derive(governance.PROGRAM_ID, *seeds)[0]
