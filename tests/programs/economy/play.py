"""One sequence: model and programs try each act alike, and must end up the same, field by field."""

from collections import Counter
from typing import Any

from hypernode.chain.generated.markets import Job
from tests.programs.economy import people
from tests.programs.economy.chain import Chain
from tests.programs.economy.driver import Driver
from tests.programs.economy.ledger import Refused, wallet
from tests.programs.economy.mirror import Mirror
from tests.programs.economy.model import Economy


class Play:
    """The stage stays, the play begins again: `begin` takes everything back to the first second."""

    def __init__(self, *, signed: bool = True) -> None:
        self.chain = Chain(signed=signed)
        self.driver = Driver(self.chain)
        self.mirror = Mirror(self.chain)
        self.sent = 0
        # By act, and whether it was done or how it was refused: what the play has shown.
        self.seen: Counter[str] = Counter()
        self.begin()

    def begin(self) -> None:
        self.chain.restore()
        self.economy = Economy(
            self.chain.now,
            windows=people.WINDOWS,
            params=people.PARAMS,
            rules=people.RULES,
            guardian_until=self.chain.guardian_until,
            shares=people.SHARES,
        )
        self.economy.rewards.updated_at = self.chain.now
        for name, deposit in {**people.DEPOSITS, people.STRANGER: people.STRANGER_DEPOSIT}.items():
            self.economy.ledger.mint(wallet(name), deposit)
        self.raws = self.chain.raws()
        self.lamports = self.chain.all_lamports(self.raws)
        self.check()

    def wait(self, seconds: int) -> None:
        self.at(self.economy.now + seconds)

    def at(self, second: int) -> None:
        self.economy.now = second
        self.chain.at(second)

    def act(self, name: str, *arguments: Any) -> bool:
        """Try it; what the model refuses the programs must refuse by one of its reasons, changing nothing."""
        batch, signers = self.driver.prepare(self.economy, name, *arguments)
        try:
            self.economy.act(name, *arguments)
            refused = None
        except Refused as refusal:
            refused = refusal
        error = self.chain.send(batch, signers)
        self.sent += len(batch)
        if name == "create_job" and refused is None and error is None:
            owner, nonce, *_ = arguments
            account = self.chain.read(Job, self.driver.builders.job(owner, nonce))
            self.economy.markets.jobs[owner, nonce].sequence = account.sequence
        raws = self.chain.raws()
        what = f"{name}{arguments} at {self.economy.now}"
        if refused is None:
            assert error is None, f"{what}: refused as {error and error.name} of {error and error.program}"
            self.seen[name] += 1
        else:
            assert error is not None, f"{what}: went through, though {refused}"
            assert error.name in refused.names, f"{what}: refused as {error.name}, not {refused}"
            assert raws == self.raws, f"{what}: refused, and changed something"
            self.seen[f"{name}: {error.name}"] += 1
        self.raws = raws
        try:
            self.check()
        except AssertionError as wrong:
            raise AssertionError(f"{what}: {wrong}") from wrong
        return refused is None

    def check(self) -> None:
        self.mirror.check(self.economy, self.raws)
        assert self.chain.all_lamports(self.raws) == self.lamports, "lamports are lost"
        self.economy.check()
