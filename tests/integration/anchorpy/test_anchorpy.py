"""anchorpy, unchanged, reads the IDLs in the older shape: every instruction and account of every program."""

import base64
import dataclasses
import hashlib
import importlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import base58
import httpx
import pytest

from hypernode.chain.programs import artifacts
from tests.integration.anchorpy.samples import Sampler
from tests.support.local_chain import LocalChain, local_chain

HERE = Path(__file__).parent
GENERATED = "hypernode.chain.generated"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hypernode"
PYTHON = "3.11"

IDLS = {path.stem: json.loads(path.read_text()) for path in sorted((artifacts() / "idl").glob("*.json"))}
LEGACY = {path.stem: json.loads(path.read_text()) for path in (artifacts() / "idl" / "legacy").glob("*.json")}

# The first run asks the package index for anchorpy, which takes longer than a test may.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def with_anchorpy(request: dict[str, Any]) -> dict[str, Any]:
    """Answer the request in an environment that has anchorpy, whose solders is older than ours."""
    uv = shutil.which("uv", path=os.pathsep.join((os.environ["PATH"], str(CACHE / "uv" / "bin"))))
    if uv is None:
        pytest.skip("uv is not installed: run `bash deploy/setup.sh python`")
    requirements = ("--with-requirements", str(HERE / "requirements.txt"), "--python", PYTHON)
    environment = ("run", "--quiet", "--isolated", "--no-project", *requirements)
    done = subprocess.run(
        (uv, *environment, "python", str(HERE / "with_anchorpy.py")),
        input=json.dumps(request),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def address_of(name: str) -> str:
    return base58.b58encode(hashlib.sha256(name.encode()).digest()).decode()


def camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def request_for(idl: dict[str, Any], accounts: list[str], values: dict[str, Any]) -> dict[str, Any]:
    return {"idl": LEGACY[idl["metadata"]["name"]], "values": values, "accounts": accounts}


def test_every_instruction_and_account_of_every_program() -> None:
    request: dict[str, Any] = {}
    built: dict[str, Any] = {}
    decoded: dict[str, Any] = {}
    for program, idl in IDLS.items():
        sampler = Sampler(idl)
        values, built[program] = {}, {}
        for entry in idl["instructions"]:
            args, data = sampler.fields(entry["args"])
            accounts = {slot["name"]: address_of(slot["name"]) for slot in entry["accounts"]}
            values[camel_case(entry["name"])] = {"args": args, "accounts": accounts}
            built[program][camel_case(entry["name"])] = {
                "program": idl["address"],
                "data": (bytes(entry["discriminator"]) + data).hex(),
                "accounts": [
                    [accounts[slot["name"]], slot.get("signer", False), slot.get("writable", False)]
                    for slot in entry["accounts"]
                ],
            }
        samples = [(entry, *sampler.struct(entry["name"])) for entry in idl["accounts"]]
        decoded[program] = [{"name": entry["name"], "fields": fields} for entry, fields, _ in samples]
        data_of_all = [(bytes(entry["discriminator"]) + data).hex() for entry, _, data in samples]
        request[program] = request_for(idl, data_of_all, values)
    answer = with_anchorpy(request)
    assert request
    for program in IDLS:
        assert answer[program]["instructions"] == built[program]
        assert answer[program]["accounts"] == decoded[program]


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[LocalChain]:
    """A marketplace with a stake, governed by votes, so that every program has accounts."""
    with local_chain(tmp_path) as found:
        found.staker("wallet")
        found.hyper.json("gov", "bootstrap", "--local")
        yield found


def test_accounts_that_the_programs_made(chain: LocalChain) -> None:
    found = {program: _accounts(chain.settings.rpc_url, idl) for program, idl in IDLS.items()}
    request, expected = {}, {}
    for program, idl in IDLS.items():
        assert found[program], f"{program} has no account on this chain"
        request[program] = request_for(idl, [data.hex() for data in found[program]], {})
        request[program]["idl"] = {**request[program]["idl"], "instructions": []}
        expected[program] = [_decoded_by_us(program, data) for data in found[program]]
    answer = with_anchorpy(request)
    assert {program: part["accounts"] for program, part in answer.items()} == expected


def _accounts(rpc_url: str, idl: dict[str, Any]) -> list[bytes]:
    """Return the data of the program's accounts that have a discriminator of its IDL."""
    params = [idl["address"], {"encoding": "base64"}]
    call = {"jsonrpc": "2.0", "id": 1, "method": "getProgramAccounts", "params": params}
    entries = httpx.post(rpc_url, json=call).json()["result"]
    found = [base64.b64decode(entry["account"]["data"][0]) for entry in entries]
    ours = tuple(bytes(entry["discriminator"]) for entry in idl["accounts"])
    return [data for data in found if data.startswith(ours)]


def _decoded_by_us(program: str, data: bytes) -> dict[str, Any]:
    """Decode with our own generated client, and show the result as anchorpy's is shown."""
    (name,) = (
        entry["name"] for entry in IDLS[program]["accounts"] if data.startswith(bytes(entry["discriminator"]))
    )
    account = getattr(importlib.import_module(f"{GENERATED}.{program}"), name).decode(data)
    return {"name": name, "fields": _plain(account)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | bytes):
        return [_plain(each) for each in value]
    return value
