"""Tests of the cluster description: its signature, and what its reader refuses."""

import json
from typing import Any

import pytest

from hypernode.chain.keys import verify
from hypernode.domain.cluster import ClusterDescription, SignedCluster, cluster_signing_bytes
from hypernode.errors import InvalidCluster
from tests.support.documents import vectors
from tests.support.job_receipts import Path, a_cluster, a_signed_cluster, key_of, mutated


def test_a_signed_description_survives_json():
    signed = a_signed_cluster()
    text = json.dumps(signed.to_document())
    assert SignedCluster.from_document(json.loads(text), verify) == signed
    assert ClusterDescription.from_document(json.loads(text)["description"]) == a_cluster()


def test_the_vector_is_the_description_that_its_keys_sign():
    assert vectors("job_receipt")["cluster"] == a_signed_cluster().to_document()
    assert len(cluster_signing_bytes(a_cluster())) == 54


def test_only_the_named_signer_signs():
    with pytest.raises(InvalidCluster, match="signer"):
        SignedCluster.sign(a_cluster(), key_of("another"))


def test_an_epoch_is_found_by_its_number():
    assert [epoch and epoch.threshold for epoch in map(a_cluster().epoch, (3, 4, 5))] == [2, 3, None]


EPOCH: Path = ("description", "epochs", 0)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("signature",), "00" * 64, "signature"),
        (("signature",), "00", "signature"),
        (("description", "name"), "", "description.name"),
        (("description", "name"), "other", "signature"),
        (("description", "type"), "hn/cluster/2", "description.type"),
        (("description", "genesis"), "00", "description.genesis"),
        (("description", "programs", "markets"), "junk", "description.programs.markets"),
        (("description", "signer"), key_of("another").address, "signature"),
        (("description", "epochs"), [], "description.epochs"),
        ((*EPOCH, "epoch"), "4", "description.epochs"),
        ((*EPOCH, "threshold"), 3, "description.epochs[0].oracles"),
        ((*EPOCH, "threshold"), 1, "description.epochs[0].threshold"),
        ((*EPOCH, "draw", "groups"), 9, "description.epochs[0].draw.groups"),
        ((*EPOCH, "oracles", 1, "key"), key_of("oracle-3-0").address, "description.epochs[0].oracles"),
        ((*EPOCH, "oracles", 0, "address"), "ftp://x", "description.epochs[0].oracles[0].address"),
        ((*EPOCH, "oracles", 0, "wallet"), 7, "description.epochs[0].oracles[0].wallet"),
        ((*EPOCH, "oracles", 0, "machine", "gpu", "vendor"), "none", "machine.gpu.vendor"),
        ((*EPOCH, "oracles", 0, "machine", "memory_mib"), 0, "machine.memory_mib"),
    ],
)
def test_a_changed_member_is_refused_by_its_path(path: Path, value: Any, field: str):
    with pytest.raises(InvalidCluster) as refused:
        SignedCluster.from_document(mutated(a_signed_cluster().to_document(), path, value), verify)
    assert refused.value.field.endswith(field)


@pytest.mark.parametrize("path", [(), ("description",), ("description", "programs"), (*EPOCH, "draw")])
def test_an_unknown_member_is_refused(path: Path):
    document = a_signed_cluster().to_document()
    place: Any = document
    for step in path:
        place = place[step]
    place["note"] = 1
    with pytest.raises(InvalidCluster, match="note: is not a known member"):
        SignedCluster.from_document(document, verify)
