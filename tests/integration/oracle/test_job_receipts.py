"""Job receipts of jobs that oracles settled over the real programs: what was made is what verifies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hypernode.chain.blocks import DrawBlocks
from hypernode.chain.epochs import members
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.keys import verify
from hypernode.client.receipts import JobReceipts
from hypernode.domain.check import CheckResult
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.cluster import ClusterDescription, Oracle, OracleEpoch
from hypernode.domain.draw import LOCAL
from hypernode.domain.job_receipt import verify_job_receipt
from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationList, AttestationView
from hypernode.wire.findings import FindingList
from hypernode.wire.jobs import FrozenTerms, JobReceipt
from hypernode_sandbox.fake import Work, copy_inputs
from hypernode_sandbox.ports import SandboxRun
from tests.support.documents import an_address
from tests.support.shop import Shop


def forged(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    return 0, {"in.txt": b"something cheaper"}, b""


class ShopApi:
    """The API's answers about the shop's one job, as it was before its account was closed."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.state = shop, shop.job.state

    async def get(self, model: Any, path: str) -> Any:
        address = self.shop.job.address
        if model is FindingList:
            return FindingList(findings=list(await self.shop.board.findings(address)))
        if model is AttestationList:
            given = await self.shop.board.attestations(address)
            more = {
                "job": address,
                "node": self.state.node,
                "receipt_hash": self.state.receipt_hash.hex(),
                "seconds_used": self.state.seconds_used,
                "received_at": 1,
            }
            views = [AttestationView(**{**one.model_dump(), **more}) for one in given]
            return AttestationList(attestations=views)
        return JobReceipt(
            job=address,
            sequence=self.state.sequence,
            attempt=self.state.attempt,
            receipt_cid=cid_of_digest(self.state.receipt_hash),
            worker_key=None,
            signature=None,
            frozen=FrozenTerms.model_validate(self.state),
        )


async def description(shop: Shop) -> ClusterDescription:
    oracles = await shop.chain.oracle_set()
    assert oracles is not None
    keys = members(oracles)
    epoch = OracleEpoch(
        epoch=oracles.epoch,
        threshold=oracles.threshold,
        oracles=tuple(Oracle(key=key, wallet=None) for key in keys),
        geometry=LOCAL,
    )
    return ClusterDescription(
        name="shop",
        genesis=oracles.cluster,
        governance=governance.PROGRAM_ID,
        markets=markets.PROGRAM_ID,
        rewards=rewards.PROGRAM_ID,
        slashing=slashing.PROGRAM_ID,
        staking=staking.PROGRAM_ID,
        mint=an_address("mint"),
        epochs=(epoch,),
        signer=Address(keys[0]),
    )


@pytest.mark.parametrize(("work", "outcome"), [(copy_inputs, "settled"), (forged, "rejected")])
async def test_a_receipt_of_a_real_job_holds(tmp_path: Path, work: Work, outcome: str) -> None:
    shop = Shop(tmp_path)
    await shop.submitted(work)
    api, cluster = ShopApi(shop), await description(shop)
    for _ in range(5):
        for number in range(3):
            await shop.oracle(number).step()
    assert not shop.job.exists
    draws = DrawBlocks([shop.blocks])
    made = JobReceipts(cluster, history=shop.chain, api=api, blobs=shop.blobs, draws=draws)
    document = (await made.of(shop.job.address)).to_document()
    assert (document["outcome"], len(document["attestations"]) >= 2) == (outcome, True)
    assert document["attestations"][0]["audit"] == "repeated"
    checks = verify_job_receipt(document, cluster, verify)
    assert [check for check in checks if check.result is CheckResult.FAILS] == []
    held = {check.name for check in checks if check.result is CheckResult.HOLDS}
    assert {
        "draw",
        "draw id",
        "audit",
        "signed findings",
        "attestations",
        "quorum",
        "price",
        "fee split",
    } <= held
