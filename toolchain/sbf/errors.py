"""Error of the toolchain."""


class ToolchainError(Exception):
    """A build that cannot continue. Its message ends with the command or step that fixes it."""
