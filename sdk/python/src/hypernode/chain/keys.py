"""Ed25519 keys: generate, load and save as files, sign and verify."""

import json
import os
from pathlib import Path

from solders.errors import BincodeError
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.signature import Signature

from hypernode.domain.types import Address
from hypernode.errors import ConfigError, NoKey

SECRET_BYTES = 64
SEED_BYTES = 32
SIGNATURE_BYTES = 64


class Key:
    """A signing key; `repr` and errors never contain its secret."""

    def __init__(self, keypair: Keypair) -> None:
        self._keypair = keypair
        self.address = Address(str(keypair.pubkey()))

    @classmethod
    def generate(cls) -> "Key":
        """Return a new key."""
        return cls(Keypair())

    @classmethod
    def from_seed(cls, seed: bytes) -> "Key":
        """Return the key of a seed of 32 bytes."""
        if len(seed) != SEED_BYTES:
            raise ConfigError(f"{len(seed)} bytes are not a valid seed of a key; expected {SEED_BYTES}")
        return cls(Keypair.from_seed(seed))

    @classmethod
    def from_secret(cls, secret: bytes) -> "Key":
        """Return the key of 64 bytes: seed, then public key, as Solana tools write them."""
        try:
            return cls(Keypair.from_bytes(secret))
        except (ValueError, BincodeError):
            raise ConfigError(
                f"the bytes are not a valid Solana key; expected {SECRET_BYTES}: seed, then public key"
            ) from None

    @classmethod
    def load(cls, path: Path) -> "Key":
        """Return the key in a file of Solana's tools: a JSON list of 64 bytes."""
        try:
            numbers = json.loads(path.read_text())
            secret = bytes(numbers)
        except FileNotFoundError:
            raise NoKey(f"no key at {path}") from None
        except OSError as fault:
            fix = "check its permissions"
            raise ConfigError(f"{path} cannot be read: {fault.strerror}", fix=fix) from fault
        except (ValueError, TypeError):
            fix = "restore the file from your copy"
            message = f"{path} is not a valid key file; expected a JSON list of {SECRET_BYTES} bytes"
            raise ConfigError(message, fix=fix) from None
        return cls.from_secret(secret)

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner can read; refuse to replace a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise ConfigError(
                f"{path} exists already", fix="choose another path; a key file is never replaced"
            ) from None
        with os.fdopen(descriptor, "w") as file:
            json.dump(list(bytes(self._keypair)), file)

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of a message."""
        return bytes(self._keypair.sign_message(message))

    @property
    def keypair(self) -> Keypair:
        """The key in the form of `solders`, for this package only."""
        return self._keypair

    def __repr__(self) -> str:
        return f"Key({self.address})"


def verify(address: Address, message: bytes, signature: bytes) -> bool:
    """Return whether the holder of `address` signed exactly `message`."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        return Signature.from_bytes(signature).verify(Pubkey.from_string(address), message)
    except ValueError:
        return False
