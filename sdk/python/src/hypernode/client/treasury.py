"""The DAO's tokens: holdings, releases of unlocked tokens, and deposits."""

from __future__ import annotations

from dataclasses import dataclass

from hypernode.chain import addresses, tokens
from hypernode.chain.generated.governance import Release
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.plan import Plan, Transfer, carry_out, require_funds
from hypernode.client.proposals import GovernanceReader
from hypernode.domain.governance import split_release
from hypernode.domain.money import HYPER, format_hyper
from hypernode.domain.types import Address
from hypernode.errors import DomainError, InvalidAmount

# A constant of the program: the least that is worth a release.
MIN_RELEASE = HYPER


class NothingToRelease(DomainError):
    """Less than one HYPER waits to be split."""


@dataclass(frozen=True)
class Holdings:
    """Base units of HYPER in the DAO's token accounts."""

    treasury: int
    unlocks: int
    community: int
    operations: int


class Treasury(GovernanceReader):
    """Holdings and releases of the DAO; reading needs no key."""

    async def holdings(self) -> Holdings:
        """Return what the DAO's token accounts hold."""
        config, balance = await self.config(), self._chain.token_balance
        return Holdings(
            treasury=await balance(addresses.dao_treasury()),
            unlocks=await balance(addresses.unlocks()),
            community=await balance(addresses.community_pool()),
            operations=await balance(config.operations),
        )

    async def releases(self) -> list[Release]:
        """Return all releases, newest first."""
        found = (await self._chain.read_all(Release)).values()
        return sorted(found, key=lambda release: -release.number)


class TreasuryClient(Treasury):
    """The DAO's tokens, seen by one wallet. Each call prepares a `Plan`; `send` signs and sends it."""

    def __init__(self, chain: ChainPort, wallet: Key, *, mint: Address) -> None:
        super().__init__(chain)
        self._wallet, self._mint = wallet, mint

    async def release(self) -> Plan:
        """Split the unlocked tokens: part to stakers, part burned, part to operations."""
        config = await self.config()
        amount = await self._chain.token_balance(addresses.unlocks())
        if amount < MIN_RELEASE:
            raise NothingToRelease(
                f"{format_hyper(amount)} HYPER wait to be released, and it takes {format_hyper(MIN_RELEASE)}"
            )
        parts = split_release(amount)
        step = dao_instructions.release_unlocked(
            payer=self._wallet.address,
            number=config.release_count,
            operations=config.operations,
            mint=self._mint,
        )
        transfers = (
            Transfer(parts.community, "unlocks -> stakers, over the community window"),
            Transfer(parts.burned, "unlocks -> burned"),
            Transfer(parts.operations, f"unlocks -> operations {config.operations}"),
        )
        return Plan(f"release number {config.release_count}", ((step,),), transfers)

    async def deposit_unlock(self, amount: int) -> Plan:
        """Add tokens to the next release; they cannot be withdrawn."""
        if not amount:
            raise InvalidAmount("0 HYPER would move nothing", fix="name an amount above 0")
        await self.config()
        owner = self._wallet.address
        source = addresses.ata(owner, self._mint)
        await require_funds(self._chain, source, owner, amount, "bring less, or get HYPER first")
        step = tokens.transfer(source=source, destination=addresses.unlocks(), owner=owner, amount=amount)
        notes = ("the next release splits it: 30 % stakers, 20 % burned, the rest operations; no way back",)
        return Plan(
            "add to what is released next", ((step,),), (Transfer(amount, "wallet -> unlocks"),), (), notes
        )

    async def send(self, plan: Plan) -> tuple[str, ...]:
        """Sign and send a plan, and return the transactions' signatures."""
        return await carry_out(self._chain, plan, self._wallet)
