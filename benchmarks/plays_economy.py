"""One run of every instruction of slashing and governance, with what each costs."""

from benchmarks.metering import Cost, Meter
from hypernode.chain import addresses, instructions
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.domain.governance import ProposalKind
from hypernode.domain.status import Verdict
from tests.programs.cookies import a_buyer, a_market, a_node, a_wallet
from tests.programs.governance.dao import PARAMS, DaoWorld, Voter, a_proposal, a_voter
from tests.programs.jobs import a_job
from tests.programs.slashing.slashing_world import JOB_RATE, SentenceCookie, SlashingWorld, a_panel, a_report
from tests.programs.slashing.slashing_world import PARAMS as SLASHING_PARAMS
from tests.programs.world import DAY, HYPER, named_key

ORACLES = 3
LATER = 100 * DAY


def reporting(seed: str) -> dict[str, Cost]:
    """Meter a report: decided, appealed, decided again, executed, paid, closed; and a job's sentence."""
    world = SlashingWorld()
    world.oracles = [named_key(f"oracle {number}") for number in range(2 * ORACLES - 1)]
    meter = Meter(world)
    for step in (world.init_config(threshold=ORACLES), world.init_pool(), world.init_accumulator()):
        world.run([step], [world.authority])
    world.run([world.init_slashing()], [world.authority])
    world.set_params(SLASHING_PARAMS)
    _handover(world)
    report = a_report(
        world,
        accused=a_node(world, f"accused {seed}"),
        reporter=a_wallet(world, f"reporter {seed}", 10_000 * HYPER),
        panel=a_panel(world, 6, f"validator {seed}"),
    )
    report.decided(uphold=5, overturn=1).appeal().decided(uphold=5, overturn=1)
    report.execute()
    report.claim(report.reporter.wallet)
    for validator in report.panel[:5]:
        for number in (1, 2):
            report.claim_fee(validator, number)
    crank = world.funded("crank")
    for number in (1, 2):
        world.run([report.close_vote_ix(report.panel[5], number)], [crank])
    world.run([report.close_ix()], [crank])
    world.advance(LATER)
    accused = report.accused.operator.address
    world.run([instructions.close_record(accused=accused, account=report.record)], [crank])
    _sentenced(world, seed)
    return meter.costs


def _sentenced(world: SlashingWorld, seed: str) -> None:
    """Reject a job and bring it."""
    node, crank = a_node(world, f"rejected {seed}"), a_wallet(world, f"crank {seed}")
    buyer, market = a_buyer(world, f"buyer {seed}"), a_market(world, f"market {seed}")
    job = a_job(world, buyer=buyer, market=market, rate=JOB_RATE).assign(node).submit(60)
    world.run(job.settle_ixs(job.attestation(Verdict.REJECT), world.oracles[:ORACLES]), [crank.owner])
    SentenceCookie(world, node, crank, [], of=job, sequence=job.state.sequence).open()


def _handover(world: SlashingWorld) -> None:
    """Hand the authority round and back."""
    heir = world.funded("heir")
    for old, new in ((world.authority, heir), (heir, world.authority)):
        propose = instructions.propose_slashing_authority(authority=old.address, new_authority=new.address)
        world.run([propose], [old])
        world.run([instructions.accept_slashing_authority(new_authority=new.address)], [new])


def assembly(seed: str) -> dict[str, Cost]:
    """A proposal carried, executed and closed; others cancelled, vetoed, expired; an unlock released."""
    dao = DaoWorld()
    meter = Meter(dao)
    dao.run([dao.init_governance()], [dao.authority])
    dao.init_rewards()
    _adopted(dao)
    voter = a_voter(dao, f"voter {seed}")
    _carried(dao, voter)
    _ended(dao, voter)
    dao.give(addresses.unlocks(), 1_000 * HYPER)
    dao.crank(
        dao_instructions.release_unlocked(
            payer=dao.funded("crank").address, number=0, operations=dao.operations, mint=dao.mint
        )
    )
    return meter.costs


def _adopted(dao: DaoWorld) -> None:
    """Give the DAO the authority of markets."""
    propose = instructions.propose_authority(
        authority=dao.authority.address, new_authority=addresses.dao_authority()
    )
    dao.run([propose], [dao.authority])
    dao.crank(dao_instructions.adopt(program=propose.program, state=addresses.config()))


def _carried(dao: DaoWorld, voter: Voter) -> None:
    dao.give(addresses.dao_treasury(), HYPER)
    calls = (
        dao_instructions.set_params(params=PARAMS),
        dao_instructions.set_guardian(guardian=dao.guardian.address, expires_at=dao.now + LATER),
        dao_instructions.set_operations(operations=dao.operations),
        dao_instructions.treasury_transfer(destination=dao.operations, amount=HYPER),
    )
    proposal = a_proposal(voter, *calls, kind=ProposalKind.GENERIC).carry().ripen()
    for index in range(len(calls)):
        proposal.execute(index)
    dao.run([dao_instructions.close_vote(voter=voter.address, number=proposal.number)], [voter.key])
    dao.advance(LATER)
    payer = proposal.state.payer
    dao.crank(dao_instructions.close_proposal(number=proposal.number, payer=payer))


def _ended(dao: DaoWorld, voter: Voter) -> None:
    guardian = dao.guardian
    renewed = dao_instructions.set_guardian(guardian=guardian.address, expires_at=dao.now + LATER)
    a_proposal(voter, renewed).carry().ripen().execute()
    version = dao.config.version
    dao.run(
        [dao_instructions.guardian_pause(guardian=guardian.address, flags=1, version=version)], [guardian]
    )
    vetoed = a_proposal(voter, dao_instructions.set_params(params=PARAMS)).activate()
    veto = dao_instructions.veto_proposal(guardian=guardian.address, number=vetoed.number, version=version)
    dao.run([veto], [guardian])
    draft = a_proposal(voter, dao_instructions.set_params(params=PARAMS))
    cancel = dao_instructions.cancel_proposal(canceller=voter.address, number=draft.number)
    dao.run([cancel], [voter.key])
    late = a_proposal(voter, dao_instructions.set_params(params=PARAMS)).carry()
    dao.advance(LATER)
    dao.crank(dao_instructions.expire_proposal(number=late.number))
