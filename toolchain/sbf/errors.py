"""Owns the one error of the toolchain: what went wrong and what a person can do about it."""


class ToolchainError(Exception):
    """A build that cannot go on; its text ends in the next step to take."""
