"""The error tree of the SDK; Rust, SQL and the API use the same class names.

HypernodeError
├── ConfigError
│   ├── NoCluster
│   ├── NoKey
│   └── NoMarkets
├── DomainError
│   ├── InvalidTransition
│   ├── InvalidAmount
│   ├── InvalidAddress
│   ├── InvalidCid
│   ├── InvalidDuration
│   ├── HashMismatch
│   └── InvalidDocument        names the member that is wrong
│       ├── InvalidJobSpec
│       ├── InvalidReceipt
│       ├── InvalidManifest
│       ├── InvalidCluster
│       └── InvalidJobReceipt
├── ChainError
│   ├── RpcUnavailable
│   ├── TransactionTooLarge
│   └── TransactionFailed
│       └── ProgramError       program, number and name of the rule that was broken
├── BlobError
│   ├── BlobNotFound
│   ├── BlobTooLarge
│   └── BlobStoreUnavailable
├── SandboxError
│   ├── EngineUnavailable
│   ├── ImageUnavailable
│   ├── ProfileViolation
│   ├── UnsafeRuntime
│   └── OutputRefused
└── ApiError                   status, name and detail that a service answered with

Services subclass these; the class name (`code`) is what travels, the sentence is for people.
"""

from collections.abc import Sequence


class HypernodeError(Exception):
    """Base of all errors: a sentence for people and, where there is one, the step that repairs the cause.

    `about` is the address or the number of what the error is about, for programs that offer a next step.
    """

    def __init__(self, detail: str = "", *, fix: str | None = None, about: str | int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fix = fix
        self.about = about

    @property
    def code(self) -> str:
        return type(self).__name__

    def __str__(self) -> str:
        return self.detail or self.code


class ConfigError(HypernodeError):
    """A setting is absent or contradicts another."""


class NoCluster(ConfigError):
    """The home folder has no cluster file."""


class NoKey(ConfigError):
    """There is no key file at this path."""


class NoMarkets(ConfigError):
    """This cluster has no markets configuration yet."""


class DomainError(HypernodeError):
    """A value breaks a rule of the domain; no I/O was involved."""


class InvalidTransition(DomainError):
    """A job was asked to take an arrow that does not leave its status."""


class InvalidAmount(DomainError):
    """Text or number is not an amount of HYPER in u64 base units."""


class InvalidAddress(DomainError):
    """Text is not base58 of exactly 32 bytes."""


class InvalidCid(DomainError):
    """Text is not a CIDv1 with the raw codec and a sha2-256 digest."""


class InvalidDuration(DomainError):
    """A commitment is outside 14 to 365 days."""


class HashMismatch(DomainError):
    """Bytes are not what their hash promised."""


class InvalidDocument(DomainError):
    """A JSON document breaks its format; `field` is the path of the member at fault."""

    def __init__(self, field: str, detail: str, *, fix: str | None = None) -> None:
        super().__init__(f"{field}: {detail}", fix=fix)
        self.field = field


class InvalidJobSpec(InvalidDocument):
    """A job specification cannot be posted as it stands."""


class InvalidReceipt(InvalidDocument):
    """A receipt is malformed or contradicts itself."""


class InvalidManifest(InvalidDocument):
    """An output manifest is malformed."""


class InvalidCluster(InvalidDocument):
    """A cluster description is malformed, or its signer did not sign it."""


class InvalidJobReceipt(InvalidDocument):
    """A job receipt is malformed."""


class ChainError(HypernodeError):
    """The chain refused, or could not be asked."""


class RpcUnavailable(ChainError):
    """The RPC endpoint did not answer."""


class TransactionTooLarge(ChainError):
    """A transaction would not fit the 1,232 bytes of a packet."""


class TransactionFailed(ChainError):
    """The chain executed a transaction and it failed, or never confirmed it."""

    def __init__(
        self,
        detail: str = "",
        *,
        signature: str | None = None,
        logs: Sequence[str] = (),
        fix: str | None = None,
    ) -> None:
        super().__init__(detail, fix=fix)
        self.signature = signature
        self.logs = tuple(logs)


class ProgramError(TransactionFailed):
    """A program refused an instruction; `name` is the program's own name for the broken rule."""

    def __init__(
        self,
        program: str,
        number: int,
        name: str,
        detail: str = "",
        *,
        signature: str | None = None,
        logs: Sequence[str] = (),
        fix: str | None = None,
    ) -> None:
        super().__init__(detail or f"{program}: {name} ({number})", signature=signature, logs=logs, fix=fix)
        self.program = program
        self.number = number
        self.name = name

    @property
    def code(self) -> str:
        return self.name


class BlobError(HypernodeError):
    """The blob store could not do what it was asked."""


class BlobNotFound(BlobError):
    """No blob has this content id."""


class BlobTooLarge(BlobError):
    """A blob exceeds the store's size cap."""


class BlobStoreUnavailable(BlobError):
    """The store did not answer, or answered with a failure of its own."""


class SandboxError(HypernodeError):
    """A container could not be run, or not be trusted."""


class EngineUnavailable(SandboxError):
    """The container engine does not answer."""


class ImageUnavailable(SandboxError):
    """The image of a job can neither be found here nor pulled."""


class ProfileViolation(SandboxError):
    """The running container lacks a part of the hardened profile."""


class UnsafeRuntime(SandboxError):
    """The container runtime has a known escape."""


class OutputRefused(SandboxError):
    """A job left something other than plain files within its limits."""


# 0 stands for no answer.
_PASSING = (0, 429, 502, 503, 504)


class ApiError(HypernodeError):
    """A service answered with a problem; its name is kept as `code`."""

    def __init__(
        self, status: int, error: str, detail: str, *, fix: str | None = None, retry_after: float = 0.0
    ) -> None:
        super().__init__(detail, fix=fix)
        self.status = status
        self.error = error
        # Seconds after which the service asks to be asked again; 0 if it does not say.
        self.retry_after = retry_after

    @property
    def is_passing(self) -> bool:
        """True if the same request may succeed later: no answer, too many requests, or a busy service."""
        return self.status in _PASSING

    @property
    def code(self) -> str:
        return self.error
