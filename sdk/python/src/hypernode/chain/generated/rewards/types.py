"""Types of the rewards program. Written by `make generate`."""

from typing import Self

from hypernode.chain import layout, record
from hypernode.chain.layout import Reader


class Stream(record.Record):
    """The program's `Stream`."""

    total: int
    # Amount distributed so far.
    flowed: int
    starts_at: int
    ends_at: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            total=read.unsigned(8),
            flowed=read.unsigned(8),
            starts_at=read.signed(8),
            ends_at=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.total, 8),
                layout.unsigned(self.flowed, 8),
                layout.signed(self.starts_at, 8),
                layout.signed(self.ends_at, 8),
            )
        )
