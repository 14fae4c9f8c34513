"""The SDK without `async`: the names of `hypernode`, each call waits for its result.

    with Hypernode.connect() as hn:
        result = hn.jobs.run(image, "echo hello").result()

A name is loaded when it is first used; sync.pyi, which `python -m reference` writes, has the types.
"""

from importlib import import_module

from hypernode.client.blocking import Blocking, blocking
from hypernode.client.blocking import BlockingHypernode as Hypernode

__all__ = ["Hypernode"]
__all__ += Blocking.NAMES


def __getattr__(name: str) -> object:
    if name not in Blocking.NAMES:
        raise AttributeError(f"module 'hypernode.sync' has no attribute {name!r}")
    return blocking(getattr(import_module(f"hypernode.client.{Blocking.NAMES[name]}"), name))
