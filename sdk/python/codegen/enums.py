"""Tables of the IDL's numbers that are enums of the domain.

Anchor's zero-copy accounts hold an enum as `PodX`, which the IDL describes as one byte; an argument is a
plain `u8`. These tables give both their meaning.
"""

DOMAIN_MODULES = {
    "Audit": "hypernode.domain.attestation",
    "Blame": "hypernode.domain.attestation",
    "DeclineReason": "hypernode.domain.status",
    "Ending": "hypernode.domain.result",
    "Outcome": "hypernode.domain.status",
    "FaultReason": "hypernode.domain.fault",
    "RejectReason": "hypernode.domain.status",
    "GpuVendor": "hypernode.domain.types",
    "JobStatus": "hypernode.domain.status",
    "ProposalKind": "hypernode.domain.governance",
    "ProposalStatus": "hypernode.domain.governance",
    "ReportStatus": "hypernode.domain.fault",
    "Verdict": "hypernode.domain.status",
    "VoteChoice": "hypernode.domain.governance",
}


def domain_enum(name: str) -> str | None:
    """Return the domain's enum for a type of the IDL, if it is one."""
    plain = name.removeprefix("Pod")
    return plain if plain in DOMAIN_MODULES else None


# (instruction, argument) -> enum. Add a line when an instruction gains such an argument.
ARGUMENT_ENUMS = {
    ("create_job", "gpu_vendor"): "GpuVendor",
    ("create_proposal", "kind"): "ProposalKind",
    ("decline_job", "reason"): "DeclineReason",
    ("register_node", "gpu_vendor"): "GpuVendor",
    ("report", "reason"): "FaultReason",
    ("report_attested", "reason"): "FaultReason",
    ("update_node", "gpu_vendor"): "GpuVendor",
    ("vote", "choice"): "VoteChoice",
}
