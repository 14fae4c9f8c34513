"""`hyper join`: fetch the signed description of a cluster, and make it this home's."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import click
import httpx

from hypernode.chain.keys import verify
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import PROGRAMS, Cluster
from hypernode.domain.canonical import parse_json
from hypernode.domain.cluster import WELL_KNOWN, ClusterDescription, OracleEpoch, SignedCluster
from hypernode.domain.types import Address
from hypernode.errors import ApiError, ConfigError, InvalidCluster, InvalidDocument
from hypernode_cli.commands.descriptions import description_path, load_description, save_description
from hypernode_cli.context import AddressArgument, Context, command

ADDRESS = AddressArgument()
# A description with a hundred epochs of seven oracles is smaller.
MAX_BYTES = 512 * 1024
SECONDS = 30.0


class AnotherCluster(ConfigError):
    """This home belongs to another cluster, or trusts another signer."""


@click.option("--replace", is_flag=True, help="Take it although this home trusts another signer.")
@click.option("--signer", type=ADDRESS, help="Key that must have signed it, as its operator told you.")
@click.option("--market", type=ADDRESS, help="Market of cluster.json; needs --rpc-url.")
@click.option("--ws-url", help="WebSocket of the RPC endpoint; by default its URL with ws for http.")
@click.option("--rpc-url", help="RPC endpoint of cluster.json; its genesis hash is checked.")
@click.argument("url")
@command("join")
async def join(
    context: Context,
    url: str,
    rpc_url: str | None,
    ws_url: str | None,
    market: Address | None,
    signer: Address | None,
    replace: bool,
) -> None:
    """Fetch the signed description of the cluster at URL, check it and store it.

    With --rpc-url and --market it also writes cluster.json, which every other command reads.
    """
    if (rpc_url is None) is not (market is None):
        raise click.UsageError("--rpc-url and --market go together")
    signed = await _fetch(url)
    cluster = signed.description
    if signer is not None and cluster.signer != signer:
        raise AnotherCluster(f"{cluster.signer} signed it, not {signer}", fix="ask the cluster's operator")
    if not replace:
        _check_known(context, cluster)
    profile = None
    if rpc_url is not None and market is not None:
        endpoints = rpc_url, ws_url or rpc_url.replace("http", "ws", 1), _origin(url)
        profile = await _profile(context, cluster, market, endpoints)
    path = save_description(context, signed)
    if profile is not None:
        profile.save(context.home)
    document = {**signed.to_document(), "stored": str(path), "cluster_file": profile is not None}
    context.output.result(document, *_lines(cluster), f"stored in {path}")
    if signer is None:
        context.output.note("compare the signer with the one that the cluster's operator publishes")


async def _fetch(url: str) -> SignedCluster:
    """Return the description that a service publishes; its own signer must have signed it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter(f"{url!r} is not a valid URL; expected https://HOST", param_hint="URL")
    where = url if parts.path.endswith(".json") else _origin(url) + WELL_KNOWN
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as http, http.stream("GET", where) as answer:
            data = b""
            async for chunk in answer.aiter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise InvalidCluster("document", f"has more than {MAX_BYTES} bytes")
    except httpx.HTTPError as cause:
        fix = "check the URL; the service must publish a description"
        raise ApiError(0, "ApiUnavailable", f"{where} does not answer: {cause!r}", fix=fix) from cause
    if not answer.is_success:
        fix = "ask the cluster's operator for the URL of its description"
        status = answer.status_code
        raise ApiError(status, "NoDescription", f"{where} answers {status}", fix=fix)
    try:
        return SignedCluster.from_document(parse_json(data), verify)
    except InvalidDocument as fault:
        fix = "do not use this cluster; ask its operator"
        raise InvalidCluster(where, fault.detail, fix=fix) from fault


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _check_known(context: Context, cluster: ClusterDescription) -> None:
    """Refuse a description that contradicts what this home has trusted so far."""
    if not description_path(context).exists():
        return
    known = load_description(context, None).description
    for name in ("signer", "genesis"):
        if getattr(known, name) != getattr(cluster, name):
            raise AnotherCluster(
                f"this home trusts {known.name}, which has another {name}",
                fix="choose another folder with --home, or take it with --replace",
            )


async def _profile(
    context: Context, cluster: ClusterDescription, market: Address, endpoints: tuple[str, str, str]
) -> Cluster:
    """Return the cluster.json of a description; its chain must have the genesis hash that was signed."""
    rpc_url, ws_url, api_url = endpoints
    chain = await RpcClient.connect(rpc_url, ws_url)
    try:
        genesis = await chain.genesis_hash()
    finally:
        await chain.close()
    if genesis != cluster.genesis:
        fix = "check --rpc-url"
        raise AnotherCluster(f"{rpc_url} is another chain than {cluster.name} describes", fix=fix)
    made = Cluster(
        rpc_url=rpc_url,
        ws_url=ws_url,
        api_url=api_url,
        mint=cluster.mint,
        market=market,
        markets_program=cluster.markets,
        staking_program=cluster.staking,
        rewards_program=cluster.rewards,
        slashing_program=cluster.slashing,
        governance_program=cluster.governance,
        oracles={
            oracle.key: oracle.address
            for epoch in cluster.epochs
            for oracle in epoch.oracles
            if oracle.address
        },
    )
    if context.settings.cluster_file.exists():
        before = context.cluster()
        if before.keys:
            # A local chain was made here: its keys and its state belong to it.
            raise AnotherCluster(
                f"{context.home} belongs to the local cluster at {before.rpc_url}",
                fix="choose another folder with --home",
            )
    return made


def _lines(cluster: ClusterDescription) -> Iterator[str]:
    yield f"{cluster.name}  genesis {cluster.genesis.hex()}"
    yield f"signer      {cluster.signer}"
    yield f"mint        {cluster.mint}"
    yield from (f"{name:<10}  {getattr(cluster, name)}" for name in PROGRAMS)
    for epoch in cluster.epochs:
        yield from _epoch(epoch)


def _epoch(epoch: OracleEpoch) -> Iterator[str]:
    draw = epoch.geometry
    yield (
        f"epoch {epoch.epoch}: {epoch.threshold} of {len(epoch.oracles)} oracles; a draw of {draw.groups} "
        f"groups of {draw.slots} slots, {draw.distance} slots after the submission"
    )
    for oracle in epoch.oracles:
        machine = oracle.machine
        size = "machine not published"
        if machine is not None:
            gpu = f", {machine.gpu_count} {machine.gpu_vendor.label}" if machine.gpu_count else ""
            size = f"{machine.cpu_millis / 1000:g} cores, {machine.memory_mib} MiB{gpu}"
        yield f"  {oracle.key}  {size}  {oracle.address or ''}".rstrip()
