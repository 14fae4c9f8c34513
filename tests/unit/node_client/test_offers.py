"""What a node takes and refuses, and that it signs nothing but the assignment it was offered."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.clock import ManualClock
from hypernode.domain.spec import GpuRequest, JobSpec, Resources, spec_hash
from hypernode.domain.types import Address, GpuVendor
from hypernode.wire.nodes import Offer
from hypernode_node_client.hardware import Gpu, Hardware, Machine
from hypernode_node_client.worker.offers import (
    HOLD_SECONDS,
    AssignmentRefused,
    HeldOffers,
    Policy,
    checked_assignment,
    image_objection,
)
from hypernode_sandbox.fake import FakeSandbox
from tests.programs.cookies import a_market, an_operator
from tests.support.documents import a_spec, an_address, an_input, digest
from tests.support.shop import SPEC, Shop

MACHINE = Machine(
    Hardware(
        cpu_millis=2_000,
        memory_mib=1_024,
        disk_mib=300,
        gpus=[Gpu(vendor="nvidia", model="one", vram_mib=24_576)],
    ),
    GpuVendor.NVIDIA,
    24_576,
    ("GPU-1",),
)
POLICY = Policy(MACHINE, ask=10)


def an_offer(**changes: Any) -> Offer:
    members: dict[str, Any] = {
        "offer_id": "1",
        "job": an_address("job"),
        "attempt": 1,
        "spec_cid": cid_of_digest(digest("spec")),
        "cap": 6_000,
        "rate": 10,
        "timeout_seconds": 600,
        "expires_at": 0,
    }
    return Offer(**{**members, **changes})


def resources(**changes: Any) -> JobSpec:
    return a_spec(resources=Resources(**{"cpu_millis": 2_000, "memory_mib": 1_024, **changes}))


def gpu(vendor: GpuVendor = GpuVendor.NVIDIA, count: int = 1, min_vram_mib: int = 24_576) -> JobSpec:
    return resources(gpu=GpuRequest(vendor, count, min_vram_mib))


TAKEN: dict[str, tuple[Offer, JobSpec]] = {
    "the least rate": (an_offer(rate=10), a_spec()),
    "all of the machine": (an_offer(), resources()),
    "its GPU to the last MiB": (an_offer(), gpu()),
    "all of the disk": (an_offer(), a_spec(inputs=(an_input(size=44 << 20),))),
}
REFUSED: dict[str, tuple[Offer, JobSpec, str]] = {
    "too low a rate": (an_offer(rate=9), a_spec(), "rate 9 is below 10"),
    "a spec that runs longer": (an_offer(timeout_seconds=599), a_spec(), "the spec runs 600 s"),
    "a spec that runs shorter": (an_offer(timeout_seconds=601), a_spec(), "the spec runs 600 s"),
    "one CPU milli too many": (an_offer(), resources(cpu_millis=2_001), "2001 CPU millis"),
    "one MiB of memory too many": (an_offer(), resources(memory_mib=1_025), "1025 MiB of memory"),
    "one MiB of disk too many": (an_offer(), a_spec(inputs=(an_input(size=45 << 20),)), "301 MiB of disk"),
    "another vendor": (an_offer(), gpu(GpuVendor.AMD), "a GPU of amd"),
    "two GPUs": (an_offer(), gpu(count=2), "2 GPUs, has 1"),
    "one MiB of VRAM too many": (an_offer(), gpu(min_vram_mib=24_577), "24577 MiB of GPU memory"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_taken(name: str) -> None:
    assert POLICY.objection(*TAKEN[name]) is None


@pytest.mark.parametrize("name", REFUSED)
def test_refused_and_why(name: str) -> None:
    offer, spec, reason = REFUSED[name]
    assert reason in (POLICY.objection(offer, spec) or "taken")


async def test_a_local_image_must_be_here_and_a_named_one_may_be_pulled() -> None:
    nothing_here = FakeSandbox(images=frozenset())
    local = a_spec()
    named = a_spec(image=f"ghcr.io/a/b@sha256:{'a' * 64}")
    assert "is not on this host" in (await image_objection(nothing_here, local) or "")
    assert await image_objection(nothing_here, named) is None
    assert await image_objection(FakeSandbox(images=frozenset({local.image})), local) is None


def test_an_accepted_offer_holds_its_slot_until_no_assignment_can_come() -> None:
    clock = ManualClock()
    held, offer = HeldOffers(clock), an_offer()
    held.add(offer)
    clock.advance(HOLD_SECONDS - 1)
    assert held.offers == [offer]
    clock.advance(1)
    assert held.offers == []
    assert held.pop("1") is None


def test_an_offer_is_given_out_once() -> None:
    held, offer = HeldOffers(ManualClock()), an_offer()
    held.add(offer)
    assert held.pop("1") == offer
    assert held.pop("1") is None


# --- the assignment


class Desk:
    """A job that waits on a real chain, the offer of it, and the transaction that assigns it."""

    def __init__(self, folder: Path) -> None:
        self.shop = Shop(folder)
        self.job = self.shop.job.create(spec_hash=spec_hash(SPEC))
        state = self.job.state
        self.offer = an_offer(
            job=self.job.address,
            spec_cid=cid_of_digest(state.spec_hash),
            cap=state.cap,
            rate=state.rate,
            timeout_seconds=state.timeout_seconds,
        )
        self.instructions = [self.job.assign_ix(self.shop.node)]
        self.payer = self.shop.node.worker_key.address

    async def check(self, offer: Offer | None = None) -> tuple[Any, Any]:
        node, matcher = self.shop.node, self.shop.market.matcher
        # What is bent for a test may need no matcher; what is read is the message, not the signatures.
        signers = [matcher] if self.instructions == [self.job.assign_ix(node)] else []
        transaction = await self.shop.chain.prepare(self.instructions, signers, self.payer)
        return await checked_assignment(
            self.shop.chain,
            transaction,
            offer or self.offer,
            operator=node.operator.address,
            worker_key=node.worker_key.address,
        )

    async def refuses(self, **changes: Any) -> bool:
        try:
            await self.check(self.offer.model_copy(update=changes))
        except AssignmentRefused:
            return True
        return False


async def test_the_assignment_that_was_offered_is_signed_and_lands(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    draft, key = await desk.check()
    await desk.shop.chain.submit(draft.sign(desk.shop.node.worker_key).encode())
    state = desk.job.state
    assert (state.node, state.sequence, state.attempt) == (desk.shop.node.address, key.sequence, key.attempt)
    assert key.job == desk.job.address


def terms(desk: Desk) -> dict[str, dict[str, Any]]:
    state = desk.job.state
    return {
        "a lower rate": {"rate": state.rate + 1},
        "a lower cap": {"cap": state.cap + 1},
        "more time": {"timeout_seconds": state.timeout_seconds - 1},
        "less time": {"timeout_seconds": state.timeout_seconds + 1},
        "another spec": {"spec_cid": cid_of_digest(hashlib.sha256(b"harmless").digest())},
        "a later attempt": {"attempt": 2},
        "another job": {"job": an_address("nobody's")},
    }


async def test_a_job_on_other_terms_than_offered_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for name, changes in terms(desk).items():
        assert await desk.refuses(**changes), name


async def test_a_job_on_better_terms_is_taken(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    state = desk.job.state
    better = {"rate": state.rate - 1, "cap": state.cap - 1}
    _, key = await desk.check(desk.offer.model_copy(update=better))
    assert key.attempt == 1


async def test_a_job_that_somebody_has_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.job.assign(desk.shop.node)
    for attempt in (1, 2):
        assert await desk.refuses(attempt=attempt)


async def test_a_transaction_that_does_anything_else_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assign, shop = desk.instructions[0], desk.shop
    other_job, other_node = an_address("other job"), an_operator(shop.world, "other")
    market = a_market(shop.world, "other market")

    def with_account(old: Address, new: Address) -> Any:
        metas = tuple(replace(meta, address=new) if meta.address == old else meta for meta in assign.accounts)
        assert metas != assign.accounts
        return replace(assign, accounts=metas)

    bent: dict[str, list[Any]] = {
        "twice": [assign, assign],
        "and cancels": [assign, desk.job.cancel_ix()],
        "nothing": [],
        "another job": [with_account(desk.job.address, other_job)],
        "another market": [with_account(shop.market.address, market.address)],
        "another node": [with_account(shop.node.address, other_node.address)],
        "other data": [replace(assign, data=assign.data + b"\0")],
        "another program": [replace(assign, program=an_address("program"))],
        "an account more": [replace(assign, accounts=(*assign.accounts, assign.accounts[0]))],
    }
    for name, instructions in bent.items():
        desk.instructions = instructions
        assert await desk.refuses(), name


async def test_somebody_else_may_not_be_the_payer(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.payer = desk.shop.market.matcher.address
    assert await desk.refuses()
