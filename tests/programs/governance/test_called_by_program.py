"""What oracles signed is brought by a transaction, never by a program, not even by one that a vote sent."""

from hypernode.chain import addresses, instructions
from hypernode.chain.attesting import fault_for
from hypernode.chain.batch import RawAccount
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.generated.markets import errors as markets_errors
from hypernode.chain.generated.slashing import errors as slashing_errors
from hypernode.chain.instruction import Instruction
from hypernode.domain.fault import FaultReason
from tests.programs.cookies import a_buyer, a_market, a_node
from tests.programs.governance.dao import HOUR, PARAMS, DaoWorld, ProposalCookie, a_proposal, a_voter
from tests.programs.jobs import JobCookie
from tests.programs.world import SOL
from tests.support.documents import digest


def carried(dao: DaoWorld, call: Instruction) -> ProposalCookie:
    """Carry a proposal to make this call, up to where anyone may execute it."""
    return a_proposal(a_voter(dao), call).carry().ripen()


def test_a_settlement_is_not_brought_by_a_program(dao: DaoWorld) -> None:
    """Under a caller, the instruction right before is the one before the caller's."""
    job = JobCookie(dao, a_buyer(dao), a_market(dao), 1).create().assign(a_node(dao)).submit()
    _, settle = job.settle_ixs()
    proposal = carried(dao, settle)
    dao.crank(job.expire_ix())
    # The same address again, so the very call that was voted for.
    job.create().assign(job.node).submit()  # type: ignore[arg-type]
    proof, same = job.settle_ixs()
    assert same == settle
    dao.refuse_crank(markets_errors.CalledByProgram, proof, proposal.execute_ix())
    dao.crank(proof, settle)
    assert not job.exists


def test_a_fault_is_not_attested_through_a_program(dao: DaoWorld) -> None:
    """Not even by the DAO itself as the reporter that the oracles named."""
    world = instructions.init_slashing(authority=dao.authority.address, mint=dao.mint)
    dao.run([world], [dao.authority])
    node, reporter = a_node(dao), addresses.dao_authority()
    dao.lite.set_raw_account(reporter, RawAccount(addresses.SYSTEM_PROGRAM, SOL, b""))
    fault = fault_for(
        oracle_set=dao.read(OracleSet, addresses.oracle_set()),
        accused=node.operator.address,
        reporter=reporter,
        job=addresses.job(reporter, 1),
        sequence=1,
        attempt=1,
        reason=FaultReason.JOB_TIMEOUT,
        evidence=digest("evidence"),
        expires_at=dao.now + PARAMS.voting_period + PARAMS.timelock_critical + HOUR,
    )
    signatures = [(oracle.address, oracle.sign(fault.digest())) for oracle in dao.oracles[:2]]
    proof, report = instructions.report_attested(fault=fault, signatures=signatures)
    proposal = carried(dao, report)
    dao.refuse_crank(slashing_errors.CalledByProgram, proof, proposal.execute_ix())
