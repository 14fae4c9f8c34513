"""`hyper job receipt`: write all that is known of an ended job to one file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hypernode.blobs import HttpBlobs
from hypernode.chain.blocks import DrawBlocks, RpcBlocks
from hypernode.chain.keys import verify
from hypernode.chain.rpc import Rpc
from hypernode.client.receipts import JobReceipts
from hypernode.domain.check import CheckResult
from hypernode.domain.job_receipt import verify_job_receipt
from hypernode.domain.types import Address
from hypernode_cli.commands.descriptions import load_description
from hypernode_cli.commands.receipt import FILE, require
from hypernode_cli.context import AddressArgument, Context, command

ADDRESS = AddressArgument()


@click.option("--cluster", "cluster_file", type=FILE, help="Cluster description; by default the joined one.")
@click.option("--output", "path", type=FILE, help="File to write; by default receipt-ADDRESS.json.")
@click.argument("address", type=ADDRESS)
@command("receipt")
async def receipt(context: Context, address: Address, path: Path | None, cluster_file: Path | None) -> None:
    """Write the receipt of an ended job: spec, signatures, draw and money. It is checked first."""
    cluster = load_description(context, cluster_file).description
    blobs, rpc = HttpBlobs(context.cluster().api_url), Rpc.open(context.cluster().rpc_url)
    try:
        async with context.chain() as chain, context.api() as api:
            draws = DrawBlocks([RpcBlocks(rpc)])
            made = JobReceipts(cluster, history=chain, api=api, blobs=blobs, draws=draws)
            document = (await made.of(address)).to_document()
    finally:
        await rpc.close()
        await blobs.close()
    checks = verify_job_receipt(document, cluster, verify)
    require(checks, f"the receipt of {address}", cluster.name)
    chosen = path or Path(f"receipt-{address}.json")
    chosen.write_text(json.dumps(document, indent=2) + "\n")
    held = sum(check.result is CheckResult.HOLDS for check in checks)
    context.output.result(
        {"job": address, "file": str(chosen), "outcome": document["outcome"], "checks_held": held},
        f"{document['outcome']}: {held} checks hold",
        f"  {chosen}",
        f"  anyone can check it: hyper receipt verify {chosen}",
    )
