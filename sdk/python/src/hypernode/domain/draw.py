"""The draw: which job is repeated, and by which oracles first (docs/draw.md).

The draw is a function of finalized blocks. Every oracle, and anyone later, computes the same one.
"""

import hashlib
import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hypernode.domain.pricing import BPS
from hypernode.errors import DomainError

SEED_DOMAIN = b"hn/audit/3"
DRAW_DOMAIN = b"hn/draw/3"
# domain; genesis, block hash, job; sequence, attempt; receipt hash
_SEED = struct.Struct("<10s32s32s32sQB32s")
SEED_BYTES = 147
DRAW_ID_BYTES = 8

# Audit rates that a market can have, in bps. ALWAYS repeats every job, NEVER none (determinism "none").
NEVER = 0
ALWAYS = BPS
AUDIT_RATES = (NEVER, 500, 1_000, 1_500, 2_000, 2_500, ALWAYS)
# A job that is always drawn gets its panel like a drawn one, as if each group drew it with this chance: 2/9.
# Then no single block producer chooses more than 2/9 of the panels (docs/draw.md).
_ALWAYS_SHARE = (2, 9)

MAX_GROUPS = 8
MAX_PANEL = 7


class DrawIncomplete(DomainError):
    """The blocks do not prove the draw: sign nothing, and read them again or from another RPC endpoint."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """How many groups of how many slots decide, and how many slots after the submission they begin."""

    groups: int
    slots: int
    distance: int

    def __post_init__(self) -> None:
        if not (1 <= self.groups <= MAX_GROUPS and self.slots >= 1 and self.distance >= 1):
            raise DomainError(f"{self} is not a draw geometry; expected 1 to {MAX_GROUPS} groups")

    def first_group(self, submitted_slot: int) -> int:
        """Return the number of the first group that may count."""
        return -(-(submitted_slot + self.distance) // self.slots)


# A group is one leader's turn. Eight leaders decide, so one friendly leader changes an eighth of the draws.
MAINNET = Geometry(groups=8, slots=4, distance=8)
LOCAL = Geometry(groups=1, slots=1, distance=1)


@dataclass(frozen=True, slots=True)
class Block:
    """A finalized block as `getBlock` returns it; `hash` is its `blockhash`."""

    slot: int
    parent_slot: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The submission that is drawn. All of it is fixed before the first block of the draw exists."""

    genesis: bytes
    job: bytes
    sequence: int
    attempt: int
    receipt_hash: bytes
    submitted_slot: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Result of one draw. `panel` has the positions of the epoch's oracles, the first repeater first."""

    drawn: bool
    panel: tuple[int, ...]
    draw_id: bytes


def draw(
    submission: Submission, blocks: Sequence[Block], geometry: Geometry, rate: int, oracles: int
) -> Draw:
    """Return the draw of a submission, from the first blocks of its groups in order of slots."""
    check_blocks(submission.submitted_slot, blocks, geometry)
    drawn, panel = decide([seed(submission, block.hash) for block in blocks], rate, oracles)
    return Draw(drawn, panel, draw_id(blocks))


def decide(seeds: Sequence[bytes], rate: int, oracles: int) -> tuple[bool, tuple[int, ...]]:
    """Return whether the groups' seeds draw a job at this rate, and the panel."""
    if not 1 <= oracles <= MAX_PANEL:
        raise DomainError(f"a panel has 1 to {MAX_PANEL} oracles, not {oracles}")
    first = first_drawn(seeds, rate)
    # The next group orders the panel. A leader that forces a draw does not choose who repeats the job.
    ordering = 0 if first is None else (first + 1) % len(seeds)
    return first is not None, panel_order(seeds[ordering], oracles)


def check_blocks(submitted_slot: int, blocks: Sequence[Block], geometry: Geometry) -> None:
    """Refuse blocks that are not provably the first ones of the first groups with a block."""
    if len(blocks) != geometry.groups:
        raise DrawIncomplete(f"{len(blocks)} blocks are not a draw; expected {geometry.groups}")
    start = geometry.first_group(submitted_slot) * geometry.slots
    previous: Block | None = None
    for block in blocks:
        group, parent_group = block.slot // geometry.slots, block.parent_slot // geometry.slots
        # The parent proves that every slot between it and the block is empty.
        if previous is None:
            is_first = block.parent_slot < start <= block.slot
        else:
            is_first = (
                previous.slot <= block.parent_slot and parent_group == previous.slot // geometry.slots < group
            )
        if not is_first or len(block.hash) != 32:
            raise DrawIncomplete(f"slot {block.slot} is not provably the first block of the next group")
        previous = block


def seed(submission: Submission, block_hash: bytes) -> bytes:
    """Return the 32 bytes that one group gives one submission."""
    keys = (submission.genesis, block_hash, submission.job, submission.receipt_hash)
    if any(len(key) != 32 for key in keys):
        raise DomainError("keys and hashes of a draw have 32 bytes")
    try:
        data = _SEED.pack(
            SEED_DOMAIN,
            submission.genesis,
            block_hash,
            submission.job,
            submission.sequence,
            submission.attempt,
            submission.receipt_hash,
        )
    except struct.error as cause:
        raise DomainError(f"a number of the draw is out of range: {cause}") from cause
    return hashlib.sha256(data).digest()


def first_drawn(seeds: Sequence[bytes], rate: int) -> int | None:
    """Return the index of the first group that draws the job; the last group draws what is always drawn."""
    modulus, limit = len(seeds) * BPS, threshold(rate, len(seeds))
    for index, value in enumerate(seeds):
        if int.from_bytes(value[:8], "little") % modulus < limit:
            return index
    return len(seeds) - 1 if rate == ALWAYS else None


@lru_cache
def threshold(rate: int, groups: int) -> int:
    """Return the least t for which `groups` chances of t in 10,000 times `groups` draw at least `rate` bps.

    Rounded up: the true rate is never below the one that exposure and sentence count on.
    """
    if rate not in AUDIT_RATES:
        raise DomainError(f"{rate} bps is not an audit rate; expected one of {AUDIT_RATES}")
    modulus = groups * BPS
    if rate == ALWAYS:
        return -(-modulus * _ALWAYS_SHARE[0] // _ALWAYS_SHARE[1])
    left = (BPS - rate) * modulus**groups
    return bisect_left(range(modulus + 1), True, key=lambda t: (modulus - t) ** groups * BPS <= left)


def panel_order(value: bytes, oracles: int) -> tuple[int, ...]:
    """Shuffle the positions 0 to n - 1 (Fisher and Yates) with the six u32 in bytes 8 to 32 of a seed."""
    order = list(range(oracles))
    for step, last in enumerate(range(oracles - 1, 0, -1)):
        at = 8 + 4 * step
        other = int.from_bytes(value[at : at + 4], "little") % (last + 1)
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def draw_id(blocks: Sequence[Block]) -> bytes:
    """Return the 8 bytes that name the blocks of a draw in an attestation."""
    joined = b"".join(block.hash for block in blocks)
    return hashlib.sha256(DRAW_DOMAIN + joined).digest()[:DRAW_ID_BYTES]
