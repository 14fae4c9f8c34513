"""Client of the slashing program for reporters, validators and the accused. Each call prepares a `Plan`."""

from __future__ import annotations

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.generated.slashing import Report, Vote
from hypernode.chain.generated.staking import Stake
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.plan import NotNow, Plan, Transfer, VotingOver, carry_out, require_funds
from hypernode.client.reports import (
    SlashingReader,
    due,
    fee,
    least_bond,
    may_resolve,
    outlook,
    won,
)
from hypernode.client.staker import NothingStaked, NothingToClaim
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.money import format_hyper
from hypernode.domain.pricing import BPS
from hypernode.domain.staking import votable
from hypernode.domain.types import Address
from hypernode.domain.words import Window
from hypernode.errors import DomainError

Status = ReportStatus
VOTED_ON = (Status.VOTING, Status.APPEALED)


class CannotJudge(DomainError):
    """This wallet may not vote on this report."""


class NotYours(DomainError):
    """Another wallet must do this."""


class SlashingClient(SlashingReader):
    """Reports of faults, seen by one wallet. Each call prepares a `Plan`; `send` signs and sends it."""

    def __init__(self, chain: ChainPort, wallet: Key, *, mint: Address) -> None:
        super().__init__(chain)
        self._wallet, self._mint = wallet, mint

    @property
    def owner(self) -> Address:
        """The wallet's address."""
        return self._wallet.address

    @property
    def _tokens(self) -> Address:
        return addresses.ata(self.owner, self._mint)

    async def report(
        self,
        accused: Address,
        reason: FaultReason,
        evidence: bytes,
    ) -> Plan:
        """Open a report about the owner of a stake; the bond is lost if the report is dismissed."""
        if reason.is_of_job:
            raise NotNow(
                f"{reason.label} is the verdict on a job: nobody can claim it",
                fix="bring the rejected or timed-out job",
            )
        config, stake = await self.config(), await self._accused(accused)
        amount = await self._free(accused, stake) * config.reason_bps[reason - FaultReason.OFFLINE] // BPS
        bond = least_bond(amount, config.bond)
        fix = "get HYPER first; the bond comes back unless the report is dismissed"
        await require_funds(self._chain, self._tokens, self.owner, bond, fix)
        step = instructions.report_fault(
            reporter=self.owner, accused=accused, source=self._tokens, evidence=evidence, reason=reason
        )
        report = addresses.report(accused, evidence)
        ends = await self.now() + config.voting_period
        return Plan(
            f"report {accused} for {reason.label} as {report}",
            ((step,),),
            (Transfer(bond, "wallet -> bond, lost to the accused if the report is dismissed"),),
            (Window("validators vote", closes_at=ends),),
            self._stakes(accused, stake, amount),
        )

    async def open_from_job(self, job: Address) -> Plan:
        """Bring a rejected or finally timed-out job: hold its sentence and close the job's account."""
        account = await self._chain.job(job)
        if account is None or not account.status.is_end:
            raise NotNow(f"{job} is not a job that waits for a report", about=job)
        config, stake = await self.config(), await self._accused(account.operator)
        amount = min(account.sentence, stake.amount - stake.held_amount)
        after = await self.now() + config.appeal_period
        return Plan(
            f"report {account.operator} for {account.status.label} {job}"
            f" as {addresses.job_report(job, account.sequence)}",
            ((instructions.open_from_job(payer=self.owner, job=job, account=account),),),
            windows=(
                Window("the accused may appeal", closes_at=after),
                Window("anyone may execute it", after),
            ),
            notes=self._stakes(account.operator, stake, amount),
        )

    async def vote(self, address: Address, *, uphold: bool) -> Plan:
        """Vote with the weight that was locked before the report was opened."""
        report = await self._in(address, *VOTED_ON)
        if await self.now() >= report.voting_ends_at:
            raise await self._not_now(address, report, VotingOver)
        weight = await self._judges(address, report)
        step = instructions.vote_on_report(
            validator=self.owner, report=address, account=report, uphold=uphold
        )
        verdict = "uphold" if uphold else "overturn"
        notes = (
            f"with weight {format_hyper(weight)}; a vote cannot be changed",
            "a tenth of the bonds goes to those who voted as it ends, whichever way that is",
        )
        window = Window("validators vote", closes_at=report.voting_ends_at)
        return Plan(f"vote {verdict} on {address}", ((step,),), windows=(window,), notes=notes)

    async def resolve(self, address: Address) -> Plan:
        """Count the votes."""
        report = await self._in(address, *VOTED_ON)
        now = await self.now()
        if not may_resolve(report, now):
            raise await self._not_now(address, report)
        windows: tuple[Window, ...] = ()
        if report.status is Status.VOTING:
            after = now + report.appeal_period
            windows = (
                Window("if it is confirmed, the accused may appeal", closes_at=after),
                Window("if there is no appeal, anyone may execute it", after),
            )
        step = instructions.resolve_report(report=address, account=report)
        return Plan(f"count the votes on {address}", ((step,),), windows=windows)

    async def appeal(self, address: Address) -> Plan:
        """Ask, as the accused, for a second round with a larger quorum."""
        report = await self._in(address, Status.CONFIRMED)
        if self.owner != report.accused:
            raise NotYours(f"only the accused, {report.accused}, may appeal")
        if await self.now() >= report.executable_at:
            raise await self._not_now(address, report)
        price = report.appeal_price
        await require_funds(self._chain, self._tokens, self.owner, price, "get HYPER before the time is over")
        step = instructions.appeal_report(accused=self.owner, report=address, source=self._tokens)
        window = Window("validators vote again", closes_at=await self.now() + report.voting_period)
        transfer = Transfer(price, "wallet -> bond, lost if the sentence is upheld")
        return Plan(f"appeal against {address}", ((step,),), (transfer,), (window,))

    async def execute(self, address: Address) -> Plan:
        """Take the sentence from the stake of the accused."""
        report = await self._in(address, Status.CONFIRMED, Status.UPHELD)
        if await self.now() < report.executable_at:
            raise await self._not_now(address, report)
        step = instructions.execute_report(report=address, account=report, mint=self._mint)
        what = f"execute {address} against {report.accused}"
        transfer = Transfer(report.amount, f"stake of {report.accused} -> burned")
        return Plan(what, ((step,),), (transfer,))

    async def claim(self, address: Address) -> Plan:
        """Claim what a report owes this wallet as reporter, accused or validator."""
        report, steps = await self.report_at(address), list[Instruction]()
        if not report.status.is_end:
            raise await self._not_now(address, report)
        owed = due(report, self.owner)
        if owed:
            steps.append(instructions.claim_due(report=address, destination=self._tokens))
        total = owed
        for number in range(1, report.round + 1):
            at = addresses.vote(address, number, self.owner)
            cast = await self._chain.read(Vote, at)
            if cast is None:
                continue
            share = fee(report, cast)
            total += share
            steps.append(
                instructions.claim_vote_fee(vote=at, account=cast, destination=self._tokens)
                if won(report, cast)
                else instructions.close_vote(vote=at, account=cast)
            )
        if not steps:
            raise NothingToClaim(f"{address} owes {self.owner} nothing", about=address)
        if total and not await self._chain.balance(self._tokens):
            steps.insert(0, tokens.create_ata(payer=self.owner, owner=self.owner, mint=self._mint))
        transfers = (Transfer(total, "slashing vault -> wallet"),) if total else ()
        notes = () if total else ("the rent of your vote comes back",)
        return Plan(f"claim from {address}", (tuple(steps),), transfers, notes=notes)

    async def close(self, address: Address) -> Plan:
        """Close a report with nothing left to claim; the rent returns to its payer."""
        report = await self.report_at(address)
        if not report.status.is_end:
            raise await self._not_now(address, report)
        step = instructions.close_report(report=address, account=report, mint=self._mint)
        return Plan(f"close {address}; its rent goes to {report.payer}", ((step,),))

    async def send(self, plan: Plan) -> tuple[str, ...]:
        """Sign and send a plan, and return the transactions' signatures."""
        return await carry_out(self._chain, plan, self._wallet)

    async def _accused(self, accused: Address) -> Stake:
        stake = await self._chain.stake(accused)
        if stake is None or not stake.amount:
            raise NothingStaked(
                f"{accused} has no stake that could be slashed", fix="name the wallet that staked"
            )
        return stake

    async def _free(self, accused: Address, stake: Stake) -> int:
        """Return what of a stake no confirmed report and no open job needs."""
        node = await self._chain.node(addresses.node(accused))
        return max(0, stake.amount - stake.held_amount - (0 if node is None else node.exposure))

    def _stakes(self, accused: Address, stake: Stake, amount: int) -> tuple[str, ...]:
        taken = format_hyper(amount)
        return (
            f"the stake of {accused} cannot leave until the report has ended",
            f"if it is executed it costs {taken} of {format_hyper(stake.amount)} HYPER staked",
        )

    async def _judges(self, address: Address, report: Report) -> int:
        """Return the weight with which this wallet may vote, or raise `CannotJudge`."""
        if self.owner in (report.reporter, report.accused):
            raise CannotJudge("reporter and accused may not vote", fix="use another wallet")
        cast = await self._chain.read(Vote, addresses.vote(address, report.round, self.owner))
        if cast is not None:
            raise CannotJudge(f"{self.owner} has voted in this round", about=address)
        stake = await self._chain.stake(self.owner)
        least = report.min_validator_stake
        if stake is None or stake.amount < least:
            raise CannotJudge(
                f"a vote takes a stake of {format_hyper(least)} HYPER that was locked before the report",
                fix="stake now to vote on later reports",
            )
        leaves = (stake.unstake_at or await self.now()) + stake.duration
        weight = votable(stake, report.opened_at)
        if not weight or leaves < report.voting_ends_at:
            raise CannotJudge(
                f"the stake of {self.owner} was locked too late, or could leave before the voting ends",
                fix="it has a vote on reports that are opened later",
            )
        return weight

    async def _in(self, address: Address, *statuses: ReportStatus) -> Report:
        report = await self.report_at(address)
        if report.status not in statuses:
            raise await self._not_now(address, report)
        return report

    async def _not_now(self, address: Address, report: Report, error: type[NotNow] = NotNow) -> NotNow:
        now = await self.now()
        can = "; ".join(window.words(now) for window in outlook(report, now))
        return error(f"{address} is {report.status.label}: {can}", about=address)
