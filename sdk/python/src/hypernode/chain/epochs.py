"""Which oracles judge a job: those of the epoch of its assignment."""

from dataclasses import replace

from hypernode.chain.generated.markets import OracleSet
from hypernode.domain.types import Address


def set_of_epoch(oracles: OracleSet, epoch: int) -> OracleSet | None:
    """Return the set as it judges the jobs of `epoch`; None if nobody judges them any more.

    The keys before the last rotation still judge the jobs that were assigned under them.
    """
    if epoch == oracles.epoch:
        return oracles
    if epoch + 1 != oracles.epoch or not oracles.previous_count:
        return None
    return replace(
        oracles,
        epoch=epoch,
        threshold=oracles.previous_threshold,
        count=oracles.previous_count,
        keys=oracles.previous_keys,
    )


def members(oracles: OracleSet) -> tuple[Address, ...]:
    """Return the keys in use. The account pads them with zeros."""
    return oracles.keys[: oracles.count]
