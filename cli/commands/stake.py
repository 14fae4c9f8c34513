"""`hyper stake`: lock HYPER for weight and for the right to run jobs."""

from __future__ import annotations

import click

from cli.context import WALLET, Context, command
from hypernode.chain import addresses, instructions
from hypernode.chain.gateway import Chain
from hypernode.chain.generated.staking import Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.client import InsufficientFunds
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.staking import DAY, MAX_DURATION, MIN_DURATION, capacity
from hypernode.errors import ConfigError

DAYS = click.IntRange(MIN_DURATION // DAY, MAX_DURATION // DAY)
KEY_HELP = "Name of the key that stakes (the wallet, or a node's operator)."


@click.group()
def stake() -> None:
    """Lock, lengthen, unlock and take back HYPER."""


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@click.option("--days", type=DAYS, default=MIN_DURATION // DAY, show_default=True, help="Notice, 14 to 365.")
@click.argument("amount")
@command(stake, "add")
async def add(context: Context, amount: str, days: int, key: str) -> None:
    """Lock AMOUNT; a stake that exists is topped up and keeps its notice unless --days is longer."""
    owner, units, mint = _key(context, key), parse_hyper(amount), context.cluster().mint
    source = addresses.ata(owner.address, mint)
    async with context.chain() as chain:
        held = await chain.token_balance(source)
        if units > held:
            raise InsufficientFunds(
                f"{owner.address} has {format_hyper(held)} HYPER, not {amount}",
                fix="stake less, or fund it first",
            )
        found = await chain.stake(owner.address)
        if found is None:
            steps = [
                instructions.stake(owner=owner.address, source=source, amount=units, duration=days * DAY)
            ]
        else:
            steps = [instructions.top_up_stake(owner=owner.address, source=source, amount=units)]
            if days * DAY > found.duration:
                steps.append(instructions.extend_stake(owner=owner.address, duration=days * DAY))
        await _send(context, chain, owner, steps)


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@click.argument("days", type=DAYS)
@command(stake, "extend")
async def extend(context: Context, days: int, key: str) -> None:
    """Lengthen the notice to DAYS, which raises the weight."""
    owner = _key(context, key)
    async with context.chain() as chain:
        await _require_stake(chain, owner)
        step = instructions.extend_stake(owner=owner.address, duration=days * DAY)
        await _send(context, chain, owner, [step])


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command(stake, "unstake")
async def unstake(context: Context, key: str) -> None:
    """Give notice: the weight is gone at once, the HYPER can be taken back when the notice is over."""
    owner = _key(context, key)
    async with context.chain() as chain:
        await _require_stake(chain, owner)
        await _send(context, chain, owner, [instructions.unstake(owner=owner.address)])


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command(stake, "restake")
async def restake(context: Context, key: str) -> None:
    """Take back the notice; the weight returns."""
    owner = _key(context, key)
    async with context.chain() as chain:
        await _require_stake(chain, owner)
        await _send(context, chain, owner, [instructions.restake(owner=owner.address)])


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command(stake, "withdraw")
async def withdraw(context: Context, key: str) -> None:
    """Take back the HYPER once the notice is over."""
    owner = _key(context, key)
    destination = addresses.ata(owner.address, context.cluster().mint)
    async with context.chain() as chain:
        await _require_stake(chain, owner)
        step = instructions.withdraw_stake(owner=owner.address, destination=destination)
        await _send(context, chain, owner, [step])


@click.option("--key", default=WALLET, show_default=True, help=KEY_HELP)
@command(stake, "show")
async def show(context: Context, key: str) -> None:
    """Show the stake, its weight and what it allows."""
    owner = _key(context, key)
    async with context.chain() as chain:
        _show(context, owner, await chain.stake(owner.address))


async def _require_stake(chain: Chain, owner: Key) -> None:
    if await chain.stake(owner.address) is None:
        raise ConfigError(f"{owner.address} has no stake", fix="hyper stake add AMOUNT")


async def _send(context: Context, chain: Chain, owner: Key, steps: list[Instruction]) -> None:
    await chain.send(steps, [owner])
    _show(context, owner, await chain.stake(owner.address))


def _show(context: Context, owner: Key, found: Stake | None) -> None:
    if found is None:
        context.output.result({"owner": owner.address, "amount": 0}, f"{owner.address} has no stake")
        return
    free_at = found.unstake_at + found.duration if found.unstake_at else None
    context.output.result(
        {
            "owner": owner.address,
            "amount": found.amount,
            "weight": found.weight,
            "duration": found.duration,
            "unstake_at": found.unstake_at or None,
            "withdrawable_at": free_at,
            "jobs_at_once": capacity(found.amount),
        },
        f"{owner.address}: {format_hyper(found.amount)} HYPER, weight {format_hyper(found.weight)}",
        f"notice {found.duration // DAY} days"
        + ("" if free_at is None else f", given; can be taken back at {free_at} (unix seconds)"),
        f"allows {capacity(found.amount)} jobs at once",
    )


def _key(context: Context, name: str) -> Key:
    if not context.key_path(name).exists():
        raise ConfigError(f"there is no key {name!r}", fix="hyper wallet new, or --key node-operator")
    return context.key(name)
