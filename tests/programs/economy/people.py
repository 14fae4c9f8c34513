"""People of the economy: their tokens, what they may be accused of, and what a vote may change."""

from hypernode.chain.generated.slashing import SlashingParams as Params
from tests.programs.economy.governance import Rules
from tests.programs.economy.reports import Accusation

HYPER, DAY = 10**6, 86_400
HOUR, YEAR = 3_600, 365 * DAY

# They never leave before the end, so the coalition stays below every quorum, even if one is accused.
ROCKS = ("rock", "crag")
HONEST = ("ann", "bob", "cyd", "dan")
# Enough to be a reporter and all the judges that an appeal needs.
COALITION = ("eve", "mal", "oz", "pam", "ray", "sue")
WALLETS = (*ROCKS, *HONEST, *COALITION)
DEPOSITS = {
    **dict.fromkeys(ROCKS, 3_200_000 * HYPER),
    **dict.fromkeys(HONEST, 120_000 * HYPER),
    **dict.fromkeys(COALITION, 30_000 * HYPER),
}
ROCK_STAKE = 3_000_000 * HYPER
# Nobody's friend: comes in the end, when everyone has left, so that what still flows can flow.
STRANGER = "stranger"
STRANGER_DEPOSIT = 10 * HYPER

WINDOWS = (DAY, 30 * DAY)
SHARES = (1_000, 100, 500)
PARAMS = Params(
    bond=100 * HYPER,
    appeal_bond=100 * HYPER,
    voting_period=3 * DAY,
    appeal_period=7 * DAY,
    min_validator_stake=1_000 * HYPER,
    quorum_bps=3_334,
    appeal_quorum_bps=3_334,
    reason_bps=(500, 500, 5_000),
    daily_cap_bps=5_000,
)
RULES = Rules(
    quorum_bps=1_000,
    proposal_threshold=1_000 * HYPER,
    voting_period=3 * DAY,
    timelock_parameters=DAY,
    timelock_critical=3 * DAY,
    execution_window=7 * DAY,
)

# Each with its own evidence; some are senseless.
ACCUSATIONS = tuple(Accusation(evidence, 2 + evidence % 3) for evidence in range(1, 9))
SENSELESS = (Accusation(0, 4), Accusation(9, 1), Accusation(9, 0), Accusation(0, 0))

SLASHING_CHOICES = (
    PARAMS,
    Params(
        7 * HYPER,
        13 * HYPER,
        DAY,
        DAY,
        100 * HYPER,
        3_500,
        4_500,
        (1, 777, 5_000),
        5_000,
    ),
    Params(333 * HYPER, HYPER, 14 * DAY, 2 * DAY, 5_000 * HYPER, 3_334, 3_334, (5_000,) * 3, 5_000),
)
RULES_CHOICES = (
    RULES,
    Rules(1_500, 1, HOUR, DAY, 2 * DAY, DAY),
    Rules(1_000, 50_000 * HYPER, 13 * DAY, 2 * DAY, 4 * DAY, 10 * DAY),
)
# Out of the bounds that the documents give: a vote may decide them, but they are never set.
BAD_PARAMS = (
    Params(100 * HYPER, 100 * HYPER, 15 * DAY, DAY, 100 * HYPER, 3_334, 4_000, (1,) * 3, 5_000),
    Params(100 * HYPER, 100 * HYPER, DAY, DAY, 100 * HYPER, 4_000, 3_334, (1,) * 3, 5_000),
    Params(100 * HYPER, 100 * HYPER, DAY, DAY, 100 * HYPER, 3_334, 4_000, (5_001,) * 3, 5_000),
)
BAD_RULES = (Rules(1_000, 0, DAY, DAY, 2 * DAY, DAY), Rules(1_000, 1, HOUR - 1, DAY, 2 * DAY, DAY))

# What moves choose from: who may leave, how long and how much, where gifts go, what time passes.
LEAVERS = (*HONEST, *COALITION)
DURATIONS = (13 * DAY, 14 * DAY, 14 * DAY + 1, 30 * DAY, 365 * DAY, 365 * DAY + 1)
AMOUNTS = (0, 1, 999_999, HYPER, 99 * HYPER, 1_000 * HYPER, 5_000 * HYPER, 9_999 * HYPER + 1, 25_000 * HYPER)
STEPS = (1, 60, 3_600, DAY // 3, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 31 * DAY)
PLACES = ("rewards vault", "community", "unlocks", "treasury", "stake vault", "slashing vault")
