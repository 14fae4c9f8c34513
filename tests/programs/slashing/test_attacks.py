"""What every instruction refuses: a dropped signature, a copied account, an account of another kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import slashing
from hypernode.chain.generated.slashing import Report
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.chain.reading import RawAccount
from hypernode.domain.fault import ReportStatus
from tests.fixtures.documents import an_address, digest
from tests.programs.cookies import a_wallet
from tests.programs.slashing.attested import Attested
from tests.programs.slashing.court import PARAMS, Court, ReportCookie, a_case


@dataclass(frozen=True)
class Scene:
    """One instruction ready to succeed; it is the last of its batch."""

    court: Court
    batch: tuple[Instruction, ...]
    signers: tuple[Key, ...]

    @property
    def instruction(self) -> Instruction:
        return self.batch[-1]

    def bent(self, index: int, meta: AccountMeta) -> tuple[Instruction, ...]:
        return (*self.batch[:-1], self.instruction.with_account(index, meta))

    def signers_for(self, batch: tuple[Instruction, ...]) -> list[Key]:
        needed = {meta.address for entry in batch for meta in entry.accounts if meta.signer}
        crank = self.court.funded("crank")
        return [crank, *(key for key in self.signers if key.address in needed and key != crank)]

    def play(self) -> None:
        self.court.run(self.batch, self.signers_for(self.batch))


def _case(attested: bool = False) -> ReportCookie:
    court = Court.ready()
    return a_case(court, buyer=a_wallet(court, "buyer"), attested=attested)


def _scene(court: Court, instruction: Instruction, *signers: Key) -> Scene:
    return Scene(court, (instruction,), (*signers, court.funded("crank")))


def _init() -> Scene:
    court = Court()
    court.run([court.init_config()], [court.authority])
    court.run([court.init_pool()], [court.authority])
    return _scene(court, court.init_slashing(), court.authority)


def _propose() -> Scene:
    court = Court.ready()
    change = instructions.propose_slashing_authority(
        authority=court.authority.address, new_authority=an_address("heir")
    )
    return _scene(court, change, court.authority)


def _accept() -> Scene:
    court = Court.ready()
    heir = court.funded("heir")
    change = instructions.propose_slashing_authority(
        authority=court.authority.address, new_authority=heir.address
    )
    court.run([change], [court.authority])
    return _scene(court, instructions.accept_slashing_authority(new_authority=heir.address), heir)


def _set_params() -> Scene:
    court = Court.ready()
    change = instructions.set_slashing_params(authority=court.authority.address, params=PARAMS)
    return _scene(court, change, court.authority)


def _report() -> Scene:
    case = _case()
    return _scene(case.court, case.open_ix(), case.reporter.owner)


def _report_attested() -> Scene:
    case = _case(attested=True)
    batch = tuple(Attested(case.court, case).ixs())
    return Scene(case.court, batch, (case.reporter.owner, case.court.funded("crank")))


def _vote() -> Scene:
    report = _case().open()
    return _scene(report.court, report.vote_ix(report.panel[0], True), report.panel[0].operator)


def _resolve() -> Scene:
    report = _case().open().ballot(uphold=1)
    report.court.at(report.state.voting_ends_at)
    return _scene(report.court, report.resolve_ix())


def _appeal() -> Scene:
    report = _case().open().judged(uphold=3)
    return _scene(report.court, report.appeal_ix(), report.accused.operator)


def _execute() -> Scene:
    report = _case().open().judged(uphold=3)
    report.court.at(report.state.executable_at)
    executor = report.court.funded("executor")
    return _scene(report.court, report.execute_ix(executor), executor)


def _dismiss_moot() -> Scene:
    report = _case().open()
    other = replace(report, evidence=digest("other")).open()
    report.judged(uphold=3).executed()
    return _scene(report.court, other.moot_ix())


def _claim_due() -> Scene:
    report = _case().open().judged(uphold=3).executed()
    return _scene(report.court, report.claim_ix(report.reporter.wallet))


def _claim_vote_bounty() -> Scene:
    report = _case().open().judged(uphold=3).executed()
    return _scene(report.court, report.bounty_ix(report.panel[0]))


def _close_vote() -> Scene:
    report = _case().open().judged(uphold=1)
    return _scene(report.court, report.close_vote_ix(report.panel[0]))


def _close_report() -> Scene:
    report = _case().open().judged(overturn=3)
    report.claim(report.accused.wallet)
    return _scene(report.court, report.close_ix())


def _close_record() -> Scene:
    report = _case().open().judged()
    account = report.record
    close = instructions.close_record(accused=account.accused, account=account)
    return _scene(report.court, close)


PLAYS: dict[str, Callable[[], Scene]] = {
    "init_config": _init,
    "propose_authority": _propose,
    "accept_authority": _accept,
    "set_params": _set_params,
    "report": _report,
    "report_attested": _report_attested,
    "vote": _vote,
    "resolve": _resolve,
    "appeal": _appeal,
    "execute": _execute,
    "dismiss_moot": _dismiss_moot,
    "claim_due": _claim_due,
    "claim_vote_bounty": _claim_vote_bounty,
    "close_vote": _close_vote,
    "close_report": _close_report,
    "close_record": _close_record,
}
# Who pays rent is free, and a token account may be any that the rules of the token program allow.
OURS = frozenset(
    {"config", "report", "record", "vote", "stake", "pool", "vault", "oracle_set", "stake_vault"}
)


def test_every_instruction_is_on_stage() -> None:
    assert PLAYS.keys() == slashing.ACCOUNTS.keys()


@pytest.mark.parametrize("name", PLAYS)
def test_each_dropped_signature_is_missed(name: str) -> None:
    scene = PLAYS[name]()
    for index, meta in enumerate(scene.instruction.accounts):
        if meta.signer:
            silent = scene.court.funded("silent").address
            twice = sum(other.address == meta.address for other in scene.instruction.accounts) > 1
            address = silent if twice else meta.address
            batch = scene.bent(index, AccountMeta(address, signer=False, writable=meta.writable))
            slot = slashing.ACCOUNTS[name][index]
            scene.court.refuse(
                "MissingRequiredSignature", batch, scene.signers_for(batch), f"{name} without {slot}"
            )
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_a_copy_that_another_program_owns_is_refused(name: str) -> None:
    """Byte for byte the same, but written by somebody else."""
    scene = PLAYS[name]()
    fake = an_address("a copy")
    for index, (slot, meta) in enumerate(
        zip(slashing.ACCOUNTS[name], scene.instruction.accounts, strict=True)
    ):
        raw = scene.court.raw(meta.address)
        if slot in OURS and raw is not None:
            for owner in (an_address("their program"), raw.owner):
                scene.court.lite.set_raw_account(fake, RawAccount(owner, raw.lamports, raw.data))
                if owner == raw.owner and slot in ("stake", "report", "record", "vote"):
                    continue  # only its program can write one, so one it owns is real
                batch = scene.bent(index, replace(meta, address=fake))
                scene.court.refuse_any(batch, scene.signers_for(batch), f"{name}: copied {slot}")
                scene.court.lite.set_raw_account(fake, RawAccount(addresses.SYSTEM_PROGRAM, 0, b""))
            scene.court.lite.set_raw_account(fake, RawAccount(addresses.SYSTEM_PROGRAM, 0, b""))
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_an_account_of_another_kind_is_refused(name: str) -> None:
    """Every kind of account of ours, in every slot that holds another kind."""
    scene = PLAYS[name]()
    court = scene.court
    owned = {**court.everything()}
    kinds: dict[bytes, str] = {}
    for address, raw in owned.items():
        if raw.owner != addresses.TOKEN_PROGRAM:
            kinds.setdefault(raw.data[:8], address)
    for index, (slot, meta) in enumerate(
        zip(slashing.ACCOUNTS[name], scene.instruction.accounts, strict=True)
    ):
        there = court.raw(meta.address)
        if slot not in OURS or there is None:
            continue
        for tag, address in kinds.items():
            if tag != there.data[:8]:
                batch = scene.bent(index, replace(meta, address=address))  # type: ignore[arg-type]
                court.refuse_any(batch, scene.signers_for(batch), f"{name}: {slot} of another kind")
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_a_called_program_is_the_one_it_should_be(name: str) -> None:
    scene = PLAYS[name]()
    for index, slot in enumerate(slashing.ACCOUNTS[name]):
        if slot.endswith("_program"):
            other = AccountMeta(slashing.PROGRAM_ID)
            batch = scene.bent(index, other)
            scene.court.refuse(
                "IncorrectProgramId", batch, scene.signers_for(batch), f"{name}: another {slot}"
            )
    scene.play()


@pytest.mark.parametrize("path", ["silence", "conviction", "appeal", "silence after an appeal", "attested"])
def test_from_every_state_somebody_can_end_the_report(path: str) -> None:
    """Without its reporter, without its accused, without a validator: time and a stranger suffice."""
    case = _case(attested=path == "attested")
    court = case.court
    report = Attested(court, case).open() if path == "attested" else case.open()
    if path in ("conviction", "appeal", "silence after an appeal"):
        report.ballot(uphold=6).resolve()
    if "appeal" in path:
        report.appeal()
    if path == "appeal":
        report.ballot(uphold=6)
    court.advance(60 * 86_400)
    if report.state.status in (ReportStatus.VOTING, ReportStatus.APPEALED):
        report.resolve()
    if not report.state.status.is_end:
        report.execute()
    assert report.state.status.is_end
    assert report.accused.stake.holds == 0
    court.advance(90 * 86_400)
    court.run([report.close_ix()], [court.funded("crank")])
    assert not court.exists(report.address)
    assert court.tokens(addresses.slashing_vault()) == 0
    assert not [state for state in court.reports().values() if isinstance(state, Report)]
