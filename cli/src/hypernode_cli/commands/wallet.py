"""`hyper wallet` commands: the buyer's key and its money."""

from __future__ import annotations

from pathlib import Path

import click

from hypernode.chain.keys import Key
from hypernode.client import InsufficientFunds
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.errors import ConfigError, InvalidAmount
from hypernode_cli.context import WALLET, Context, command

# HYPER of an airdrop without an amount: pays 115 days of jobs at the default price.
AIRDROP = "10000"


@command("new")
async def new(context: Context) -> None:
    """Make the wallet's key. An existing key is kept."""
    path = context.key_path(WALLET)
    if path.exists():
        raise ConfigError(f"{path} exists already and is kept", fix="see it: hyper wallet address")
    key = Key.generate()
    key.save(path)
    context.output.result(
        {"address": key.address, "key": str(path)},
        f"{key.address}",
        f"key in {path}: back it up, keep it secret",
    )


@command("address")
async def address(context: Context) -> None:
    """Print the address of the wallet."""
    found = context.wallet().address
    context.output.result({"address": found}, found)


@command("balance")
async def balance(context: Context) -> None:
    """Show what the wallet and its buyer account hold."""
    async with context.connected(context.wallet()) as hn:
        held = await hn.wallet.balance()
    context.output.result(
        {
            "address": hn.wallet.address,
            "wallet": held.wallet,
            "available": held.available,
            "locked": held.locked,
            "fees_due": held.fees_due,
            "lamports": held.lamports,
        },
        f"wallet     {format_hyper(held.wallet)} HYPER",
        f"available  {format_hyper(held.available)} HYPER in the buyer account",
        f"locked     {format_hyper(held.locked)} HYPER by jobs",
        f"fees       {held.lamports / 1e9:.4f} SOL for transactions",
    )


@click.argument("amount", default=AIRDROP)
@command("airdrop")
async def airdrop(context: Context, amount: str) -> None:
    """Get HYPER and SOL from the faucet of a local chain."""
    units = _positive(amount)
    if "faucet" not in context.cluster().keys:
        raise ConfigError("this chain has no faucet", fix="a local chain has one: hyper up")
    _require_faucet(Path(context.cluster().keys["faucet"]))
    from hypernode_localnet.genesis import fund  # brought by the extra `up`

    recipient = context.wallet().address
    signature = await fund(context.cluster(), recipient, units)
    context.output.result(
        {"address": recipient, "amount": units, "signature": signature},
        f"{recipient} received {amount} HYPER",
    )


@click.argument("amount")
@command("deposit")
async def deposit(context: Context, amount: str) -> None:
    """Move HYPER from the wallet to its buyer account."""
    units = _positive(amount)
    async with context.connected(context.wallet()) as hn:
        held = (await hn.wallet.balance()).wallet
        if units > held:
            raise InsufficientFunds(
                f"the wallet has {format_hyper(held)} HYPER, not {amount}",
                fix=f"deposit less, or send HYPER to {hn.wallet.address} "
                "(on a local chain: hyper wallet airdrop)",
            )
        signature = await hn.wallet.deposit(units)
    context.output.result(
        {"amount": units, "signature": signature}, f"deposited {amount} HYPER ({signature})"
    )


@click.argument("amount", required=False)
@command("withdraw")
async def withdraw(context: Context, amount: str | None) -> None:
    """Move HYPER that no job has locked back to the wallet: AMOUNT, or all of it."""
    async with context.connected(context.wallet()) as hn:
        available = (await hn.wallet.balance()).available
        units = available if amount is None else _positive(amount)
        if units > available or units == 0:
            raise InsufficientFunds(
                f"the buyer account has {format_hyper(available)} HYPER to take back"
                + ("" if amount is None else f", not {amount}"),
                fix="what jobs have locked is free when they end: hyper wallet balance, hyper job list",
            )
        signature = await hn.wallet.withdraw(units)
    context.output.result(
        {"amount": units, "signature": signature}, f"withdrew {format_hyper(units)} HYPER ({signature})"
    )


def _positive(text: str) -> int:
    units = parse_hyper(text)
    if units == 0:
        raise InvalidAmount("0 HYPER would move nothing", fix="name an amount above 0")
    return units


def _require_faucet(key: Path) -> None:
    if not key.exists():
        raise ConfigError(
            "the key of this chain's faucet is not in this home",
            fix="run it where the chain was started: --home DIRECTORY, or HYPERNODE_HOME",
        )
