"""Instructions of stakers, buyers and nodes: same names and arguments as in the model.

A builder depends on its arguments alone, so that each transaction is built once a process.
"""

from collections.abc import Sequence

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address, GpuVendor
from tests.programs.economy.chain import Chain

Batch = tuple[Sequence[Instruction], Sequence[Key]]


class Builders:
    def __init__(self, chain: Chain) -> None:
        self.chain = chain

    def address(self, name: str) -> Address:
        return self.chain.keys[name].address

    def vault(self, owner: str) -> Address:
        return addresses.buyer_vault(self.address(owner))

    def by(self, name: str, *batch: Instruction) -> Batch:
        """Let someone sign, and pay the fee."""
        return batch, [self.chain.keys[name]]

    def by_anybody(self, *batch: Instruction) -> Batch:
        return self.by("guardian", *batch)

    # --- staking and rewards

    def stake(self, owner: str, amount: int, duration: int, fresh: bool = True) -> Batch:
        source = self.chain.wallets[owner]
        call = instructions.stake(owner=self.address(owner), source=source, amount=amount, duration=duration)
        return self._fresh(owner, call, fresh)

    def top_up(self, owner: str, amount: int, fresh: bool = True) -> Batch:
        source = self.chain.wallets[owner]
        call = instructions.top_up_stake(owner=self.address(owner), source=source, amount=amount)
        return self._fresh(owner, call, fresh)

    def extend(self, owner: str, duration: int, fresh: bool = True) -> Batch:
        call = instructions.extend_stake(owner=self.address(owner), duration=duration)
        return self._fresh(owner, call, fresh)

    def unstake(self, owner: str) -> Batch:
        return self.by(owner, instructions.unstake(owner=self.address(owner)))

    def restake(self, owner: str, fresh: bool = True) -> Batch:
        return self._fresh(owner, instructions.restake(owner=self.address(owner)), fresh)

    def withdraw_stake(self, owner: str) -> Batch:
        target = self.chain.wallets[owner]
        return self.by(owner, instructions.withdraw_stake(owner=self.address(owner), destination=target))

    def forfeit_rewards(self, owner: str) -> Batch:
        return self.by(owner, instructions.forfeit_rewards(owner=self.address(owner)))

    def claim_rewards(self, owner: str) -> Batch:
        target = self.chain.wallets[owner]
        return self.by(owner, instructions.claim_rewards(owner=self.address(owner), destination=target))

    def distribute(self) -> Batch:
        return self.by_anybody(instructions.distribute())

    def gift(self, giver: str, place: str, amount: int) -> Batch:
        call = tokens.transfer(
            source=self.chain.wallets[giver],
            destination=self.chain.places[place],
            owner=self.address(giver),
            amount=amount,
        )
        return self.by(giver, call)

    # --- buyers and nodes

    def open_buyer(self, owner: str) -> Batch:
        return self.by(owner, instructions.open_buyer(owner=self.address(owner), mint=self.chain.mint))

    def deposit(self, owner: str, amount: int) -> Batch:
        source = self.chain.wallets[owner]
        return self.by(
            owner,
            instructions.deposit(
                owner=self.address(owner), vault=self.vault(owner), source=source, amount=amount
            ),
        )

    def withdraw(self, owner: str, amount: int) -> Batch:
        target = self.chain.wallets[owner]
        call = instructions.withdraw(
            owner=self.address(owner), vault=self.vault(owner), destination=target, amount=amount
        )
        return self.by(owner, call)

    def close_buyer(self, owner: str) -> Batch:
        return self.by(owner, instructions.close_buyer(owner=self.address(owner), vault=self.vault(owner)))

    def collect_fees(self, owner: str) -> Batch:
        config = self.chain.read(markets.Config, addresses.config())
        return self.by_anybody(
            instructions.collect_fees(owner=self.address(owner), vault=self.vault(owner), config=config)
        )

    def register_node(self, operator: str) -> Batch:
        call = instructions.register_node(
            operator=self.address(operator),
            worker_key=self.address(operator),
            payout=self.chain.wallets[operator],
            gpu_vendor=GpuVendor.NONE,
            gpu_count=0,
            vram_mib=0,
            hardware_hash=bytes(32),
        )
        return self.by(operator, call)

    def retire_node(self, operator: str) -> Batch:
        return self.by(operator, instructions.retire_node(operator=self.address(operator)))

    def close_node(self, operator: str) -> Batch:
        return self.by(operator, instructions.close_node(operator=self.address(operator)))

    def create_job(self, owner: str, nonce: int, rate: int, timeout_seconds: int) -> Batch:
        call = instructions.create_job(
            owner=self.address(owner),
            market=self.chain.market,
            nonce=nonce,
            spec_hash=bytes([nonce + 1]) * 32,
            rate=rate,
            timeout_seconds=timeout_seconds,
        )
        return self.by(owner, call)

    def assign_job(self, owner: str, nonce: int, operator: str) -> Batch:
        call = instructions.assign_job(
            job=self.job(owner, nonce),
            market=self.chain.market,
            matcher=self.chain.creator.address,
            operator=self.address(operator),
            worker_key=self.address(operator),
        )
        return [call], [self.chain.keys[operator], self.chain.creator]

    def submit_receipt(self, owner: str, nonce: int, operator: str, seconds: int) -> Batch:
        call = instructions.submit_receipt(
            job=self.job(owner, nonce),
            worker_key=self.address(operator),
            receipt_hash=b"\x03" * 32,
            seconds_used=seconds,
        )
        return self.by(operator, call)

    def cancel_job(self, owner: str, nonce: int) -> Batch:
        call = instructions.cancel_job(owner=self.address(owner), job=self.job(owner, nonce))
        return self.by(owner, call)

    def job(self, owner: str, nonce: int) -> Address:
        return addresses.job(self.address(owner), nonce)

    def _fresh(self, owner: str, call: Instruction, fresh: bool) -> Batch:
        return self.by(owner, *([instructions.distribute()] if fresh else []), call)
