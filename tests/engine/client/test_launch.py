"""Where the worker is."""

import sys
from pathlib import Path

import pytest

from engine.launch import model_environment, worker_command, worker_environment


def test_from_source_it_is_a_module() -> None:
    assert worker_command() == [sys.executable, "-m", "engine.worker"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_packaged_program_finds_it_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package puts a link into /usr/bin; the worker lies in /usr/lib."""
    (tmp_path / "opt").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "opt" / "lathe").touch()
    (tmp_path / "bin" / "lathe").symlink_to(tmp_path / "opt" / "lathe")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "lathe"))
    assert worker_command() == [str((tmp_path / "opt").resolve() / "lathe-worker")]


def test_only_processes_that_answer_ask_for_large_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.check=1")
    monkeypatch.setattr(sys, "platform", "linux")
    assert worker_environment(tmp_path)["GLIBC_TUNABLES"] == "glibc.malloc.check=1"
    asked = "glibc.malloc.check=1:glibc.malloc.hugetlb=1"
    assert model_environment(tmp_path)["GLIBC_TUNABLES"] == asked
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=0")
    assert model_environment(tmp_path)["GLIBC_TUNABLES"] == "glibc.malloc.hugetlb=0"
