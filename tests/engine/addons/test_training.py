"""The training stack: where it goes, how it is found, and that a failed installation leaves nothing."""

import importlib
import os
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from engine import addon_folders
from engine.addons import training
from engine.client.job_process import JobProcess
from engine.errors import UserError
from engine.finetune.job import run_finetune
from engine.network.ledger import Ledger
from engine.network.offline import publish_offline
from engine.protocol.addons import InstallAddonJob
from engine.protocol.finetune import FinetuneJob
from engine.protocol.jobs import JobEvent, JobFailed, JobStep
from engine.worker.job import outcome


@pytest.fixture
def small_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock with one tiny package, and a folder of wheels instead of an index."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    make_wheel(wheels, "lathe_tiny", "1.0")
    locks = tmp_path / "packaging" / "locks"
    locks.mkdir(parents=True)
    (locks / "train.txt").write_text("# a comment\nlathe-tiny==1.0\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setattr(addon_folders, "training_lock", lambda: locks / "train.txt")
    monkeypatch.setattr(training, "training_lock", lambda: locks / "train.txt")
    monkeypatch.setattr(sys, "path", list(sys.path))
    return locks / "train.txt"


def make_wheel(folder: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", f"VERSION = {version!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", f"{name}/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")


def test_installed_packages_are_found_by_the_next_process(home: Path, small_stack: Path) -> None:
    folder = addon_folders.training_folder(home)
    assert not addon_folders.activate(home)
    told: list[JobEvent] = []
    end = training.run_install_addon(InstallAddonJob("training", str(folder)), told.append)
    assert end.packages == 1
    assert end.size_bytes > 0
    assert any(isinstance(event, JobStep) for event in told)
    assert addon_folders.activate(home)
    assert importlib.import_module("lathe_tiny").VERSION == "1.0"
    assert sys.path[-1] == str(addon_folders.packages_folder(folder)), "own packages come first"
    del sys.modules["lathe_tiny"]


def test_a_failed_installation_leaves_nothing(home: Path, small_stack: Path) -> None:
    small_stack.write_text("lathe-tiny==2.0\n", encoding="utf-8")
    folder = addon_folders.training_folder(home)
    with pytest.raises(UserError, match=r"lathe-tiny==2\.0") as caught:
        training.run_install_addon(InstallAddonJob("training", str(folder)), lambda _event: None)
    assert caught.value.code == "addon.failed"
    assert list(folder.parent.iterdir()) == []


def test_a_new_lock_is_another_folder_and_the_old_one_goes(home: Path, small_stack: Path) -> None:
    old = addon_folders.training_folder(home)
    training.run_install_addon(InstallAddonJob("training", str(old)), lambda _event: None)
    small_stack.write_text("lathe-tiny==1.0\n# newer\n", encoding="utf-8")
    new = addon_folders.training_folder(home)
    assert new != old
    assert not addon_folders.activate(home), "a stack of another lock is not imported"
    training.run_install_addon(InstallAddonJob("training", str(new)), lambda _event: None)
    assert new.is_dir()
    assert not old.exists()


def test_cancelling_ends_pip_and_removes_the_part(home: Path, tmp_path: Path) -> None:
    """The real stack from an index that never answers: cancelled while pip waits."""
    target = tmp_path / "addons" / "training-x"
    told: list[JobEvent] = []
    begun = threading.Event()

    def on_event(event: JobEvent) -> None:
        told.append(event)
        begun.set()

    job = InstallAddonJob("training", str(target), "http://127.0.0.1:9/simple")
    process = JobProcess(home, job, on_event)
    assert begun.wait(60)
    process.cancel()
    assert process.wait(60)
    assert isinstance(told[-1], JobFailed)
    assert told[-1].code == "cancelled"
    assert not target.exists()
    assert list(target.parent.iterdir()) == []


def test_what_pip_is_asked_for() -> None:
    old, new = (training.pip_arguments(Path("/x"), "", version) for version in ("23.2.1", "26.1"))
    assert old[old.index("--progress-bar") + 1] == "off"
    assert new[new.index("--progress-bar") + 1] == "raw"
    assert "--extra-index-url" not in new
    with_index = training.pip_arguments(Path("/x"), "https://example.org/cpu", "26.1")
    assert with_index[-2:] == ["--extra-index-url", "https://example.org/cpu"]


def test_the_reason_is_pips_last_error() -> None:
    lines = ["ERROR: first", "ERROR: No matching distribution found for torch==2.13.0.", "notice"]
    assert training.reason_in(lines) == "No matching distribution found for torch==2.13.0"
    assert training.reason_in(["something else"]) == "something else"
    broken = ["ERROR: Exception:", "Traceback (most recent call last):", "OSError: [Errno 28] No space left"]
    assert training.reason_in(broken) == "OSError: [Errno 28] No space left"


def test_only_linux_without_a_driver_has_another_index() -> None:
    assert training.torch_index_for_this_machine("win32") == ""
    assert training.torch_index_for_this_machine("darwin") == ""


class _Index(SimpleHTTPRequestHandler):
    """A folder of wheels as an index of one project; what was asked is remembered."""

    asked: ClassVar[list[tuple[str, int]]]
    wheels: ClassVar[Path]

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        body = (self.wheels / name).read_bytes() if name else self._page()
        self.asked.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream" if name else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> bytes:
        links = "".join(f'<a href="/files/{path.name}">{path.name}</a>' for path in self.wheels.iterdir())
        return f"<!DOCTYPE html><html><body>{links}</body></html>".encode()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def index(small_stack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Index]]:
    """The only index that pip knows, on this machine."""
    handler = type("Handler", (_Index,), {"asked": [], "wheels": tmp_path / "wheels"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple/")
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_ledger_lists_each_connection_of_pip_once(home: Path, index: type[_Index]) -> None:
    folder = addon_folders.training_folder(home)
    training.run_install_addon(InstallAddonJob("training", str(folder)), lambda _event: None)
    entries = Ledger(home).read()[::-1]
    assert [path for path, _ in index.asked] == [
        "/simple/lathe-tiny/",
        "/files/lathe_tiny-1.0-py3-none-any.whl",
    ]
    assert [entry.received for entry in entries] == [nbytes for _, nbytes in index.asked]
    assert {(entry.purpose, entry.subject, entry.status) for entry in entries} == {("addon", "training", 200)}
    assert all(entry.host.startswith("127.0.0.1:") for entry in entries)


def test_offline_asks_no_index_of_another_machine(
    home: Path, small_stack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = addon_folders.training_folder(home)
    publish_offline(home, True)
    training.run_install_addon(InstallAddonJob("training", str(folder)), lambda _event: None)
    monkeypatch.delenv("PIP_NO_INDEX")
    with pytest.raises(UserError, match=r"pypi\.org was not contacted"):
        training.run_install_addon(InstallAddonJob("training", str(folder)), lambda _event: None)
    # Whatever pip's configuration names is refused by the process itself.
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "")
    monkeypatch.setattr(training, "_require_indexes", lambda _job: None)
    shutil.rmtree(folder)
    with pytest.raises(UserError) as caught:
        training.run_install_addon(InstallAddonJob("training", str(folder)), lambda _event: None)
    assert caught.value.code == "addon.failed"
    assert Ledger(home).read() == []


def test_a_job_without_the_stack_says_what_to_install(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def without() -> JobFailed:
        raise ModuleNotFoundError("No module named 'torch'", name="torch.nn")

    def broken() -> JobFailed:
        raise ModuleNotFoundError("No module named 'ours'", name="engine.ours")

    told = outcome(without)
    assert told == JobFailed("addon.missing", {"package": "torch", "command": training.COMMAND})
    bug = outcome(broken)
    assert isinstance(bug, JobFailed)
    assert bug.code == ""
    assert "ours" in bug.report
    monkeypatch.setattr("engine.finetune.job.is_installed", lambda: False)
    with pytest.raises(UserError, match="PyTorch"):
        run_finetune(FinetuneJob(str(home), "run"), lambda _event: None)
    assert not (home / "runs").exists()
