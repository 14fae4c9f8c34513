"""What oracles signed is brought by a transaction, never by a program, not even by one that a vote sent."""

from hypernode.chain.generated.markets import errors as markets_errors
from hypernode.chain.instruction import Instruction
from tests.programs.cookies import a_buyer, a_market, a_node
from tests.programs.governance.dao import DaoWorld, ProposalCookie, a_proposal, a_voter
from tests.programs.jobs import JobCookie


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
