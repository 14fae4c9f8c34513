"""Changes that a vote can make: instructions from the current settings and the wished ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from hypernode.chain import addresses, instructions
from hypernode.chain.epochs import members
from hypernode.chain.generated import governance, rewards, slashing
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.instructions.governance import DAY
from hypernode.chain.ports import ChainPort
from hypernode.client.buyer import InsufficientFunds
from hypernode.client.proposals import GovernanceReader
from hypernode.client.reports import SlashingReader
from hypernode.domain.attestation import MAX_THRESHOLD, MIN_THRESHOLD
from hypernode.domain.governance import ProposalKind
from hypernode.domain.money import HYPER, format_hyper
from hypernode.domain.types import ZERO_ADDRESS, Address
from hypernode.errors import ConfigError, DomainError, NoMarkets

DAO = addresses.dao_authority()
BPS = 10_000
YEAR = 365 * DAY
# Limits of the programs, checked before a vote: the program refuses other values after it.
WINDOW_SECONDS = (3_600, YEAR)
# As in the markets program: no vote can price all buyers out.
MAX_MIN_RATE = HYPER // 100
GUARDIAN_DAYS = 366
SLASHING_LIMITS: Mapping[str, tuple[int, int]] = {
    "bond": (10**6, 10**10),
    "appeal_bond": (10**6, 10**10),
    "voting_period": (DAY, 14 * DAY),
    "appeal_period": (DAY, 30 * DAY),
    "min_validator_stake": (10**8, 10**12),
    "quorum_bps": (3_334, 5_000),
    "appeal_quorum_bps": (3_334, 5_000),
    "daily_cap_bps": (100, 5_000),
}


class NoRewards(ConfigError):
    """This cluster has no rewards configuration yet."""


class NothingChanges(DomainError):
    """All settings have the wished values already."""


class OutOfBounds(DomainError):
    """The program would refuse this value when it is executed."""


@dataclass(frozen=True)
class Change:
    """What to propose, and what will be different."""

    kind: ProposalKind
    calls: tuple[Instruction, ...]
    differences: tuple[str, ...]


async def change_fees(chain: ChainPort, **wished: int | Address | None) -> Change:
    """Set fee shares (basis points of a price) and the token accounts they go to."""
    config = await chain.config()
    if config is None:
        raise NoMarkets("this cluster has no markets yet")
    names = ("treasury", "stakers", "operations", "protocol_bps", "stakers_bps", "operations_bps")
    merged, differences = _merge({name: getattr(config, name) for name in names}, wished)
    if (
        merged["protocol_bps"] + merged["operations_bps"] > BPS
        or merged["stakers_bps"] > merged["protocol_bps"]
    ):
        raise OutOfBounds(
            f"{merged['protocol_bps']} of which {merged['stakers_bps']}, and {merged['operations_bps']}"
            " are no shares of a price",
            fix="protocol and operations together at most 10000; the stakers' part is part of the protocol's",
        )
    return Change(ProposalKind.GENERIC, (instructions.set_fees(authority=DAO, **merged),), differences)


async def change_min_rate(chain: ChainPort, *, min_rate: int) -> Change:
    """Set the least rate of new jobs in every market, in base units a second."""
    config = await chain.config()
    if config is None:
        raise NoMarkets("this cluster has no markets yet")
    _, differences = _merge({"min_rate": config.min_rate}, {"min_rate": min_rate})
    _within("min_rate", min_rate, 0, MAX_MIN_RATE)
    return Change(
        ProposalKind.GENERIC, (instructions.set_min_rate(authority=DAO, min_rate=min_rate),), differences
    )


async def change_pause(chain: ChainPort, *, jobs: bool, nodes: bool) -> Change:
    """Stop or allow new jobs and new nodes."""
    config = await chain.config()
    old, new = (0 if config is None else config.paused), jobs + 2 * nodes
    _, differences = _merge({"paused": old}, {"paused": new})
    return Change(ProposalKind.PARAMETERS, (instructions.set_pause(authority=DAO, flags=new),), differences)


async def change_oracles(chain: ChainPort, *, threshold: int, oracles: Sequence[Address]) -> Change:
    """Replace the oracle keys, 14 days after the last time; the old ones judge the jobs of their epoch."""
    found = await chain.oracle_set()
    if found is None:
        raise NoMarkets("this cluster has no markets yet")
    if not MIN_THRESHOLD <= threshold <= MAX_THRESHOLD or len(set(oracles)) != 2 * threshold - 1:
        raise OutOfBounds(
            f"{threshold} of {len(oracles)} oracle keys cannot be",
            fix="name 3, 5 or 7 different keys; 2, 3 or 4 of them have to sign",
        )
    old = {"threshold": found.threshold, "oracles": list(members(found))}
    _, differences = _merge(old, {"threshold": threshold, "oracles": list(oracles)})
    call = instructions.rotate_oracles(authority=DAO, threshold=threshold, oracles=oracles)
    return Change(ProposalKind.GENERIC, (call,), differences)


async def change_windows(chain: ChainPort, **wished: int | None) -> Change:
    """Set over how many seconds fees and community tokens flow to stakers."""
    found = await chain.read(rewards.Accumulator, addresses.accumulator())
    if found is None:
        raise NoRewards("this cluster has no rewards program yet")
    old = {"fee_window": found.fee_window, "community_window": found.community_window}
    merged, differences = _merge(old, wished)
    for name, seconds in merged.items():
        _within(name, seconds, *WINDOW_SECONDS)
    return Change(ProposalKind.PARAMETERS, (instructions.set_windows(authority=DAO, **merged),), differences)


async def change_slashing(chain: ChainPort, **wished: Any) -> Change:
    """Set the parameters of reports to come."""
    names = [field.name for field in fields(slashing.SlashingParams)]
    config = await SlashingReader(chain).config()
    merged, differences = _merge({name: getattr(config, name) for name in names}, wished)
    for name, limits in SLASHING_LIMITS.items():
        _within(name, merged[name], *limits)
    for bps in merged["reason_bps"]:
        _within("reason_bps", bps, 1, 5_000)
    if len(merged["reason_bps"]) != 3:
        raise OutOfBounds("a report by bond has three reasons", fix=_FIX)
    _within("appeal_quorum_bps", merged["appeal_quorum_bps"], merged["quorum_bps"], 5_000)
    call = instructions.set_slashing_params(authority=DAO, params=slashing.SlashingParams(**merged))
    return Change(ProposalKind.PARAMETERS, (call,), differences)


async def change_governance(chain: ChainPort, **wished: int | None) -> Change:
    """Set what the DAO itself needs to decide; it waits the long timelock."""
    names = [field.name for field in fields(governance.GovernanceParams)]
    config = await GovernanceReader(chain).config()
    merged, differences = _merge({name: getattr(config, name) for name in names}, wished)
    _within("quorum_bps", merged["quorum_bps"], 1, BPS)
    _within("voting_period", merged["voting_period"], config.min_voting_period, 14 * DAY - 1)
    _within("timelock_critical", merged["timelock_critical"], config.min_timelock_critical, 30 * DAY)
    shorter = (config.min_timelock_parameters, merged["timelock_critical"])
    _within("timelock_parameters", merged["timelock_parameters"], *shorter)
    _within("execution_window", merged["execution_window"], config.min_timelock_parameters, 30 * DAY)
    call = dao_instructions.set_params(params=governance.GovernanceParams(**merged))
    return Change(ProposalKind.GENERIC, (call,), differences)


async def change_guardian(chain: ChainPort, *, guardian: Address, days: int) -> Change:
    """Name a guardian for `days` from now, or none (the zero address and 0 days)."""
    dao = GovernanceReader(chain)
    config, now = await dao.config(), await dao.now()
    nobody = guardian == ZERO_ADDRESS
    # The mandate is judged when it is executed, after vote and timelock, so it ends on the day that it says.
    expires_at = 0 if nobody else now + days * DAY
    if not nobody:
        waits = config.voting_period + config.timelock_critical
        _within("guardian days", days, 1 + waits // DAY, GUARDIAN_DAYS)
    old = {"guardian": config.guardian, "expires_at": config.guardian_expires_at}
    merged, differences = _merge(old, {"guardian": guardian, "expires_at": expires_at})
    return Change(ProposalKind.GENERIC, (dao_instructions.set_guardian(**merged),), differences)


async def change_operations(chain: ChainPort, *, operations: Address) -> Change:
    """Name the token account that takes the operations' part of releases."""
    config = await GovernanceReader(chain).config()
    await chain.token_balance(operations)
    merged, differences = _merge({"operations": config.operations}, {"operations": operations})
    return Change(ProposalKind.GENERIC, (dao_instructions.set_operations(**merged),), differences)


