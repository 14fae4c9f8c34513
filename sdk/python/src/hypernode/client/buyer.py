"""Client of one buyer's wallet: fund, quote, post, watch, download, cancel. `Hypernode` builds on it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from http import HTTPStatus

import base58
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_random

from hypernode.blobs import BlobStore
from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import PROGRAM_ID, BuyerAccount, JobCreated, Market
from hypernode.chain.generated.markets import Job as JobAccount
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.api import READ_PATIENCE, WAIT_PATIENCE, ApiClient
from hypernode.client.checks import ApiMismatch, check_job, check_quote
from hypernode.domain.money import check_amount, format_hyper
from hypernode.domain.receipt import stop_bytes
from hypernode.domain.spec import JobSpec, spec_hash
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.domain.verification import VerificationLevel, verification
from hypernode.domain.windows import longest_lock
from hypernode.errors import ApiError, DomainError, InvalidTransition, NoMarkets
from hypernode.wire.health import Health
from hypernode.wire.jobs import JobDetail, JobLogs, JobPage, StopIn, StopView
from hypernode.wire.quotes import Quote, QuoteRequest, VerificationView

# Seconds between two looks at a job: about one slot at first, longer while nothing changes.
WATCH_SECONDS = 0.4
LONGEST_WAIT = 3.0
# Looks for a job that stands on chain, while the API's index is behind.
INDEX_LOOKS = 75
NOT_FOUND = 404
# Seconds to wait for an API that is behind the chain.
MIRROR_SECONDS = 5.0


class InsufficientFunds(DomainError):
    """The wallet and its buyer account together hold less than the cap."""


# What a number of nodes has or lacks, by the name in a quote (docs/matching.md).
_UNFIT = {
    "Retired": "retired",
    "SelfDealing": "of this wallet",
    "GpuVendor": "without such a GPU",
    "GpuCount": "with too few GPUs",
    "Vram": "with too little GPU memory",
    "Cpu": "with too few CPUs",
    "Memory": "with too little memory",
    "Disk": "with too little disk",
    "Stake": "with too small a stake",
    "Cooldown": "whose stake has too short a cooldown for this timeout",
    "Reputation": "with too low a reputation",
    "Price": "asking more than this rate",
    "Deterrence": "whose stake does not cover this cap",
}


class NoNodeFits(DomainError):
    """No online node can run this spec now, so a posted job would only wait and expire."""


@dataclass(frozen=True)
class Balance:
    """Base units of HYPER: in the wallet, and in the buyer account by what they are for."""

    wallet: int
    available: int
    locked: int
    fees_due: int
    lamports: int


@dataclass(frozen=True)
class PostedJob:
    """A job on chain, with what was locked for it and what had to be deposited first.

    `again` is True if the nonce named the job before, so that nothing was paid now.
    """

    job: Address
    nonce: int
    cap: int
    deposited: int
    signature: str
    again: bool = False


class BuyerClient:
    """One buyer's wallet on one market."""

    def __init__(
        self,
        chain: ChainPort,
        api: ApiClient,
        blobs: BlobStore,
        wallet: Key,
        *,
        mint: Address,
        market: Address,
    ) -> None:
        self._chain, self._api, self._blobs, self._wallet = chain, api, blobs, wallet
        self._mint, self._market = mint, market
        self.sleep = api.sleep
        self._posting = asyncio.Lock()

    @property
    def owner(self) -> Address:
        return self._wallet.address

    @property
    def _wallet_account(self) -> Address:
        return addresses.ata(self.owner, self._mint)

    async def balance(self) -> Balance:
        account = await self._chain.buyer(self.owner)
        return Balance(
            wallet=await self._chain.token_balance(self._wallet_account),
            available=account.available if account else 0,
            locked=account.locked if account else 0,
            fees_due=account.treasury_due + account.stakers_due + account.operations_due if account else 0,
            lamports=await self._chain.balance(self.owner),
        )

    async def deposit(self, amount: int) -> str:
        """Move base units from the wallet to its buyer account, opening the account if need be.

        Raise `InsufficientFunds` if the wallet has less.
        """
        held = await self._chain.token_balance(self._wallet_account)
        if check_amount(amount) > held:
            raise InsufficientFunds(f"the wallet has {format_hyper(held)} HYPER, not {format_hyper(amount)}")
        return await self._send(self._funding(await self._chain.buyer(self.owner), amount))

    async def withdraw(self, amount: int) -> str:
        """Move base units that no job has locked back to the wallet.

        Raise `InsufficientFunds` if the buyer account has less.
        """
        check_amount(amount)
        account = await self._chain.buyer(self.owner)
        available = account.available if account else 0
        if account is None or amount > available:
            wanted = format_hyper(amount)
            raise InsufficientFunds(
                f"the buyer account has {format_hyper(available)} HYPER to take back, not {wanted}"
            )
        vault = self._vault(account)
        target = self._wallet_account
        step = instructions.withdraw(owner=self.owner, vault=vault, destination=target, amount=amount)
        return await self._send([step])

    async def quote(self, spec: JobSpec, rate: int | None = None) -> Quote:
        """Return what a job may cost and how many nodes could run it now; nothing is reserved.

        Raise `ApiMismatch` unless the API quotes this spec and market at `rate`, or at the floor that market
        and network have on chain.
        """
        if rate is not None:
            check_amount(rate)
        request = QuoteRequest(spec=spec.to_document(), market=self._market, rate=rate)
        quote = await self._api.post(Quote, "/v1/quotes", request.model_dump(mode="json"))
        market = await self._terms()
        config = await self._chain.config()
        floor = max(market.price_per_second, 0 if config is None else config.min_rate)
        asked = floor if rate is None else rate
        check_quote(quote, spec, market=self._market, rate=asked)
        # The chain decides how long money can stay locked, whatever the API says.
        lock = longest_lock(
            spec.timeout_seconds,
            ttl=market.job_ttl,
            attempts=market.max_attempts,
            start_allowance=market.start_allowance,
            grace=market.grace,
            verdict_floor=market.verdict_floor,
        )
        ours = verification(spec, market.audit_bps)
        # Nor what is verified: the API may only know more reasons why nothing is.
        verified = quote.verification
        if verified.level != VerificationLevel.NONE or ours.level is VerificationLevel.NONE:
            verified = VerificationView.model_validate(ours)
        return quote.model_copy(update={"longest_lock_seconds": lock, "verification": verified})

    async def post(
        self,
        spec: JobSpec,
        inputs: Iterable[bytes] = (),
        *,
        rate: int | None = None,
        nonce: int | None = None,
        allow_unfit: bool = False,
    ) -> PostedJob:
        """Quote, upload the spec and its inputs, then fund and create the job in one transaction.

        The nonce names the job's address: a second job with the same nonce is refused while the first one
        is live. Once it has ended the address is free: read `created` first to pay only once.
        Raises `ApiMismatch`, `NoNodeFits` and `InsufficientFunds` before anything is uploaded or signed.
        """
        quote = await self.quote(spec, rate)
        if quote.fitting_nodes == 0 and not allow_unfit:
            raise NoNodeFits(_why_unfit(quote), about=quote.online_nodes)
        await self._missing(quote.cap)
        for data in (*inputs, spec.to_bytes()):
            await self._blobs.put(data)
        chosen = addresses.fresh_nonce(self.owner) if nonce is None else nonce
        create = instructions.create_job(
            owner=self.owner,
            market=self._market,
            nonce=chosen,
            spec_hash=spec_hash(spec),
            rate=quote.rate,
            timeout_seconds=spec.timeout_seconds,
            gpu_vendor=spec.resources.gpu.vendor,
            gpu_count=spec.resources.gpu.count,
            min_vram_mib=spec.resources.gpu.min_vram_mib,
        )
        # One after the other: each deposits what the job locks beyond the balance that it finds.
        async with self._posting:
            account, missing = await self._missing(quote.cap)
            signature = await self._send([*self._funding(account, missing), create])
        return PostedJob(addresses.job(self.owner, chosen), chosen, quote.cap, missing, signature)

    async def created(self, nonce: int) -> tuple[PostedJob, bytes] | None:
        """Return the last job that this nonce named, with its spec hash; None if there was none.

        The chain is asked first; the API knows jobs whose transactions the RPC endpoint has forgotten.
        """
        address = addresses.job(self.owner, nonce)
        for entry in reversed(await self._chain.events_of(address)):
            if isinstance(event := entry.event, JobCreated) and event.job == address:
                return PostedJob(address, nonce, event.cap, 0, entry.signature, again=True), event.spec_hash
        try:
            detail = await self.job(address)
        except ApiError as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        signature = detail.timeline[0].signature if detail.timeline else ""
        return PostedJob(address, nonce, detail.cap, 0, signature, again=True), bytes.fromhex(
            detail.spec_hash
        )

    async def cancel(self, job: Address) -> str:
        """Cancel a job that no node has taken yet."""
        live = await self._chain.job(job)
        if live is None or live.status.is_end:
            raise InvalidTransition(f"no live job at {job}: it has ended, or never was", about=job)
        return await self._send([instructions.cancel_job(owner=self.owner, job=job, payer=live.payer)])

    async def accept(self, job: Address) -> str:
        """Pay a submitted job that got no verdict; possible in the second half of its late window."""
        live, account = await self._chain.job(job), await self._chain.buyer(self.owner)
        if live is None or live.status.is_end or account is None:
            raise InvalidTransition(f"no live job at {job}: it has ended, or never was", about=job)
        step = instructions.accept_job(owner=self.owner, job=job, account=live, vault=self._vault(account))
        return await self._send([step])

    async def mirrored(self) -> bool:
        """Wait until the API has read the chain up to now, so that its lists include the last transaction.

        Return False if that took longer than `MIRROR_SECONDS` or the API does not answer.
        """
        slot = (await self._chain.clock()).slot
        retrying = AsyncRetrying(
            retry=retry_if_result(lambda seen: seen is None or seen <= slot),
            stop=stop_after_delay(MIRROR_SECONDS),
            wait=wait_random(WATCH_SECONDS / 4, WATCH_SECONDS / 2),
            retry_error_callback=lambda _: None,
        )
        try:
            return await retrying(self._mirrored_slot) is not None
        except ApiError:
            return False

    async def _mirrored_slot(self) -> int | None:
        return (await self._api.get(Health, "/health")).indexer_slot

    async def jobs(self, status: str | None = None, cursor: str | None = None) -> JobPage:
        wanted = {"buyer": self.owner, "status": status, "cursor": cursor}
        return await self._api.get(JobPage, "/v1/jobs", {key: text for key, text in wanted.items() if text})

    async def job(self, job: Address, patience: float = READ_PATIENCE) -> JobDetail:
        detail = await self._api.get(JobDetail, f"/v1/jobs/{job}", patience=patience)
        if detail.job != job:
            raise ApiMismatch(f"the API answers job {detail.job}; asked for {job}")
        return detail

    async def proven(self, detail: JobDetail) -> bool:
        """Return True if the chain's events confirm the end of a job; see `check_job`."""
        events = await self._chain.events_of(Address(detail.job))
        return check_job(detail, (entry.event for entry in events))

    async def logs(self, job: Address) -> JobLogs:
        return await self._api.get(JobLogs, f"/v1/jobs/{job}/logs", patience=WAIT_PATIENCE)

    async def watch(self, job: Address, *, is_posted: bool = False) -> AsyncIterator[JobDetail]:
        """Yield the job whenever it changed, and last when it has ended.

        The job goes on without the API, so an API that is away is waited for, up to `WAIT_PATIENCE` seconds.
        A job that `is_posted` exists, though an API whose index is behind may not know it yet.
        """
        last, wait = await self._first(job, INDEX_LOOKS if is_posted else 1), WATCH_SECONDS
        yield last
        while last.ended_at is None:
            await self.sleep(wait * random.uniform(0.5, 1))
            detail = await self.job(job, WAIT_PATIENCE)
            if detail == last:
                wait = min(wait * 1.5, LONGEST_WAIT)
                continue
            last, wait = detail, WATCH_SECONDS
            yield last

    async def stop(self, job: Address) -> StopView:
        """Ask the node that runs a job to end it; the seconds used are paid once oracles accept.

        Raise `InvalidTransition` for a job that no node runs now.
        """
        account = await self._chain.job(job)
        if account is None or account.status is not JobStatus.ASSIGNED:
            raise _not_running(job, account)
        cluster = await self._chain.genesis_hash()
        signed = stop_bytes(cluster, PROGRAM_ID, job, account.sequence, account.attempt)
        signature = base58.b58encode(self._wallet.sign(signed)).decode()
        request = StopIn(sequence=account.sequence, attempt=account.attempt, signature=signature)
        return await self._api.post(StopView, f"/v1/jobs/{job}/stop", request.model_dump(mode="json"))

    async def _first(self, job: Address, looks: int) -> JobDetail:
        for _ in range(1, looks):
            try:
                return await self.job(job, WAIT_PATIENCE)
            except ApiError as fault:
                if fault.status != NOT_FOUND:
                    raise
            await self.sleep(WATCH_SECONDS)
        return await self.job(job, WAIT_PATIENCE)

    async def _terms(self) -> Market:
        """Return the market, as the chain has it."""
        market = await self._chain.market(self._market)
        if market is None:
            raise NoMarkets(f"the chain has no market {self._market}")
        return market

    async def _missing(self, cap: int) -> tuple[BuyerAccount | None, int]:
        """Return the buyer account and what it lacks of a cap, if the wallet has that much."""
        account = await self._chain.buyer(self.owner)
        available = account.available if account else 0
        missing = max(0, cap - available)
        held = await self._chain.token_balance(self._wallet_account) if missing else 0
        if missing > held:
            raise InsufficientFunds(
                f"the job locks {format_hyper(cap)} HYPER; the wallet has "
                f"{format_hyper(held)} and the buyer account {format_hyper(available)}"
            )
        return account, missing

    def _funding(self, account: BuyerAccount | None, amount: int) -> list[Instruction]:
        """Return the instructions that open the buyer account, if there is none, and deposit the amount."""
        steps = []
        if account is None:
            steps.append(instructions.open_buyer(owner=self.owner, mint=self._mint))
        if amount:
            vault, source = self._vault(account), self._wallet_account
            steps.append(instructions.deposit(owner=self.owner, vault=vault, source=source, amount=amount))
        return steps

    def _vault(self, account: BuyerAccount | None) -> Address:
        """Return the vault that the buyer account names, or where opening one makes it."""
        return account.vault if account else addresses.buyer_vault(self.owner)

    async def _send(self, steps: list[Instruction]) -> str:
        return await self._chain.send(steps, [self._wallet])


def _not_running(job: Address, account: JobAccount | None) -> InvalidTransition:
    if account is None or account.status.is_end:
        return InvalidTransition(f"no live job at {job}: it has ended, or never was", about=job)
    why = "no node has it yet, so it can be cancelled"
    if account.status is not JobStatus.POSTED:
        why = "its run has ended, and the oracles decide now"
    return InvalidTransition(f"the job is {account.status.label}: {why}", about=job)


def _why_unfit(quote: Quote) -> str:
    if not quote.online_nodes:
        return "no node is online"
    reasons = ", ".join(
        f"{count} {_UNFIT.get(reason, reason)}" for reason, count in sorted(quote.unfit.items())
    )
    return f"none of {quote.online_nodes} online nodes can run this job" + (f": {reasons}" if reasons else "")
