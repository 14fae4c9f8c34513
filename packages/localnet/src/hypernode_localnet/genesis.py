"""Idempotent setup of a marketplace on a local chain: token, configuration, oracles, market, faucet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.markets import MarketTerms
from hypernode.chain.generated.rewards import Accumulator
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.rpc import Rpc
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import Cluster, Settings
from hypernode.domain.money import HYPER, HYPER_DECIMALS
from hypernode.domain.pricing import FeeShares
from hypernode.domain.rewards import COMMUNITY_WINDOW, FEE_WINDOW
from hypernode.domain.types import ZERO_ADDRESS, Address
from hypernode.errors import ConfigError

ORACLES = 3
THRESHOLD = 2
SOL = 10**9
# Lamports of each service key, enough for its rent and fees on a local chain.
OPERATING_SOL = 100 * SOL
MARKET_ID = b"default".ljust(32, b"\0")
ROLES = ("authority", "faucet", "mint", "matcher", "treasury", "operations")


# `bootstrap` sets the matcher to the API's key.
# Least base units a second of a job: a day of one oracle's time costs its buyer at least 8.64 HYPER.
MIN_RATE = HYPER // 10_000
DEFAULT_TERMS = MarketTerms(
    matcher=ZERO_ADDRESS,
    # 3.6 HYPER per hour
    price_per_second=HYPER // 1_000,
    min_timeout_seconds=1,
    max_timeout_seconds=86_400,
    job_ttl=600,
    start_allowance=300,
    grace=30,
    verdict_floor=600,
    min_stake=100 * HYPER,
    min_reputation=0,
    audit_bps=500,
    max_attempts=3,
)


async def bootstrap(settings: Settings, terms: MarketTerms = DEFAULT_TERMS) -> Cluster:
    """Set up a local chain so that jobs can be posted, and write cluster.json.

    Each step is skipped if it was done, so the next run finishes an interrupted one.
    """
    keys = {role: ensure_key(settings.keys / f"{role}.json") for role in roles()}
    async with await RpcClient.connect(settings.rpc_url, settings.ws_url) as chain:
        await _fund_operators(settings.rpc_url, chain, keys)
        await _make_token(settings.rpc_url, chain, keys)
        await _configure(chain, keys)
        market = await _open_market(chain, keys, terms)
    cluster = Cluster(
        rpc_url=settings.rpc_url,
        ws_url=settings.ws_url,
        api_url=settings.api_url,
        mint=keys["mint"].address,
        market=market,
        markets_program=markets.PROGRAM_ID,
        staking_program=staking.PROGRAM_ID,
        rewards_program=rewards.PROGRAM_ID,
        slashing_program=slashing.PROGRAM_ID,
        governance_program=governance.PROGRAM_ID,
        keys={role: Path("keys") / f"{role}.json" for role in roles()},
    )
    cluster.save(settings.home)
    return Cluster.load(settings.home)


async def fund(cluster: Cluster, recipient: Address, amount: int, lamports: int = SOL) -> str:
    """Send HYPER and SOL from the faucet of a local chain; raises `ConfigError` where there is none."""
    faucet = Key.load(cluster.key("faucet"))
    await airdrop(cluster.rpc_url, recipient, lamports)
    account = addresses.ata(recipient, cluster.mint)
    async with await RpcClient.connect(cluster.rpc_url) as chain:
        steps = []
        if await chain.balance(account) == 0:
            steps.append(tokens.create_ata(payer=faucet.address, owner=recipient, mint=cluster.mint))
        steps.append(
            tokens.mint_to(mint=cluster.mint, account=account, authority=faucet.address, amount=amount)
        )
        return await chain.send(steps, [faucet])


async def airdrop(rpc_url: str, recipient: Address, lamports: int) -> None:
    """Request lamports from the chain; only local and test chains grant them."""
    rpc = Rpc.open(rpc_url)
    try:
        await rpc.call("requestAirdrop", recipient, lamports)
    finally:
        await rpc.close()


async def rent(rpc_url: str, size: int) -> int:
    """Return the lamports that make an account of this size rent-exempt."""
    rpc = Rpc.open(rpc_url)
    try:
        return int(await rpc.read("getMinimumBalanceForRentExemption", size))
    finally:
        await rpc.close()


def roles() -> tuple[str, ...]:
    return (*ROLES, *(f"oracle-{number}" for number in range(1, ORACLES + 1)))


def ensure_key(path: Path) -> Key:
    """Return the key in a file; create the file if it is missing."""
    if not path.exists():
        Key.generate().save(path)
    return Key.load(path)


async def _fund_operators(rpc_url: str, chain: RpcClient, keys: dict[str, Key]) -> None:
    for role in ("authority", "faucet", "matcher", *(role for role in keys if role.startswith("oracle"))):
        if await chain.balance(keys[role].address) < SOL:
            await airdrop(rpc_url, keys[role].address, OPERATING_SOL)


async def _make_token(rpc_url: str, chain: RpcClient, keys: dict[str, Key]) -> None:
    authority, mint = keys["authority"], keys["mint"]
    if await chain.balance(mint.address) == 0:
        steps = [
            tokens.create_account(
                payer=authority.address,
                account=mint.address,
                lamports=await rent(rpc_url, tokens.MINT_BYTES),
                space=tokens.MINT_BYTES,
                owner=addresses.TOKEN_PROGRAM,
            ),
            tokens.initialize_mint(
                mint=mint.address, authority=keys["faucet"].address, decimals=HYPER_DECIMALS
            ),
        ]
        await chain.send(steps, [authority, mint])
    for role in ("treasury", "operations"):
        owner = keys[role].address
        if await chain.balance(addresses.ata(owner, mint.address)) == 0:
            await chain.send(
                [tokens.create_ata(payer=authority.address, owner=owner, mint=mint.address)], [authority]
            )


async def _configure(chain: RpcClient, keys: dict[str, Key]) -> None:
    authority, mint, shares = keys["authority"], keys["mint"].address, FeeShares()
    steps: list[Instruction] = []
    # In the order of their dependencies: fees go to the rewards program's vault.
    if await chain.pool() is None:
        steps.append(instructions.init_pool(authority=authority.address, mint=mint))
    if await chain.read(Accumulator, addresses.accumulator()) is None:
        steps.append(
            instructions.init_accumulator(
                authority=authority.address,
                mint=mint,
                fee_window=FEE_WINDOW,
                community_window=COMMUNITY_WINDOW,
            )
        )
    if await chain.config() is None:
        steps.append(
            instructions.init_config(
                authority=authority.address,
                mint=mint,
                treasury=addresses.ata(keys["treasury"].address, mint),
                stakers=addresses.rewards_vault(),
                operations=addresses.ata(keys["operations"].address, mint),
                protocol_bps=shares.protocol_bps,
                stakers_bps=shares.stakers_bps,
                operations_bps=shares.operations_bps,
                min_rate=MIN_RATE,
                cluster=await chain.genesis_hash(),
                threshold=THRESHOLD,
                oracles=_oracles(keys),
            )
        )
    # Staking lets only this configuration slash. `hyper gov bootstrap` gives all authorities to the DAO.
    if await chain.read(slashing.Config, addresses.slashing_config()) is None:
        steps.append(instructions.init_slashing(authority=authority.address, mint=mint))
    for step in steps:
        await chain.send([step], [authority])


async def _open_market(chain: RpcClient, keys: dict[str, Key], terms: MarketTerms) -> Address:
    creator = keys["authority"]
    market = addresses.market(creator.address, MARKET_ID)
    wanted = replace(terms, matcher=keys["matcher"].address)
    if await chain.market(market) is None:
        step = instructions.create_market(
            creator=creator.address, matcher=wanted.matcher, market_id=MARKET_ID, terms=wanted
        )
        await chain.send([step], [creator, keys["matcher"]])
    found = await chain.market(market)
    if found is None or found.matcher != wanted.matcher:
        raise ConfigError(
            "the market on the chain was created with other keys", fix="hyper down; hyper up --reset"
        )
    return market


def _oracles(keys: dict[str, Key]) -> Sequence[Address]:
    return [key.address for role, key in keys.items() if role.startswith("oracle")]
