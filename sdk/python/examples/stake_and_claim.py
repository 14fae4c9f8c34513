"""Stake HYPER for 14 days, and claim what the stake has earned. Usage: python stake_and_claim.py AMOUNT"""

import asyncio
import sys

from hypernode import Hypernode, NothingToClaim, format_hyper, parse_hyper

NOTICE = 14 * 86_400


async def main(amount: str) -> None:
    async with Hypernode.connect() as hn:
        await hn.staking.send(await hn.staking.add(parse_hyper(amount), NOTICE))
        stake = await hn.staking.stake()
        assert stake is not None
        print(f"staked {format_hyper(stake.amount)} HYPER, weight {format_hyper(stake.weight)}")
        try:
            await hn.staking.send(await hn.staking.claim())
            print("claimed")
        except NothingToClaim as nothing:
            print(nothing)


asyncio.run(main(*sys.argv[1:]))
