"""Class 8: a forged instructions sysvar, or a proof found where the runtime did not put it."""

from hypernode.chain import addresses, instructions
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.transactions import compute_budget
from hypernode.domain.types import address_bytes
from tests.programs.jobs import JobCookie, proof
from tests.programs.scenes.buyers import settle_job
from tests.programs.world import SOL, World, named_key

SYSVARS = "Sysvar1111111111111111111111111111111111111"


def serialized(instruction: Instruction) -> bytes:
    """Lay one instruction out as the instructions sysvar holds it, followed by the current index."""
    body = bytes(2) + address_bytes(instruction.program)
    body += len(instruction.data).to_bytes(2, "little") + instruction.data
    return (2).to_bytes(2, "little") + (6).to_bytes(2, "little") * 2 + body + (1).to_bytes(2, "little")


def test_a_forged_instructions_account_proves_nothing() -> None:
    scene = settle_job()
    forged = named_key("forged sysvar").address
    index = scene.slots.index("instructions")
    for owner in (SYSVARS, addresses.SYSTEM_PROGRAM, scene.instruction.program):
        account = RawAccount(owner, SOL, serialized(scene.batch[0]))  # type: ignore[arg-type]
        scene.world.lite.set_raw_account(forged, account)
        lone = scene.bent(index, AccountMeta(forged))[1:]
        scene.world.refuse("InvalidArgument", lone, scene.signers_for(lone), f"a forged sysvar of {owner}")
    scene.play()


def test_the_proof_must_be_the_instruction_right_before(world: World, submitted: JobCookie) -> None:
    evidence, settlement = submitted.settle_ixs()
    crank = world.funded("crank")
    filler = compute_budget(200_000)[0]
    for batch in ([settlement], [settlement, evidence], [evidence, filler, settlement]):
        world.refuse("NoPrecompile", batch, [crank], "a settlement without its proof right before it")
    world.run([filler, evidence, settlement], [crank])


def test_one_proof_does_not_settle_twice_in_one_transaction(world: World, submitted: JobCookie) -> None:
    evidence, settlement = submitted.settle_ixs()
    world.refuse(
        "AccountDataTooSmall",
        [evidence, settlement, settlement],
        [world.funded("crank")],
        "a second settlement",
    )
    world.run([evidence, settlement], [world.funded("crank")])


def test_a_proof_before_another_instruction_of_ours_is_not_used_up(
    world: World, submitted: JobCookie
) -> None:
    evidence, settlement = submitted.settle_ixs()
    expiry = instructions.expire_job(job=submitted.address, account=submitted.state)
    world.refuse("NotExpired", [evidence, expiry, settlement], [world.funded("crank")], "a proof two back")


def test_a_relative_of_the_precompile_is_no_proof(world: World, submitted: JobCookie) -> None:
    evidence, settlement = submitted.settle_ixs()
    for program, error in (
        (addresses.SYSTEM_PROGRAM, "InvalidInstructionData"),
        (addresses.COMPUTE_BUDGET_PROGRAM, "NoPrecompile"),
    ):
        posing = Instruction(program, (), evidence.data)
        world.refuse(error, [posing, settlement], [world.funded("crank")], f"a proof by {program}")
    assert proof(b"x", world.oracles).program == addresses.ED25519_PROGRAM
