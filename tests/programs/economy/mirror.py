"""Comparison of the programs with the model: every account of theirs, field by field, and no other.

An account is decoded when its bytes change, so that it costs little to look at all of them after every act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from solders.pubkey import Pubkey

from hypernode.chain import addresses
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.layout import ProgramAccount
from hypernode.domain.types import ZERO_ADDRESS, Address, address_bytes
from tests.programs.economy.builders_public import PublicBuilders
from tests.programs.economy.chain import Chain, Raws
from tests.programs.economy.model import Economy


@dataclass(frozen=True)
class Fields:
    """What of an account is compared: its fields, as the model names them, and those that are people."""

    kind: type[ProgramAccount]
    chain: tuple[str, ...]
    model: tuple[str, ...]
    people: tuple[tuple[str, str], ...] = ()

    @cached_property
    def on_chain(self) -> Any:
        return attrgetter(*self.chain)

    @cached_property
    def in_model(self) -> Any:
        return attrgetter(*self.model, *(at for _, at in self.people))

    @cached_property
    def addresses(self) -> Any:
        """Return what gets each address that is someone's."""
        return tuple(attrgetter(at) for at, _ in self.people)


def fields(kind: type[ProgramAccount], names: str, renamed: str = "", **people: str) -> Fields:
    """Name the fields; `renamed` holds chain=model pairs, `people` fields that are addresses."""
    pairs = [entry.split("=") for entry in renamed.split()]
    chain = (*names.split(), *(old for old, _ in pairs))
    model = (*names.split(), *(new for _, new in pairs))
    return Fields(kind, chain, model, tuple(people.items()))


STAKE = fields(
    staking.Stake,
    "amount weight weight_since base_weight base_since duration staked_at unstake_at reward_index owed holds "
    "held_amount",
    owner="owner",
    payer="owner",
)
POOL = fields(staking.Pool, "total_staked total_weight forfeited")
STREAM = "{0}.total {0}.flowed {0}.starts_at {0}.ends_at"
ACCUMULATOR = fields(
    rewards.Accumulator,
    "index stale_after updated_at remainder fee_window community_window accounted distributed claimed "
    "returned " + STREAM.format("fees") + " " + STREAM.format("community"),
)
_PARAMS = "voting_period appeal_period min_validator_stake quorum_bps appeal_quorum_bps daily_cap_bps"
PARAMS = fields(slashing.Config, f"bond appeal_bond reason_bps {_PARAMS}")
REPORT = fields(
    slashing.Report,
    "number reason status round voters opened_at voting_ends_at confirmed_at executable_at ended_at amount "
    "total_weight uphold_weight overturn_weight first_uphold_weight first_overturn_weight bond appeal_bond "
    "appeal_price slashed burned reporter_due accused_due validators_due validators_share winning_weight "
    "unclaimed_weight",
    " ".join(f"{name}=params.{name}" for name in _PARAMS.split()),
    accused="accused",
    reporter="reporter",
    payer="payer",
)
VOTE = fields(slashing.Vote, "number weight round uphold", validator="validator", payer="validator")
RECORD = fields(
    slashing.Record,
    "open_reports day_start day_stake day_slashed",
    "last_executed=executed_by_reason",
    accused="accused",
    payer="payer",
)
PROPOSAL = fields(
    governance.Proposal,
    "id created_at total_weight quorum_weight threshold voting_period timelock execution_window status kind "
    "voting_starts_at voting_ends_at eta ended_at for_weight against_weight abstain_weight executed count",
    proposer="proposer",
    payer="proposer",
)
BALLOT = fields(governance.VoteRecord, "weight voted_at choice", voter="voter", payer="voter")
BUYER = fields(markets.BuyerAccount, "available locked treasury_due stakers_due operations_due")
NODE = fields(
    markets.Node,
    "active_jobs exposure retired_at probation",
    "reputation.ok=ok reputation.rejected=rejected reputation.timed_out=timed_out",
)
JOB = fields(
    markets.Job,
    "status rate timeout_seconds assigned_at verdict_deadline sentence ended_at sequence declines",
    "cap=cap seconds_used=seconds",
)
RULES = fields(
    governance.Config,
    "quorum_bps proposal_threshold voting_period timelock_parameters timelock_critical execution_window",
)
Accounts = dict[Pubkey, tuple[int, bytes]]


