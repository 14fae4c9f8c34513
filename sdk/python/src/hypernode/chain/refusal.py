"""Owns the base of every typed program error: a class per rule, found by program and number."""

from collections.abc import Sequence
from typing import ClassVar

from hypernode.domain.types import Address
from hypernode.errors import ProgramError


class Refusal(ProgramError):
    """A rule of a program, as a class; its docstring is the program's sentence for people."""

    PROGRAM: ClassVar[Address]
    NUMBER: ClassVar[int]

    def __init__(self, *, signature: str | None = None, logs: Sequence[str] = ()) -> None:
        name = type(self).__name__
        super().__init__(
            self.PROGRAM, self.NUMBER, name, type(self).__doc__ or name, signature=signature, logs=logs
        )
