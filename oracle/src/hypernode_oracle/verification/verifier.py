"""Verifier of one attempt: the gates, then a run of our own. It finds nothing while something is missing."""

from __future__ import annotations

from hypernode.chain.generated.markets import Job, Market, Node
from hypernode.chain.ports import Accounts
from hypernode.domain.status import RejectReason, Verdict
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode_oracle.journal import Finding
from hypernode_oracle.verification.audit import AuditPolicy, audit_bps, drawn, repeatable
from hypernode_oracle.verification.evidence import Evidence, EvidenceReader, Undecided
from hypernode_oracle.verification.gates import Claim, GateFailed
from hypernode_sandbox.ports import Sandbox, SandboxRun, Stop

ACCEPTED = "all gates passed"


class Verifier:
    """Knows the chain, the evidence and a sandbox of its own; it can sign and pay nothing."""

    def __init__(
        self,
        *,
        chain: Accounts,
        evidence: EvidenceReader,
        sandbox: Sandbox,
        policy: AuditPolicy,
        salt: bytes,
        blob_patience: int,
    ) -> None:
        self._chain, self._evidence, self._sandbox = chain, evidence, sandbox
        self._policy, self._salt, self._patience = policy, salt, blob_patience

    async def verify(self, address: Address, job: Job, node: Node, market: Market | None) -> Finding:
        """Return a finding, or raise `Undecided` when a fault is not the node's."""
        claim = Claim(address, job, node, await self._chain.genesis_hash())
        try:
            evidence = await self._evidence.read(claim)
            if self._audited(claim, market, evidence):
                await self._repeat(claim, evidence)
        except GateFailed as failed:
            await self._wait_for_blob(job, failed)
            return Finding(Verdict.REJECT, failed.reason, failed.detail)
        except Undecided:
            raise
        except HypernodeError as fault:
            raise Undecided(f"{fault.code}: {fault}", fix=fault.fix) from fault
        return Finding(Verdict.ACCEPT, RejectReason.NONE, ACCEPTED)

    def _audited(self, claim: Claim, market: Market | None, evidence: Evidence) -> bool:
        if not repeatable(evidence.spec) or evidence.spec.resources.gpu.count:
            return False  # an oracle has no GPU, and a job that stays undecided pays no node
        chance = audit_bps(self._policy, claim.job, claim.node, market)
        return drawn(self._salt, claim.address, claim.job, chance)

    async def _repeat(self, claim: Claim, evidence: Evidence) -> None:
        """Run the job ourselves and compare what every honest replica agrees on."""
        job, spec = claim.job, evidence.spec
        name = f"hypernode-audit-{claim.address[:12].lower()}-{job.sequence}-{job.attempt}"
        try:
            inputs = await self._evidence.inputs(spec)
            result = await self._sandbox.run(SandboxRun(name, spec, inputs))
        finally:
            await self._sandbox.remove(name)
        same_exit = result.exit_code == evidence.receipt.exit_code
        if same_exit and result.manifest.root == job.output_root:
            return
        if result.stop is not Stop.EXITED:
            raise Undecided(f"our own run was stopped: {result.stop.value}")
        if not same_exit:
            raise GateFailed(
                RejectReason.EXIT_CODE_MISMATCH,
                f"exit code {evidence.receipt.exit_code} claimed, {result.exit_code} found",
            )
        raise GateFailed(RejectReason.OUTPUT_MISMATCH, "our own run of the job gave other outputs")

    async def _wait_for_blob(self, job: Job, failed: GateFailed) -> None:
        """A missing blob is held against the node only when there is hardly time left for it to appear."""
        if failed.reason is not RejectReason.MISSING_BLOB:
            return
        now = (await self._chain.clock()).unix_timestamp
        if now < job.verdict_deadline - self._patience:
            raise Undecided(failed.detail)