class Mirror:
    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.builders = PublicBuilders(chain)
        self._addresses: dict[tuple[Any, ...], Pubkey] = {}
        self._decoded: dict[Pubkey, tuple[bytes, Any]] = {}
        self._places = {_pubkey(address): place for place, address in chain.places.items()}
        self._people = {name: key.address for name, key in chain.keys.items()}
        self._names = {address: name for name, address in self._people.items()} | {ZERO_ADDRESS: ""}
        # The mint, and accounts that no act of the model touches.
        self._mint = _pubkey(chain.mint)
        self._strange = len(chain.raws()[-1].keys() - self._places.keys())
        always = (addresses.oracle_set(), chain.market, addresses.config(), addresses.dao_config())
        self._always = {_pubkey(address) for address in always}

    def check(self, economy: Economy, raws: Raws) -> None:
        """Assert that the programs hold exactly what the model does."""
        *programs, held = raws
        accounts = {key: raw for owned in programs for key, raw in owned.items()}
        known = len(self._always)
        for key, spec, model in self._expected(economy):
            known += 1
            assert key in accounts, f"{spec.kind.__name__} is missing: {model}"
            found, wanted = self._read(key, spec, accounts[key][1]), spec.in_model(model)
            assert found == wanted, _difference(spec, found, wanted)
        known += self._check_lasting(economy, accounts)
        assert len(accounts) == known, "an account that the model does not know"
        self._check_tokens(economy, held)
        self._check_singletons(economy, accounts)

    def _expected(self, economy: Economy) -> Iterator[tuple[Pubkey, Fields, Any]]:
        at = self._at
        yield at("pool"), POOL, economy.staking
        yield at("accumulator"), ACCUMULATOR, economy.rewards
        yield at("slashing_config"), PARAMS, economy.slashing.params
        for owner, stake in economy.staking.stakes.items():
            yield at("stake", owner), STAKE, stake
        for key, report in economy.slashing.reports.items():
            yield at("report", key), REPORT, report
        for (key, round_number, validator), vote in economy.slashing.votes.items():
            yield at("vote", key, round_number, validator), VOTE, vote
        for accused, record in economy.slashing.records.items():
            yield at("slashing_record", accused), RECORD, record
        for number, proposal in economy.governance.proposals.items():
            yield at("proposal", number), PROPOSAL, proposal
        for (number, voter), ballot in economy.governance.ballots.items():
            yield at("ballot", number, voter), BALLOT, ballot
        for owner, buyer in economy.markets.buyers.items():
            yield at("buyer", owner), BUYER, buyer
        for operator, node in economy.markets.nodes.items():
            yield at("node", operator), NODE, node
        for (owner, nonce), job in economy.markets.jobs.items():
            yield at("job", owner, nonce), JOB, job

    def _check_tokens(self, economy: Economy, held: Accounts) -> None:
        balances = economy.ledger.balances
        for key, place in self._places.items():
            amount = int.from_bytes(held[key][1][64:72], "little") if key in held else 0
            assert amount == balances[place], f"{place}: {amount} on chain, {balances[place]} in the model"
        assert len(held) == len(self._places.keys() & held.keys()) + self._strange, "an unknown token account"
        supply = int.from_bytes(held[self._mint][1][36:44], "little")
        assert supply == economy.ledger.supply

    def _check_lasting(self, economy: Economy, accounts: Accounts) -> int:
        """What is released is written down permanently; return the number of such accounts."""
        releases = economy.governance.releases
        for number, release in enumerate(releases):
            made = self._decode(self._at("release_record", number), governance.Release, accounts)
            parts = (made.released_at, made.amount, made.community, made.burned, made.operations)
            assert parts == release
        return len(releases)

    def _check_singletons(self, economy: Economy, accounts: Accounts) -> None:
        config = self._decode(self._at("config"), markets.Config, accounts)
        shares = (config.protocol_bps, config.stakers_bps, config.operations_bps)
        ours = economy.markets
        assert (shares, config.paused, config.min_rate) == (ours.shares, ours.paused, ours.min_rate)
        governed = economy.governance
        dao = self._decode(self._at("dao_config"), governance.Config, accounts)
        assert RULES.on_chain(dao) == RULES.in_model(governed.rules)
        counts = (dao.version, dao.proposal_count, dao.release_count)
        assert counts == (governed.version, governed.proposal_count, len(governed.releases))
        sums = tuple(sum(release[part] for release in governed.releases) for part in (2, 3, 4))
        assert (dao.community_total, dao.burned_total, dao.operations_total) == sums

    def _decode(self, key: Pubkey, kind: Any, accounts: Accounts) -> Any:
        assert key in accounts, f"{kind.__name__} is missing"
        data, known = accounts[key][1], self._decoded.get(key)
        if known is None or known[0] != data:
            known = self._decoded[key] = (data, kind.decode(data))
        return known[1]

    def _read(self, key: Pubkey, spec: Fields, data: bytes) -> tuple[Any, ...]:
        known = self._decoded.get(key)
        if known is None or known[0] != data:
            account = spec.kind.decode(data)
            names = tuple(self._names.get(address(account)) for address in spec.addresses)
            known = self._decoded[key] = (data, spec.on_chain(account) + names)
        row: tuple[Any, ...] = known[1]
        return row

    def _at(self, what: str, *arguments: Any) -> Pubkey:
        """Return the address of what the model knows by names and numbers; each is derived once."""
        key = (what, *arguments)
        if key not in self._addresses:
            self._addresses[key] = _pubkey(self._derive(what, arguments))
        return self._addresses[key]

    def _derive(self, what: str, arguments: tuple[Any, ...]) -> Address:
        people = self._people
        match what, arguments:
            case "report", (key,):
                return self.builders.report_at(key)
            case "vote", (key, round_number, validator):
                return addresses.vote(self.builders.report_at(key), round_number, people[validator])
            case "ballot", (number, voter):
                return addresses.vote_record(number, people[voter])
            case "job", (owner, nonce):
                return addresses.job(people[owner], nonce)
        named = [people[argument] if isinstance(argument, str) else argument for argument in arguments]
        address: Address = getattr(addresses, what)(*named)
        return address


def _difference(spec: Fields, found: tuple[Any, ...], wanted: tuple[Any, ...]) -> str:
    names = (*spec.chain, *(at for at, _ in spec.people))
    wrong = [
        f"{n}: {f} on chain, {w} in the model" for n, f, w in zip(names, found, wanted, strict=True) if f != w
    ]
    return f"{spec.kind.__name__}: {'; '.join(wrong)}"


def _pubkey(address: Address) -> Pubkey:
    return Pubkey.from_bytes(address_bytes(address))
