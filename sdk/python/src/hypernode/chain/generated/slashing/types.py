"""Types of the slashing program. Written by `make generate`."""

from typing import Self

from hypernode.chain import layout, record
from hypernode.chain.layout import Reader


class SlashingParams(record.Record):
    """Parameters that the authority sets."""

    bond: int
    appeal_bond: int
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    quorum_bps: int
    appeal_quorum_bps: int
    reason_bps: tuple[int, ...]
    daily_cap_bps: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            voting_period=read.signed(8),
            appeal_period=read.signed(8),
            min_validator_stake=read.unsigned(8),
            quorum_bps=read.unsigned(2),
            appeal_quorum_bps=read.unsigned(2),
            reason_bps=tuple(read.unsigned(2) for _ in range(3)),
            daily_cap_bps=read.unsigned(2),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.bond, 8),
                layout.unsigned(self.appeal_bond, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.appeal_period, 8),
                layout.unsigned(self.min_validator_stake, 8),
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.appeal_quorum_bps, 2),
                layout.sequence([layout.unsigned(item, 2) for item in self.reason_bps], 3),
                layout.unsigned(self.daily_cap_bps, 2),
            )
        )
