"""Instructions of reports, voters and the DAO: same names and arguments as in the model.

`_now` in an argument's name marks what the driver adds: what an act depends on that the model is not told.
"""

import hashlib
from types import SimpleNamespace
from typing import Any, cast

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import slashing
from hypernode.chain.generated.governance import GovernanceParams as RulesParams
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.fault import FaultReason
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode.domain.types import ZERO_ADDRESS, Address
from tests.programs.economy.builders import Batch, Builders
from tests.programs.economy.governance import TEXT, Call
from tests.programs.economy.reports import Accusation, ReportKey

DESCRIPTION = hashlib.sha256(b"what people read").digest()


def evidence_of(number: int) -> bytes:
    return hashlib.sha256(f"evidence {number}".encode()).digest() if number else bytes(32)


class PublicBuilders(Builders):
    # --- slashing

    def report(self, reporter: str, accused: str, case: Accusation) -> Batch:
        call = instructions.report_fault(
            reporter=self.address(reporter),
            accused=self.address(accused),
            source=self.chain.wallets[reporter],
            evidence=evidence_of(case.evidence),
            reason=FaultReason(case.reason),
        )
        return self.by(reporter, call)

    def vote(self, validator: str, key: ReportKey, uphold: bool, round_now: int) -> Batch:
        call = instructions.vote_on_report(
            validator=self.address(validator),
            report=self.report_at(key),
            account=self._account(key, round_now=round_now),
            uphold=uphold,
        )
        return self.by(validator, call)

    def resolve(self, key: ReportKey) -> Batch:
        return self.by_anybody(
            instructions.resolve_report(report=self.report_at(key), account=self._account(key))
        )

    def appeal(self, accused: str, key: ReportKey) -> Batch:
        source = self.chain.wallets[accused]
        call = instructions.appeal_report(
            accused=self.address(accused), report=self.report_at(key), source=source
        )
        return self.by(accused, call)

    def execute(self, key: ReportKey) -> Batch:
        call = instructions.execute_report(
            report=self.report_at(key),
            account=self._account(key),
            mint=self.chain.mint,
        )
        return self.by_anybody(call)

    def claim_due(self, key: ReportKey, claimer: str) -> Batch:
        return self.by_anybody(
            instructions.claim_due(report=self.report_at(key), destination=self.chain.wallets[claimer])
        )

    def claim_fee(self, key: ReportKey, round_number: int, validator: str) -> Batch:
        vote = addresses.vote(self.report_at(key), round_number, self.address(validator))
        call = instructions.claim_vote_fee(
            vote=vote, account=self._vote(key, validator), destination=self.chain.wallets[validator]
        )
        return self.by_anybody(call)

    def close_vote(self, key: ReportKey, round_number: int, validator: str) -> Batch:
        vote = addresses.vote(self.report_at(key), round_number, self.address(validator))
        return self.by_anybody(instructions.close_vote(vote=vote, account=self._vote(key, validator)))

    def close_report(self, key: ReportKey, payer_now: str) -> Batch:
        account = self._account(key, payer_now=payer_now)
        call = instructions.close_report(report=self.report_at(key), account=account, mint=self.chain.mint)
        return self.by_anybody(call)

    def close_record(self, accused: str, payer_now: str) -> Batch:
        account = cast(Any, SimpleNamespace(payer=self.address(payer_now)))
        return self.by_anybody(instructions.close_record(accused=self.address(accused), account=account))

    def report_at(self, key: ReportKey) -> Address:
        accused, number, owner, nonce = key
        if owner:
            return addresses.job_report(self.job(owner, nonce), number)
        return addresses.report(self.address(accused), evidence_of(number))

    def _account(self, key: ReportKey, round_now: int = 1, payer_now: str = "guardian") -> slashing.Report:
        """Return as much of the report as the builders of instructions read."""
        _, _, owner, nonce = key
        known = SimpleNamespace(
            accused=self.address(key[0]),
            job=self.job(owner, nonce) if owner else ZERO_ADDRESS,
            round=round_now,
            payer=self.address(payer_now),
        )
        return cast(slashing.Report, known)

    def _vote(self, key: ReportKey, validator: str) -> slashing.Vote:
        known = SimpleNamespace(report=self.report_at(key), payer=self.address(validator))
        return cast(slashing.Vote, known)

    # --- governance

    def create_proposal(self, proposer: str, kind: int, number_now: int) -> Batch:
        call = dao_instructions.create_proposal(
            proposer=self.address(proposer),
            number=number_now,
            kind=ProposalKind(kind),
            description_hash=DESCRIPTION,
        )
        return self.by(proposer, call)

    def add_instruction(self, proposer: str, number: int, call: Call) -> Batch:
        instruction = self.decree(call)
        added = dao_instructions.add_instruction(
            proposer=self.address(proposer), number=number, instruction=instruction
        )
        return self.by(proposer, added)

    def activate(self, proposer: str, number: int) -> Batch:
        return self.by(
            proposer, dao_instructions.activate_proposal(proposer=self.address(proposer), number=number)
        )

    def vote_on_proposal(self, voter: str, number: int, choice: int) -> Batch:
        call = dao_instructions.vote(voter=self.address(voter), number=number, choice=VoteChoice(choice))
        return self.by(voter, call)

    def finalize(self, number: int) -> Batch:
        return self.by_anybody(dao_instructions.finalize_proposal(number=number))

    def queue(self, number: int) -> Batch:
        return self.by_anybody(dao_instructions.queue_proposal(number=number))

    def execute_proposal(self, number: int, index: int, brought: int, kind_now: int, call_now: Call) -> Batch:
        brings = None if kind_now == TEXT or not call_now else self.decree(call_now)
        return self.by_anybody(
            dao_instructions.execute_proposal(number=number, index=index, instruction=brings)
        )

    def expire(self, number: int) -> Batch:
        return self.by_anybody(dao_instructions.expire_proposal(number=number))

    def cancel(self, canceller: str, number: int) -> Batch:
        return self.by(
            canceller, dao_instructions.cancel_proposal(canceller=self.address(canceller), number=number)
        )

    def veto(self, guardian: str, number: int, version: int) -> Batch:
        call = dao_instructions.veto_proposal(guardian=self.address(guardian), number=number, version=version)
        return self.by(guardian, call)

    def pause(self, guardian: str, flags: int, version: int) -> Batch:
        call = dao_instructions.guardian_pause(guardian=self.address(guardian), flags=flags, version=version)
        return self.by(guardian, call)

    def close_ballot(self, voter: str, number: int) -> Batch:
        return self.by(voter, dao_instructions.close_vote(voter=self.address(voter), number=number))

    def close_proposal(self, number: int, payer_now: str) -> Batch:
        return self.by_anybody(dao_instructions.close_proposal(number=number, payer=self.address(payer_now)))

    def release(self, number_now: int) -> Batch:
        chain = self.chain
        return self.by_anybody(
            dao_instructions.release_unlocked(
                payer=self.address("guardian"),
                number=number_now,
                operations=chain.operations,
                mint=chain.mint,
            )
        )

    def usurp(self, name: str, call: Call) -> Batch:
        decree, dao = self.decree(call), addresses.dao_authority()
        for at, meta in enumerate(decree.accounts):
            if meta.address == dao:
                decree = decree.with_account(at, AccountMeta(self.address(name), True, meta.writable))
        return self.by(name, decree)

    def decree(self, call: Call) -> Instruction:
        """Return what only the DAO's authority may send."""
        dao, (name, *arguments) = addresses.dao_authority(), cast(tuple[Any, ...], call)
        match name:
            case "set_fees":
                names = ("protocol_bps", "stakers_bps", "operations_bps")
                changes: dict[str, Any] = dict(zip(names, arguments, strict=True))
                changes |= {"treasury": self.chain.treasury, "operations": self.chain.market_operations}
                return instructions.set_fees(authority=dao, stakers=self.chain.stakers, **changes)
            case "set_min_rate":
                return instructions.set_min_rate(authority=dao, min_rate=arguments[0])
            case "set_pause":
                return instructions.set_pause(authority=dao, flags=arguments[0])
            case "set_windows":
                fees, community = arguments
                return instructions.set_windows(authority=dao, fee_window=fees, community_window=community)
            case "set_slashing_params":
                return instructions.set_slashing_params(authority=dao, params=arguments[0])
            case "set_dao_params":
                return dao_instructions.set_params(params=RulesParams(**vars(arguments[0])))
            case "treasury_transfer":
                receiver, amount = arguments
                return dao_instructions.treasury_transfer(
                    destination=self.chain.wallets[receiver], amount=amount
                )
        raise AssertionError(name)
