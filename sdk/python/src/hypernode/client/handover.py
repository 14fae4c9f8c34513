"""Steps that create the DAO and give it every program; each step reads first whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.governance import Floors, GovernanceParams
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.instructions.governance import DAY, REAL_FLOORS, Guardian
from hypernode.chain.keys import Key
from hypernode.chain.loader import ProgramData, set_upgrade_authority
from hypernode.chain.ports import ChainPort
from hypernode.domain.money import HYPER
from hypernode.domain.rewards import COMMUNITY_WINDOW, FEE_WINDOW
from hypernode.domain.types import ZERO_ADDRESS, Address
from hypernode.errors import ConfigError, NoMarkets

PROGRAMS = {
    "governance": governance.PROGRAM_ID,
    "markets": markets.PROGRAM_ID,
    "rewards": rewards.PROGRAM_ID,
    "slashing": slashing.PROGRAM_ID,
    "staking": staking.PROGRAM_ID,
}
NOBODY = Guardian(address=ZERO_ADDRESS, expires_at=0)

Propose = Callable[..., Instruction]


class NotInCharge(ConfigError):
    """A step needs an authority that the given key is not."""


@dataclass(frozen=True)
class DaoSettings:
    """Settings that a new DAO starts with; the floors can never be changed."""

    params: GovernanceParams
    floors: Floors


REAL_SETTINGS = DaoSettings(
    GovernanceParams(
        quorum_bps=1_000,
        proposal_threshold=1_000 * HYPER,
        voting_period=3 * DAY,
        timelock_parameters=DAY,
        timelock_critical=3 * DAY,
        execution_window=7 * DAY,
    ),
    REAL_FLOORS,
)
# Seconds, so that a vote can be tried out on a local chain.
LOCAL_SETTINGS = DaoSettings(
    GovernanceParams(
        quorum_bps=1_000,
        proposal_threshold=100 * HYPER,
        voting_period=60,
        timelock_parameters=10,
        timelock_critical=30,
        execution_window=DAY,
    ),
    Floors(voting_period=5, timelock_parameters=5, timelock_critical=10),
)


@dataclass(frozen=True)
class Step:
    """One transaction of the handover; `blocked` says why the given key cannot do it."""

    what: str
    done: bool
    instructions: tuple[Instruction, ...] = ()
    blocked: str = ""

    @property
    def state(self) -> str:
        return "done" if self.done else "blocked" if self.blocked else "to do"


@dataclass(frozen=True)
class Control:
    """Who may change a program's settings and its code; None if nobody may."""

    program: str
    address: Address
    config_authority: Address | None
    upgrade_authority: Address | None


