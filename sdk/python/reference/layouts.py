"""Tables of the programs' accounts, written from the IDL into the pages of docs/programs."""

import re
from functools import partial
from pathlib import Path
from typing import Any

from codegen.idl import Idl, Struct, load
from codegen.lowering import Lowering
from hypernode.chain.programs import artifacts

HEAD = "| offset | size | field | type |\n| ---: | ---: | --- | --- |\n"


def render(folder: Path) -> dict[Path, str]:
    """Return each page with the tables below its lines `**Account**` written again.

    Raises KeyError for a page that names an account that the program does not have.
    """
    pages = {}
    for path in sorted((artifacts() / "idl").glob("*.json")):
        idl, page = load(path), folder / f"{path.stem}.md"
        place = r"\*\*(\w+)\*\*\n\n" + re.escape(HEAD) + r"(?:\|.*\n)+"
        pages[page] = re.sub(place, partial(_table, idl), page.read_text())
    return pages


def _table(idl: Idl, found: re.Match[str]) -> str:
    account = found[1]
    struct = idl.types[account]
    assert isinstance(struct, Struct)
    lowering, offset, rows = Lowering(idl), 8, ["| 0 | 8 | discriminator | |\n"]
    for field in struct.fields:
        size = lowering.lower(field.type).size or 0
        rows.append(f"| {offset} | {size} | `{field.name}` | {_named(field.type)} |\n")
        offset += size
    return f"**{account}**\n\n{HEAD}" + "".join(rows) + f"| {offset} | | end | |\n"


def _named(idl_type: Any) -> str:
    if isinstance(idl_type, str):
        return "address" if idl_type == "pubkey" else idl_type
    ((kind, inner),) = idl_type.items()
    if kind == "array":
        return f"[{_named(inner[0])}; {inner[1]}]"
    return str(inner["name"]).removeprefix("Pod")
