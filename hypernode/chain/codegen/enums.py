"""Owns which plain numbers of the IDL are closed lists of the domain, and so come out as their enum.

Anchor's zero-copy accounts hold a status as `u8`; the IDL no longer knows what it means. This table does.
"""

DOMAIN_MODULES = {
    "EndReason": "hypernode.domain.status",
    "Gate": "hypernode.domain.status",
    "GpuVendor": "hypernode.domain.types",
    "JobStatus": "hypernode.domain.status",
    "Verdict": "hypernode.domain.status",
}

# (type or instruction, field) -> enum. Add a line when a program gains such a field.
FIELD_ENUMS = {
    ("Job", "status"): "JobStatus",
    ("Job", "gpu_vendor"): "GpuVendor",
    ("Node", "gpu_vendor"): "GpuVendor",
}
