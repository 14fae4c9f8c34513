"""Driver of the real programs: it sends the model's acts, with what each depends on at that moment."""

from collections.abc import Callable
from typing import Any

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated import markets
from hypernode.chain.keys import Key
from hypernode.domain.status import DeclineReason, Verdict
from tests.programs.decisions import a_decision
from tests.programs.economy.builders import Batch
from tests.programs.economy.builders_public import PublicBuilders
from tests.programs.economy.chain import Chain, Vendor, vendor
from tests.programs.economy.model import Economy
from tests.programs.economy.reports import ReportKey

Prepared = tuple[Vendor, list[Key]]


class Driver:
    """Built once a process: most transactions are, too."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.builders = PublicBuilders(chain)
        self._built: dict[tuple[Any, ...], Prepared] = {}

    def prepare(self, economy: Economy, name: str, *arguments: Any) -> Prepared:
        """Build the transaction for an act that `economy` is about to try."""
        if name in _OF_ITS_SECOND:
            return _signed(_OF_ITS_SECOND[name](self, economy, *arguments))
        moment = _MOMENTS[name](economy, *arguments) if name in _MOMENTS else ()
        key = (name, *arguments, *moment)
        if key not in self._built:
            self._built[key] = _signed(getattr(self.builders, name)(*arguments, *moment))
        return self._built[key]

    def open_from_job(self, economy: Economy, opener: str, owner: str, nonce: int) -> Batch:
        job = self.builders.job(owner, nonce)
        account, payer = self.chain.read(markets.Job, job), self.builders.address(opener)
        return self.builders.by(opener, instructions.open_from_job(payer=payer, job=job, account=account))

    def close_outcome(self, economy: Economy, owner: str, nonce: int) -> Batch:
        job = self.builders.job(owner, nonce)
        account, closer = self.chain.read(markets.Job, job), self.builders.address("guardian")
        return self.builders.by_anybody(instructions.close_outcome(closer=closer, job=job, account=account))

    def settle_job(self, economy: Economy, owner: str, nonce: int, accept: bool) -> Batch:
        job = self.builders.job(owner, nonce)
        account = self.chain.read(markets.Job, job)
        attestation = attestation_for(
            job=job,
            account=account,
            oracle_set=self.chain.read(markets.OracleSet, addresses.oracle_set()),
            decision=a_decision(Verdict.ACCEPT if accept else Verdict.REJECT, account.seconds_used),
        )
        voices = [(oracle.address, oracle.sign(attestation.digest())) for oracle in self.chain.oracles[:2]]
        batch = instructions.settle_job(
            job=job,
            account=account,
            vault=addresses.buyer_vault(account.buyer),
            attestation=attestation,
            signatures=voices,
        )
        return self.builders.by_anybody(*batch)

    def decline_job(self, economy: Economy, owner: str, nonce: int, operator: str) -> Batch:
        job = self.builders.job(owner, nonce)
        account = self.chain.read(markets.Job, job)
        reason = DeclineReason.NODE_FAULT
        return self.builders.by(operator, instructions.decline_job(job=job, account=account, reason=reason))

    def accept_job(self, economy: Economy, owner: str, nonce: int) -> Batch:
        job = self.builders.job(owner, nonce)
        account = self.chain.read(markets.Job, job)
        vault = addresses.buyer_vault(account.buyer)
        pay = instructions.accept_job(
            owner=self.builders.address(owner), job=job, account=account, vault=vault
        )
        return self.builders.by(owner, pay)

    def expire_job(self, economy: Economy, owner: str, nonce: int) -> Batch:
        job = self.builders.job(owner, nonce)
        account = self.chain.read(markets.Job, job)
        return self.builders.by_anybody(instructions.expire_job(job=job, account=account))


def _signed(batch: Batch) -> Prepared:
    calls, signers = batch
    return vendor(calls), list(signers)


def _reporter(economy: Economy, key: ReportKey) -> tuple[str]:
    report = economy.slashing.reports.get(key)
    return (report.payer if report else "guardian",)


def _call(economy: Economy, number: int, index: int, brought: int) -> tuple[Any, ...]:
    proposal = economy.governance.proposals.get(number)
    if proposal is None:
        return 0, ()
    return proposal.kind, proposal.calls[brought] if 0 <= brought < proposal.count else ()


def _round(economy: Economy, validator: str, key: ReportKey, uphold: bool) -> tuple[int]:
    report = economy.slashing.reports.get(key)
    return (report.round if report else 1,)


def _record_payer(economy: Economy, accused: str) -> tuple[str]:
    record = economy.slashing.records.get(accused)
    return (record.payer if record else "guardian",)


def _proposer(economy: Economy, number: int) -> tuple[str]:
    proposal = economy.governance.proposals.get(number)
    return (proposal.proposer if proposal else "guardian",)


# What an act depends on beside its arguments; the builders take it after them.
_MOMENTS: dict[str, Callable[..., tuple[Any, ...]]] = {
    "close_report": _reporter,
    "vote": _round,
    "close_record": _record_payer,
    "close_proposal": _proposer,
    "execute_proposal": _call,
    "create_proposal": lambda economy, *_: (economy.governance.proposal_count,),
    "release": lambda economy: (len(economy.governance.releases),),
}
# What cannot be built but at its second, from what stands on chain.
_OF_ITS_SECOND: dict[str, Callable[..., Batch]] = {
    "open_from_job": Driver.open_from_job,
    "close_outcome": Driver.close_outcome,
    "settle_job": Driver.settle_job,
    "expire_job": Driver.expire_job,
    "decline_job": Driver.decline_job,
    "accept_job": Driver.accept_job,
}
