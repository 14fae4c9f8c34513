"""Types of the governance program. Written by `make generate`."""

from typing import Self

from hypernode.chain import layout, record
from hypernode.chain.layout import Reader
from hypernode.domain.types import Address


class Floors(record.Record):
    """Lower bounds of the times: 1 hour, 1 day and 2 days on public clusters."""

    voting_period: int
    timelock_parameters: int
    timelock_critical: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock_parameters, 8),
                layout.signed(self.timelock_critical, 8),
            )
        )


class InstructionMeta(record.Record):
    """One account of an instruction and its flags."""

    address: Address
    # Bit 0 signer, bit 1 writable.
    flags: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            address=read.address(),
            flags=read.unsigned(1),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.address(self.address),
                layout.unsigned(self.flags, 1),
            )
        )


class GovernanceParams(record.Record):
    """Parameters that a proposal may change."""

    quorum_bps: int
    proposal_threshold: int
    voting_period: int
    timelock_parameters: int
    timelock_critical: int
    execution_window: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            quorum_bps=read.unsigned(2),
            proposal_threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
            execution_window=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.proposal_threshold, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock_parameters, 8),
                layout.signed(self.timelock_critical, 8),
                layout.signed(self.execution_window, 8),
            )
        )