class Handover:
    """The steps from one key with every authority to a DAO with every authority."""

    def __init__(
        self,
        chain: ChainPort,
        authority: Key,
        *,
        mint: Address,
        operations: Address,
        guardian: Guardian = NOBODY,
        settings: DaoSettings = REAL_SETTINGS,
    ) -> None:
        self._chain, self._authority, self._mint = chain, authority, mint
        self._operations, self._guardian, self._settings = operations, guardian, settings

    async def steps(self) -> list[Step]:
        """Return every step in its order, with what the chain says about it now."""
        config = await self._chain.read(governance.Config, addresses.dao_config())
        operations = self._operations if config is None else config.operations
        return [
            *await self._make(made=config is not None),
            await self._fees(operations),
            *[await self._adopt(name) for name in ("markets", "staking", "rewards", "slashing")],
            *[await self._upgrade(name) for name in PROGRAMS],
        ]

    async def carry_out(self, steps: list[Step]) -> list[str]:
        """Do what is not done; where one step is blocked, nothing is done at all."""
        blocked = [step for step in steps if step.blocked]
        if blocked:
            raise NotInCharge("; ".join(f"{step.what}: {step.blocked}" for step in blocked))
        return [
            await self._chain.send(list(step.instructions), [self._authority])
            for step in steps
            if not step.done
        ]

    async def _make(self, *, made: bool) -> list[Step]:
        key, mint = self._authority.address, self._mint
        accumulator = await self._chain.read(rewards.Accumulator, addresses.accumulator())
        court = await self._chain.read(slashing.Config, addresses.slashing_config())
        flow = instructions.init_accumulator(
            authority=key, mint=mint, fee_window=FEE_WINDOW, community_window=COMMUNITY_WINDOW
        )
        dao = dao_instructions.init_governance(
            payer=key,
            mint=mint,
            operations=self._operations,
            guardian=self._guardian,
            params=self._settings.params,
            floors=self._settings.floors,
        )
        return [
            await self._init("rewards", accumulator is not None, flow),
            await self._init(
                "slashing", court is not None, instructions.init_slashing(authority=key, mint=mint)
            ),
            await self._init("governance", made, dao),
        ]

    async def _init(self, program: str, done: bool, step: Instruction) -> Step:
        what = f"make the {program} configuration"
        ruler = await upgrade_authority(self._chain, PROGRAMS[program])
        ours = done or ruler == self._authority.address
        return Step(what, done, (step,), "" if ours else f"{ruler} may upgrade {program}")

    async def _fees(self, operations: Address) -> Step:
        """Send the protocol's part to the DAO's treasury, and the operations to operations."""
        what = "send treasury fees to the DAO's treasury and operations fees to operations"
        config = await self._chain.config()
        if config is None:
            raise NoMarkets("this cluster has no markets yet")
        treasury = addresses.dao_treasury()
        done = (config.treasury, config.operations) == (treasury, operations)
        step = instructions.set_fees(
            authority=config.authority,
            treasury=treasury,
            stakers=config.stakers,
            operations=operations,
            protocol_bps=config.protocol_bps,
            stakers_bps=config.stakers_bps,
            operations_bps=config.operations_bps,
        )
        ours = done or config.authority == self._authority.address
        return Step(what, done, (step,), "" if ours else f"{config.authority} sets the fees")

    async def _adopt(self, program: str) -> Step:
        what, dao, key = f"give the DAO the settings of {program}", addresses.dao_authority(), self._authority
        holder, pending = await config_authority(self._chain, program)
        adopt = dao_instructions.adopt(program=PROGRAMS[program], state=_STATES[program]())
        if holder == dao or pending == dao:
            return Step(what, holder == dao, (adopt,))
        propose = _PROPOSE[program](authority=key.address, new_authority=dao)
        blocked = "" if holder in (key.address, None) else f"{holder} is in charge"
        return Step(what, False, (propose, adopt), blocked)

    async def _upgrade(self, program: str) -> Step:
        what, dao = f"give the DAO the code of {program}", addresses.dao_authority()
        holder = await upgrade_authority(self._chain, PROGRAMS[program])
        step = set_upgrade_authority(
            program=PROGRAMS[program], authority=self._authority.address, new_authority=dao
        )
        ours = holder in (dao, self._authority.address)
        return Step(what, holder == dao, (step,), "" if ours else f"{holder} may upgrade it")


async def controls(chain: ChainPort) -> list[Control]:
    """Return the current authorities of each program."""
    return [
        Control(
            name, address, (await config_authority(chain, name))[0], await upgrade_authority(chain, address)
        )
        for name, address in PROGRAMS.items()
    ]


async def upgrade_authority(chain: ChainPort, program: Address) -> Address | None:
    found = await chain.read(ProgramData, addresses.program_data(program))
    return None if found is None else found.upgrade_authority


async def config_authority(chain: ChainPort, program: str) -> tuple[Address | None, Address | None]:
    """Return who rules a program's settings, and who is named to follow; None before it is made."""
    if program == "governance":
        made = await chain.read(governance.Config, addresses.dao_config())
        return (None if made is None else addresses.dao_authority()), None
    found = await chain.read(_KINDS[program], _STATES[program]())
    return (None, None) if found is None else (found.authority, found.pending_authority)


_KINDS: dict[
    str, type[markets.Config] | type[staking.Pool] | type[rewards.Accumulator] | type[slashing.Config]
] = {
    "markets": markets.Config,
    "staking": staking.Pool,
    "rewards": rewards.Accumulator,
    "slashing": slashing.Config,
}
_STATES: dict[str, Callable[[], Address]] = {
    "markets": addresses.config,
    "staking": addresses.pool,
    "rewards": addresses.accumulator,
    "slashing": addresses.slashing_config,
}
_PROPOSE: dict[str, Propose] = {
    "markets": instructions.propose_authority,
    "staking": instructions.propose_pool_authority,
    "rewards": instructions.propose_rewards_authority,
    "slashing": instructions.propose_slashing_authority,
}
