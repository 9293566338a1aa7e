"""The ledger of connections, and the switch that allows none."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.backends.remote.backend import RemoteBackend
from engine.errors import UserError
from engine.hub.download import run_download
from engine.hub.search import run_search
from engine.launch import worker_environment
from engine.network import ledger as ledgers
from engine.network.ledger import Entry, Ledger, to_csv
from engine.network.offline import host_of, is_offline, is_this_machine, publish_offline, require_online
from engine.protocol.hub import DownloadJob, HubSearch
from tests.engine.hub.conftest import GGUF, gguf, hub, online
from tests.support.hub_server import HubServer

__all__ = ["gguf", "hub", "online"]


@pytest.fixture
def elsewhere(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> HubServer:
    """A hub on this machine that counts as another machine."""
    monkeypatch.setattr("engine.network.offline.is_this_machine", lambda _host: False)
    return hub


def test_the_switch_is_a_file_that_every_process_sees(home: Path) -> None:
    assert not is_offline(home, {})
    publish_offline(home, True)
    publish_offline(home, True)
    assert is_offline(home, {})
    publish_offline(home, False)
    publish_offline(home, False)
    assert not is_offline(home, {})
    assert is_offline(home, {"LATHE_OFFLINE": "1"})
    assert not is_offline(home, {"LATHE_OFFLINE": "0"})


@pytest.mark.parametrize(
    ("address", "host", "here"),
    [
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080", True),
        ("http://localhost/v1", "localhost", True),
        ("http://[::1]:9/v1", "[::1]:9", True),
        ("http://127.9.9.9", "127.9.9.9", True),
        ("https://user:key@huggingface.co/api", "huggingface.co", False),
        ("http://192.168.0.5:1", "192.168.0.5:1", False),
        ("http://localhost.example.org", "localhost.example.org", False),
        ("http://127.0.0.1.example.org", "127.0.0.1.example.org", False),
        ("http://host:notaport", "?", False),
    ],
)
def test_hosts(address: str, host: str, here: bool) -> None:
    assert host_of(address) == host
    assert is_this_machine(host) is here


def test_offline_refuses_others_and_not_this_machine(home: Path) -> None:
    publish_offline(home, True)
    require_online(home, "http://127.0.0.1:1234/v1")
    with pytest.raises(UserError, match=r"huggingface\.co was not contacted") as caught:
        require_online(home, "https://huggingface.co")
    assert caught.value.code == "network.offline"


def test_a_search_is_in_the_ledger(home: Path, hub: HubServer) -> None:
    run_search(HubSearch(hub.url, "a private thought"), lambda _event: None)
    [entry] = Ledger(home).read()
    assert (entry.host, entry.purpose, entry.status) == (host_of(hub.url), "hub_search", 200)
    assert entry.received > 0
    assert "private" not in Ledger(home).path.read_text(encoding="utf-8")
    run_search(HubSearch(hub.url, "another"), lambda _event: None)
    assert len(Ledger(home).read()) == len(hub.requests) == 2, "each connection once, also the next one"


def test_a_download_lists_every_request_with_its_bytes(home: Path, hub: HubServer, tmp_path: Path) -> None:
    job = DownloadJob(hub.url, GGUF, ("*Q4_K_M*",), str(tmp_path / "models"))
    end = run_download(job, lambda _event: None)
    entries = Ledger(home).read()
    assert {(entry.purpose, entry.subject) for entry in entries} == {("hub_download", GGUF)}
    assert len(entries) == len(hub.requests)
    assert sum(entry.received for entry in entries) >= end.size_bytes
    assert all(entry.status for entry in entries)


def test_what_fails_is_listed_too(home: Path) -> None:
    with pytest.raises(UserError):
        run_search(HubSearch("http://127.0.0.1:9", "x"), lambda _event: None)
    assert Ledger(home).read() == [
        Entry(ms=Ledger(home).read()[0].ms, host="127.0.0.1:9", purpose="hub_search")
    ]


def test_offline_asks_no_hub(home: Path, elsewhere: HubServer, tmp_path: Path) -> None:
    publish_offline(home, True)
    download = DownloadJob(elsewhere.url, GGUF, (), str(tmp_path / "models"))
    asking: tuple[Callable[[], object], ...] = (
        lambda: run_search(HubSearch(elsewhere.url, "tiny"), lambda _event: None),
        lambda: run_download(download, lambda _event: None),
    )
    for ask in asking:
        with pytest.raises(UserError) as caught:
            ask()
        assert caught.value.code == "network.offline"
    assert elsewhere.requests == []
    assert Ledger(home).read() == []


def test_offline_asks_no_endpoint(home: Path, elsewhere: HubServer) -> None:
    from engine.backends.backend import Control
    from engine.protocol.values import ContextParams, ModelSpec

    publish_offline(home, True)
    spec = ModelSpec(name="x", path="", base_url=f"{elsewhere.url}/v1", backend="remote")
    with pytest.raises(UserError) as caught:
        RemoteBackend().load(spec, ContextParams(), lambda *_: None, Control())
    assert caught.value.code == "network.offline"
    assert elsewhere.requests == []


def test_workers_never_ask_a_hub_by_themselves(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    environment = worker_environment(home)
    assert environment["HF_HUB_OFFLINE"] == "1"
    assert environment["HF_DATASETS_OFFLINE"] == "1"
    assert environment["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_the_ledger_stays_small(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "LIMIT_BYTES", 300)
    ledger = Ledger(home)
    for number in range(20):
        ledger.end(ledger.begin(f"host{number}", "update"), 10, 200)
    entries = ledger.read()
    assert entries[0].host == "host19"
    assert 1 < len(entries) < 20
    ledger.clear()
    assert ledger.read() == []
    assert list(home.iterdir()) == []


def test_lines_that_were_cut_off_are_left_out(home: Path) -> None:
    ledger = Ledger(home)
    ledger.begin("a", "update")
    with ledger.path.open("ab") as file:
        file.write(b'{"id":"x","ms":1,"ho\n\xff\xfe\n')
    ledger.begin("b", "endpoint")
    assert [entry.host for entry in ledger.read()] == ["b", "a"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_does_not_stop_a_connection(home: Path) -> None:
    home.chmod(0o500)
    try:
        assert Ledger(home).begin("a", "update")
    finally:
        home.chmod(0o700)


def test_the_export_is_a_table() -> None:
    entries = [Entry(0, "h", "hub_files", "=cmd()", 5, 200), Entry(1000, "h", "update")]
    rows = list(csv.reader(io.StringIO(to_csv(entries))))
    assert rows[1] == ["1970-01-01T00:00:00Z", "h", "hub_files", "'=cmd()", "200", "5"]
    assert rows[2][-2:] == ["", ""]
