"""Keys are kept privately, never replaced, and sign what others can verify."""

import json
from pathlib import Path

import pytest

from hypernode.chain.keys import Key, verify
from hypernode.errors import ConfigError, NoKey


def test_a_signature_is_verified_only_for_its_message_and_key() -> None:
    key, other = Key.generate(), Key.generate()
    signature = key.sign(b"message")
    assert verify(key.address, b"message", signature)
    assert not verify(key.address, b"another", signature)
    assert not verify(other.address, b"message", signature)
    assert not verify(key.address, b"message", signature[:-1])


def test_a_saved_key_is_private_and_loads_as_itself(tmp_path: Path) -> None:
    key, path = Key.generate(), tmp_path / "keys" / "wallet.json"
    key.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Key.load(path).address == key.address
    assert len(json.loads(path.read_text())) == 64


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "wallet.json"
    Key.generate().save(path)
    kept = path.read_text()
    with pytest.raises(ConfigError, match="exists already"):
        Key.generate().save(path)
    assert path.read_text() == kept


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", "[256]", json.dumps([1] * 64)])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wallet.json"
    path.write_text(text)
    with pytest.raises(ConfigError):
        Key.load(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NoKey, match=r"none\.json"):
        Key.load(tmp_path / "none.json")


def test_a_key_does_not_show_its_secret() -> None:
    key = Key.from_seed(bytes(32))
    assert repr(key) == f"Key({key.address})"