async def spend(chain: ChainPort, *, destination: Address, amount: int) -> Change:
    """Pay from the treasury into a token account."""
    await GovernanceReader(chain).config()
    held = await chain.token_balance(addresses.dao_treasury())
    if not 0 < amount <= held:
        raise InsufficientFunds(
            f"the treasury has {format_hyper(held)} HYPER, not {format_hyper(amount)}",
            about="treasury",
        )
    if not await chain.balance(destination):
        raise OutOfBounds(f"there is no token account {destination}", fix="make it first, then propose")
    line = f"{format_hyper(amount)} HYPER  treasury -> {destination}"
    call = dao_instructions.treasury_transfer(destination=destination, amount=amount)
    return Change(ProposalKind.TREASURY, (call,), (line,))


_FIX = "see the limits in docs/programs"


def _merge(old: Mapping[str, Any], wished: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Put what is wished for over what is in force; None leaves a setting as it is."""
    new = {name: old[name] if wished.get(name) is None else wished[name] for name in old}
    differences = tuple(f"{name}: {old[name]} -> {new[name]}" for name in old if new[name] != old[name])
    if not differences:
        raise NothingChanges("all of this is in force already", fix="name a setting and another value")
    return new, differences


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise OutOfBounds(f"{name} {value} is not between {least} and {most}", fix=_FIX)
