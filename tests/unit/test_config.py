import pytest
from pydantic import ValidationError

from hypernode.config import Cluster, Settings
from hypernode.errors import ConfigError, NoCluster
from tests.support.documents import an_address


def a_cluster(**changes):
    members = {
        "rpc_url": "http://127.0.0.1:8899",
        "ws_url": "ws://127.0.0.1:8900",
        "api_url": "http://127.0.0.1:8700",
        "mint": an_address("mint"),
        "market": an_address("market"),
        "markets_program": an_address("markets"),
        "staking_program": an_address("staking"),
        "keys": {"faucet": "keys/faucet.json"},
    }
    return Cluster(**{**members, **changes})


def test_settings_have_defaults_that_run_on_one_machine(monkeypatch):
    for name in ("HYPERNODE_HOME", "HYPERNODE_RPC_URL", "HYPERNODE_WS_URL", "HYPERNODE_API_URL"):
        monkeypatch.delenv(name, raising=False)
    settings = Settings.from_environment()
    assert settings.rpc_url == "http://127.0.0.1:8899"
    assert settings.ws_url == "ws://127.0.0.1:8900"
    assert settings.api_url == "http://127.0.0.1:8700"
    assert settings.home.name == "hypernode"


def test_settings_are_read_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("HYPERNODE_HOME", str(tmp_path))
    assert Settings.from_environment().cluster_file == tmp_path / "cluster.json"
    assert Settings.from_environment().keys == tmp_path / "keys"


def test_a_cluster_is_found_by_its_home(tmp_path):
    a_cluster().save(tmp_path / "new")
    found = Cluster.load(tmp_path / "new")
    assert found.model_copy(update={"keys": {}}) == a_cluster(keys={})
    assert found.key("faucet") == tmp_path / "new" / "keys" / "faucet.json"


def test_a_cluster_file_of_an_earlier_version_names_fewer_programs(tmp_path):
    a_cluster(slashing_program=an_address("slashing")).save(tmp_path)
    found = Cluster.load(tmp_path)
    assert found.slashing_program == an_address("slashing")
    assert found.governance_program is None


def test_a_home_without_a_cluster_is_refused_by_name(tmp_path):
    with pytest.raises(NoCluster, match=r"cluster\.json does not exist"):
        Cluster.load(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json"])
def test_a_broken_cluster_file_is_named(tmp_path, text):
    (tmp_path / "cluster.json").write_text(text)
    with pytest.raises(ConfigError, match=r"cluster\.json"):
        Cluster.load(tmp_path)


def test_a_cluster_has_only_real_addresses():
    with pytest.raises(ValidationError, match="base58"):
        a_cluster(mint="0OIl")


def test_an_unknown_role_has_no_key():
    with pytest.raises(ConfigError, match="oracle"):
        a_cluster().key("oracle")
