"""Base class of the programs' typed errors."""

from collections.abc import Sequence
from typing import ClassVar

from hypernode.domain.types import Address
from hypernode.errors import ProgramError


class Refusal(ProgramError):
    """A program's rule was broken; the docstring of the subclass is the program's own message."""

    PROGRAM: ClassVar[Address]
    NUMBER: ClassVar[int]

    def __init__(self, *, signature: str | None = None, logs: Sequence[str] = ()) -> None:
        name = type(self).__name__
        super().__init__(
            self.PROGRAM, self.NUMBER, name, type(self).__doc__ or name, signature=signature, logs=logs
        )
