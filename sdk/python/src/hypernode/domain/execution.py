"""The execution hash, equal on every honest replica (docs/execution-hash.md)."""

from dataclasses import dataclass
from typing import Any

from hypernode.domain.canonical import canonical_hash
from hypernode.domain.types import Address

EXECUTION_TYPE = "hn/exec/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """No time, usage, logs or node in here: two honest nodes would not agree on them."""

    cluster: bytes
    program: Address
    job: Address
    sequence: int
    attempt: int
    spec_hash: bytes
    exit_code: int
    output_root: bytes

    def to_document(self) -> dict[str, Any]:
        return {
            "type": EXECUTION_TYPE,
            "cluster": self.cluster.hex(),
            "program": self.program,
            "job": self.job,
            "sequence": str(self.sequence),
            "attempt": self.attempt,
            "spec_hash": self.spec_hash.hex(),
            "exit_code": self.exit_code,
            "output_root": self.output_root.hex(),
        }


def exec_hash(execution: Execution) -> bytes:
    return canonical_hash(execution.to_document())
