"""Owns the instructions of the slashing program: to report, to judge, to appeal, to execute, to claim.

Reports are read first: `account` is the report as it stands, and gives the addresses that go with it.
"""

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.ed25519 import verify_instruction
from hypernode.chain.generated import slashing
from hypernode.chain.generated.slashing import SlashingParams
from hypernode.chain.instruction import Instruction
from hypernode.domain.fault import Fault, FaultReason
from hypernode.domain.types import ZERO_ADDRESS, Address, address_of


def init_slashing(*, authority: Address, mint: Address) -> Instruction:
    """Make the configuration and the vault, once; `authority` must be the program's upgrade authority."""
    return slashing.init_config(
        authority=authority,
        config=addresses.slashing_config(),
        mint=mint,
        vault=addresses.slashing_vault(),
        program_data=addresses.program_data(slashing.PROGRAM_ID),
    )


def propose_slashing_authority(*, authority: Address, new_authority: Address) -> Instruction:
    return slashing.propose_authority(
        authority=authority, config=addresses.slashing_config(), new_authority=new_authority
    )


def accept_slashing_authority(*, new_authority: Address) -> Instruction:
    return slashing.accept_authority(new_authority=new_authority, config=addresses.slashing_config())


def set_slashing_params(*, authority: Address, params: SlashingParams) -> Instruction:
    """Change the parameters of reports to come; open ones keep theirs."""
    return slashing.set_params(authority=authority, config=addresses.slashing_config(), params=params)


def report_fault(
    *,
    reporter: Address,
    accused: Address,
    source: Address,
    evidence: bytes,
    reason: FaultReason,
    job: Address = ZERO_ADDRESS,
    sequence: int = 0,
    buyer: Address = ZERO_ADDRESS,
    payer: Address | None = None,
) -> Instruction:
    """Accuse a wallet, with a bond from `source`; `evidence` is the digest in the evidence's content id."""
    return slashing.report(
        reporter=reporter,
        payer=payer or reporter,
        config=addresses.slashing_config(),
        pool=addresses.pool(),
        stake=addresses.stake(accused),
        report=addresses.report(accused, evidence),
        record=addresses.slashing_record(accused),
        fault=addresses.fault(accused, job, sequence, evidence),
        vault=addresses.slashing_vault(),
        source=source,
        evidence=evidence,
        reason=reason,
        job=job,
        sequence=sequence,
        buyer=buyer,
    )


def report_attested(
    *, fault: Fault, signatures: Sequence[tuple[Address, bytes]], payer: Address | None = None
) -> tuple[Instruction, Instruction]:
    """Accuse by the oracles' word: the precompile with their signatures, then the report.

    The two must stay neighbours, and the reporter that the fault names signs.
    """
    accused, reporter, job = address_of(fault.accused), address_of(fault.reporter), address_of(fault.job)
    instruction = slashing.report_attested(
        reporter=reporter,
        payer=payer or reporter,
        config=addresses.slashing_config(),
        oracle_set=addresses.oracle_set(),
        pool=addresses.pool(),
        stake=addresses.stake(accused),
        report=addresses.attested_report(accused, fault.evidence),
        record=addresses.slashing_record(accused),
        fault=addresses.fault(accused, job, fault.sequence, fault.evidence),
        evidence=fault.evidence,
        reason=fault.reason,
        job=job,
        sequence=fault.sequence,
        attempt=fault.attempt,
        buyer=address_of(fault.buyer),
        expires_at=fault.expires_at,
    )
    return verify_instruction(fault.digest(), signatures), instruction


def vote_on_report(
    *,
    validator: Address,
    report: Address,
    account: slashing.Report,
    uphold: bool,
    payer: Address | None = None,
) -> Instruction:
    """Judge by a stake that was locked before the report."""
    return slashing.vote(
        validator=validator,
        payer=payer or validator,
        report=report,
        stake=addresses.stake(validator),
        vote=addresses.vote(report, account.round, validator),
        uphold=uphold,
    )


def resolve_report(*, report: Address, account: slashing.Report) -> Instruction:
    """Count the votes, when the voting is over or nothing can change it any more."""
    return slashing.resolve(
        config=addresses.slashing_config(),
        report=report,
        record=addresses.slashing_record(account.accused),
        stake=addresses.stake(account.accused),
    )


def appeal_report(*, accused: Address, report: Address, source: Address) -> Instruction:
    """Ask for a second round before more judges, with a bond."""
    return slashing.appeal(
        accused=accused,
        config=addresses.slashing_config(),
        report=report,
        vault=addresses.slashing_vault(),
        source=source,
    )


def execute_report(
    *, payer: Address, report: Address, account: slashing.Report, mint: Address
) -> Instruction:
    """Take the stake of the guilty; `payer` pays for the account that says so for ever."""
    return slashing.execute(
        payer=payer,
        config=addresses.slashing_config(),
        report=report,
        record=addresses.slashing_record(account.accused),
        fault=_fault(account),
        pool=addresses.pool(),
        stake=addresses.stake(account.accused),
        stake_vault=addresses.stake_vault(),
        accumulator=addresses.accumulator(),
        vault=addresses.slashing_vault(),
        mint=mint,
    )


def dismiss_moot_report(*, report: Address, account: slashing.Report) -> Instruction:
    """End a report about a job that was punished meanwhile."""
    return slashing.dismiss_moot(
        config=addresses.slashing_config(),
        report=report,
        record=addresses.slashing_record(account.accused),
        fault=_fault(account),
        stake=addresses.stake(account.accused),
    )


def claim_due(*, report: Address, destination: Address) -> Instruction:
    """Pay the owner of the token account `destination` what the report owes him."""
    return slashing.claim_due(
        config=addresses.slashing_config(),
        report=report,
        vault=addresses.slashing_vault(),
        destination=destination,
    )


def claim_vote_bounty(*, vote: Address, account: slashing.Vote, destination: Address) -> Instruction:
    """Pay a validator who said what came out, and close the vote."""
    return slashing.claim_vote_bounty(
        config=addresses.slashing_config(),
        report=account.report,
        vote=vote,
        payer=account.payer,
        vault=addresses.slashing_vault(),
        destination=destination,
    )


def close_vote(*, vote: Address, account: slashing.Vote) -> Instruction:
    """Close a vote that has nothing to claim."""
    return slashing.close_vote(report=account.report, vote=vote, payer=account.payer)


def close_report(*, report: Address, account: slashing.Report, mint: Address) -> Instruction:
    """Close a report that nobody has anything to claim from; what is left is burned."""
    return slashing.close_report(
        config=addresses.slashing_config(),
        report=report,
        payer=account.payer,
        vault=addresses.slashing_vault(),
        mint=mint,
    )


def close_record(*, accused: Address, account: slashing.Record) -> Instruction:
    """Close the record of a wallet that was not punished for a day and has no open report."""
    return slashing.close_record(record=addresses.slashing_record(accused), payer=account.payer)


def _fault(account: slashing.Report) -> Address:
    return addresses.fault(account.accused, account.job, account.sequence, account.evidence)
